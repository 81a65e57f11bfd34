package ign.backup.graph.restore;

import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.neo4j.dbms.api.DatabaseManagementService;
import org.neo4j.graphdb.GraphDatabaseService;
import org.neo4j.graphdb.Transaction;
import org.neo4j.graphdb.TransientTransactionFailureException;
import org.neo4j.graphdb.event.TransactionData;
import org.neo4j.graphdb.event.TransactionEventListener;
import org.neo4j.kernel.api.exceptions.Status;

/**
 * Refuses every commit of data while stores are exchanged, with an error that drivers repeat. It survives the stop of the database.
 * Neo4j does not ask it about transactions that only change the schema or create names; those see the exchange as it comes.
 */
final class WriteGuard implements TransactionEventListener<Object>, AutoCloseable {

    private final DatabaseManagementService dbms;
    private final String database;
    private final AtomicBoolean raised = new AtomicBoolean(true);

    private WriteGuard(DatabaseManagementService dbms, String database) {
        this.dbms = dbms;
        this.database = database;
    }

    /** From now on nobody else commits, but those who have begun to. */
    static WriteGuard raise(DatabaseManagementService dbms, String database) {
        var guard = new WriteGuard(dbms, database);
        dbms.registerTransactionEventListener(database, guard);
        return guard;
    }

    @Override
    public @Nullable Object beforeCommit(TransactionData data, Transaction transaction, GraphDatabaseService service) {
        throw new RestoreInProgress(
                "database '" + database + "' is being restored; nothing was written, try again later");
    }

    @Override
    public void afterCommit(TransactionData data, @Nullable Object state, GraphDatabaseService service) {}

    @Override
    public void afterRollback(TransactionData data, @Nullable Object state, GraphDatabaseService service) {}

    /** Lets everybody write again; may be called twice. */
    @Override
    public void close() {
        if (raised.compareAndSet(true, false)) {
            dbms.unregisterTransactionEventListener(database, this);
        }
    }

    /** Drivers repeat a managed transaction that ends with it. */
    private static final class RestoreInProgress extends TransientTransactionFailureException {
        private static final long serialVersionUID = 1L;

        RestoreInProgress(String message) {
            super(null, Status.Transaction.Outdated, message, null); // the one constructor that all versions have
        }
    }
}
