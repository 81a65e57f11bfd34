package ign.backup.model;

import java.io.InputStream;
import java.nio.ByteBuffer;

/**
 * How the document of a backup is stored: as it is, or compressed in independent blocks, each of which holds whole lines and can
 * be packed and unpacked alone.
 */
public interface BlockCodec {

    /**
     * Packs one block. Called by several threads at once.
     *
     * @param bytes the block, which the caller may overwrite once the result has been stored
     * @return the stored form; may share {@code bytes}, and is valid until the same thread packs again
     */
    ByteBuffer pack(byte[] bytes, int offset, int length);

    /** {@return how many stored bytes {@link #packFirst} makes of a first block of {@code length} bytes, whatever they are} */
    int firstSize(int length);

    /**
     * Packs the first block, which holds the header and is written a second time when the counts are known. So its stored form
     * has a size that depends on {@code length} alone.
     */
    ByteBuffer packFirst(byte[] bytes, int offset, int length);

    /**
     * {@return the document inside the stored bytes}
     *
     * <p>The stream checks the blocks' own checksums, and throws {@link BackupException.Damaged} when they do not fit or when the
     * stored bytes end inside a block. Closing it closes {@code stored}.
     */
    InputStream unpack(InputStream stored);

    /**
     * {@return where the stored bytes can be parted so that both sides can be unpacked alone; 0 where more of them must be seen}
     *
     * <p>A guess, which costs little: whether it is right shows when the parts are unpacked. Parts that can be unpacked are the
     * same document as the whole.
     *
     * @param stored begins where a block begins
     * @param length how many of these bytes there are
     * @param wanted how many bytes of the document a part should have, where that can be chosen
     */
    int part(byte[] stored, int length, int wanted);

    /** {@return what unpacks one part after the other; used by one thread, which closes it} */
    BlockUnpacker unpacker();
}
