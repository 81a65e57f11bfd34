package ign.backup.storage;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ign.backup.model.BackupException;
import ign.backup.model.BackupName;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Disks that are full, closed, slow or broken: a clear error with numbers and names, and nothing left behind. */
@Timeout(120)
class FolderFailuresTest {

    private static final BackupName OLD = new BackupName("old.json");
    private static final BackupName NAME = new BackupName("backup.json");

    @TempDir
    private Path folder;

    private FolderStore store(RecordingDisk.Fault fault) {
        return new FolderStore(folder, "backup_metadata.json", new RecordingDisk(new LocalDisk(), fault));
    }

    private static void put(BackupStore store, BackupName name, int sizeBytes) {
        try (var backup = store.create(name)) {
            backup.append(ByteBuffer.allocate(sizeBytes));
            backup.publish();
        }
    }

    @Test
    @Tag("promise-A4")
    void aRealFullDiskIsNamedWithItsNumbersAndTheOldBackupStays() throws Exception {
        var mounted = mountSmallDisk();
        try {
            var store = new FolderStore(mounted.resolve("backups"), "backup_metadata.json");
            put(store, OLD, 100_000);

            var failure = catchThrowableOfType(BackupException.Unavailable.class, () -> put(store, NAME, 8 << 20));

            assertThat(failure.getMessage())
                    .startsWith("the disk is full: cannot write '" + mounted.resolve("backups/backup.json") + "', ")
                    .containsPattern("8388608 bytes were needed, [0-9]+ are free");
            assertThat(failure.hint()).contains("set 'folder' to a larger disk");
            assertThat(failure.retryable()).isFalse();
            assertThat(store.list()).containsExactly(OLD);
            try (var files = Files.list(mounted.resolve("backups"))) {
                assertThat(files.map(file -> file.getFileName().toString()))
                        .containsExactlyInAnyOrder("README.md", ".gitkeep", "old.json");
            }
            put(store, NAME, 1000);
        } finally {
            run("umount", mounted.toString());
        }
    }

    @Test
    @Tag("promise-A5")
    void aRealReadOnlyDiskIsNamed() throws Exception {
        var mounted = mountSmallDisk();
        try {
            var store = new FolderStore(mounted, "backup_metadata.json");
            put(store, OLD, 10);
            assumeTrue(run("mount", "-o", "remount,ro", mounted.toString()) == 0, "cannot remount here");

            assertThatThrownBy(() -> store.create(NAME))
                    .isInstanceOf(BackupException.Unavailable.class)
                    .hasMessageMatching("cannot write '.*backup.json': its file system '.*' is read-only");
            assertThatThrownBy(() -> store.remove(OLD)).isInstanceOf(BackupException.Unavailable.class);
            assertThat(store.list()).containsExactly(OLD);
        } finally {
            run("umount", mounted.toString());
        }
    }

    private Path mountSmallDisk() throws Exception {
        assumeTrue("root".equals(System.getProperty("user.name")), "only root can mount a small disk");
        var mounted = Files.createDirectory(folder.resolve("disk"));
        assumeTrue(run("mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", mounted.toString()) == 0, "cannot mount here");
        return mounted;
    }

