package ign.backup.operation;

import static org.assertj.core.api.Assertions.assertThat;

import ign.backup.forensics.HeapDumper;
import ign.backup.forensics.HeapDumps;
import ign.backup.forensics.HeapUse;
import ign.backup.model.DatabaseName;
import ign.backup.model.OperationSubject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** When a heap is remarked upon, and that nothing that goes wrong with a dump gets in a backup's way. */
@Timeout(30)
class HeapWatchTest {

    private static final String REMARK =
            "before the backup 90.0 % of the heap are used, 90 of 100 MiB (40.0 % after the last"
                    + " collection, 7 collections took 1.5 s), the limit is 85 %";
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2025-01-28T13:30:22Z"), ZoneId.of("Europe/Berlin"));

    private final List<Events.Event> told = new ArrayList<>();
    private final Running<BackupReport> work =
            new Running<>("create", new DatabaseName("neo4j"), "alice", OperationSubject.UNKNOWN, CLOCK, false);

    @TempDir
    private Path folder;

    private HeapWatch watch(long usedMebibytes, Optional<HeapDumper> dumper) {
        var use = new HeapUse(usedMebibytes << 20, 100L << 20, OptionalLong.of(40L << 20), 7, 1500);
        return new HeapWatch(85, dumper.map(each -> new HeapDumps(folder, 1, each)), () -> use, CLOCK, told::add);
    }

    @Test
    void upToTheLimitNothingIsSaidOrDumped() {
        var watch = watch(85, Optional.of(file -> {
            throw new IOException("nobody asked");
        }));

        assertThat(watch.look(work)).isEmpty();

        assertThat(told).isEmpty();
    }

    @Test
    void aboveItIsSaidAlsoWithoutADump() {
        assertThat(watch(90, Optional.empty()).look(work)).containsExactly(REMARK);

        assertThat(told).containsExactly(new Events.Warned(REMARK));
    }

    @Test
    void itIsSaidWhereTheDumpIsAndHowLarge() throws IOException {
        Files.writeString(folder.resolve("pre-backup-20250127_143022.hprof"), "an older one");

        var remarks = watch(90, Optional.of(file -> Files.write(file, new byte[3 << 20])))
                .look(work);

        var made = "heap dump '" + folder.toAbsolutePath() + "/pre-backup-20250128_143022.hprof' made, 3 MiB";
        assertThat(remarks).containsExactly(REMARK, made);
        assertThat(told)
                .containsExactly(
                        new Events.Warned(REMARK),
                        new Events.Noted(made),
                        new Events.Noted("removed heap dump 'pre-backup-20250127_143022.hprof'"));
    }

    @Test
    void oneThatFailsIsAWarning() {
        var full = watch(90, Optional.of(file -> {
            throw new IOException("No space left on device");
        }));
        var odd = watch(90, Optional.of(file -> {
            throw new IllegalStateException("odd JVM");
        }));

        assertThat(full.look(work))
                .containsExactly(
                        REMARK,
                        "no heap dump was made: the heap cannot be dumped into '" + folder.toAbsolutePath()
                                + "': No space left on device");
        assertThat(odd.look(work))
                .containsExactly(REMARK, "no heap dump was made: java.lang.IllegalStateException: odd JVM");
        assertThat(told).hasSize(4).allMatch(Events.Warned.class::isInstance);
    }
}
