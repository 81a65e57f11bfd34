package ign.backup.operation;

import ign.backup.config.AutomationSettings;
import ign.backup.model.BackupException;
import ign.backup.model.DatabaseName;
import ign.backup.policy.AutoBackupTiming;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes a backup by itself when a graph has changed enough since the last one, or when it has none.
 *
 * <p>A graph without a single element and without a backup is left alone: there is nothing that could be lost.
 */
public final class AutoBackup {

    /** How often files are looked at when nothing was committed: somebody may have removed a backup by hand. */
    private static final Duration LOOK_AT_FILES_EVERY = Duration.ofSeconds(30);

    private final ChangeTracking tracking;
    private final Operations operations;
    private final AttendedBackup create;
    private final LiveSettings settings;
    private final Clock clock;
    private final Events events;
    private final Map<DatabaseName, Watch> watches = new HashMap<>();

    /** What is known of one database between two looks. */
    private static final class Watch {
        private long commitsSeen = -1;
        private Instant filesSeen = Instant.MIN;
        private Optional<Instant> reached = Optional.empty();
        private Optional<Instant> started = Optional.empty();
        private int failures;
        private Optional<Instant> failed = Optional.empty();
        private String lastFailure = "";
        private @Nullable Running<BackupReport> running;
    }

    /**
     * How automatic backups of a database go.
     *
     * @param failures how many failed one after the other, up to now
     * @param lastFailure why the last of them did; empty when there was none
     */
    public record Trouble(int failures, String lastFailure) {}

    /** Makes backups with {@code create} when {@code tracking} says so. */
    public AutoBackup(
            ChangeTracking tracking,
            Operations operations,
            AttendedBackup create,
            LiveSettings settings,
            Clock clock,
            Events events) {
        this.tracking = tracking;
        this.operations = operations;
        this.create = create;
        this.settings = settings;
        this.clock = clock;
        this.events = events;
    }

    /** Looks at each database once, and starts what is due; does not wait for it. */
    public synchronized void look() {
        for (var database : tracking.databases()) {
            var watch = watches.computeIfAbsent(database, name -> new Watch());
            attendTo(database, watch);
            if (watch.running == null && settings.get(AutomationSettings.AUTO_ENABLED)) {
                startIfDue(database, watch);
            }
        }
    }

    /** {@return what went wrong lately with automatic backups of that database} */
    public synchronized Trouble trouble(DatabaseName database) {
        var watch = watches.computeIfAbsent(database, name -> new Watch());
        return new Trouble(watch.failures, watch.lastFailure);
    }

    private void attendTo(DatabaseName database, Watch watch) {
        var running = watch.running;
        if (running == null || !running.isAnswered()) {
            return;
        }
        watch.running = null;
        try {
            var report = running.awaitAnswer(Duration.ZERO);
            watch.reached = Optional.empty();
            watch.failures = 0;
            watch.failed = Optional.empty();
            watch.lastFailure = "";
            events.tell(new Events.Noted("Auto-backup created due to significant changes"
                    + (report == null ? "" : ": '" + report.entry().name() + "' of database '" + database + "'")));
        } catch (BackupException.Cancelled e) { // whoever did that wants it later, if at all
            watch.started = Optional.of(clock.instant());
        } catch (BackupException e) { // the log has told why
            watch.failures++;
            watch.failed = Optional.of(clock.instant());
            watch.lastFailure = e.explanation();
        }
    }

    private void startIfDue(DatabaseName database, Watch watch) {
        var now = clock.instant();
        long commits = tracking.commits(database);
        boolean filesAreOld = Duration.between(watch.filesSeen, now).abs().compareTo(LOOK_AT_FILES_EVERY) >= 0;
        if (watch.reached.isEmpty() && commits == watch.commitsSeen && !filesAreOld) {
            return;
        }
        watch.commitsSeen = commits;
        watch.filesSeen = now;
        var standing = tracking.standing(database);
        if (!isNeeded(standing)) {
            watch.reached = Optional.empty();
            return;
        }
        watch.reached = watch.reached.or(() -> Optional.of(now));
        var timing = new AutoBackupTiming(
                settings.get(AutomationSettings.AUTO_MIN_INTERVAL), settings.get(AutomationSettings.AUTO_QUIET));
        var advice = timing.advise(new AutoBackupTiming.Situation(
                now,
                watch.reached.orElse(now),
                standing.lastChange().orElse(Instant.EPOCH),
                watch.started,
                watch.failures,
                watch.failed));
        if (advice.isNow()) {
            start(database, watch, standing.reasons());
        }
    }

    private static boolean isNeeded(Standing standing) {
        boolean nothingToLose = standing.last().isEmpty()
                && standing.current().map(now -> now.nodes() == 0).orElse(false);
        return standing.isBackupRecommended() && !nothingToLose;
    }

    private void start(DatabaseName database, Watch watch, List<String> reasons) {
        var request = CreateRequest.whenNeeded(database, reasons);
        try {
            watch.running = operations.startInBackground(
                    "create", database, request.subject(), work -> create.run(request, work));
        } catch (BackupException.Busy e) {
            return; // the next look sees whether it is still needed
        }
        watch.started = Optional.of(clock.instant());
    }
}
