package ign.backup.format;

import ign.backup.model.NodeNumbering;

/**
 * How many ids of a set of bits are below one: a count for each page and one for each 512 bits of it, so that a question looks
 * at 64 bytes of the set at most. It takes a thirtieth of the set itself.
 */
final class BitRanks implements NodeNumbering {

    private static final int WORDS_PER_BLOCK = 8;
    private static final int BLOCK_BITS = WORDS_PER_BLOCK * Long.SIZE;

    private final long[][] pages;
    private final int pageBits;
    private final long[] beforePage;
    private final char[][] beforeBlock;

    /**
     * Counts once.
     *
     * @param pages of 2 to the power of {@code pageBits} bits each, at most 65536, or null; not changed any more
     */
    BitRanks(long[][] pages, int pageBits) {
        this.pages = pages;
        this.pageBits = pageBits;
        beforePage = new long[pages.length];
        beforeBlock = new char[pages.length][];
        long before = 0;
        for (int i = 0; i < pages.length; i++) {
            beforePage[i] = before;
            if (pages[i] != null) {
                before += count(i);
            }
        }
    }

    private int count(int index) {
        var page = pages[index];
        var blocks = new char[page.length / WORDS_PER_BLOCK];
        int before = 0;
        for (int block = 0; block < blocks.length; block++) {
            blocks[block] = (char) before; // below 65536: the last block begins before the last bit
            for (int word = 0; word < WORDS_PER_BLOCK; word++) {
                before += Long.bitCount(page[block * WORDS_PER_BLOCK + word]);
            }
        }
        beforeBlock[index] = blocks;
        return before;
    }

    @Override
    public long numberOf(long fileId) {
        long number = fileId >>> pageBits;
        if (number >= pages.length || pages[(int) number] == null) {
            return ABSENT;
        }
        int index = (int) number;
        int bit = (int) (fileId & ((1L << pageBits) - 1));
        var page = pages[index];
        int word = bit / Long.SIZE;
        if ((page[word] & (1L << bit)) == 0) {
            return ABSENT;
        }
        int block = bit / BLOCK_BITS;
        long rank = beforePage[index] + beforeBlock[index][block];
        for (int i = block * WORDS_PER_BLOCK; i < word; i++) {
            rank += Long.bitCount(page[i]);
        }
        return rank + Long.bitCount(page[word] & ((1L << bit) - 1));
    }
}
