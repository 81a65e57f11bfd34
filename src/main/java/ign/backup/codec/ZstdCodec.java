package ign.backup.codec;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdException;
import ign.backup.model.BackupException;
import ign.backup.model.BlockCodec;
import ign.backup.model.BlockUnpacker;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Stores each block as a zstd frame of its own, with checksum and content size. */
final class ZstdCodec implements BlockCodec {

    /** Begins a frame that every decoder skips; its length follows in four bytes, lowest first (RFC 8878, 3.1.2). */
    static final int SKIPPABLE_MAGIC = 0x184D2A50;

    private static final int SKIPPABLE_HEADER_BYTES = 8;

    /** The checksum is not part of zstd's own bound. */
    private static final int CHECKSUM_BYTES = 4;

    private final int level;
    private final PackBuffers buffers = new PackBuffers();

    ZstdCodec(int level) {
        this.level = level;
    }

    @Override
    public ByteBuffer pack(byte[] bytes, int offset, int length) {
        var packed = buffers.atLeast(bound(length));
        return ByteBuffer.wrap(packed, 0, compress(bytes, offset, length, packed));
    }

    @Override
    public int firstSize(int length) {
        return Math.addExact(bound(length), SKIPPABLE_HEADER_BYTES);
    }

    @Override
    public ByteBuffer packFirst(byte[] bytes, int offset, int length) {
        int whole = firstSize(length);
        var packed = new byte[whole];
        int used = compress(bytes, offset, length, packed);
        // The frame's size depends on its content, so the rest is filled with a frame that decoders skip.
        ByteBuffer.wrap(packed, used, whole - used)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(SKIPPABLE_MAGIC)
                .putInt(whole - used - SKIPPABLE_HEADER_BYTES);
        return ByteBuffer.wrap(packed);
    }

    @Override
    public InputStream unpack(InputStream stored) {
        return new ZstdInput(stored);
    }

    /** Behind the first frame that holds something. */
    @Override
    public int part(byte[] stored, int length, int wanted) {
        long end = 0;
        boolean skippable;
        do {
            skippable = ZstdFrame.isSkippable(stored, (int) end, length);
            end = ZstdFrame.end(stored, (int) end, length);
        } while (skippable && end > 0 && end < length);
        return skippable ? 0 : (int) end;
    }

    @Override
    public BlockUnpacker unpacker() {
        return new ZstdUnpacker();
    }

    // A context per block costs little against compressing a megabyte, and leaves no native memory behind with any
    // thread.
    private int compress(byte[] bytes, int offset, int length, byte[] target) {
        try (var context = new ZstdCompressCtx()) {
            context.setLevel(level).setChecksum(true).setContentSize(true);
            return context.compressByteArray(target, 0, target.length, bytes, offset, length);
        } catch (ZstdException e) {
            throw new BackupException.Defect("zstd cannot pack a block of " + length + " bytes", e);
        }
    }

    private static int bound(int length) {
        return Math.toIntExact(Zstd.compressBound(length) + CHECKSUM_BYTES);
    }
}
