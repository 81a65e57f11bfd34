package ign.backup.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ign.backup.model.BackupException;
import ign.backup.model.BackupHeader;
import ign.backup.model.BackupName;
import ign.backup.model.CatalogEntry;
import ign.backup.model.CatalogEntry.State;
import ign.backup.model.ChangeCounts;
import ign.backup.model.DatabaseName;
import ign.backup.model.Digest;
import ign.backup.model.Tier;
import ign.backup.operation.BackupCatalog;
import ign.backup.operation.BackupReport;
import ign.backup.operation.Events;
import ign.backup.operation.Operations;
import ign.backup.operation.Standing;
import ign.backup.policy.ChangeThresholds;
import ign.backup.storage.StateFile;
import ign.backup.testkit.MemoryStore;
import ign.backup.testkit.PrometheusText;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The text is read by a parser of Prometheus' format. */
@Timeout(30)
@Tag("promise-I3")
class BackupMetricsTest {

    private static final Instant NOON = Instant.parse("2024-02-26T08:00:00Z"); // 1708934400
    private static final Clock HOUR_LATER = Clock.fixed(NOON.plusSeconds(3600), ZoneOffset.UTC);
    private static final DatabaseName DATABASE = new DatabaseName("neo4j");

    @TempDir
    private Path folder = Path.of("");

    private final MemoryStore store = new MemoryStore();
    private final BackupCatalog catalog = new BackupCatalog(store, HOUR_LATER, Events.NONE);

    private List<Standing> standings = List.of();

    private static Standing standing(ChangeCounts changes, boolean counted) {
        return new Standing(
                Optional.empty(),
                Optional.empty(),
                Optional.of(changes),
                counted,
                Optional.empty(),
                new ChangeThresholds(50, 100, 0.1, OptionalLong.empty(), OptionalLong.empty()),
                Optional.empty());
    }

    private void stored(String name, Tier tier, Instant instant, State state, long bytes) {
        var origin = new BackupHeader.Origin(
                DATABASE,
                "5.26.30",
                "0.1.0",
                "store",
                instant.atOffset(ZoneOffset.UTC),
                7,
                tier,
                Optional.empty(),
                OptionalLong.of(45_200),
                Optional.empty(),
                Optional.empty());
        var header = new BackupHeader("1.1.0", "", "", "test", 1, 1, "full", "test", Optional.of(origin));
        store.damage(new BackupName(name), new byte[] {1});
        catalog.update(all -> all.with(new CatalogEntry(
                new BackupName(name),
                header,
                bytes,
                Optional.of(new Digest("ab".repeat(32))),
                state,
                false,
                instant,
                Optional.empty(),
                OptionalLong.of(15_234),
                List.of())));
    }

    private PrometheusText scraped(Operations operations) {
        var counters = new OperationCounters(new StateFile(folder, "metrics.json"), Events.NONE);
        var subjects = new BackupMetrics.Subjects(catalog, () -> standings, operations);
        return PrometheusText.of(new BackupMetrics(subjects, counters, HOUR_LATER).text());
    }

    @Test
    void saysOfEachTierWhatItsNewestGoodBackupIs() {
        stored("old.json", Tier.DAILY, NOON.minusSeconds(86_400), State.GOOD, 1);
        stored("new.json", Tier.DAILY, NOON, State.GOOD, 2);
        stored("damaged.json", Tier.DAILY, NOON.plusSeconds(60), State.DAMAGED, 3);
        stored("week.json", Tier.WEEKLY, NOON.minusSeconds(600), State.GOOD, 536_870_912);
        try (var operations = new Operations(HOUR_LATER, Events.NONE)) {
            var metrics = scraped(operations);

            assertThat(metrics.require("neo4j_backup_last_success_timestamp{tier=\"daily\"}"))
                    .isEqualTo(1_708_934_400);
            assertThat(metrics.require("neo4j_backup_size_bytes{tier=\"daily\"}"))
                    .isEqualTo(2);
            assertThat(metrics.require("neo4j_backup_size_bytes{tier=\"weekly\"}"))
                    .isEqualTo(536_870_912);
            assertThat(metrics.require("neo4j_backup_duration_seconds{tier=\"weekly\"}"))
                    .isCloseTo(45.2, within(1e-9));
            assertThat(metrics.require("neo4j_backup_episodes_count{tier=\"daily\"}"))
                    .isEqualTo(15_234);
            assertThat(metrics.require("neo4j_backup_success{tier=\"daily\"}")).isEqualTo(1);
            assertThat(metrics.require("neo4j_backup_age_seconds")).isEqualTo(3600);
            assertThat(metrics.require("neo4j_backup_catalog_readable")).isEqualTo(1);
            assertThat(metrics.samples()).doesNotContainKey("neo4j_backup_size_bytes{tier=\"monthly\"}");
            assertThat(metrics.types())
                    .containsEntry("neo4j_backup_verify_failures_total", "counter")
                    .containsEntry("neo4j_backup_size_bytes", "gauge");
        }
    }

