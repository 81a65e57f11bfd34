package ign.backup.storage;

import ign.backup.model.BackupException;
import ign.backup.model.BackupName;
import java.io.InputStream;
import java.nio.ByteBuffer;

/**
 * A backup of a store, open for reading.
 *
 * <p>A failure to read is {@link BackupException.Unavailable}, from the stream too: it says nothing about the bytes.
 */
public interface StoredBackup extends AutoCloseable {

    /** {@return its name} */
    BackupName name();

    /** {@return how many bytes it had when it was opened} */
    long size();

    /**
     * Reads some bytes from a position. May be called by several threads at once.
     *
     * @return how many, at least one unless {@code into} is full, or -1 at the end
     */
    int read(ByteBuffer into, long position);

    /** {@return a new stream of all bytes, unbuffered; closing it does not close this backup} */
    InputStream stream();

    @Override
    void close();
}
