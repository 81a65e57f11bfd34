package ign.backup.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ign.backup.model.BackupException;
import ign.backup.model.BackupName;
import ign.backup.model.Digest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The order of calls, and what every beginning of it leaves. */
@Timeout(120)
class FolderOrderTest {

    private static final BackupName OLD = new BackupName("old.json");
    private static final BackupName NEW = new BackupName("new.json");
    private static final Digest DIGEST = new Digest("ab".repeat(32));
    private static final String CATALOG = "backup_metadata.json";

    @TempDir
    private Path parent;

    private RecordingDisk disk = new RecordingDisk();

    private FolderStore store() {
        return new FolderStore(parent.resolve("backups"), CATALOG, disk);
    }

    @Test
    @Tag("promise-A1")
    void writesForcesAndOnlyThenNamesABackup() {
        var store = ready();

        try (var backup = store.create(NEW)) {
            backup.append(bytes("????"));
            backup.overwrite(0, bytes("data"));
            backup.publish();
        }

        assertThat(disk.takeCalls())
                .containsExactly(
                        "create part",
                        "lock part",
                        "write part 4 at 0",
                        "write part 4 at 0",
                        "force part",
                        "link part new.json",
                        "force folder",
                        "delete part");
    }

    @Test
    @Tag("promise-A1")
    void replacesSmallFilesByARename() {
        var store = ready();

        store.writeDigest(NEW, DIGEST);
        store.writeCatalog("{}".getBytes(UTF_8));

        assertThat(disk.takeCalls())
                .containsExactly(
                        "create part",
                        "lock part",
                        "write part 75 at 0",
                        "force part",
                        "rename part new.json.sha256",
                        "force folder",
                        "create part",
                        "lock part",
                        "write part 2 at 0",
                        "force part",
                        "rename part backup_metadata.json",
                        "force folder",
                        "create part",
                        "lock part",
                        "write part 2 at 0",
                        "force part",
                        "rename part backup_metadata.json.copy",
                        "force folder");
    }

    @Test
    @Tag("promise-G3")
    void removesTheFileDurablyBeforeItsDigest() {
        var store = ready();
        put(store, NEW, "data");
        store.writeDigest(NEW, DIGEST);
        disk.takeCalls();

        store.remove(NEW);

        assertThat(disk.takeCalls()).containsExactly("delete new.json", "force folder", "delete new.json.sha256");
    }

    @Test
    void aWithdrawnBackupGetsItsTemporaryNameBackAndGoes() {
        var store = ready();

        try (var backup = store.create(NEW)) {
            backup.publish();
            disk.takeCalls();
            backup.withdraw();
        }

        assertThat(disk.takeCalls()).containsExactly("rename new.json part", "force folder", "delete part");
    }

    @Test
    void whereThereAreNoHardLinksTheNameIsReservedAndRenamed() {
        disk = new RecordingDisk(new LocalDisk(), FolderOrderTest::noLinks);
        var store = ready();

        put(store, NEW, "data");

        assertThat(disk.takeCalls())
                .containsExactly(
                        "create part",
                        "lock part",
                        "write part 4 at 0",
                        "force part",
                        "link part new.json",
                        "create .ign-backup-new.json.reserved",
                        "lock .ign-backup-new.json.reserved",
                        "rename part new.json",
                        "delete .ign-backup-new.json.reserved",
                        "force folder",
                        "delete part");
        assertThat(store.list()).containsExactly(NEW);
    }

    @Test
    void whereThereAreNoHardLinksATakenNameIsNotOverwrittenEither() throws IOException {
        disk = new RecordingDisk(new LocalDisk(), FolderOrderTest::noLinks);
        var store = ready();

        try (var backup = store.create(NEW)) {
            Files.writeString(parent.resolve("backups/new.json"), "another's");
            assertThatThrownBy(backup::publish).isInstanceOf(BackupException.Busy.class);
        }
        Files.delete(parent.resolve("backups/new.json"));
        Files.createFile(parent.resolve("backups/.ign-backup-new.json.reserved"));
        try (var backup = store.create(NEW)) {
            assertThatThrownBy(backup::publish).isInstanceOf(BackupException.Busy.class);
        }

        assertThat(store.list()).isEmpty();
        assertThat(store.sweep()).extracting(Leftover::fileName).containsExactly(".ign-backup-new.json.reserved");
        put(store, NEW, "mine");
        assertThat(store.list()).containsExactly(NEW);
    }

