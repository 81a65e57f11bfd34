package ign.backup.graph;

import ign.backup.graph.build.BuildOptions;
import ign.backup.graph.changes.ChangeCounter;
import ign.backup.graph.changes.ChangeCounters;
import ign.backup.graph.export.HotSnapshot;
import ign.backup.graph.export.SnapshotFacts;
import ign.backup.graph.export.SnapshotOptions;
import ign.backup.graph.kernel.ServerParts;
import ign.backup.graph.kernel.Transactions;
import ign.backup.graph.merge.GraphMerge;
import ign.backup.graph.merge.MergeOptions;
import ign.backup.graph.merge.MergeSurvey;
import ign.backup.graph.restore.AsideStore;
import ign.backup.graph.restore.InterruptedRestores;
import ign.backup.graph.restore.KeptStoreSwap;
import ign.backup.graph.restore.LiveStore;
import ign.backup.graph.restore.NewStore;
import ign.backup.graph.restore.ReadOnlySwitch;
import ign.backup.graph.restore.Replacement;
import ign.backup.graph.restore.RestoreStep;
import ign.backup.graph.restore.SwapOptions;
import ign.backup.graph.script.Script;
import ign.backup.graph.script.ScriptRun;
import ign.backup.model.BackupException;
import ign.backup.model.BackupName;
import ign.backup.model.CountedChanges;
import ign.backup.model.DatabaseName;
import ign.backup.model.GraphSink;
import ign.backup.model.GraphState;
import ign.backup.model.KeptStore;
import ign.backup.model.Progress;
import ign.backup.model.SavedChanges;
import ign.backup.model.StopSignal;
import ign.backup.model.StorePoint;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiConsumer;
import org.neo4j.common.DependencyResolver;
import org.neo4j.configuration.Config;
import org.neo4j.configuration.GraphDatabaseSettings;
import org.neo4j.dbms.api.DatabaseManagementService;
import org.neo4j.dbms.api.DatabaseNotFoundException;
import org.neo4j.graphdb.GraphDatabaseService;
import org.neo4j.graphdb.Transaction;
import org.neo4j.io.layout.Neo4jLayout;
import org.neo4j.kernel.database.Database;
import org.neo4j.kernel.impl.coreapi.InternalTransaction;
import org.neo4j.kernel.internal.GraphDatabaseAPI;
import org.neo4j.kernel.internal.Version;
import org.neo4j.storageengine.api.TransactionIdStore;
import org.neo4j.token.api.TokenConstants;

/** The databases of the server this plugin runs in. */
public final class ServerGraphs implements Graphs {

    private static final int ANY = -1;

    private final ServerParts server;
    private final DatabaseManagementService dbms;
    private final Clock clock;
    private final RestoreStep.Listener steps;
    private final ChangeCounters changes;

    /**
     * The databases of {@code server}; nothing is looked up before the first call.
     *
     * @param uncounted hears of changes that could not be counted
     */
    public ServerGraphs(ServerParts server, Clock clock, BiConsumer<DatabaseName, Throwable> uncounted) {
        this.server = server;
        this.dbms = server.dbms();
        this.clock = clock;
        this.steps = server.monitors().newMonitor(RestoreStep.Listener.class);
        this.changes = new ChangeCounters(clock, uncounted);
    }

    /** Begins to count changes; to be called before the databases start. */
    public void countChanges() {
        changes.register(dbms, server.monitors(), this::whereItStands);
    }

    private ChangeCounter.Start whereItStands(DatabaseName database) {
        var resolver = ((GraphDatabaseAPI) service(database)).getDependencyResolver();
        var last = resolver.resolveDependency(TransactionIdStore.class).getLastCommittedTransaction();
        return new ChangeCounter.Start(new StorePoint(storeId(resolver), last.id()), last.appendIndex());
    }

    /**
     * Finishes or undoes the restores that a crash of the server interrupted, and removes what they had built. To be called before
     * any database is open.
     *
     * @return one sentence for each, for the log
     */
    public static List<String> recoverInterruptedRestores(Config config) {
        return InterruptedRestores.settle(
                Neo4jLayout.of(config), config.get(GraphDatabaseSettings.initial_default_database));
    }

    /**
     * To be called after that, whatever came of it.
     *
     * @throws BackupException.Unavailable when Neo4j would begin with an empty graph in place of a store that is aside
     */
    public static void refuseAnEmptyStart(Config config) {
        InterruptedRestores.refuseAnEmptyStart(
                Neo4jLayout.of(config), config.get(GraphDatabaseSettings.initial_default_database));
    }

    /** Removes what interrupted restores had built in a folder of its own; {@return one sentence for each} */
    public static List<String> sweepStaging(Config config, Path staging) {
        return InterruptedRestores.sweep(Neo4jLayout.of(config), staging);
    }

