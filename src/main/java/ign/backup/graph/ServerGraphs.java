package ign.backup.graph;

import ign.backup.graph.export.HotSnapshot;
import ign.backup.graph.export.SnapshotFacts;
import ign.backup.graph.export.SnapshotOptions;
import ign.backup.model.BackupException;
import ign.backup.model.DatabaseName;
import ign.backup.model.GraphSink;
import ign.backup.model.GraphState;
import ign.backup.model.Progress;
import ign.backup.model.StopSignal;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.neo4j.configuration.Config;
import org.neo4j.dbms.api.DatabaseManagementService;
import org.neo4j.dbms.api.DatabaseNotFoundException;
import org.neo4j.dbms.database.DatabaseContextProvider;
import org.neo4j.graphdb.GraphDatabaseService;
import org.neo4j.graphdb.Transaction;
import org.neo4j.graphdb.TransactionFailureException;
import org.neo4j.io.layout.Neo4jLayout;
import org.neo4j.kernel.database.Database;
import org.neo4j.kernel.impl.coreapi.InternalTransaction;
import org.neo4j.kernel.internal.GraphDatabaseAPI;
import org.neo4j.kernel.internal.Version;
import org.neo4j.storageengine.api.TransactionIdStore;

/** The databases of the server this plugin runs in. */
public final class ServerGraphs implements Graphs {

    private static final int ANY = -1;

    private final DatabaseManagementService dbms;
    private final DatabaseContextProvider<?> contexts;
    private final Clock clock;

    /** {@code dbms} and {@code contexts} are those of the server; nothing is looked up before the first call. */
    public ServerGraphs(DatabaseManagementService dbms, DatabaseContextProvider<?> contexts, Clock clock) {
        this.dbms = dbms;
        this.contexts = contexts;
        this.clock = clock;
    }

    /**
     * Finishes or undoes the restores that a crash of the server interrupted. To be called before any database is open.
     *
     * @return one sentence for each, for the log
     */
    public static List<String> recoverInterruptedRestores(Config config) {
        return StoreSwap.recover(Neo4jLayout.of(config));
    }

    @Override
    public DatabaseName choose(Optional<DatabaseName> asked) {
        var present = userDatabases();
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

    private List<DatabaseName> userDatabases() {
        return dbms.listDatabases().stream()
                .map(DatabaseName::new)
                .filter(name -> !name.equals(DatabaseName.SYSTEM))
                .toList();
    }

    @Override
    public GraphState state(DatabaseName database) {
        var service = service(database);
        try (var transaction = begin(service)) {
            return state(database, service, transaction);
        }
    }

    private static GraphState state(DatabaseName name, GraphDatabaseService service, Transaction transaction) {
        var read = ((InternalTransaction) transaction).kernelTransaction().dataRead();
        var resolver = ((GraphDatabaseAPI) service).getDependencyResolver();
        var storeId = resolver.resolveDependency(Database.class).getStoreId();
        return new GraphState(
                name,
                read.countsForNode(ANY),
                read.countsForRelationship(ANY, ANY, ANY),
                Long.toHexString(storeId.getCreationTime()) + "-" + Long.toHexString(storeId.getRandom()),
                resolver.resolveDependency(TransactionIdStore.class).getLastCommittedTransactionId(),
                Version.getNeo4jVersion());
    }

    @Override
    public SnapshotFacts show(
            GraphState expected, GraphSink sink, SnapshotOptions options, StopSignal stop, Progress progress) {
        var service = service(expected.database());
        return new HotSnapshot(dbms, service, () -> begin(service), expected, clock)
                .show(sink, options, stop, progress);
    }

    @Override
    public Replacement replace(DatabaseName database, String source) {
        var live = contexts.getDatabaseContext(database.value())
                .orElseThrow(() -> new BackupException.NotFound(
                        "there is no database '" + database + "'", "SHOW DATABASES lists those of this server."))
                .database();
        return StoreReplacement.begin(dbms, live, () -> state(database), source);
    }

    private GraphDatabaseService service(DatabaseName database) {
        try {
            return dbms.database(database.value());
        } catch (DatabaseNotFoundException e) {
            throw new BackupException.NotFound(
                    "there is no database '" + database + "'",
                    "The databases of this server are " + userDatabases() + ".");
        }
    }

    /** Without a time limit: {@code db.transaction.timeout} is meant for queries. */
    private static Transaction begin(GraphDatabaseService service) {
        try {
            return service.beginTx(0, TimeUnit.SECONDS);
        } catch (TransactionFailureException e) {
            throw new BackupException.Unavailable(
                    "database '" + service.databaseName() + "' is not available: " + e.getMessage(),
                    "SHOW DATABASES tells its state; try again when it is online.",
                    e);
        }
    }
}
