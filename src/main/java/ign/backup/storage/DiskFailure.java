package ign.backup.storage;

import ign.backup.model.BackupException;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;

/** Says in our words why the disk did not do what it should, and what the operator can do about it. */
final class DiskFailure {

    /** What may be left free on a disk that is full for all that. */
    private static final long MARGIN_BYTES = 64 * 1024;

    private DiskFailure() {}

    /** {@return the failure of reading} */
    static BackupException reading(Path path, IOException cause) {
        if (cause instanceof ClosedByInterruptException) {
            return interrupted(path, cause);
        }
        if (cause instanceof AccessDeniedException) {
            return denied("read", path, cause);
        }
        return new BackupException.Unavailable(
                "cannot read '" + path + "': " + cause,
                "See whether the disk is connected and healthy, then try again; the backup itself may be good.",
                cause);
    }

    /**
     * {@return the failure of writing, renaming or removing}
     *
     * @param neededBytes how many bytes the step that failed needed
     */
    static BackupException writing(Path path, long neededBytes, IOException cause) {
        if (cause instanceof ClosedByInterruptException) {
            return interrupted(path, cause);
        }
        if (cause instanceof AccessDeniedException) {
            return denied("write", path, cause);
        }
        try {
            return explained(path, neededBytes, cause);
        } catch (IOException unknown) {
            cause.addSuppressed(unknown);
            return new BackupException.Unavailable(
                    "cannot write '" + path + "': " + cause,
                    "See whether the folder still exists and its disk is connected, then try again.",
                    cause);
        }
    }

    private static BackupException explained(Path path, long neededBytes, IOException cause) throws IOException {
        var store = storeOf(path);
        if (store.isReadOnly()) {
            return new BackupException.Unavailable(
                    "cannot write '" + path + "': its file system '" + store + "' is read-only",
                    "Mount it writable, or set 'folder' to a folder on a writable disk.",
                    cause);
        }
        var freeBytes = store.getUsableSpace();
        var numbers = neededBytes + " bytes were needed, " + freeBytes + " are free";
        if (freeBytes < neededBytes + MARGIN_BYTES) {
            return new BackupException.Unavailable(
                    "the disk is full: cannot write '" + path + "', " + numbers,
                    "Make room on '" + store + "' or set 'folder' to a larger disk; nothing was deleted to make room.",
                    cause);
        }
        return new BackupException.Unavailable(
                "cannot write '" + path + "': " + cause + "; " + numbers,
                "See whether a quota, the length of the path or the disk's health stands in the way, then try again.",
                cause);
    }

    /** {@return the file system a path is on, or will be on once it exists} */
    static FileStore storeOf(Path path) throws IOException {
        var existing = path.toAbsolutePath();
        while (!Files.exists(existing) && existing.getParent() != null) {
            existing = existing.getParent();
        }
        return Files.getFileStore(existing);
    }

    private static BackupException denied(String verb, Path path, IOException cause) {
        var user = System.getProperty("user.name");
        return new BackupException.Unavailable(
                "user '" + user + "' may not " + verb + " '" + path + "'",
                "Give the user the server runs as the right to read and write the backup folder: chown -R " + user
                        + " <folder>.",
                cause);
    }

    private static BackupException interrupted(Path path, IOException cause) {
        var cancelled = new BackupException.Cancelled("interrupted while at work on '" + path + "'");
        cancelled.addSuppressed(cause);
        return cancelled;
    }
}
