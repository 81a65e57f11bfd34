package ign.backup.storage;

import java.io.EOFException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A file under a name that nobody takes for a backup, until it is complete.
 *
 * <p>The name says which process writes it, and the file is locked until it is closed: so a leftover can be told from a file that
 * is being written, in this process by its name and in any other by the lock. (Trying the lock of a file of the same process would
 * give that lock up.)
 */
final class TemporaryFile implements AutoCloseable {

    private static final Pattern NAME = Pattern.compile("\\.ign-backup-([0-9a-z]+-[0-9a-z]+)-[0-9a-f]{32}\\.part");
    private static final String RESERVED = ".reserved";
    private static final int LARGEST_WRITE_BYTES = 1 << 20;
    private static final int ATTEMPTS = 100;

    private final Disk disk;
    private final Path path;
    private final Disk.DiskFile file;
    private final @Nullable Object key;
    private boolean published;

    private TemporaryFile(Disk disk, Path path, Disk.DiskFile file) throws IOException {
        this.disk = disk;
        this.path = path;
        this.file = file;
        this.key = keyOf(path);
    }

    /** {@return the part of a temporary name that stands for this process; a later process of the same number has another} */
    static String processToken() {
        var runtime = ManagementFactory.getRuntimeMXBean();
        return Long.toString(runtime.getPid(), 36) + "-" + Long.toString(runtime.getStartTime(), 36);
    }

    /** {@return the token of the process that wrote a file of this name, or empty when the name is not one of ours} */
    static Optional<String> writerOf(String fileName) {
        var name = NAME.matcher(fileName);
        return name.matches() ? Optional.of(name.group(1)) : Optional.empty();
    }

    /** Makes a new, empty, locked file in {@code folder}, which exists. */
    static TemporaryFile create(Disk disk, Path folder) throws IOException {
        for (var attempt = 0; attempt < ATTEMPTS; attempt++) {
            var token = UUID.randomUUID().toString().replace("-", "");
            var path = folder.resolve(".ign-backup-" + processToken() + "-" + token + ".part");
            var locked = lockedOrGone(disk, path);
            if (locked.isPresent()) {
                return locked.get();
            }
        }
        throw new IOException("could not lock any of " + ATTEMPTS + " new files in '" + folder + "'");
    }

    /** Between creation and lock a sweep of another process may take the file for a leftover: then this is empty. */
    private static Optional<TemporaryFile> lockedOrGone(Disk disk, Path path) throws IOException {
        var file = disk.createNew(path);
        try {
            if (file.tryLock() && exists(path)) {
                return Optional.of(new TemporaryFile(disk, path, file));
            }
            file.close();
            return Optional.empty();
        } catch (IOException e) {
            var failure = e;
            failure = alsoTry(file::close, failure);
            failure = alsoTry(() -> disk.delete(path), failure);
            throw failure;
        }
    }

    /** Writes all remaining bytes. */
    void write(ByteBuffer bytes, long position) throws IOException {
        var end = bytes.limit();
        var offset = position - bytes.position();
        while (bytes.position() < end) {
            // In pieces, because the JDK keeps a buffer as large as the largest piece for every thread.
            bytes.limit(Math.min(end, bytes.position() + LARGEST_WRITE_BYTES));
            var written = file.write(bytes, offset + bytes.position());
            bytes.limit(end);
            if (written <= 0) {
                throw new IOException("the file system took none of " + bytes.remaining() + " bytes");
            }
        }
    }

    /** Makes what was written durable, still under its temporary name. */
    void force() throws IOException {
        file.force();
    }

    /** {@return how many bytes were read, or -1 at the end of the file} */
    int readSome(ByteBuffer into, long position) throws IOException {
        return file.read(into, position);
    }

    /** Reads until {@code into} is full. */
    void read(ByteBuffer into, long position) throws IOException {
        long from = position - into.position();
        while (into.hasRemaining()) {
            if (file.read(into, from + into.position()) < 0) {
                throw new EOFException("the file ends at byte " + (from + into.position()));
            }
        }
    }

    /**
     * Makes the file durable under its final name, never in place of another. After a failure it does not have that name.
     *
     * @throws FileAlreadyExistsException when the name is taken
     */
    void publish(Path name) throws IOException {
        file.force();
        expectOwn(path);
        enter(name);
        try {
            disk.forceFolder(folder());
            disk.delete(path);
            published = true;
        } catch (IOException e) {
            throw alsoTry(() -> disk.delete(name), e);
        }
    }

    /** Makes the file durable under its final name, in place of the one that may be there. */
    void replace(Path name) throws IOException {
        file.force();
        expectOwn(path);
        disk.rename(path, name);
        published = true;
        disk.forceFolder(folder());
    }

    /** Gives the file its temporary name back. */
    void withdraw(Path name) throws IOException {
        expectOwn(name);
        disk.rename(name, path);
        published = false;
        disk.forceFolder(folder());
    }

    /** Gives the lock up, and removes the file if it has its temporary name. */
    @Override
    public void close() throws IOException {
        try (file) {
            if (!published) {
                disk.delete(path);
            }
        }
    }

    private void enter(Path name) throws IOException {
        try {
            disk.link(path, name);
        } catch (FileAlreadyExistsException | NoSuchFileException e) {
            throw e;
        } catch (IOException noLinks) {
            enterReserved(name, noLinks);
        }
    }

    /** Where there are no hard links: a rename would replace, so those who write here take turns for each name. */
    private void enterReserved(Path name, IOException noLinks) throws IOException {
        var reservation = name.resolveSibling(".ign-backup-" + name.getFileName() + RESERVED);
        var held = disk.createNew(reservation);
        try (held) {
            if (!held.tryLock() || exists(name)) {
                throw new FileAlreadyExistsException(name.toString());
            }
            disk.rename(path, name);
        } catch (IOException e) {
            e.addSuppressed(noLinks);
            throw alsoTry(() -> disk.delete(reservation), e);
        }
        disk.delete(reservation);
    }

    /** {@return whether a file of this name only keeps a name free for a writer} */
    static boolean isReservation(String fileName) {
        return fileName.startsWith(".ign-backup-") && fileName.endsWith(RESERVED);
    }

    /** Somebody may have put another file, or a link, in the place of ours. As long as ours is open, no other has its key. */
    private void expectOwn(Path place) throws IOException {
        if (!Objects.equals(key, keyOf(place))) {
            throw new IOException("'" + place + "' was replaced by another file");
        }
    }

    private Path folder() {
        return Objects.requireNonNull(path.getParent());
    }

    private static @Nullable Object keyOf(Path place) throws IOException {
        return Files.readAttributes(place, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                .fileKey();
    }

    private static boolean exists(Path place) {
        return Files.exists(place, LinkOption.NOFOLLOW_LINKS);
    }

    private interface CleanUp {
        void run() throws IOException;
    }

    private static IOException alsoTry(CleanUp cleanUp, IOException failure) {
        try {
            cleanUp.run();
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
        return failure;
    }
}
