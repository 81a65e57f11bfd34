package ign.backup.forensics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ign.backup.model.BackupException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Dumps, real ones and such as are only files. */
@Timeout(120)
class HeapDumpsTest {

    @TempDir
    private Path root;

    private Path folder() {
        return root.resolve("data").resolve("dumps");
    }

    private HeapDumps keeping(int number) {
        return new HeapDumps(folder(), number, file -> Files.writeString(file, "a dump"));
    }

    private List<String> names() throws IOException {
        try (var files = Files.list(folder())) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void aDumpOfThisJvmIsOneAndForItsOwnerAlone() throws IOException {
        var dump = new HeapDumps(folder(), 1, HeapDumper.ofThisJvm()).make("20250128_143022", 1);

        assertThat(dump.file()).isEqualTo(folder().resolve("pre-backup-20250128_143022.hprof"));
        try (var in = Files.newInputStream(dump.file())) {
            assertThat(new String(in.readNBytes(12), StandardCharsets.US_ASCII)).isEqualTo("JAVA PROFILE");
        }
        assertThat(dump.sizeBytes()).isEqualTo(Files.size(dump.file())).isGreaterThan(1 << 20);
        assertThat(names()).containsExactly("pre-backup-20250128_143022.hprof");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(dump.file())))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder())))
                .isEqualTo("rwx------");
    }

    @Test
    void theLastOnesStayAndWhatIsNotOursToo() throws IOException {
        Files.createDirectories(folder());
        var foreign = List.of(
                "java_pid17.hprof",
                "pre-backup-20250128.hprof",
                "pre-backup-20250128_143022.hprof.gz",
                "x-pre-backup-20250128_143022.hprof",
                "neo4j.dump");
        for (var name : foreign) {
            Files.writeString(folder().resolve(name), "mine");
        }
        Files.createDirectory(folder().resolve("pre-backup-20200101_000000.hprof"));
        var dumps = keeping(2);

        age(dumps.make("20250128_143022", 1), 1);
        age(dumps.make("20250128_143023", 1), 2);
        var third = dumps.make("20250128_143024", 1);

        assertThat(third.removed()).containsExactly("pre-backup-20250128_143022.hprof");
        assertThat(names())
                .containsAll(foreign)
                .contains(
                        "pre-backup-20200101_000000.hprof",
                        "pre-backup-20250128_143023.hprof",
                        "pre-backup-20250128_143024.hprof")
                .hasSize(foreign.size() + 3);
    }

    @Test
    void aClockThatWasSetBackDoesNotRemoveTheNewest() throws IOException {
        var dumps = keeping(1);
        dumps.make("20300101_000000", 1);

        var second = dumps.make("20250128_143022", 1);

        assertThat(second.removed()).containsExactly("pre-backup-20300101_000000.hprof");
        assertThat(names()).containsExactly("pre-backup-20250128_143022.hprof");
    }

    @Test
    void twoOfOneSecondHaveNamesOfTheirOwn() throws IOException {
        var dumps = keeping(5);

        dumps.make("20250128_143022", 1);
        dumps.make("20250128_143022", 1);

        assertThat(names()).containsExactly("pre-backup-20250128_143022.hprof", "pre-backup-20250128_143022_2.hprof");
    }

    @Test
    void withoutRoomThereIsNone() throws IOException {
        assertThatThrownBy(() -> keeping(1).make("20250128_143022", 1L << 60))
                .isInstanceOf(BackupException.Unavailable.class)
                .hasMessageMatching(
                        "a heap dump may need 2,305,843,009,213,693,952 bytes, but only [0-9,]+ bytes are free in '"
                                + folder() + "'");

        assertThat(names()).isEmpty();
    }

    @Test
    void oneThatFailsLeavesNothing() throws IOException {
        var dumps = new HeapDumps(folder(), 1, file -> {
            Files.writeString(file, "half");
            Files.writeString(file.resolveSibling(file.getFileName() + ".p0"), "half");
            throw new IOException("No space left on device");
        });

        assertThatThrownBy(() -> dumps.make("20250128_143022", 1))
                .isInstanceOf(BackupException.Unavailable.class)
                .hasMessage("the heap cannot be dumped into '" + folder() + "': No space left on device");

        assertThat(names()).isEmpty();
    }

    @Test
    void whatACrashHasLeftGoes() throws IOException {
        Files.createDirectories(folder());
        Files.writeString(folder().resolve(".pre-backup-20250128_143022.hprof"), "half");
        Files.writeString(folder().resolve(".pre-backup-20250128_143022.hprof.p3"), "half");

        keeping(1).make("20250128_150000", 1);

        assertThat(names()).containsExactly("pre-backup-20250128_150000.hprof");
    }

    @Test
    void aFolderThatIsThereIsLeftAsItIs() throws IOException {
        Files.createDirectories(folder());
        Files.setPosixFilePermissions(folder(), PosixFilePermissions.fromString("rwxr-x---"));
        var link = Files.createSymbolicLink(root.resolve("link"), root.resolve("data"));

        var dump = new HeapDumps(link.resolve("dumps"), 1, file -> Files.writeString(file, "a dump"))
                .make("20250128_143022", 1);

        assertThat(dump.left()).isEmpty();
        assertThat(names()).hasSize(1);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder())))
                .isEqualTo("rwxr-x---");
    }

    @Test
    void aFolderBehindALinkIsMade() throws IOException {
        Files.createDirectory(root.resolve("data"));
        var link = Files.createSymbolicLink(root.resolve("link"), root.resolve("data"));

        new HeapDumps(link.resolve("dumps"), 1, file -> Files.writeString(file, "a dump")).make("20250128_143022", 1);

        assertThat(names()).containsExactly("pre-backup-20250128_143022.hprof");
    }

    private static void age(HeapDumps.Dump dump, int seconds) throws IOException {
        var time = Instant.parse("2025-01-28T14:30:22Z").plusSeconds(seconds);
        Files.setLastModifiedTime(dump.file(), FileTime.from(time));
    }
}
