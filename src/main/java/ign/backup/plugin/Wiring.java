package ign.backup.plugin;

import ign.backup.config.AutomationSettings;
import ign.backup.config.Configuration;
import ign.backup.config.OutsideSettings;
import ign.backup.config.Settings;
import ign.backup.graph.ServerGraphs;
import ign.backup.graph.kernel.ServerParts;
import ign.backup.metrics.BackupMetrics;
import ign.backup.model.BackupException;
import ign.backup.model.DatabaseName;
import ign.backup.operation.AccessGate;
import ign.backup.operation.AttendedBackup;
import ign.backup.operation.AutoBackup;
import ign.backup.operation.BackupCatalog;
import ign.backup.operation.BackupReader;
import ign.backup.operation.Backups;
import ign.backup.operation.BuildFromBackup;
import ign.backup.operation.BundledBackup;
import ign.backup.operation.ChangeTracking;
import ign.backup.operation.CreateBackup;
import ign.backup.operation.Events;
import ign.backup.operation.ExpireKeptStores;
import ign.backup.operation.Health;
import ign.backup.operation.HealthWatch;
import ign.backup.operation.Housekeeping;
import ign.backup.operation.InitialBackup;
import ign.backup.operation.InitialData;
import ign.backup.operation.LiveSettings;
import ign.backup.operation.MergeBackup;
import ign.backup.operation.Operations;
import ign.backup.operation.PruneBackups;
import ign.backup.operation.RestoreBackup;
import ign.backup.operation.RestoreDrill;
import ign.backup.operation.RestoreSettings;
import ign.backup.operation.RollBack;
import ign.backup.operation.Schedule;
import ign.backup.operation.StateKeeper;
import ign.backup.operation.VerifyBackup;
import ign.backup.operation.VerifyStored;
import ign.backup.policy.Retention;
import ign.backup.policy.RetentionPolicy;
import ign.backup.storage.FolderStore;
import ign.backup.storage.TextFile;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.neo4j.configuration.Config;
import org.neo4j.configuration.GraphDatabaseSettings;

/** The parts of the plugin, put together by its settings. */
final class Wiring {

    private final Configuration configuration;
    private final RestoreSettings restoreSettings;
    private final RetentionPolicy retention;
    private final Clock clock;
    private final Events events;
    private final ServerGraphs graphs;
    private final FolderStore store;
    private final BackupCatalog catalog;
    private final StateKeeper keeper;
    private final LiveSettings settings;
    private final Operations operations;
    private final PruneBackups prune;
    private final CreateBackup unattended;
    private final AttendedBackup create;
    private final VerifyBackup verify;
    private final BackupReader reader;
    private final RestoreDrill drill;
    private final ChangeTracking tracking;
    private final AutoBackup auto;
    private final Schedule schedule;
    private final RestoreBackup restore;
    private final BundledBackup bundled;
    private final AccessGate gate;
    private final Upkeep upkeep;
    private final Outside outside;
    private final Health health;
    private final HealthWatch watch;

    /**
     * Puts the parts together; touches no database, and writes nothing: it only removes what interrupted restores have built in a folder
     * of its own, and sets a state aside that cannot be read.
     *
     * @param log hears of everything, as others do
     * @param notes what happened at start, for the status
     */
    Wiring(
            BackupExtensionFactory.Dependencies server,
            Configuration configuration,
            Clock clock,
            Events log,
            List<String> notes) {
        this.configuration = configuration;
        this.clock = clock;
        var listeners = new Listeners(log);
        events = listeners;
        Path home = server.config().get(GraphDatabaseSettings.neo4j_home);
        restoreSettings = PartSettings.restoreSettings(configuration, home);
        retention = PartSettings.retention(configuration);
        keeper = StateKeeper.of(DataFolder.file(server, "state.json"), events);
        settings = new LiveSettings(configuration, keeper, PartSettings::checkSchedules, events);
        var around = Around.of(configuration, server.config());
        graphs = new ServerGraphs(partsOf(server), clock, this::tellOfUncounted);
        graphs.countChanges();
        store = new FolderStore(configuration.folder(home), configuration.get(Settings.METADATA_FILE));
        catalog = new BackupCatalog(store, clock, events);
        operations = new Operations(clock, events);
        prune = new PruneBackups(store, catalog, new Retention(retention), events);
        unattended = new CreateBackup(graphs, store, catalog, prune, PartSettings.createSettings(configuration), clock);
        create = around.attended(unattended, store.location(), clock, events);
        int threads = configuration.get(Settings.THREADS);
        var label = configuration.get(OutsideSettings.EPISODE_LABEL);
        verify = new VerifyBackup(store, threads, configuration.get(Settings.MAX_BYTES_PER_SECOND), label);
        // Whoever restores is in a hurry: no limit of bytes.
        reader = new BackupReader(store, catalog, new VerifyBackup(store, threads, label), threads);
        drill = new RestoreDrill(graphs, catalog, verify, new BuildFromBackup(reader), restoreSettings.build());
        tracking = new ChangeTracking(graphs, catalog, keeper, () -> PartSettings.thresholds(settings.now()));
        auto = new AutoBackup(tracking, operations, create, settings, clock, events);
        var jobs = new Jobs(
                graphs, catalog, operations, create, new VerifyStored(catalog, verify), drill, this::lookAtHealth);
        schedule = new Schedule(jobs.all(), settings, keeper, clock, events);
        var merge = new MergeBackup(graphs, catalog, reader, restoreSettings.mergeBatch());
        restore = new RestoreBackup(graphs, catalog, new BuildFromBackup(reader), merge, restoreSettings, clock);
        var allNotes = new CopyOnWriteArrayList<>(notes);
        bundled = bundled(home, allNotes);
        upkeep = new Upkeep(
                new Housekeeping(store, catalog, verify, prune, events),
                new ExpireKeptStores(graphs, operations, restoreSettings.keepOldStore(), clock, events),
                tracking,
                List.of(
                        new Upkeep.Task("looking for a bundled backup", bundled::look),
                        new Upkeep.Task("looking what the schedule says", schedule::look),
                        new Upkeep.Task("looking whether an automatic backup is needed", auto::look)),
                events);
        allNotes.addAll(sweepStaging(server.config()));
        var measured = new BackupMetrics.Subjects(catalog, tracking::standings, operations);
        outside = Outside.of(server, configuration, measured, listeners, allNotes);
        var subjects = new Health.Subjects(graphs, store, catalog, operations, auto, schedule, retention);
        health = new Health(subjects, settings, clock, allNotes);
        watch = new HealthWatch(graphs::all, health::of, keeper, clock, events);
        gate = gate(home, allNotes);
    }

