package ign.backup.operation;

import static org.assertj.core.api.Assertions.assertThat;

import ign.backup.model.DatabaseName;
import ign.backup.model.HealthAlert;
import ign.backup.storage.StateFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class HealthWatchTest {

    private static final DatabaseName DATABASE = new DatabaseName("neo4j");
    private static final Clock NOON = Clock.fixed(Instant.parse("2025-01-28T12:00:00Z"), ZoneOffset.UTC);

    @TempDir
    private Path folder = Path.of("");

    private final List<String> told = new ArrayList<>();
    private List<HealthCheck> checks = List.of();

    private void hear(Events.Event event) {
        if (event instanceof Events.Alerted alerted) {
            HealthAlert alert = alerted.alert();
            assertThat(alert.database()).isEqualTo(DATABASE);
            assertThat(alert.time()).isEqualTo(NOON.instant());
            told.add(alert.check() + " " + alert.before() + "->" + alert.status() + " " + alert.message());
        } else if (event instanceof Events.Warned warned) {
            told.add("WARN " + warned.message().lines().findFirst().orElseThrow());
        }
    }

    /** The server has started. */
    private HealthWatch watch() {
        var keeper = StateKeeper.of(new StateFile(folder.resolve("state"), "state.json"), this::hear);
        return new HealthWatch(() -> List.of(DATABASE), database -> checks, keeper, NOON, this::hear);
    }

    private void look(HealthWatch watch, HealthCheck... found) {
        checks = List.of(found);
        watch.look();
    }

    private static HealthCheck fine(String name) {
        return HealthCheck.ok(name, "all is well");
    }

    @Test
    void tellsEachChangeOnce() {
        var watch = watch();

        look(watch, fine("backups"), fine("disk"));
        assertThat(told).isEmpty();
        look(watch, HealthCheck.fail("backups", "none", "make one"), HealthCheck.warn("disk", "little", "clean up"));
        look(
                watch,
                HealthCheck.fail("backups", "still none", "make one"),
                HealthCheck.warn("disk", "less", "clean up"));
        assertThat(told).containsExactly("backups OK->FAIL none", "disk OK->WARN little");
        told.clear();
        look(watch, HealthCheck.warn("backups", "an old one", "make one"), fine("disk"));
        look(watch, fine("backups"), fine("disk"));
        assertThat(told)
                .containsExactly(
                        "backups FAIL->WARN an old one", "disk WARN->OK all is well", "backups WARN->OK all is well");
    }

    @Test
    void remembersOverARestart() {
        look(watch(), HealthCheck.fail("backups", "none", "make one"), HealthCheck.warn("disk", "little", "clean up"));
        told.clear();

        look(watch(), HealthCheck.fail("backups", "none", "make one"), fine("disk"));
        assertThat(told).containsExactly("disk WARN->OK all is well");
        told.clear();
        look(watch(), fine("backups"), fine("disk"));
        assertThat(told).containsExactly("backups FAIL->OK all is well");
    }

    @Test
    void ofSeveralOfOneNameTheWorstCounts() {
        var watch = watch();

        look(
                watch,
                HealthCheck.warn("start", "one note", "look"),
                fine("start"),
                HealthCheck.warn("start", "another", "look"));

        assertThat(told).hasSize(1).allMatch(line -> line.startsWith("start OK->WARN "));
    }

    @Test
    void whatWasNotLookedAtStandsAsItStood() {
        var watch = watch();
        look(watch, HealthCheck.fail("backups", "none", "make one"), fine("folder"));
        told.clear();

        look(watch, HealthCheck.fail("folder", "away", "mount it"));
        look(watch, HealthCheck.fail("backups", "none", "make one"), fine("folder"));

        assertThat(told).containsExactly("folder OK->FAIL away", "folder FAIL->OK all is well");
    }

    @Test
    void whatCannotBeKeptIsToldOnceAllTheSame() throws IOException {
        var watch = new HealthWatch(
                () -> List.of(DATABASE),
                database -> checks,
                StateKeeper.of(new StateFile(folder.resolve("later"), "state.json"), this::hear),
                NOON,
                this::hear);
        Files.writeString(folder.resolve("later"), "no folder either");

        look(watch, HealthCheck.fail("backups", "none", "make one"));
        look(watch, HealthCheck.fail("backups", "none", "make one"));

        assertThat(told).hasSize(2);
        assertThat(told.get(0)).isEqualTo("backups OK->FAIL none");
        assertThat(told.get(1)).startsWith("WARN that health check will be told of once more after a restart: ");
    }
}
