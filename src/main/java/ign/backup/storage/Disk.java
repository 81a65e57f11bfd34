package ign.backup.storage;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;

/** Every call that changes a folder; what is safe after a crash follows from the order of these calls alone. */
interface Disk {

    /** Makes a folder and those above it that are missing, closed to others. */
    void createFolder(Path folder) throws IOException;

    /**
     * Makes an empty file, closed to others; a link of that name is not followed.
     *
     * @throws FileAlreadyExistsException when the name is taken
     */
    DiskFile createNew(Path file) throws IOException;

    /**
     * Gives a file a second name.
     *
     * @throws FileAlreadyExistsException when the name is taken, decided by the file system in one step
     * @throws IOException also where the file system has no such thing
     */
    void link(Path file, Path name) throws IOException;

    /** Renames in one step; what had the new name is gone. */
    void rename(Path file, Path name) throws IOException;

    /** {@return whether there was something to delete} A link itself is deleted, never what it points at. */
    boolean delete(Path file) throws IOException;

    /** Makes names that were given or taken in a folder durable. */
    void forceFolder(Path folder) throws IOException;

    /** A new file, open for writing and reading. */
    interface DiskFile extends Closeable {

        /** {@return whether this process now holds the file's lock} It ends with {@link #close()} or with the process. */
        boolean tryLock() throws IOException;

        /** {@return how many of the bytes were written, at least one} */
        int write(ByteBuffer bytes, long position) throws IOException;

        /** {@return how many bytes were read, or -1 at the end of the file} */
        int read(ByteBuffer into, long position) throws IOException;

        /** Makes the bytes and the size durable. */
        void force() throws IOException;
    }
}
