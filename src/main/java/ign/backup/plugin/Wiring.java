package ign.backup.plugin;

import ign.backup.config.Configuration;
import ign.backup.config.Settings;
import ign.backup.graph.ServerGraphs;
import ign.backup.graph.build.BuildOptions;
import ign.backup.graph.kernel.ServerParts;
import ign.backup.model.BackupException;
import ign.backup.model.Compression;
import ign.backup.model.Tier;
import ign.backup.operation.AccessGate;
import ign.backup.operation.BackupCatalog;
import ign.backup.operation.BackupReader;
import ign.backup.operation.Backups;
import ign.backup.operation.BuildFromBackup;
import ign.backup.operation.CreateBackup;
import ign.backup.operation.CreateSettings;
import ign.backup.operation.Events;
import ign.backup.operation.ExpireKeptStores;
import ign.backup.operation.Housekeeping;
import ign.backup.operation.MergeBackup;
import ign.backup.operation.Operations;
import ign.backup.operation.PruneBackups;
import ign.backup.operation.RestoreBackup;
import ign.backup.operation.RestoreDrill;
import ign.backup.operation.RestoreSettings;
import ign.backup.operation.RollBack;
import ign.backup.operation.VerifyBackup;
import ign.backup.policy.BackupNaming;
import ign.backup.policy.ChangeThresholds;
import ign.backup.policy.Retention;
import ign.backup.policy.RetentionPolicy;
import ign.backup.storage.FolderStore;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.neo4j.configuration.Config;
import org.neo4j.configuration.GraphDatabaseSettings;

/** The parts of the plugin, put together by its settings. */
final class Wiring {

    /** How often it is looked whether an old store has been kept long enough. */
    private static final Duration LOOK_EVERY = Duration.ofSeconds(30);

    private final Operations operations;
    private final AccessGate gate;
    private final Housekeeping housekeeping;
    private final ExpireKeptStores expire;
    private final ScheduledExecutorService timer;
    private final Outside outside;
    private final Events events;
    private final AtomicBoolean stopping = new AtomicBoolean();

    private Wiring(
            Operations operations,
            AccessGate gate,
            Housekeeping housekeeping,
            ExpireKeptStores expire,
            Outside outside,
            Events events) {
        this.operations = operations;
        this.gate = gate;
        this.housekeeping = housekeeping;
        this.expire = expire;
        this.outside = outside;
        this.events = events;
        this.timer = Executors.newSingleThreadScheduledExecutor(work -> {
            var thread = new Thread(work, "ign-backup-timer");
            thread.setDaemon(true);
            return thread;
        });
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

    /**
     * Reads the settings and puts the parts together; touches no database, and writes nothing: it only removes what
     * interrupted restores have built in a folder of its own.
     *
     * @param notes what happened at start, for the status
     * @throws BackupException.BadRequest when a setting is wrong; names all that are
     */
    static Wiring of(BackupExtensionFactory.Dependencies server, Events log, List<String> notes) {
        Path home = server.config().get(GraphDatabaseSettings.neo4j_home);
        var configuration = Configuration.load(
                ConfFolder.of(home).resolve("ign-backup.conf"), asMap(System.getProperties()), System.getenv());
        var clock = Clock.system(ZoneId.systemDefault());
        var events = new Listeners(log);
        var graphs = new ServerGraphs(partsOf(server), clock);
        var store = new FolderStore(configuration.folder(home), configuration.get(Settings.METADATA_FILE));
        var catalog = new BackupCatalog(store, clock, events);
        var prune = new PruneBackups(store, catalog, new Retention(retention(configuration)), events);
        var operations = new Operations(clock, events);
        var create = new CreateBackup(graphs, store, catalog, prune, createSettings(configuration), clock);
        int threads = configuration.get(Settings.THREADS);
        var label = configuration.get(Settings.EPISODE_LABEL);
        var verify = new VerifyBackup(store, threads, configuration.get(Settings.MAX_BYTES_PER_SECOND), label);
        var judge = new VerifyBackup(store, threads, label); // whoever restores is in a hurry
        var restoreSettings = restoreSettings(configuration, home);
        var allNotes = new CopyOnWriteArrayList<>(notes);
        for (var note : sweepStaging(server.config(), restoreSettings)) {
            events.tell(new Events.Noted(note));
            allNotes.add(note);
        }
        var reader = new BackupReader(store, catalog, judge, threads);
        var build = new BuildFromBackup(reader);
        var merge = new MergeBackup(graphs, catalog, reader, restoreSettings.mergeBatch());
        var useCases = new Backups.UseCases(
                create,
                new RestoreBackup(graphs, catalog, build, merge, restoreSettings, clock),
                new RollBack(graphs, restoreSettings, clock),
                verify,
                new RestoreDrill(graphs, catalog, verify, build, restoreSettings.build()),
                thresholds(configuration),
                allNotes);
        var backups = new Backups(graphs, store, catalog, operations, useCases);
        return new Wiring(
                operations,
                AccessGate.to(backups, configuration.get(Settings.ALLOWED_USERS)),
                new Housekeeping(store, catalog, verify, prune, events),
                new ExpireKeptStores(graphs, operations, restoreSettings.keepOldStore(), clock, events),
                Outside.of(server, configuration, catalog, operations, events, allNotes),
                events);
    }

    private static CreateSettings createSettings(Configuration configuration) {
        return new CreateSettings(
                new BackupNaming(configuration.get(Settings.BACKUP_FILE_PATTERN), configuration.prefixes()),
                configuration.get(Settings.SOURCE_NAME),
                version(),
                configuration.get(Settings.THREADS),
                configuration::compression,
                compression -> level(configuration, compression),
                configuration.get(Settings.SNAPSHOT_MEMORY),
                configuration.get(Settings.MAX_BYTES_PER_SECOND),
                configuration.get(Settings.PAUSE_WRITES),
                configuration.get(Settings.PAUSE_TIMEOUT),
                configuration.get(Settings.EPISODE_LABEL));
    }

    private static int level(Configuration configuration, Compression compression) {
        return switch (compression) {
            case ZSTD -> configuration.get(Settings.ZSTD_LEVEL);
            case GZIP -> configuration.get(Settings.GZIP_LEVEL);
            case NONE -> 0;
        };
    }

    private static RestoreSettings restoreSettings(Configuration configuration, Path home) {
        return new RestoreSettings(
                new BuildOptions(
                        configuration.get(Settings.RESTORE_THREADS),
                        configuration.get(Settings.RESTORE_MEMORY),
                        stagingOf(configuration, home)),
                configuration.get(Settings.RESTORE_BATCH_SIZE),
                configuration.get(Settings.RESTORE_CALLER_GRACE),
                configuration.get(Settings.RESTORE_TRANSACTION_GRACE),
                configuration.get(Settings.RESTORE_INDEX_TIMEOUT),
                configuration.get(Settings.KEEP_OLD_STORE));
    }

    private static List<String> sweepStaging(Config server, RestoreSettings settings) {
        return settings.build()
                .staging()
                .map(folder -> ServerGraphs.sweepStaging(server, folder))
                .orElse(List.of());
    }

    private static Optional<Path> stagingOf(Configuration configuration, Path home) {
        return Optional.of(configuration.get(Settings.RESTORE_STAGING))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> home.resolve(folder).normalize());
    }

