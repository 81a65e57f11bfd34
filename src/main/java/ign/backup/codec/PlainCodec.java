package ign.backup.codec;

import ign.backup.model.BlockCodec;
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
}