    @Override
    public DatabaseName choose(Optional<DatabaseName> asked) {
        var present = all();
        if (asked.isEmpty()) {
            if (present.size() == 1) {
                return present.get(0);
            }
            throw new BackupException.BadRequest(
                    "there is not one user database but " + present, "Say which with {database:'…'}.");
        }
        if (asked.get().equals(DatabaseName.SYSTEM)) {
            throw new BackupException.BadRequest(
                    "database 'system' cannot be backed up or restored",
                    "Leave the option 'database' out, or name one of " + present + ".");
        }
        if (!present.contains(asked.get())) {
            throw new BackupException.NotFound(
                    "there is no database '" + asked.get() + "'", "The databases of this server are " + present + ".");
        }
        return asked.get();
    }

    @Override
    public List<DatabaseName> all() {
        return dbms.listDatabases().stream()
                .map(DatabaseName::new)
                .filter(name -> !name.equals(DatabaseName.SYSTEM))
                .toList();
    }

    @Override
    public GraphState state(DatabaseName database) {
        var service = service(database);
        try (var transaction = Transactions.begin(service)) {
            return state(database, service, transaction);
        }
    }

    private static GraphState state(DatabaseName name, GraphDatabaseService service, Transaction transaction) {
        var read = ((InternalTransaction) transaction).kernelTransaction().dataRead();
        var resolver = ((GraphDatabaseAPI) service).getDependencyResolver();
        return new GraphState(
                name,
                read.countsForNode(ANY),
                read.countsForRelationship(ANY, ANY, ANY),
                storeId(resolver),
                lastTxId(resolver),
                Version.getNeo4jVersion());
    }

    private static String storeId(DependencyResolver resolver) {
        var id = resolver.resolveDependency(Database.class).getStoreId();
        return Long.toHexString(id.getCreationTime()) + "-" + Long.toHexString(id.getRandom());
    }

    private static long lastTxId(DependencyResolver resolver) {
        return resolver.resolveDependency(TransactionIdStore.class).getLastCommittedTransactionId();
    }

    @Override
    public CountedChanges changes(DatabaseName database) {
        return changes.of(database).counted();
    }

    @Override
    public void resumeCounting(DatabaseName database, SavedChanges saved) {
        changes.of(database).resume(saved);
    }

    @Override
    public void countSince(DatabaseName database, BackupName backup) {
        changes.of(database).startedWith(backup);
    }

    @Override
    public OptionalLong nodesWithLabel(DatabaseName database, String label) {
        try (var transaction = Transactions.begin(service(database))) {
            var kernel = ((InternalTransaction) transaction).kernelTransaction();
            int token = kernel.tokenRead().nodeLabel(label);
            return token == TokenConstants.NO_TOKEN
                    ? OptionalLong.empty()
                    : OptionalLong.of(kernel.dataRead().countsForNode(token));
        }
    }

    @Override
    public SnapshotFacts show(
            GraphState expected, GraphSink sink, SnapshotOptions options, StopSignal stop, Progress progress) {
        var service = service(expected.database());
        return new HotSnapshot(
                        dbms,
                        service,
                        () -> Transactions.begin(service),
                        changes.of(expected.database()),
                        expected,
                        clock)
                .show(sink, options, stop, progress);
    }

    @Override
    public Optional<GraphState> stateIfRunning(DatabaseName database) {
        try {
            return Optional.of(state(database));
        } catch (BackupException.Unavailable e) {
            return Optional.empty(); // which is the answer
        }
    }

    @Override
    public NewStore buildAside(DatabaseName database, BuildOptions options, Optional<GraphState> before) {
        return AsideStore.of(live(database), options, before);
    }

    @Override
    public void requireWritable(DatabaseName database) {
        ReadOnlySwitch.refuseIfReadOnly(server.config(), database.value());
    }

    @Override
    public GraphMerge merge(
            DatabaseName database, MergeSurvey survey, MergeOptions options, Progress progress, StopSignal stop) {
        return GraphMerge.begin(service(database), survey, options, progress, stop);
    }

    @Override
    public void run(Script script, DatabaseName database, Progress progress, StopSignal stop) {
        new ScriptRun(service(database), script, stop, progress).run();
    }

    @Override
    public Optional<KeptStore> kept(DatabaseName database) {
        return new KeptStoreSwap(live(database)).kept();
    }

    @Override
    public KeptStore requireKept(DatabaseName database) {
        return new KeptStoreSwap(live(database)).require();
    }

    @Override
    public Replacement takeBack(DatabaseName database, SwapOptions options, StopSignal stop) {
        return new KeptStoreSwap(live(database)).swap(options, stop);
    }

    @Override
    public void removeKept(DatabaseName database) {
        new KeptStoreSwap(live(database)).remove();
    }

    @Override
    public WriteBlock blockWrites(DatabaseName database) {
        return ReadOnlySwitch.on(server.config(), database.value())::close;
    }

    private LiveStore live(DatabaseName database) {
        var context = server.contexts()
                .getDatabaseContext(database.value())
                .orElseThrow(() -> new BackupException.NotFound(
                        "there is no database '" + database + "'", "SHOW DATABASES lists those of this server."));
        return new LiveStore(server, context, () -> stateIfRunning(database), steps, clock);
    }

    private GraphDatabaseService service(DatabaseName database) {
        try {
            return dbms.database(database.value());
        } catch (DatabaseNotFoundException e) {
            throw new BackupException.NotFound(
                    "there is no database '" + database + "'", "The databases of this server are " + all() + ".");
        }
    }
}