    @Test
    @Tag("promise-A4")
    void whenAnyCallFailsTheNewBackupIsNotThereAndTheOldOneIs() {
        var wanted = callsOfOneBackup();
        assertThat(wanted).hasSize(7);
        for (var number = 1; number <= wanted.size(); number++) {
            var failing = number;
            disk = new RecordingDisk(new LocalDisk(), (call, at) -> {
                if (at == failing) {
                    throw new FileSystemException(call, null, "injected");
                }
            });
            var quiet = new FolderStore(parent.resolve("fail" + number), CATALOG);
            put(quiet, OLD, "old");
            var store = new FolderStore(parent.resolve("fail" + number), CATALOG, disk);

            if (wanted.get(number - 1).startsWith("link")) {
                put(store, NEW, "new");
                assertThat(store.list()).as("without links").contains(NEW);
                continue;
            }
            assertThatThrownBy(() -> put(store, NEW, "new"))
                    .as("%s fails", wanted.get(number - 1))
                    .isInstanceOf(BackupException.Unavailable.class)
                    .hasRootCauseInstanceOf(FileSystemException.class);
            assertThat(quiet.list()).as("%s failed", wanted.get(number - 1)).containsExactly(OLD);
            assertThat(quiet.sweep()).as("%s failed", wanted.get(number - 1)).isEmpty();
        }
    }

    private List<String> callsOfOneBackup() {
        var store = ready();
        put(store, OLD, "new");
        return disk.takeCalls();
    }

    @Test
    @Tag("promise-A1")
    @Tag("promise-A3")
    void afterAnyCallThePowerMayGo() throws IOException {
        var call = 0;
        while (powerOffAfter(call)) {
            call++;
        }
        assertThat(call).isGreaterThan(50);
    }

    private static final class PowerOff extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** {@return whether the power went before the work was done} */
    private boolean powerOffAfter(int calls) throws IOException {
        var folder = parent.resolve("power" + calls);
        var forgetful = new ForgetfulDisk(new LocalDisk());
        disk = new RecordingDisk(forgetful, (call, number) -> {
            if (number > calls) {
                throw new PowerOff();
            }
        });
        var done = new ArrayList<String>();
        var went = false;
        try {
            work(new FolderStore(folder, CATALOG, disk), done);
        } catch (PowerOff e) {
            went = true;
        }
        for (var seed = 0; seed < 20; seed++) {
            var left = Files.createDirectory(parent.resolve("left" + calls + "-" + seed));
            forgetful.leave(left, new Random(seed));
            expectValid(left, done, "power off after call " + calls + ", seed " + seed);
        }
        var killed = Files.createDirectory(parent.resolve("killed" + calls));
        copyAsOfAnotherProcess(folder, killed);
        expectValid(killed, done, "killed after call " + calls);
        return went;
    }

    private static void work(FolderStore store, List<String> done) {
        put(store, OLD, "old");
        store.writeDigest(OLD, DIGEST);
        store.writeCatalog(bytesOf("old"));
        done.add("old");
        put(store, NEW, "new");
        store.writeDigest(NEW, DIGEST);
        store.writeCatalog(bytesOf("old new"));
        done.add("new");
        store.writeCatalog(bytesOf("new"));
        done.add("removing");
        store.remove(OLD);
        done.add("removed");
    }

    private static void expectValid(Path folder, List<String> done, String when) {
        var store = new FolderStore(folder, CATALOG);
        store.sweep();
        for (var name : store.list()) {
            assertThat(text(store, name)).as(when).isEqualTo(name.equals(OLD) ? "old" : "new");
        }
        var copies = store.readCatalog();
        for (var copy : List.of(copies.first(), copies.second())) {
            var entries = new String(copy.orElse(new byte[0]), UTF_8);
            assertThat(entries).as(when).isIn("", "old", "old new", "new");
        }
        var newest = new String(copies.first().orElse(new byte[0]), UTF_8);
        if (newest.contains("new")) {
            assertThat(store.list()).as(when).contains(NEW);
            assertThat(store.digest(NEW)).as(when).contains(DIGEST);
        }
        if (newest.contains("old")) {
            assertThat(store.list()).as(when).contains(OLD);
            assertThat(store.digest(OLD)).as(when).contains(DIGEST);
        }
        if (done.contains("new")) {
            assertThat(store.list()).as(when).contains(NEW);
            assertThat(newest).as(when).contains("new");
        }
        if (done.contains("removed")) {
            assertThat(store.list()).as(when).doesNotContain(OLD);
        }
        try (var files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .as(when)
                    .noneMatch(name -> name.endsWith(".part"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void copyAsOfAnotherProcess(Path source, Path target) throws IOException {
        if (!Files.exists(source)) {
            return;
        }
        try (var files = Files.newDirectoryStream(source)) {
            for (var file : files) {
                var name = ForgetfulDisk.asOfAnotherProcess(file.getFileName().toString());
                Files.copy(file, target.resolve(name));
            }
        }
    }

    private FolderStore ready() {
        var store = store();
        store.writeCatalog(new byte[0]);
        disk.takeCalls();
        return store;
    }

    private static void noLinks(String call, int number) throws IOException {
        if (call.startsWith("link")) {
            throw new FileSystemException(call, null, "Operation not permitted (call " + number + ")");
        }
    }

    private static void put(FolderStore store, BackupName name, String text) {
        try (var backup = store.create(name)) {
            backup.append(bytes(text));
            backup.publish();
        }
    }

    private static String text(FolderStore store, BackupName name) {
        try (var backup = store.open(name);
                var in = backup.stream()) {
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] bytesOf(String text) {
        return text.getBytes(UTF_8);
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(bytesOf(text));
    }
}
