package ign.backup.forensics;

import ign.backup.model.BackupException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Heap dumps in a folder, the last few.
 *
 * <p>The folder is made with the mode 700, and files have 600 wherever it is: a dump holds all that the server had in memory. Only files that
 * are called as ours are ever removed.
 */
public final class HeapDumps {

    /** In a dump a reference takes 8 bytes, in most heaps 4, and each object has a longer head: up to 1.9 times were seen. */
    private static final int BYTES_OF_A_USED_BYTE = 2;

    private static final String BEGINNING = "pre-backup-";
    private static final String ENDING = ".hprof";
    private static final Pattern NAME = Pattern.compile("pre-backup-\\d{8}_\\d{6}(_\\d+)?\\.hprof");

    /** What a crash has left of one; the JVM writes parts beside it, and joins them. */
    private static final Pattern UNFINISHED = Pattern.compile("\\.pre-backup-\\d{8}_\\d{6}(_\\d+)?\\.hprof(\\.p\\d+)?");

    private final Path folder;
    private final int keep;
    private final HeapDumper dumper;

    /**
     * A dump that was made.
     *
     * @param removed older ones that went for it
     * @param left why another one could not be removed; the new one is good all the same
     */
    public record Dump(Path file, long sizeBytes, List<String> removed, Optional<String> left) {

        public Dump {
            removed = List.copyOf(removed);
        }
    }

    /** Dumps in {@code folder}, which is made when the first is; the last {@code keep} of them stay. */
    public HeapDumps(Path folder, int keep, HeapDumper dumper) {
        this.folder = folder.toAbsolutePath().normalize();
        this.keep = keep;
        this.dumper = dumper;
    }

    /**
     * Makes a dump, and then removes those that are too many.
     *
     * @param timestamp for its name, {@code yyyyMMdd_HHmmss}
     * @param usedBytes of the heap
     * @throws BackupException.Unavailable when there is no room for it, or it cannot be written; nothing of it is left then
     */
    public synchronized Dump make(String timestamp, long usedBytes) {
        try {
            makeFolder();
            all(UNFINISHED).forEach(HeapDumps::delete);
            requireRoom(usedBytes);
            var file = unused(timestamp);
            write(file);
            return settled(file);
        } catch (IOException | UncheckedIOException e) {
            throw new BackupException.Unavailable(
                    "the heap cannot be dumped into '" + folder + "': " + e.getMessage(),
                    "See whether the server's user may write there, and whether there is room; 'forensics.dump_folder' is another"
                            + " place.",
                    e);
        }
    }

    private void makeFolder() throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        var parent = folder.getParent();
        if (parent != null && !Files.isDirectory(parent)) {
            Files.createDirectories(parent);
        }
        Files.createDirectory(folder);
        closeToOthers(folder, "rwx------");
    }

    /** It gets its name when it is whole. */
    private void write(Path file) throws IOException {
        var temporary = folder.resolve("." + file.getFileName());
        try {
            dumper.dump(temporary);
            closeToOthers(temporary, "rw-------");
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            try {
                all(UNFINISHED).forEach(HeapDumps::delete);
            } catch (IOException | UncheckedIOException another) {
                e.addSuppressed(another);
            }
            throw e;
        }
    }

    private Dump settled(Path file) throws IOException {
        var removed = new ArrayList<String>();
        try {
            for (var old : tooMany(file)) {
                delete(old);
                removed.add(String.valueOf(old.getFileName()));
            }
            return new Dump(file, Files.size(file), removed, Optional.empty());
        } catch (IOException | UncheckedIOException e) {
            return new Dump(file, Files.size(file), removed, Optional.of(String.valueOf(e.getMessage())));
        }
    }

    private void requireRoom(long usedBytes) throws IOException {
        long needed = usedBytes * BYTES_OF_A_USED_BYTE;
        long free = Files.getFileStore(folder).getUsableSpace();
        if (needed > free) {
            throw new BackupException.Unavailable(
                    String.format(
                            Locale.ROOT,
                            "a heap dump may need %,d bytes, but only %,d bytes are free in '%s'",
                            needed,
                            free,
                            folder),
                    "Free some space, or set 'forensics.dump_folder' to a larger disk.");
        }
    }

    private Path unused(String timestamp) {
        return IntStream.iterate(1, number -> number + 1)
                .mapToObj(number -> BEGINNING + timestamp + (number == 1 ? "" : "_" + number) + ENDING)
                .map(folder::resolve)
                .filter(file -> !Files.exists(file, LinkOption.NOFOLLOW_LINKS))
                .findFirst()
                .orElseThrow();
    }

    private static void closeToOthers(Path file, String mode) throws IOException {
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
        }
    }

    private List<Path> tooMany(Path newest) throws IOException {
        return all(NAME).stream()
                .filter(file -> !file.equals(newest))
                .sorted(Comparator.comparing(HeapDumps::time).reversed())
                .skip(keep - 1L)
                .toList();
    }

    private List<Path> all(Pattern names) throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(file ->
                            names.matcher(String.valueOf(file.getFileName())).matches())
                    .filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .toList();
        }
    }

    private static FileTime time(Path file) {
        try {
            return Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
