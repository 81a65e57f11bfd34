package ign.backup.codec;

import ign.backup.model.BlockBytes;
import ign.backup.model.BlockCodec;
import ign.backup.model.BlockUnpacker;
import java.io.InputStream;
import java.nio.ByteBuffer;

/** Stores the document as it is. */
final class PlainCodec implements BlockCodec {

    @Override
    public ByteBuffer pack(byte[] bytes, int offset, int length) {
        return ByteBuffer.wrap(bytes, offset, length);
    }

    @Override
    public int firstSize(int length) {
        return length;
    }

    @Override
    public ByteBuffer packFirst(byte[] bytes, int offset, int length) {
        return pack(bytes, offset, length);
    }

    @Override
    public InputStream unpack(InputStream stored) {
        return stored;
    }

    /** Behind the last line break among as many bytes as are wanted, or else the first one after these. */
    @Override
    public int part(byte[] stored, int length, int wanted) {
        if (length < wanted) {
            return 0;
        }
        int end = wanted;
        while (end > 0 && stored[end - 1] != '\n') {
            end--;
        }
        return end > 0 ? end : afterFirstLine(stored, wanted, length);
    }

    private static int afterFirstLine(byte[] stored, int from, int to) {
        for (int i = from; i < to; i++) {
            if (stored[i] == '\n') {
                return i + 1;
            }
        }
        return 0;
    }

    @Override
    public BlockUnpacker unpacker() {
        return new BlockUnpacker() {
            @Override
            public BlockBytes unpack(BlockBytes stored, int most) {
                StreamUnpacker.checked(stored.length(), most);
                return stored;
            }

            @Override
            public void close() {}
        };
    }
}
