package ign.backup.model;

import java.nio.ByteBuffer;

/** A backup file while it is written: it grows at its end, and its beginning is written again once. */
public interface BackupOutput {

    /** Appends all remaining bytes. Safe to be called by several threads; each call stays in one piece. */
    void append(ByteBuffer bytes);

    /** Writes over bytes that were appended before. */
    void overwrite(long position, ByteBuffer bytes);

    /** {@return how many bytes were appended} */
    long size();
}