    private BundledBackup bundled(Path home, List<String> notes) {
        var file = Optional.of(configuration.get(AutomationSettings.INITIAL_DATA))
                .filter(name -> !name.isEmpty())
                .map(name -> new TextFile(configuration.folder(home), name));
        var initialData = new InitialData(graphs, operations, keeper, file, notes, events);
        return new BundledBackup(
                graphs, store, restore, initialData, operations, new BundledBackup.Live(settings, events));
    }

    private InitialBackup initial(Path home) {
        return new InitialBackup(
                unattended,
                store,
                reader,
                verify,
                folder -> PartSettings.releaseFolder(configuration, home, folder),
                clock);
    }

    /**
     * Reads the settings and puts the parts together.
     *
     * @param notes what happened at start, for the status
     * @throws BackupException.BadRequest when a setting is wrong; names all that are
     */
    static Wiring of(BackupExtensionFactory.Dependencies server, Events log, List<String> notes) {
        Path home = server.config().get(GraphDatabaseSettings.neo4j_home);
        var configuration = Configuration.load(
                ConfFolder.of(home).resolve("ign-backup.conf"), asMap(System.getProperties()), System.getenv());
        return new Wiring(
                server, configuration, Clock.system(configuration.get(AutomationSettings.TIME_ZONE)), log, notes);
    }

    private static ServerParts partsOf(BackupExtensionFactory.Dependencies server) {
        return new ServerParts(
                server.databaseManagement(),
                server.databaseContexts(),
                server.config(),
                server.fileSystem(),
                server.scheduler(),
                server.monitors());
    }

    private void tellOfUncounted(DatabaseName database, Throwable failure) {
        events.tell(new Events.Noted(
                "a change of database '" + database + "' could not be counted; until the next backup its"
                        + " changes are derived from the numbers of elements: " + failure));
    }

    private List<String> sweepStaging(Config server) {
        var swept = restoreSettings
                .build()
                .staging()
                .map(folder -> ServerGraphs.sweepStaging(server, folder))
                .orElse(List.of());
        swept.forEach(note -> events.tell(new Events.Noted(note)));
        return swept;
    }

    private AccessGate gate(Path home, List<String> notes) {
        var useCases = new Backups.UseCases(
                create,
                initial(home),
                restore,
                new RollBack(graphs, restoreSettings, clock),
                verify,
                drill,
                prune,
                tracking,
                schedule,
                health,
                bundled,
                settings,
                notes);
        var backups = new Backups(graphs, store, catalog, operations, useCases, clock);
        return AccessGate.to(backups, configuration.get(Settings.ALLOWED_USERS));
    }

    private void lookAtHealth() {
        watch.look();
    }

    private static Map<String, String> asMap(Properties properties) {
        return properties.stringPropertyNames().stream()
                .collect(Collectors.toMap(name -> name, properties::getProperty));
    }

    AccessGate gate() {
        return gate;
    }

    /** {@return what runs and has run} */
    Operations operations() {
        return operations;
    }

    /** {@return what goes on by itself} */
    Upkeep upkeep() {
        return upkeep;
    }

    void start() {
        outside.start();
        upkeep.start();
    }

    void stop() {
        upkeep.stop();
        operations.close();
        upkeep.end();
        outside.close();
    }
}
