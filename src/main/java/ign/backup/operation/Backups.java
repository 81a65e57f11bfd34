package ign.backup.operation;

import ign.backup.config.OutsideSettings;
import ign.backup.graph.Graphs;
import ign.backup.model.BackupException;
import ign.backup.model.BackupName;
import ign.backup.model.CatalogEntry;
import ign.backup.model.DatabaseName;
import ign.backup.model.Progress;
import ign.backup.model.StopSignal;
import ign.backup.policy.ThresholdSuggestion;
import ign.backup.storage.BackupStore;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** Everything that can be asked of the plugin; the faces call this and nothing else. */
public final class Backups {

    private static final Duration CLEAN_UP = Duration.ofSeconds(10);

    private final Graphs graphs;
    private final BackupStore store;
    private final BackupCatalog catalog;
    private final Operations operations;
    private final UseCases useCases;
    private final Clock clock;

    /** The use cases, and what happened when the server started. */
    public record UseCases(
            AttendedBackup create,
            InitialBackup initial,
            RestoreBackup restore,
            RollBack rollBack,
            VerifyBackup verify,
            RestoreDrill drill,
            PruneBackups prune,
            ChangeTracking tracking,
            Schedule schedule,
            Health health,
            BundledBackup bundled,
            LiveSettings settings,
            List<String> startNotes) {}

    /** What a backup file says about itself, and what reading it has shown. */
    public record Description(CatalogEntry entry, Verdict verdict) {}

    /** Works on one folder of one server. */
    public Backups(
            Graphs graphs,
            BackupStore store,
            BackupCatalog catalog,
            Operations operations,
            UseCases useCases,
            Clock clock) {
        this.clock = clock;
        this.graphs = graphs;
        this.store = store;
        this.catalog = catalog;
        this.operations = operations;
        this.useCases = useCases;
    }

    /** {@return the user database a caller means; nothing means the only one} */
    public DatabaseName database(Optional<DatabaseName> asked) {
        return graphs.choose(asked);
    }

    /** Starts a backup. */
    public Running<BackupReport> create(CreateRequest request, String caller) {
        return operations.start("create", request.database(), caller, request.subject(), work -> useCases.create()
                .run(request, work));
    }

    /** {@return whether a database has changed enough since its last backup for a new one, and why, or why not} */
    public Standing standing(DatabaseName database) {
        return useCases.tracking().standing(database);
    }

    /**
     * {@return as {@link #standing}, of a database that can be backed up}
     *
     * @throws BackupException.Unavailable when it does not run
     */
    public Standing requireStanding(DatabaseName database) {
        var standing = standing(database);
        if (standing.current().isEmpty()) {
            throw new BackupException.Unavailable(
                    "database '" + database + "' does not run", "SHOW DATABASES tells its state.");
        }
        return standing;
    }

    /** Starts making the backup that a distribution brings along. */
    public Running<InitialReport> init(InitialRequest request, String caller) {
        return operations.start("init", request.database(), caller, request.subject(), work -> useCases.initial()
                .run(request, work));
    }

    /** Starts a restore. */
    public Running<RestoreReport> restore(RestoreRequest request) {
        return operations.start("restore", request.database(), request.caller().user(), work -> {
            var report = useCases.restore().run(request, work);
            if (report.state() == RestoreReport.State.RESTORED) {
                useCases.tracking().restored(request.database(), report.file());
            }
            return report;
        });
    }

    /** Starts reading a whole backup, the latest unless a file is named; the catalog keeps the outcome. */
    public Running<Verdict> verify(Optional<BackupName> file, DatabaseName database, VerifyLevel level, String caller) {
        var name = file.orElseGet(() -> catalog.requireLatest(database));
        return operations.start("verify", database, caller, work -> {
            var verdict = level == VerifyLevel.RESTORE
                    ? compared(useCases.drill().run(name, database, work))
                    : examine(name, work, work);
            if (store.list().contains(name)) {
                catalog.enter(verdict);
            }
            return verdict;
        });
    }

    /** Starts putting back the store that the last restore has replaced. */
    public Running<RollBackReport> rollBack(DatabaseName database, Caller caller) {
        return operations.start(
                "rollback", database, caller.user(), work -> useCases.rollBack().run(database, caller, work));
    }

