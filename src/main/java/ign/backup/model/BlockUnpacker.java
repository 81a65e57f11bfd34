package ign.backup.model;

/** Unpacks parts of a backup's stored bytes, each by itself, with what the last one needed. Used by one thread. */
public interface BlockUnpacker extends AutoCloseable {

    /**
     * {@return the document's bytes in a part; valid until the next call, and while {@code stored} is as it is}
     *
     * @param stored a part by {@link BlockCodec#part}
     * @param most how many bytes may come out of it
     * @throws BackupException.Damaged for what {@link BlockCodec#unpack} refuses
     * @throws BackupException.BadRequest likewise, and for more bytes than {@code most}
     */
    BlockBytes unpack(BlockBytes stored, int most);

    @Override
    void close();
}
