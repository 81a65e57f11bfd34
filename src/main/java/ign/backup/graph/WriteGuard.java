package ign.backup.graph;

import org.jspecify.annotations.Nullable;
import org.neo4j.graphdb.GraphDatabaseService;
import org.neo4j.graphdb.Transaction;
import org.neo4j.graphdb.TransientTransactionFailureException;
import org.neo4j.graphdb.event.TransactionData;
import org.neo4j.graphdb.event.TransactionEventListener;
import org.neo4j.kernel.api.exceptions.Status;

/** Refuses every commit that is not the loader's while a graph is being filled, with an error that drivers repeat. */
final class WriteGuard implements TransactionEventListener<Object> {

    private final String database;
    private volatile @Nullable Thread loader;

    WriteGuard(String database) {
        this.database = database;
    }

    /** From now on the calling thread may commit. */
    void admitThisThread() {
        loader = Thread.currentThread();
    }

    @Override
    public @Nullable Object beforeCommit(TransactionData data, Transaction transaction, GraphDatabaseService service) {
        if (Thread.currentThread() == loader) {
            return null;
        }
        throw new RestoreInProgress(
                "database '" + database + "' is being restored; nothing was written, try again later");
    }

    @Override
    public void afterCommit(TransactionData data, @Nullable Object state, GraphDatabaseService service) {}

    @Override
    public void afterRollback(TransactionData data, @Nullable Object state, GraphDatabaseService service) {}

    /** Drivers repeat a managed transaction that ends with it. */
    private static final class RestoreInProgress extends TransientTransactionFailureException {
        private static final long serialVersionUID = 1L;

        RestoreInProgress(String message) {
            super(null, Status.Transaction.Outdated, message, null); // the one constructor that all versions have
        }
    }
}
