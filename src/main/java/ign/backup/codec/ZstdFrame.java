package ign.backup.codec;

import ign.backup.model.BackupException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Judges the header of a zstd frame before a decoder allocates what it asks for (RFC 8878, 3.1.1). */
final class ZstdFrame {

    static final int LONGEST_HEADER = 18;

    static final String HINT = "The file was changed or cut after it was written, or it is no zstd file;"
            + " 'zstd -t' and 'sha256sum -c' tell more. Take another backup.";

    private static final int MAGIC = 0xFD2FB528;
    private static final int SKIPPABLE_MASK = 0xFFFFFFF0;
    private static final int BLOCK_HEADER_BYTES = 3;
    private static final int CHECKSUM_BYTES = 4;
    private static final int LARGEST_WINDOW = 8 << 20;

    private ZstdFrame() {}

    /** Refuses what is no frame or wants too much memory; the position of {@code bytes} stays. */
    static void check(ByteBuffer bytes, long position) {
        var header = bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        int magic = header.remaining() >= 4 ? header.getInt() : 0;
        if ((magic & SKIPPABLE_MASK) == ZstdCodec.SKIPPABLE_MAGIC) {
            return;
        }
        if (magic != MAGIC) {
            throw new BackupException.Damaged(
                    "expected a zstd frame at byte " + position + ", found other bytes", HINT);
        }
        if (header.hasRemaining()) {
            checkWindow(header, position);
        }
    }

    static boolean isSkippable(byte[] stored, int from, int to) {
        return to - from >= 4 && (littleEndian(stored, from, 4) & SKIPPABLE_MASK) == ZstdCodec.SKIPPABLE_MAGIC;
    }

    /** {@return where the frame ends that begins at {@code from}; 0 when that is not before {@code to}, or it is none} */
    static long end(byte[] stored, int from, int to) {
        if (to - from < LONGEST_HEADER) {
            return 0;
        }
        int magic = littleEndian(stored, from, 4);
        if ((magic & SKIPPABLE_MASK) == ZstdCodec.SKIPPABLE_MAGIC) {
            long end = from + 8 + (littleEndian(stored, from + 4, 4) & 0xFFFFFFFFL);
            return end <= to ? end : 0;
        }
        return magic == MAGIC ? endOfBlocks(stored, from, to) : 0;
    }

    private static long endOfBlocks(byte[] stored, int from, int to) {
        int descriptor = stored[from + 4];
        boolean singleSegment = (descriptor & 0x20) != 0;
        int sizeFlag = (descriptor >> 6) & 3;
        int sizeBytes = sizeFlag == 0 ? (singleSegment ? 1 : 0) : 1 << sizeFlag;
        int dictionaryBytes = new int[] {0, 1, 2, 4}[descriptor & 3];
        long position = from + 5L + (singleSegment ? 0 : 1) + dictionaryBytes + sizeBytes;
        boolean last = false;
        while (!last) {
            if (position + BLOCK_HEADER_BYTES > to) {
                return 0;
            }
            int header = littleEndian(stored, (int) position, BLOCK_HEADER_BYTES);
            last = (header & 1) != 0;
            boolean repeated = ((header >> 1) & 3) == 1;
            position += BLOCK_HEADER_BYTES + (repeated ? 1 : header >>> 3);
        }
        position += (descriptor & 4) != 0 ? CHECKSUM_BYTES : 0;
        return position <= to ? position : 0;
    }

    private static int littleEndian(byte[] bytes, int from, int count) {
        int value = 0;
        for (int i = count - 1; i >= 0; i--) {
            value = (value << 8) | (bytes[from + i] & 0xFF);
        }
        return value;
    }

    private static void checkWindow(ByteBuffer header, long position) {
        int descriptor = header.get();
        boolean singleSegment = (descriptor & 0x20) != 0;
        long window = singleSegment ? contentSize(header, descriptor) : window(header);
        if (window < 0 || window > LARGEST_WINDOW) {
            throw new BackupException.BadRequest(
                    "the zstd frame at byte " + position + " asks for a window of " + Long.toUnsignedString(window)
                            + " bytes, and at most " + LARGEST_WINDOW + " are allowed",
                    "Unpack the file and pack it again with level 19 or lower and without '--long'.");
        }
    }

    private static long window(ByteBuffer header) {
        if (!header.hasRemaining()) {
            return 0; // cut here; the decoder says so
        }
        int descriptor = header.get() & 0xFF;
        long base = 1L << (10 + (descriptor >> 3));
        return base + (base >> 3) * (descriptor & 7);
    }

    private static long contentSize(ByteBuffer header, int descriptor) {
        int dictionaryBytes = new int[] {0, 1, 2, 4}[descriptor & 3];
        int sizeBytes = 1 << ((descriptor >> 6) & 3);
        if (header.remaining() < dictionaryBytes + sizeBytes) {
            return 0;
        }
        header.position(header.position() + dictionaryBytes);
        return switch (sizeBytes) {
            case 1 -> header.get() & 0xFF;
            case 2 -> (header.getShort() & 0xFFFF) + 256;
            case 4 -> header.getInt() & 0xFFFFFFFFL;
            default -> header.getLong();
        };
    }
}
