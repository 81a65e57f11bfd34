package ign.backup.format;

import ign.backup.model.BackupException;
import ign.backup.model.NodeNumbering;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.concurrent.atomic.LongAdder;

/**
 * A set of ids that several threads fill: one bit each, in pages of 65536 that are made when an id falls into them.
 *
 * <p>Ids of a store are dense, so that this takes few bits per element. Ids that are strewn would take a page each, so there may
 * only be so many more pages than elements need; {@link IdSet} keeps such ids, by one thread.
 */
final class ConcurrentIdSet {

    private static final VarHandle WORDS = MethodHandles.arrayElementVarHandle(long[].class);
    private static final VarHandle PAGES = MethodHandles.arrayElementVarHandle(long[][].class);

    private static final int PAGE_BITS = 16;
    private static final int PAGE_BYTES = (1 << PAGE_BITS) / Byte.SIZE;
    private static final int WORD_MASK = PAGE_BYTES / Long.BYTES - 1;
    private static final int MOST_PAGES = 1 << 20;

    /** Pages for 128 million ids in any order, which take 16 MiB. */
    private static final int FREE_PAGES = 1 << 11;

    /** What an id may take in memory beyond that. */
    private static final int BYTES_PER_ID = 4;

    private final LongAdder size = new LongAdder();
    private volatile long[][] pages = {};
    private int pageCount;

    /** {@return whether it was not there before} */
    boolean add(long id) {
        size.increment();
        long bit = 1L << id;
        long before = (long) WORDS.getAndBitwiseOr(page(id), word(id), bit);
        return (before & bit) == 0;
    }

    /** {@return whether it is there; sure of ids whose adding happened before} */
    boolean contains(long id) {
        var all = pages;
        long number = id >>> PAGE_BITS;
        if (number >= all.length) {
            return false;
        }
        var page = (long[]) PAGES.getAcquire(all, (int) number);
        return page != null && ((long) WORDS.getOpaque(page, word(id)) & (1L << id)) != 0;
    }

    /** {@return the numbers of its ids in their order, once nobody adds any more} */
    NodeNumbering numbering() {
        return new BitRanks(pages, PAGE_BITS);
    }

    /** {@return the highest of its ids, or -1 without any, once nobody adds any more} */
    long highest() {
        for (int i = pages.length - 1; i >= 0; i--) {
            for (int word = WORD_MASK; pages[i] != null && word >= 0; word--) {
                if (pages[i][word] != 0) {
                    return ((long) i << PAGE_BITS)
                            + (word + 1L) * Long.SIZE
                            - 1
                            - Long.numberOfLeadingZeros(pages[i][word]);
                }
            }
        }
        return -1;
    }

    private static int word(long id) {
        return (int) (id >>> 6) & WORD_MASK;
    }

    private long[] page(long id) {
        var all = pages;
        long number = id >>> PAGE_BITS;
        var page = number < all.length ? (long[]) PAGES.getAcquire(all, (int) number) : null;
        return page != null ? page : newPage(number);
    }

    private synchronized long[] newPage(long number) {
        if (number >= MOST_PAGES) {
            throw strewn();
        }
        int index = (int) number;
        if (index >= pages.length) {
            pages = Arrays.copyOf(pages, Math.min(MOST_PAGES, Math.max(index + 1, 2 * pages.length)));
        }
        var page = pages[index];
        if (page == null) {
            pageCount++;
            if (pageCount > FREE_PAGES && (pageCount - FREE_PAGES) * (long) PAGE_BYTES > BYTES_PER_ID * size.sum()) {
                throw strewn();
            }
            page = new long[PAGE_BYTES / Long.BYTES];
            PAGES.setRelease(pages, index, page);
        }
        return page;
    }

    private static BackupException strewn() {
        return PartOrder.unfit("the ids are strewn more widely than a set of bits can keep");
    }
}
