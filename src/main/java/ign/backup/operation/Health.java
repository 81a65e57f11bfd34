package ign.backup.operation;

import ign.backup.config.AutomationSettings;
import ign.backup.graph.Graphs;
import ign.backup.model.BackupException;
import ign.backup.model.CatalogEntry;
import ign.backup.model.CatalogEntry.State;
import ign.backup.model.DatabaseName;
import ign.backup.model.ErrorCode;
import ign.backup.policy.GrowthForecast;
import ign.backup.policy.RetentionPolicy;
import ign.backup.storage.BackupStore;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** Looks at everything that backups depend on, and says what is not as it should be and what to do about it. */
public final class Health {

    /** A file that nobody has read for longer may have been lost unnoticed; verification is weekly unless it is set otherwise. */
    private static final Duration VERIFIED_WITHIN = Duration.ofDays(15);

    private static final long FORESEEN_DAYS = 30;

    private static final String SEE_LIST = "CALL ign.backup.list() shows them.";

    private final Subjects subjects;
    private final LiveSettings settings;
    private final Clock clock;
    private final List<String> startNotes;

    /** What is looked at. */
    public record Subjects(
            Graphs graphs,
            BackupStore store,
            BackupCatalog catalog,
            Operations operations,
            AutoBackup auto,
            Schedule schedule,
            RetentionPolicy retention) {}

    /** Looks at {@code subjects}; {@code startNotes} tell what happened when the server started, and may become more. */
    public Health(Subjects subjects, LiveSettings settings, Clock clock, List<String> startNotes) {
        this.subjects = subjects;
        this.settings = settings;
        this.clock = clock;
        this.startNotes = startNotes;
    }

    /** {@return what was found, in a fixed order, after a look whether an automatic backup is due} */
    public List<HealthCheck> of(DatabaseName database) {
        try {
            subjects.auto().look();
            return checks(database);
        } catch (BackupException.Unavailable e) { // without the folder there is nothing else to look at
            return List.of(HealthCheck.fail("folder", String.valueOf(e.getMessage()), String.valueOf(e.hint())));
        }
    }

    private List<HealthCheck> checks(DatabaseName database) {
        var backups = subjects.catalog().read().backups().stream()
                .filter(entry -> entry.isOf(database))
                .toList();
        var last = backups.stream().filter(CatalogEntry::isGood).findFirst();
        return Stream.of(
                        Stream.of(backups(last), damage(backups), verification(last), lastOperation(database)),
                        Stream.of(automatic(database), scheduled(), folder(), disk(database), oldStore(database)),
                        start())
                .flatMap(checks -> checks)
                .toList();
    }

    private HealthCheck backups(Optional<CatalogEntry> last) {
        if (last.isEmpty()) {
            return HealthCheck.fail(
                    "backups",
                    "No backups found",
                    "Make one with CALL ign.backup.create('reason'), or copy a file into '"
                            + subjects.store().location() + "'.");
        }
        long days = Math.max(
                0, Duration.between(last.get().orderInstant(), clock.instant()).toDays());
        if (days > settings.get(AutomationSettings.HEALTH_MAX_AGE_DAYS)) {
            return HealthCheck.fail(
                    "backups",
                    "Latest backup is " + days + " days old",
                    "See why no backup was made since: CALL ign.backup.schedule() and CALL ign.backup.status() tell.");
        }
        return HealthCheck.ok("backups", "the latest backup is '" + last.get().name() + "' and " + days + " days old");
    }

    private static HealthCheck damage(List<CatalogEntry> backups) {
        var bad = backups.stream()
                .filter(entry -> entry.state() == State.DAMAGED || entry.state() == State.MISSING)
                .toList();
        if (bad.isEmpty()) {
            return HealthCheck.ok(
                    "files", "all " + backups.size() + " backups are there, and none is known to be damaged");
        }
        var names =
                bad.stream().map(e -> e.name() + " (" + e.state().label() + ")").toList();
        return HealthCheck.fail(
                "files",
                bad.size() + " of " + backups.size() + " backups cannot be restored: " + String.join(", ", names),
                "Look at the disk; copy them back from elsewhere, or remove them. " + SEE_LIST);
    }

    private HealthCheck verification(Optional<CatalogEntry> last) {
        var verified = last.flatMap(CatalogEntry::verification).map(CatalogEntry.Verification::time);
        if (verified.isEmpty()) {
            return HealthCheck.warn(
                    "verification", "the latest backup was never read back", "CALL ign.backup.verify() reads it.");
        }
        var age = Duration.between(verified.get(), clock.instant());
        return age.compareTo(VERIFIED_WITHIN) > 0
                ? HealthCheck.warn(
                        "verification",
                        "the latest backup was last read " + age.toDays() + " days ago",
                        "CALL ign.backup.verify() reads it; the setting 'verify.schedule' does so regularly.")
                : HealthCheck.ok("verification", "the latest backup was read back on " + verified.get());
    }