    @Test
    void saysWhatWasChangedInAllDatabasesTogether() {
        standings = List.of(
                standing(new ChangeCounts(1, 2, 3, 4, 5, 6), true),
                standing(new ChangeCounts(10, 20, 30, 40, 50, 60), true));
        try (var operations = new Operations(HOUR_LATER, Events.NONE)) {
            var samples = scraped(operations).samples();

            assertThat(samples)
                    .containsEntry(changes("nodes", "created"), 11.0)
                    .containsEntry(changes("relationships", "created"), 22.0)
                    .containsEntry(changes("nodes", "deleted"), 33.0)
                    .containsEntry(changes("relationships", "deleted"), 44.0)
                    .containsEntry(changes("nodes", "changed"), 55.0)
                    .containsEntry(changes("relationships", "changed"), 66.0);
        }
    }

    @Test
    void whatWasNotCountedIsNotSaidToBeZero() {
        standings = List.of(standing(new ChangeCounts(1, 2, 0, 0, 0, 0), false));
        try (var operations = new Operations(HOUR_LATER, Events.NONE)) {
            assertThat(scraped(operations).samples())
                    .containsEntry(changes("nodes", "created"), 1.0)
                    .doesNotContainKey(changes("nodes", "changed"))
                    .doesNotContainKey(changes("relationships", "changed"));
        }
    }

    private static String changes(String element, String change) {
        return "neo4j_backup_changes_since_last_backup{change=\"" + change + "\",element=\"" + element + "\"}";
    }

    @Test
    void withoutBackupsThereIsNoAgeAndNothingIsInvented() {
        try (var operations = new Operations(HOUR_LATER, Events.NONE)) {
            assertThat(scraped(operations).samples())
                    .containsOnlyKeys(
                            "neo4j_backup_catalog_readable",
                            "neo4j_backup_verify_failures_total",
                            "neo4j_backup_hook_failures_total",
                            "neo4j_backup_running{operation=\"create\"}",
                            "neo4j_backup_running{operation=\"restore\"}",
                            "neo4j_backup_running{operation=\"rollback\"}",
                            "neo4j_backup_running{operation=\"verify\"}");
        }
    }

    @Test
    void aCatalogThatCannotBeReadIsSaidAndTheRestIsThere() {
        store.writeCatalog("{\"catalog_version\": 99}".getBytes(StandardCharsets.UTF_8));
        try (var operations = new Operations(HOUR_LATER, Events.NONE)) {
            var metrics = scraped(operations);

            assertThat(metrics.require("neo4j_backup_catalog_readable")).isZero();
            assertThat(metrics.require("neo4j_backup_verify_failures_total")).isZero();
        }
    }

    @Test
    void saysWhatRuns() {
        var seen = new CountDownLatch(1);
        try (var operations = new Operations(HOUR_LATER, Events.NONE)) {
            var running = operations.<BackupReport>start("create", DATABASE, "alice", work -> {
                while (seen.getCount() > 0) {
                    Thread.onSpinWait();
                }
                throw new BackupException.Cancelled("seen");
            });
            var metrics = scraped(operations);
            seen.countDown();

            assertThat(metrics.require("neo4j_backup_running{operation=\"create\"}"))
                    .isEqualTo(1);
            assertThat(metrics.require("neo4j_backup_running{operation=\"verify\"}"))
                    .isZero();
            assertThat(running.awaitEnd(Duration.ofSeconds(20))).isTrue();
        }
    }
}
