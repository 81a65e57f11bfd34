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
