package ign.backup.graph.build;

import static java.util.Objects.requireNonNull;

import ign.backup.model.BackupException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.neo4j.io.fs.FileUtils;
import org.neo4j.io.layout.DatabaseLayout;

/** The folders that a database has on disk: its store, and its transaction logs. */
public final class StoreFolders {

    private StoreFolders() {}

    /** {@return the store's folder and that of its logs, in this order} */
    public static List<Path> of(DatabaseLayout layout) {
        return List.of(layout.databaseDirectory(), layout.getTransactionLogsDirectory());
    }

    /** {@return the folder that holds one} */
    static Path parentOf(Path folder) {
        return requireNonNull(folder.getParent(), "a store is never the root of a file system");
    }

    /** {@return the sum of the lengths of all files below a folder; 0 when it is not there} */
    public static long sizeOf(Path folder) {
        if (!Files.exists(folder)) {
            return 0;
        }
        try (var files = Files.walk(folder)) {
            return files.mapToLong(StoreFolders::length).sum();
        } catch (NoSuchFileException e) {
            return 0; // it has just gone
        } catch (UncheckedIOException e) {
            if (e.getCause() instanceof NoSuchFileException) {
                return 0;
            }
            throw unreadable(folder, e);
        } catch (IOException e) {
            throw unreadable(folder, e);
        }
    }

    private static BackupException unreadable(Path folder, Exception cause) {
        return new BackupException.Unavailable(
                "the size of '" + folder + "' cannot be found out: " + cause.getMessage(),
                "Check the permissions of the folder for the user that runs Neo4j.",
                cause);
    }

    private static long length(Path file) {
        try {
            return Files.isRegularFile(file) ? Files.size(file) : 0;
        } catch (NoSuchFileException e) {
            return 0; // the server works in it: a file may go while this looks
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Removes a folder with all that is in it; nothing when it is not there. */
    public static void delete(Path folder) {
        try {
            FileUtils.deleteDirectory(folder);
        } catch (IOException e) {
            throw new BackupException.Unavailable(
                    "cannot remove '" + folder + "': " + e.getMessage(),
                    "Check the permissions of the folder for the user that runs Neo4j.",
                    e);
        }
    }
}