    private HealthCheck lastOperation(DatabaseName database) {
        var failed = subjects.operations()
                .last(database)
                .filter(outcome -> outcome.code() != ErrorCode.OK && outcome.code() != ErrorCode.CANCELLED);
        return failed.map(outcome -> HealthCheck.warn(
                        "last_operation",
                        "the last operation, " + outcome.operation() + " on " + outcome.ended() + ", ended with '"
                                + outcome.code().label() + "': " + outcome.message(),
                        "The log has the details; docs/errors.md explains the word."))
                .orElseGet(() -> HealthCheck.ok("last_operation", "no operation has failed since the last good one"));
    }

    private HealthCheck automatic(DatabaseName database) {
        if (!settings.get(AutomationSettings.AUTO_ENABLED)) {
            return HealthCheck.warn(
                    "automatic",
                    "automatic backups are off",
                    "CALL ign.backup.configure({`auto.enabled`: true}) switches them on.");
        }
        var trouble = subjects.auto().trouble(database);
        return trouble.failures() > 0
                ? HealthCheck.fail(
                        "automatic",
                        "automatic backups failed, " + trouble.failures() + " in a row, the last one: "
                                + trouble.lastFailure(),
                        "Remove the cause; it is tried again by itself, at the latest after an hour.")
                : HealthCheck.ok("automatic", "automatic backups are on");
    }

    private HealthCheck scheduled() {
        var next = subjects.schedule().entries().stream()
                .filter(entry -> entry.enabled() && !entry.job().equals(HealthWatch.JOB))
                .filter(entry -> entry.next().isPresent())
                .map(entry -> entry.job() + " " + entry.next().orElseThrow())
                .toList();
        return next.isEmpty()
                ? HealthCheck.warn(
                        "schedule",
                        "nothing is scheduled",
                        "CALL ign.backup.configure({`tiers.daily.enabled`: true}) makes a backup every night.")
                : HealthCheck.ok("schedule", "next runs: " + String.join(", ", next));
    }

    private HealthCheck folder() {
        var faults = subjects.store().faults();
        return faults.isEmpty()
                ? HealthCheck.ok(
                        "folder", "'" + subjects.store().location() + "' can be written, and is closed to others")
                : HealthCheck.warn(
                        "folder",
                        String.join("; ", faults),
                        "The folder should have mode 750 and its files 640, and belong to the user Neo4j runs as.");
    }

    private HealthCheck disk(DatabaseName database) {
        long free = subjects.store().freeBytes();
        var room = String.format(Locale.ROOT, "%,d bytes are free", free);
        var forecast = GrowthForecast.of(subjects.catalog().read(), database, subjects.retention());
        var days = forecast.map(future -> future.daysUntilFull(free)).orElse(OptionalLong.empty());
        if (days.isEmpty() || days.getAsLong() > FORESEEN_DAYS) {
            return HealthCheck.ok("disk", room);
        }
        var hint = "Free some space, keep fewer backups, or set 'folder' to a larger disk.";
        return days.getAsLong() == 0
                ? HealthCheck.fail("disk", room + ", the next backup may find too little", hint)
                : HealthCheck.warn(
                        "disk", room + ", at the present growth for " + days.getAsLong() + " days of backups", hint);
    }

    private HealthCheck oldStore(DatabaseName database) {
        return subjects.graphs()
                .kept(database)
                .map(kept -> HealthCheck.ok(
                        "old_store",
                        String.format(
                                Locale.ROOT,
                                "the store from before '%s' is kept since %s for ign.backup.rollback() and takes %,d bytes;"
                                        + " it goes by itself after 'keep_old_store'",
                                kept.replacedBy(),
                                kept.since(),
                                kept.sizeBytes())))
                .orElseGet(() -> HealthCheck.ok("old_store", "no replaced store is kept"));
    }

    private Stream<HealthCheck> start() {
        return startNotes.isEmpty()
                ? Stream.of(
                        HealthCheck.ok("start", "nothing happened when the server started that somebody should know"))
                : startNotes.stream().map(Health::note);
    }

    private static HealthCheck note(String note) {
        return HealthCheck.warn("start", note, "This happened when the server started; see what it was about.");
    }
}
