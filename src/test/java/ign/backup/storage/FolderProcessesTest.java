package ign.backup.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ign.backup.model.BackupException;
import ign.backup.model.BackupName;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Several processes on one folder, some of which die. */
@Timeout(120)
class FolderProcessesTest {

    private static final BackupName NAME = new BackupName("backup.json");
    private static final BackupName THEIRS = new BackupName("theirs.json");

    @TempDir
    private Path folder;

    private static void say(String line) throws IOException {
        try (var out = new FileOutputStream(FileDescriptor.out)) {
            out.write((line + "\n").getBytes(UTF_8));
        }
    }

    /** What the other process does: writes half a backup, claims the folder, says so, and waits until its input ends. */
    static final class OtherServer {

        private OtherServer() {}

        public static void main(String[] arguments) throws IOException {
            var store = new FolderStore(Path.of(arguments[0]), "backup_metadata.json");
            try (var claim = store.claim("another server");
                    var backup = store.create(THEIRS)) {
                backup.append(ByteBuffer.wrap("half".getBytes(UTF_8)));
                say("ready");
                if (System.in.read() == 'p' && claim != null) {
                    backup.publish();
                }
            }
        }
    }

    private FolderStore store() {
        return new FolderStore(folder, "backup_metadata.json");
    }

    private Process otherServer() throws IOException {
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        OtherServer.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        assertThat(process.inputReader().readLine()).isEqualTo("ready");
        return process;
    }

    private static void end(Process process) throws InterruptedException {
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    @Tag("promise-A2")
    @Tag("promise-A6")
    @Tag("promise-C1")
    @Tag("promise-C2")
    void whatALivingServerWritesStaysAndWhatADeadOneLeftGoes() throws Exception {
        var other = otherServer();
        try {
            assertThat(store().sweep()).singleElement().satisfies(leftover -> {
                assertThat(leftover.removed()).isFalse();
                assertThat(leftover.sizeBytes()).isEqualTo(4);
                assertThat(leftover.reason()).isEqualTo("another process is writing it");
            });
            assertThatThrownBy(() -> store().claim("me"))
                    .isInstanceOf(BackupException.Busy.class)
                    .hasMessage("the backup folder '" + folder + "' is taken by another server");
            assertThat(store().list()).isEmpty();
        } finally {
            other.destroyForcibly();
        }
        end(other);

        assertThat(store().sweep()).singleElement().satisfies(leftover -> {
            assertThat(leftover.removed()).isTrue();
            assertThat(leftover.reason()).isEqualTo("its writer ended before it was complete");
            assertThat(folder.resolve(leftover.fileName())).doesNotExist();
        });
        assertThat(store().sweep()).isEmpty();
        try (var claim = store().claim("me")) {
            assertThat(claim).isNotNull();
        }
    }

    @Test
    @Tag("promise-C1")
    void aSweepDoesNotDisturbAnotherServersBackup() throws Exception {
        var other = otherServer();
        try (var in = other.outputWriter()) {
            store().sweep();
            store().sweep();
            in.write('p');
            in.flush();
            end(other);
        } finally {
            other.destroyForcibly();
        }

        assertThat(other.exitValue()).isZero();
        assertThat(store().list()).containsExactly(THEIRS);
    }

    @Test
    @Tag("promise-A6")
    void whatThisServerWritesIsLeftAloneAndStaysLocked() throws Exception {
        var store = store();
        try (var backup = store.create(NAME)) {
            backup.append(ByteBuffer.wrap(new byte[5]));

            assertThat(store.sweep()).singleElement().satisfies(leftover -> {
                assertThat(leftover.removed()).isFalse();
                assertThat(leftover.reason()).isEqualTo("this server is writing it");
            });
            assertThat(sweptByAnotherProcess()).isEqualTo("false another process is writing it");
            backup.publish();
        }
        assertThat(store.list()).containsExactly(NAME);
        assertThat(store.sweep()).isEmpty();
    }

    static final class Sweeper {

        private Sweeper() {}

        public static void main(String[] arguments) throws IOException {
            for (var leftover : new FolderStore(Path.of(arguments[0]), "backup_metadata.json").sweep()) {
                say(leftover.removed() + " " + leftover.reason());
            }
        }
    }

    private String sweptByAnotherProcess() throws Exception {
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Sweeper.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader reader = process.inputReader()) {
            var line = Objects.requireNonNull(reader.readLine());
            end(process);
            return line;
        }
    }

    @Test
    @Tag("promise-A6")
    @Tag("promise-G5")
    void onlyDeadFilesOfOursAreSwept() throws IOException {
        var dead = ".ign-backup-1-1-" + "0123456789abcdef".repeat(2) + ".part";
        Files.writeString(folder.resolve(dead), "left");
        var strangers = new String[] {
            ".ign-backup-1-1-0123.part",
            ".ign-backup-1-1-" + "0123456789abcdef".repeat(2) + ".part.bak",
            "ign-backup-1-1-" + "0123456789abcdef".repeat(2) + ".part",
            ".backup.json.part",
            "backup.json.tmp",
            ".ign-backup.lock",
        };
        for (var name : strangers) {
            Files.writeString(folder.resolve(name), name);
        }
        Files.createDirectory(folder.resolve(".ign-backup-1-1-" + "f".repeat(32) + ".part"));

        assertThat(store().sweep())
                .containsExactly(new Leftover(dead, 4, true, "its writer ended before it was complete"));

        assertThat(folder.resolve(dead)).doesNotExist();
        for (var name : strangers) {
            assertThat(folder.resolve(name)).hasContent(name);
        }
    }

    @Test
    void aLeftoverThatCannotBeRemovedIsReported() throws IOException {
        var dead = ".ign-backup-1-1-" + "0".repeat(32) + ".part";
        Files.writeString(folder.resolve(dead), "left");
        var disk = new RecordingDisk(new LocalDisk(), (call, number) -> {
            throw new IOException("injected");
        });

        assertThat(new FolderStore(folder, "backup_metadata.json", disk).sweep())
                .singleElement()
                .satisfies(leftover -> {
                    assertThat(leftover.removed()).isFalse();
                    assertThat(leftover.reason()).contains("injected");
                });
    }

    @Test
    @Tag("promise-C1")
    void twoStoresOfOneServerExcludeEachOtherToo() {
        try (var claim = store().claim("the first")) {
            assertThat(claim).isNotNull();
            assertThatThrownBy(() -> store().claim("the second"))
                    .isInstanceOf(BackupException.Busy.class)
                    .hasMessageEndingWith("is taken by the first");
        }
        store().claim("the second").close();
        assertThat(folder.resolve(".ign-backup.holder")).doesNotExist();
    }

    @Test
    void aClaimThatCannotSayWhoHoldsItIsNotHeld() {
        var disk = new RecordingDisk(new LocalDisk(), (call, number) -> {
            if (call.contains("holder")) {
                throw new IOException("injected");
            }
        });
        var failing = new FolderStore(folder, "backup_metadata.json", disk);

        assertThatThrownBy(() -> failing.claim("me")).isInstanceOf(BackupException.Unavailable.class);
        store().claim("me").close();
    }
}
