package ign.backup.model;

import java.nio.ByteBuffer;

/** Unpacks parts of a backup's stored bytes, each by itself, with what the last one needed. */
public interface BlockUnpacker extends AutoCloseable {

    /**
     * {@return the document's bytes in an array with them; valid until the next call, and while {@code stored} is as it is}
     *
     * @param stored a part by {@link BlockCodec#part}, from its first byte
     * @param most how many bytes may come out of it
     * @throws BackupException.Damaged for what {@link BlockCodec#unpack} refuses
     * @throws BackupException.BadRequest likewise, and for more bytes than {@code most}
     */
    ByteBuffer unpack(byte[] stored, int length, int most);

    @Override
    void close();
}
