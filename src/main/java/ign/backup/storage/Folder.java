package ign.backup.storage;

import ign.backup.model.BackupException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The folder of a store and its small files.
 *
 * <p>The folder itself may be a link if the operator wants it so; it is followed once. Nothing inside is ever followed.
 */
final class Folder {

    private final Path path;
    private final boolean mayBeLink;
    private final Disk disk;
    private @Nullable Path real;
    private boolean hasGuide;

    Folder(Path path, boolean mayBeLink, Disk disk) {
        this.path = path.toAbsolutePath().normalize();
        this.mayBeLink = mayBeLink;
        this.disk = disk;
    }

    Path path() {
        return path;
    }

    Disk disk() {
        return disk;
    }

    /** {@return the folder, or empty when it is not there} */
    synchronized Optional<Path> existing() {
        try {
            if (real == null) {
                if (!mayBeLink && Files.isSymbolicLink(path)) {
                    throw link(path);
                }
                real = path.toRealPath();
            }
            var attributes = attributes(real);
            if (attributes.isEmpty()) {
                return Optional.empty();
            }
            if (!attributes.get().isDirectory()) {
                throw new BackupException.Unavailable(
                        "'" + real + "' is not a folder", "Move it away, or set 'folder' to another place.");
            }
            return Optional.of(real);
        } catch (NoSuchFileException absent) {
            if (Files.isSymbolicLink(path)) {
                throw new BackupException.Unavailable(
                        "the link '" + path + "' leads nowhere: " + absent.getMessage() + " is missing",
                        "Connect the disk it leads to, or set 'folder' to another place.",
                        absent);
            }
            return Optional.empty();
        } catch (IOException e) {
            throw DiskFailure.reading(path, e);
        }
    }

    /** {@return the folder, made when it is not there, with the guide for people in it} */
    synchronized Path ready() {
        var present = existing();
        if (present.isPresent() && hasGuide) {
            return present.get();
        }
        var folder = present.orElseGet(this::make);
        writeIfAbsent(folder.resolve("README.md"), FolderGuide.TEXT.getBytes(StandardCharsets.UTF_8));
        writeIfAbsent(folder.resolve(".gitkeep"), new byte[0]);
        hasGuide = true;
        return folder;
    }

    private Path make() {
        hasGuide = false;
        var place = real == null ? path : real;
        try {
            disk.createFolder(place);
            disk.forceFolder(Objects.requireNonNull(place.getParent()));
        } catch (IOException e) {
            throw DiskFailure.writing(place, 0, e);
        }
        return existing()
                .orElseThrow(() -> new BackupException.Unavailable(
                        "the folder '" + place + "' vanished while it was made",
                        "See whether another program removes it, then try again."));
    }

    /** {@return what is known about a file, without following it; empty when it is not there} */
    static Optional<BasicFileAttributes> attributes(Path file) throws IOException {
        try {
            return Optional.of(Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS));
        } catch (NoSuchFileException absent) {
            return Optional.empty();
        }
    }

    /** {@return whether there is a file; anything else of that name, such as a link, is refused} */
    static boolean isFile(Path file) {
        try {
            var attributes = attributes(file);
            if (attributes.isPresent() && !attributes.get().isRegularFile()) {
                throw attributes.get().isSymbolicLink() ? link(file) : notAFile(file);
            }
            return attributes.isPresent();
        } catch (IOException e) {
            throw DiskFailure.reading(file, e);
        }
    }

    /** {@return the bytes of a small file, or empty when there is none} */
    Optional<byte[]> read(String fileName, int maxBytes) {
        var folder = existing();
        if (folder.isEmpty()) {
            return Optional.empty();
        }
        var file = folder.get().resolve(fileName);
        if (!isFile(file)) {
            return Optional.empty();
        }
        try (var in = Channels.newInputStream(
                Files.newByteChannel(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
            var bytes = in.readNBytes(maxBytes + 1);
            if (bytes.length > maxBytes) {
                throw new BackupException.Damaged(
                        "'" + file + "' has more than " + maxBytes + " bytes",
                        "It was not written by this plugin; move it away and try again.");
            }
            return Optional.of(bytes);
        } catch (NoSuchFileException absent) {
            return Optional.empty();
        } catch (IOException e) {
            throw DiskFailure.reading(file, e);
        }
    }

    /** Puts a small file in place of the one that is there, at once or not at all, and durably. */
    void write(String fileName, byte[] bytes) {
        var file = ready().resolve(fileName);
        isFile(file);
        writeWhole(file, bytes, temporary -> temporary.replace(file));
    }

    private void writeIfAbsent(Path file, byte[] bytes) {
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            writeWhole(file, bytes, temporary -> publishUnlessTaken(temporary, file));
        }
    }

    private static void publishUnlessTaken(TemporaryFile temporary, Path file) throws IOException {
        try {
            temporary.publish(file);
        } catch (FileAlreadyExistsException expected) {
            // Somebody else made it in this moment.
            return;
        }
    }

    private interface LastStep {
        void run(TemporaryFile temporary) throws IOException;
    }

    private void writeWhole(Path file, byte[] bytes, LastStep lastStep) {
        try (var temporary = TemporaryFile.create(disk, Objects.requireNonNull(file.getParent()))) {
            temporary.write(ByteBuffer.wrap(bytes), 0);
            lastStep.run(temporary);
        } catch (IOException e) {
            throw DiskFailure.writing(file, bytes.length, e);
        }
    }

    private static BackupException link(Path file) {
        return new BackupException.Unavailable(
                "'" + file + "' is a link, and links are not followed in a backup folder",
                "Put the file itself there; only the folder named by the setting 'folder' may be a link.");
    }

    private static BackupException notAFile(Path file) {
        return new BackupException.Unavailable(
                "'" + file + "' is not a regular file", "Move it away; files of that name belong to the plugin.");
    }
}