    private static int run(String... command) throws Exception {
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getInputStream().readAllBytes();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    @Test
    @Tag("promise-A5")
    void aDeniedWriteNamesUserAndPathAndIsTriedOnce() {
        var attempts = new int[1];
        var store = store((call, number) -> {
            if (call.equals("create part")) {
                attempts[0]++;
                throw new AccessDeniedException(folder.toString());
            }
        });

        var user = System.getProperty("user.name");
        assertThatThrownBy(() -> store.writeCatalog(new byte[1]))
                .isInstanceOf(BackupException.Unavailable.class)
                .hasMessageStartingWith("user '" + user + "' may not write '" + folder)
                .extracting(failure -> ((BackupException) failure).hint())
                .asString()
                .contains("chown -R " + user);
        assertThat(attempts[0]).isOne();
    }

    @Test
    @Tag("promise-A5")
    void aDeniedReadNamesUserAndPath() {
        var failure = DiskFailure.reading(folder, new AccessDeniedException(folder.toString()));

        assertThat(failure)
                .isInstanceOf(BackupException.Unavailable.class)
                .hasMessage("user '" + System.getProperty("user.name") + "' may not read '" + folder + "'");
    }

    @Test
    void aBackupThatWasNotWrittenWholeIsNotPublished() {
        var store = store((call, number) -> {
            if (call.startsWith("write part 7 ")) {
                throw new IOException("injected");
            }
        });
        try (var backup = store.create(NAME)) {
            backup.append(ByteBuffer.allocate(5));
            assertThatThrownBy(() -> backup.append(ByteBuffer.allocate(7)))
                    .isInstanceOf(BackupException.Unavailable.class)
                    .hasMessageContaining("injected")
                    .hasMessageContaining("7 bytes were needed");
            assertThatThrownBy(backup::publish)
                    .isInstanceOf(BackupException.Unavailable.class)
                    .hasRootCauseMessage("injected");
        }
        assertThat(store.list()).isEmpty();
        assertThat(store.sweep()).isEmpty();
    }

    @Test
    void shortWritesAreContinuedAndEmptyOnesAreFailures() throws IOException {
        var disk = new SlowDisk(3);
        var store = new FolderStore(folder, "backup_metadata.json", disk);
        try (var backup = store.create(NAME)) {
            var bytes = ByteBuffer.wrap("xx0123456789yy".getBytes(US_ASCII));
            backup.append(bytes.position(2).limit(12));
            backup.append(ByteBuffer.wrap("abcd".getBytes(US_ASCII)));
            assertThat(bytes.hasRemaining()).isFalse();
            backup.publish();
        }
        assertThat(folder.resolve("backup.json")).hasContent("0123456789abcd");

        disk.most = 0;
        assertThatThrownBy(() -> put(store, OLD, 4))
                .isInstanceOf(BackupException.Unavailable.class)
                .hasMessageContaining("the file system took none of 4 bytes");
    }

    @Test
    void largeWritesGoOutInPieces() throws IOException {
        var store = new FolderStore(folder, "backup_metadata.json", new SlowDisk(Integer.MAX_VALUE));
        try (var backup = store.create(NAME)) {
            var bytes = new byte[(5 << 20) + 17];
            new Random(1).nextBytes(bytes);
            backup.append(ByteBuffer.wrap(bytes));
            backup.publish();
            assertThat(Files.readAllBytes(folder.resolve("backup.json"))).isEqualTo(bytes);
        }
    }

    /** Writes at most so many bytes at once. */
    private static final class SlowDisk implements Disk {

        private final Disk disk = new LocalDisk();
        private int most;

        private SlowDisk(int most) {
            this.most = most;
        }

        @Override
        public void createFolder(Path path) throws IOException {
            disk.createFolder(path);
        }

        @Override
        public DiskFile createNew(Path file) throws IOException {
            var created = disk.createNew(file);
            var channel = FileChannel.open(file, StandardOpenOption.WRITE);
            return new DiskFile() {
                @Override
                public boolean tryLock() throws IOException {
                    return created.tryLock();
                }

                @Override
                public int write(ByteBuffer bytes, long position) throws IOException {
                    assertThat(bytes.remaining()).isLessThanOrEqualTo(1 << 20);
                    var piece = bytes.duplicate();
                    piece.limit(piece.position() + Math.min(most, piece.remaining()));
                    var count = piece.hasRemaining() ? channel.write(piece, position) : 0;
                    bytes.position(piece.position());
                    return count;
                }

                @Override
                public int read(ByteBuffer into, long position) throws IOException {
                    return created.read(into, position);
                }

                @Override
                public void force() throws IOException {
                    channel.force(true);
                }

                @Override
                public void close() throws IOException {
                    try (channel) {
                        created.close();
                    }
                }
            };
        }

        @Override
        public void link(Path file, Path name) throws IOException {
            disk.link(file, name);
        }

        @Override
        public void rename(Path file, Path name) throws IOException {
            disk.rename(file, name);
        }

        @Override
        public boolean delete(Path file) throws IOException {
            return disk.delete(file);
        }

        @Override
        public void forceFolder(Path path) throws IOException {
            disk.forceFolder(path);
        }
    }

    @Test
    void aFileThatCannotBeLockedIsAClearError() {
        var store = store((call, number) -> {
            if (call.startsWith("lock")) {
                throw new IOException("no locks available");
            }
        });

        assertThatThrownBy(() -> store.create(NAME))
                .isInstanceOf(BackupException.Unavailable.class)
                .hasMessageContaining("no locks available");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aFailedCleanUpDoesNotHideTheFirstFailure() {
        var broken = new AtomicBoolean();
        var store = store((call, number) -> {
            if (call.equals("write part 3 at 0")) {
                broken.set(true);
            }
            if (broken.get()) {
                throw new IOException("injected " + call);
            }
        });

        assertThatThrownBy(() -> put(store, NAME, 3))
                .isInstanceOf(BackupException.Unavailable.class)
                .hasRootCauseMessage("injected write part 3 at 0")
                .satisfies(failure -> assertThat(failure.getSuppressed())
                        .singleElement()
                        .satisfies(suppressed -> assertThat(suppressed).hasRootCauseMessage("injected delete part")));
    }

    @Test
    void anInterruptedWriterIsCancelled() {
        var store = store((call, number) -> {});
        var backup = store.create(NAME);
        try {
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> backup.append(ByteBuffer.allocate(3)))
                    .isInstanceOf(BackupException.Cancelled.class)
                    .hasMessageStartingWith("interrupted while at work on '");
            assertThat(Thread.interrupted()).isTrue();
        } finally {
            backup.close();
        }
        assertThat(store.list()).isEmpty();
        assertThat(store.sweep()).isEmpty();
    }

    @Test
    void anInterruptedReaderIsCancelled() {
        var store = store((call, number) -> {});
        put(store, NAME, 10);
        try (var backup = store.open(NAME)) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> backup.read(ByteBuffer.allocate(3), 0))
                    .isInstanceOf(BackupException.Cancelled.class);
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    @Tag("promise-B9")
    void aFailureToReadIsNotDamage() {
        var store = store((call, number) -> {});
        put(store, NAME, 10);
        var backup = store.open(NAME);
        var in = backup.stream();
        backup.close();

        assertThatThrownBy(in::read).isInstanceOf(BackupException.Unavailable.class);
        assertThatThrownBy(() -> in.read(new byte[4])).isInstanceOf(BackupException.Unavailable.class);
    }

    @Test
    void aBackupBeingReadStaysReadableWhenItIsRemoved() {
        var store = store((call, number) -> {});
        put(store, NAME, 10);
        try (var backup = store.open(NAME)) {
            store.remove(NAME);
            assertThat(backup.read(ByteBuffer.allocate(20), 0)).isEqualTo(10);
        }
    }

    @Test
    void aFolderWithAnEndlessPathIsAClearError() {
        var deep = folder;
        for (var level = 0; level < 30; level++) {
            deep = deep.resolve("d".repeat(200));
        }
        var store = new FolderStore(deep, "backup_metadata.json");

        assertThatThrownBy(() -> store.create(NAME)).isInstanceOf(BackupException.Unavailable.class);
    }
}