    private Verdict examine(BackupName name, StopSignal stop, Progress progress) {
        return compared(useCases.verify().run(name, catalog.recordedDigest(name), stop, progress));
    }

    /** The catalog knows how many episodes there were when the backup was made. */
    private Verdict compared(Verdict verdict) {
        var expected = catalog.read().find(verdict.name()).map(CatalogEntry::episodes);
        return verdict.expecting(expected.orElse(OptionalLong.empty()).orElse(0));
    }

    /** Starts removing what retention does not need; with {@code dryRun} it only tells what that would be. */
    public Running<PruneReport> prune(DatabaseName database, boolean dryRun, String caller) {
        return operations.start(
                "prune", database, caller, work -> useCases.prune().byHand(database, clock.instant(), dryRun, work));
    }

    /** {@return what was found when everything was looked at that backups depend on; also looks whether an automatic one is due} */
    public List<HealthCheck> health(DatabaseName database) {
        return useCases.health().of(database);
    }

    /** {@return the scheduled jobs} */
    public List<Schedule.Entry> schedule() {
        return useCases.schedule().entries();
    }

    /** {@return all settings, after some have been changed; see {@link LiveSettings#change}} */
    public List<SettingReport> configure(Map<String, Optional<String>> texts) {
        return useCases.settings().change(texts).stream().map(SettingReport::of).toList();
    }

    /** {@return all backups, newest first, and after them those that were removed when {@code withHistory}} */
    public List<CatalogEntry> list(boolean withHistory) {
        var all = catalog.read();
        return withHistory
                ? Stream.concat(all.backups().stream(), all.history().stream()).toList()
                : all.backups();
    }

    /** {@return all backups and those that were removed, oldest first, with how much each is larger than the one before of its tier} */
    public List<SizeTrend.Point> trend() {
        return SizeTrend.of(catalog.read());
    }

    /** {@return what a backup holds, read from its first byte to its last; empty for an unknown file} */
    public Optional<Description> info(BackupName name, StopSignal stop) {
        if (!store.contains(name)) {
            return Optional.empty();
        }
        var verdict = examine(name, stop, Progress.NONE);
        return Optional.of(new Description(catalog.describe(name), verdict));
    }

    /** {@return where the backups of a database stand} */
    public StatusReport status(DatabaseName database) {
        var standing = standing(database);
        return new StatusReport(
                database,
                standing,
                ThresholdSuggestion.from(catalog.read(), database),
                operations.running(database).map(Running::report),
                operations.last(database),
                graphs.kept(database),
                store.location(),
                List.copyOf(useCases.startNotes()),
                useCases.bundled().offer(database),
                standing.current().isPresent() ? episodes(database) : OptionalLong.empty());
    }

    private OptionalLong episodes(DatabaseName database) {
        try {
            return graphs.nodesWithLabel(database, useCases.settings().get(OutsideSettings.EPISODE_LABEL));
        } catch (BackupException.Unavailable e) { // stopped meanwhile, as by a restore
            return OptionalLong.empty();
        }
    }

    /**
     * Asks the running operation of a database to stop and waits until it has, for a while.
     *
     * @return what was stopped, or is still cleaning up, in words; empty when nothing was running
     */
    public Optional<String> cancel(DatabaseName database, String caller) {
        return operations.running(database).map(running -> {
            running.stop("cancelled by '" + caller + "'");
            boolean ended = running.awaitEnd(CLEAN_UP);
            return running.describe() + (ended ? " was stopped" : " was asked to stop and is still cleaning up");
        });
    }

    /** Pins a backup or releases it; {@code NotFound} for an unknown file. */
    public CatalogEntry pin(BackupName name, boolean pinned) {
        return catalog.update(all -> all.with(all.find(name)
                        .orElseThrow(() -> new BackupException.NotFound(
                                "there is no backup '" + name + "' in '" + store.location() + "'",
                                "CALL ign.backup.list() shows those that there are."))
                        .pinned(pinned)))
                .find(name)
                .orElseThrow();
    }
}
