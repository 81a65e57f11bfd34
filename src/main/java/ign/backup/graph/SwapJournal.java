package ign.backup.graph;

import ign.backup.model.BackupException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.Optional;
import java.util.Properties;

/**
 * Says on disk how far a swap of stores is, so that a start after a crash can finish or undo it. It stands beside the databases'
 * folders and is there only while a swap is under way.
 */
final class SwapJournal {

    static final String ENDING = ".ign-restore";

    /** How far a swap is. */
    enum Step {
        /** The old store may be aside; what stands in its place may be incomplete. */
        REPLACING,
        /** The new store is complete and final. */
        DONE
    }

    /** What the journal says. */
    record Entry(Step step, String source) {}

    private final Path folder;
    private final Path file;

    SwapJournal(Path databasesDirectory, String database) {
        this.folder = databasesDirectory;
        this.file = databasesDirectory.resolve(database + ENDING);
    }

    /** Writes durably: after this returns a crash finds it. */
    void write(Step step, String source) {
        var properties = new Properties();
        properties.setProperty("step", step.name());
        properties.setProperty("source", source);
        var temporary = file.resolveSibling(file.getFileName() + ".tmp");
        try {
            try (var out = Files.newOutputStream(temporary)) {
                properties.store(out, "A restore by ign.backup is under way; do not remove this file.");
            }
            force(temporary, StandardOpenOption.WRITE);
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
            forceFolder(folder);
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    /** {@return what it says, or nothing when no swap is under way} */
    Optional<Entry> read() {
        var properties = new Properties();
        try (var in = Files.newInputStream(file)) {
            properties.load(in);
            return Optional.of(
                    new Entry(Step.valueOf(properties.getProperty("step", "")), properties.getProperty("source", "")));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException | IllegalArgumentException e) {
            throw new BackupException.Unavailable(
                    "the journal of a restore, '" + file + "', cannot be read: " + e.getMessage(),
                    "Nothing was changed. Look at the folders beside it: the one ending in '" + StoreSwap.ASIDE
                            + "' is the store before the restore.",
                    e);
        }
    }

    /** Removes it: the swap is over. */
    void remove() {
        try {
            Files.deleteIfExists(file);
            forceFolder(folder);
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    /** Makes the names in a folder certain to survive a crash. Windows cannot open a folder, and so not force one. */
    static void forceFolder(Path folder) throws IOException {
        if (Files.getFileStore(folder).supportsFileAttributeView(PosixFileAttributeView.class)) {
            force(folder, StandardOpenOption.READ);
        }
    }

    private static void force(Path path, StandardOpenOption how) throws IOException {
        try (var channel = FileChannel.open(path, how)) {
            channel.force(true);
        }
    }

    private BackupException unwritable(IOException cause) {
        return new BackupException.Unavailable(
                "the journal of the restore, '" + file + "', cannot be written: " + cause.getMessage(),
                "Check permissions and free space of the folder that holds Neo4j's databases.",
                cause);
    }
}
