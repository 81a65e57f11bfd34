package ign.backup.codec;

import ign.backup.model.BackupException;
import ign.backup.model.BlockCodec;
import ign.backup.model.BlockUnpacker;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Stores each block as a gzip member of its own. */
final class GzipCodec implements BlockCodec {

    private static final byte[] HEADER = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff};
    private static final int TRAILER_BYTES = 8;

    /** What a stored block of deflate can hold (RFC 1951, 3.2.4). */
    private static final int STORED_BLOCK_BYTES = 0xFFFF;

    private static final int STORED_BLOCK_HEADER_BYTES = 5;

    private final int level;
    private final PackBuffers buffers = new PackBuffers();

    GzipCodec(int level) {
        this.level = level;
    }

    @Override
    public ByteBuffer pack(byte[] bytes, int offset, int length) {
        var target = ByteBuffer.wrap(buffers.atLeast(bound(length))).order(ByteOrder.LITTLE_ENDIAN);
        target.put(HEADER);
        var deflater = new Deflater(level, true);
        try {
            deflater.setInput(bytes, offset, length);
            deflater.finish();
            deflater.deflate(target);
            if (!deflater.finished()) {
                throw new BackupException.Defect("deflate cannot pack a block of " + length + " bytes", null);
            }
        } finally {
            deflater.end();
        }
        return trailer(target, bytes, offset, length).flip();
    }

    /** A stored member, so that the size is the same for whatever counts the header holds in the end. */
    @Override
    public ByteBuffer packFirst(byte[] bytes, int offset, int length) {
        var target = ByteBuffer.allocate(firstSize(length)).order(ByteOrder.LITTLE_ENDIAN);
        target.put(HEADER);
        int written = 0;
        do {
            int count = Math.min(STORED_BLOCK_BYTES, length - written);
            boolean last = written + count == length;
            target.put((byte) (last ? 1 : 0)).putShort((short) count).putShort((short) ~count);
            target.put(bytes, offset + written, count);
            written += count;
        } while (written < length);
        return trailer(target, bytes, offset, length).flip();
    }

    @Override
    public int firstSize(int length) {
        int blocks = Math.max(1, (length + STORED_BLOCK_BYTES - 1) / STORED_BLOCK_BYTES);
        return Math.addExact(length, HEADER.length + blocks * STORED_BLOCK_HEADER_BYTES + TRAILER_BYTES);
    }

    @Override
    public InputStream unpack(InputStream stored) {
        return new GzipInput(stored);
    }

    /** Where a second member seems to begin: its length stands nowhere, but the ten bytes of our header are hardly chance. */
    @Override
    public int part(byte[] stored, int length, int wanted) {
        int last = length - HEADER.length;
        for (int i = HEADER.length; i <= last; i++) {
            if (stored[i] == HEADER[0] && Arrays.equals(stored, i, i + HEADER.length, HEADER, 0, HEADER.length)) {
                return i;
            }
        }
        return 0;
    }

    @Override
    public BlockUnpacker unpacker() {
        return new StreamUnpacker(GzipInput::new);
    }

    /** What deflate needs at most: five bytes for each 4 KiB that do not shrink are more than it ever adds. */
    private static int bound(int length) {
        return Math.addExact(length, (length >> 12) * STORED_BLOCK_HEADER_BYTES + 64 + HEADER.length + TRAILER_BYTES);
    }

    private static ByteBuffer trailer(ByteBuffer target, byte[] bytes, int offset, int length) {
        var checksum = new CRC32();
        checksum.update(bytes, offset, length);
        return target.putInt((int) checksum.getValue()).putInt(length);
    }
}