    private static RetentionPolicy retention(Configuration configuration) {
        Map<Tier, Integer> most = new EnumMap<>(Tier.class);
        for (var tier : Tier.values()) {
            configuration.maxBackups(tier).ifPresent(count -> most.put(tier, count));
        }
        return new RetentionPolicy(most);
    }

    private static ChangeThresholds thresholds(Configuration configuration) {
        return new ChangeThresholds(
                configuration.get(Settings.NODE_THRESHOLD),
                configuration.get(Settings.REL_THRESHOLD),
                configuration.get(Settings.PERCENTAGE_THRESHOLD));
    }

    /** {@return the version in the JAR's manifest; outside a JAR there is none} */
    private static String version() {
        @Nullable String version = Wiring.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    private static Map<String, String> asMap(Properties properties) {
        return properties.stringPropertyNames().stream()
                .collect(Collectors.toMap(name -> name, properties::getProperty));
    }

    AccessGate gate() {
        return gate;
    }

    /** Cleans up behind a crash, without keeping the server from starting. */
    void start() {
        outside.start();
        var thread = new Thread(this::keepHouse, "ign-backup-housekeeping");
        thread.setDaemon(true);
        thread.start();
        var unused = timer.scheduleWithFixedDelay(
                this::expireKeptStores, LOOK_EVERY.toMillis(), LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void expireKeptStores() {
        try {
            expire.run();
        } catch (RuntimeException e) { // or the timer would not look again
            events.tell(new Events.Noted("looking for old stores failed: " + e));
        }
    }

    private void keepHouse() {
        try {
            housekeeping.run(() -> {
                if (stopping.get()) {
                    throw new BackupException.Cancelled("the server is stopping");
                }
            });
        } catch (BackupException.Cancelled e) {
            events.tell(new Events.Noted("the clean-up at start was interrupted; the next start goes on with it"));
        } catch (BackupException e) {
            events.tell(new Events.Noted("the clean-up at start failed: " + e.explanation()));
        } catch (RuntimeException e) { // a thread of its own: nobody else would say so
            events.tell(new Events.Noted("the clean-up at start failed: " + e));
        }
    }

    void stop() {
        stopping.set(true);
        timer.shutdown();
        operations.close();
        outside.close();
    }
}
