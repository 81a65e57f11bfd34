package ign.backup.model;

import java.nio.ByteBuffer;

/** Room for bytes that memory is too small for, until it is closed. Appended to by one thread, read by any. */
public interface Scratch extends AutoCloseable {

    /**
     * Appends all remaining bytes.
     *
     * @return where they begin
     * @throws BackupException.Unavailable when there is no more room
     */
    long append(ByteBuffer bytes);

    /** Fills {@code into} with what was appended from {@code position} on. */
    void read(ByteBuffer into, long position);

    /** Gives the room back; nothing is left. */
    @Override
    void close();
}
