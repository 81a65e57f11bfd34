package ign.backup.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A file system in memory, mounted somewhere; only a user who may mount has one, such as root. */
public final class SmallDisk implements AutoCloseable {

    /** What a file system in memory gives at once: where less than that is free, not even a small file can be written. */
    private static final int BLOCK_BYTES = 4 << 10;

    private final Path folder;
    private final boolean mounted;

    private SmallDisk(Path folder, boolean mounted) {
        this.folder = folder;
        this.mounted = mounted;
    }

    /** Mounts one; whether that was possible tells {@link #isMounted}. */
    public static SmallDisk at(Path folder, String options) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new SmallDisk(folder, succeeds("mount", "-t", "tmpfs", "-o", options, "tmpfs", folder.toString()));
    }

    /** {@return whether it is there} */
    public boolean isMounted() {
        return mounted;
    }

    /** {@return where it is} */
    public Path folder() {
        return folder;
    }

    /** Gives it another size, as {@code 1m}; {@return whether that was possible} */
    public boolean resize(String size) {
        return succeeds("mount", "-o", "remount,size=" + size, folder.toString());
    }

    /** Fills it but for so many bytes; {@return the file that does, to be deleted} */
    public Path fillUpTo(long free) {
        var filler = folder.resolve("filler");
        try (var out = Files.newOutputStream(filler)) {
            var store = Files.getFileStore(folder);
            var block = new byte[BLOCK_BYTES];
            while (store.getUsableSpace() >= free + block.length) {
                try {
                    out.write(block);
                } catch (IOException e) {
                    if (store.getUsableSpace() >= free + block.length) {
                        throw e;
                    } // somebody else was quicker to take the rest
                }
            }
            return filler;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        if (mounted && !succeeds("umount", "-l", folder.toString())) {
            throw new AssertionError("cannot unmount " + folder);
        }
    }

    private static boolean succeeds(String... command) {
        try {
            var process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false; // there is no such command here
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }
}
