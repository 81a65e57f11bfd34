package ign.backup.graph;

import ign.backup.graph.kernel.SchemaReader;
import ign.backup.model.BackupException;
import ign.backup.model.GraphSchema;
import ign.backup.model.GraphState;
import ign.backup.model.Progress;
import ign.backup.model.StopSignal;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.neo4j.dbms.api.DatabaseManagementService;
import org.neo4j.graphdb.GraphDatabaseService;
import org.neo4j.kernel.database.AbstractDatabase;
import org.neo4j.kernel.impl.api.KernelTransactions;

/** Replaces the store of a running database by a new one that is filled through kernel transactions. */
final class StoreReplacement implements Replacement {

    private final DatabaseManagementService dbms;
    private final AbstractDatabase database;
    private final GraphDatabaseService service;
    private final Supplier<GraphState> state;
    private final String source;
    private final StoreSwap swap;
    private final WriteGuard guard;
    private final GraphSchema replacedSchema;
    private Fate fate = Fate.OPEN;

    private StoreReplacement(
            DatabaseManagementService dbms, AbstractDatabase database, Supplier<GraphState> state, String source) {
        this.dbms = dbms;
        this.database = database;
        this.service = dbms.database(database.getNamedDatabaseId().name());
        this.state = state;
        this.source = source;
        this.swap = new StoreSwap(database.getDatabaseLayout());
        this.guard = new WriteGuard(service.databaseName());
        try (var transaction = service.beginTx()) {
            this.replacedSchema = SchemaReader.read(transaction);
        }
    }

    /** Stops the database, moves its store aside and starts it empty; if that fails it runs as before. */
    static StoreReplacement begin(
            DatabaseManagementService dbms, AbstractDatabase database, Supplier<GraphState> state, String source) {
        var replacement = new StoreReplacement(dbms, database, state, source);
        dbms.registerTransactionEventListener(replacement.service.databaseName(), replacement.guard);
        try {
            replacement.stop();
            replacement.swap.moveAside(source);
            database.start();
            return replacement;
        } catch (RuntimeException | Error e) { // allow IllegalCatch: whatever it is, the database must run again
            try {
                replacement.close();
            } catch (RuntimeException another) {
                e.addSuppressed(another);
            }
            throw e;
        }
    }

    /** Without ending the open transactions the stop would wait for them. */
    private void stop() {
        if (database.isStarted()) {
            terminateTransactions();
        }
        database.stop();
    }

    /** Open transactions get an error that drivers repeat. */
    private void terminateTransactions() {
        database.getDependencyResolver()
                .resolveDependency(KernelTransactions.class)
                .terminateTransactions();
    }

    @Override
    public Loader loader(Expected expected, int batchSize, Progress progress, StopSignal stop) {
        var ids = NodeIdMap.of(expected.nodes(), expected.largestNodeId());
        var thread = Executors.newSingleThreadExecutor(work -> {
            var worker = new Thread(work, "ign-backup-load");
            worker.setDaemon(true);
            return worker;
        });
        thread.execute(guard::admitThisThread);
        return new BatchLoader(new BatchWriter(service, ids), thread, batchSize, progress, stop);
    }

    @Override
    public List<String> apply(GraphSchema schema, Duration limit, Progress progress, StopSignal stop) {
        return new SchemaWriter(service).apply(schema, limit, progress, stop);
    }

    @Override
    public GraphSchema replacedSchema() {
        return replacedSchema;
    }

    @Override
    public GraphState state() {
        return state.get();
    }

    /** What a client saw of a graph that was not complete is no ground to write on: its transaction must begin again. */
    @Override
    public List<String> keep() {
        terminateTransactions();
        swap.decide(source);
        fate = Fate.KEPT;
        try {
            swap.retire();
            return List.of();
        } catch (BackupException e) {
            return List.of(
                    "the old store could not be put away, which the next start of the server does: " + e.getMessage());
        }
    }

    @Override
    public Fate fate() {
        return fate;
    }

    @Override
    public void close() {
        try {
            if (fate == Fate.OPEN) {
                putBack();
            }
        } finally {
            dbms.unregisterTransactionEventListener(service.databaseName(), guard);
        }
    }

    private void putBack() {
        var unclean = stopAnyhow();
        swap.putBack();
        try {
            database.start();
        } catch (RuntimeException e) {
            if (unclean != null) {
                e.addSuppressed(unclean);
            }
            throw new BackupException.Unavailable(
                    "the old store of database '" + service.databaseName() + "' was put back but does not start: "
                            + e.getMessage(),
                    "Restart the server; Neo4j's debug.log has the cause.",
                    e);
        }
        fate = Fate.PUT_BACK;
        swap.forget();
    }

    /**
     * The store that is being discarded need not be left in order. A stop that fails, as with a full disk at its last checkpoint, has
     * ended the database all the same; only a second one lets it be started again.
     *
     * @return why the stop was not clean, or null
     */
    private @Nullable RuntimeException stopAnyhow() {
        try {
            stop();
            return null;
        } catch (RuntimeException e) {
            database.stop();
            return e;
        }
    }
}
