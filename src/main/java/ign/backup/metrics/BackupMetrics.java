package ign.backup.metrics;

import ign.backup.model.BackupException;
import ign.backup.model.CatalogEntry;
import ign.backup.operation.BackupCatalog;
import ign.backup.operation.Operations;
import ign.backup.operation.ProgressReport;
import ign.backup.operation.Standing;
import io.prometheus.metrics.model.snapshots.Labels;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The metrics of this moment: about stored backups from the catalog, so that they are right after a restart and a clean-up by hand;
 * about operations from the counters.
 */
public final class BackupMetrics {

    /** Those that are said not to run when they do not. */
    private static final List<String> LONG_OPERATIONS = List.of("create", "restore", "rollback", "verify");

    private final Subjects subjects;
    private final OperationCounters counters;
    private final Clock clock;

    /**
     * What they are about.
     *
     * @param standings how far each database is from its last backup
     */
    public record Subjects(BackupCatalog catalog, Supplier<List<Standing>> standings, Operations operations) {}

    /** Of {@code subjects}. */
    public BackupMetrics(Subjects subjects, OperationCounters counters, Clock clock) {
        this.subjects = subjects;
        this.counters = counters;
        this.clock = clock;
    }

    /** {@return all metrics in Prometheus' text format; without those of the backups when the catalog cannot be read, which is said} */
    public String text() {
        var families = new Families();
        var counts = counters.counts();
        try {
            ofBackups(families, goodOnes(), counts);
            families.gauges(
                    "neo4j_backup_changes_since_last_backup",
                    "How many elements were created, deleted and changed since the last backup; only created and deleted ones, less"
                            + " each other, while not every commit was counted.",
                    changes());
            families.gauge(
                    "neo4j_backup_catalog_readable",
                    "Whether the list of backups could be read, 1 or 0.",
                    OptionalDouble.of(1));
        } catch (BackupException e) {
            families.gauge(
                    "neo4j_backup_catalog_readable",
                    "Whether the list of backups could be read, 1 or 0.",
                    OptionalDouble.of(0));
        }
        ofOperations(families, counts);
        return families.text();
    }

    /** {@return the good backups, newest first} */
    private List<CatalogEntry> goodOnes() {
        return subjects.catalog().read().backups().stream()
                .filter(CatalogEntry::isGood)
                .toList();
    }

    private void ofBackups(Families families, List<CatalogEntry> backups, Counts counts) {
        var newest = new TreeMap<String, CatalogEntry>();
        backups.forEach(entry -> newest.putIfAbsent(entry.header().tier().label(), entry));
        families.gauges(
                "neo4j_backup_last_success_timestamp",
                "Instant of the newest good backup of the tier, in seconds since 1970.",
                "tier",
                each(newest, entry -> OptionalDouble.of(Counts.seconds(entry.orderInstant()))));
        families.gauges(
                "neo4j_backup_size_bytes",
                "Size of that backup as stored.",
                "tier",
                each(newest, entry -> OptionalDouble.of((double) entry.sizeBytes())));
        families.gauges(
                "neo4j_backup_duration_seconds",
                "How long it took to read the graph and to write that backup.",
                "tier",
                each(newest, BackupMetrics::writingSeconds));
        families.gauges(
                "neo4j_backup_episodes_count",
                "How many nodes with the label of episodes that backup holds.",
                "tier",
                each(newest, entry -> asDouble(entry.episodes())));
        var success = each(newest, entry -> OptionalDouble.of(1));
        success.putAll(counts.under(Counts.SUCCESS));
        families.gauges(
                "neo4j_backup_success", "Whether the last backup of the tier succeeded, 1 or 0.", "tier", success);
        families.gauge(
                "neo4j_backup_age_seconds",
                "Age of the newest good backup of any tier.",
                backups.isEmpty()
                        ? OptionalDouble.empty()
                        : OptionalDouble.of(Counts.seconds(clock.instant())
                                - Counts.seconds(backups.get(0).orderInstant())));
    }

    /** {@return what was changed in all databases together; nothing of one without a backup} */
    private Map<Labels, Double> changes() {
        var changes = new HashMap<Labels, Double>();
        for (var standing : subjects.standings().get()) {
            standing.changes().ifPresent(since -> {
                add(changes, "nodes", "created", since.createdNodes());
                add(changes, "nodes", "deleted", since.deletedNodes());
                add(changes, "relationships", "created", since.createdRelationships());
                add(changes, "relationships", "deleted", since.deletedRelationships());
                if (standing.counted()) {
                    add(changes, "nodes", "changed", since.changedNodes());
                    add(changes, "relationships", "changed", since.changedRelationships());
                }
            });
        }
        return changes;
    }

    private static void add(Map<Labels, Double> changes, String element, String change, long count) {
        changes.merge(Labels.of("element", element, "change", change), (double) count, Double::sum);
    }

    private static Map<String, Double> each(
            Map<String, CatalogEntry> newest, Function<CatalogEntry, OptionalDouble> value) {
        var values = new TreeMap<String, Double>();
        newest.forEach((tier, entry) -> value.apply(entry).ifPresent(number -> values.put(tier, number)));
        return values;
    }

    private static OptionalDouble writingSeconds(CatalogEntry entry) {
        return entry.header()
                .origin()
                .map(origin -> origin.durationMillis().stream()
                        .mapToDouble(millis -> millis / 1000.0)
                        .findFirst())
                .orElse(OptionalDouble.empty());
    }

    private static OptionalDouble asDouble(OptionalLong number) {
        return number.stream().asDoubleStream().findFirst();
    }

    private void ofOperations(Families families, Counts counts) {
        var ended = new HashMap<Labels, Double>();
        counts.under(Counts.OPERATIONS).forEach((name, count) -> {
            var parts = name.split("/", 2);
            ended.put(Labels.of("operation", parts[0], "outcome", parts[1]), count);
        });
        families.counters("neo4j_backup_operations", "How many operations have ended, and how.", ended);
        families.counters(
                "neo4j_backup_verify_failures",
                "How often a backup, new or stored, did not pass its verification, or lacked episodes.",
                Map.of(Labels.EMPTY, counts.value(Counts.VERIFY_FAILURES).orElse(0)));
        families.counters(
                "neo4j_backup_hook_failures",
                "How often a hook before or after a backup that was made has failed.",
                Map.of(Labels.EMPTY, counts.value(Counts.HOOK_FAILURES).orElse(0)));
        families.gauges("neo4j_backup_running", "Whether such an operation runs, 1 or 0.", "operation", running());
        families.gauge(
                "neo4j_backup_last_verify_timestamp",
                "When a stored backup last passed a verification that was asked for, in seconds since 1970.",
                counts.value(Counts.LAST_VERIFY));
        families.gauge(
                "neo4j_backup_restore_downtime_seconds",
                "How long the database was stopped by the last restore.",
                counts.value(Counts.RESTORE_DOWNTIME));
        families.gauge(
                "neo4j_backup_restore_duration_seconds",
                "How long the last restore took, from the call to the end.",
                counts.value(Counts.RESTORE_DURATION));
    }

    private Map<String, Double> running() {
        var running = new TreeMap<String, Double>();
        LONG_OPERATIONS.forEach(operation -> running.put(operation, 0.0));
        subjects.operations().running().stream()
                .map(ProgressReport::operation)
                .forEach(operation -> running.put(operation, 1.0));
        return running;
    }
}
