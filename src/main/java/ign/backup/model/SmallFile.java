package ign.backup.model;

import java.util.Optional;

/** A file that is read and written as a whole, and which a crash leaves either as it was or as it should be. */
public interface SmallFile {

    /** {@return where it is, in words that a user can follow} */
    String location();

    /**
     * {@return what it holds, or nothing when it is not there}
     *
     * @throws BackupException.Damaged when it is larger than any file of ours
     * @throws BackupException.Unavailable when it cannot be read
     */
    Optional<byte[]> read();

    /**
     * Puts these bytes in the place of what it holds, durably.
     *
     * @throws BackupException.Unavailable when that cannot be; then it is as it was
     */
    void write(byte[] bytes);
}
