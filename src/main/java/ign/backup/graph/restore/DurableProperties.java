package ign.backup.graph.restore;

import ign.backup.model.BackupException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;

/** A small file of names and values that is whole at any moment, also after a crash. */
final class DurableProperties {

    private final Path path;
    private final String comment;

    DurableProperties(Path path, String comment) {
        this.path = path;
        this.comment = comment;
    }

    Path path() {
        return path;
    }

    /** Writes it anew; after this returns a crash finds it so. */
    void write(Map<String, String> values) {
        var properties = new Properties();
        properties.putAll(values);
        var temporary = path.resolveSibling(path.getFileName() + ".tmp");
        try {
            try (var out = Files.newOutputStream(temporary)) {
                properties.store(out, comment);
            }
            force(temporary, StandardOpenOption.WRITE);
            Files.move(temporary, path, StandardCopyOption.ATOMIC_MOVE);
            forceFolder(path.resolveSibling("."));
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    /**
     * {@return what it holds, or nothing when it is not there}
     *
     * @throws IllegalArgumentException when it is not of this form
     */
    Optional<Map<String, String>> read() {
        var properties = new Properties();
        try (var in = Files.newInputStream(path)) {
            properties.load(in);
            return Optional.of(properties.stringPropertyNames().stream()
                    .collect(Collectors.toMap(name -> name, properties::getProperty)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /** Removes it, if it is there. */
    void remove() {
        try {
            Files.deleteIfExists(path);
            forceFolder(path.resolveSibling("."));
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

    private static void force(Path file, StandardOpenOption how) throws IOException {
        try (var channel = FileChannel.open(file, how)) {
            channel.force(true);
        }
    }

    private BackupException unwritable(IOException cause) {
        return new BackupException.Unavailable(
                "the journal of the restore, '" + path + "', cannot be written: " + cause.getMessage(),
                "Check permissions and free space of the folder that holds Neo4j's databases.",
                cause);
    }
}
