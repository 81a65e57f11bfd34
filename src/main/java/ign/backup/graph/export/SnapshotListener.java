package ign.backup.graph.export;

import ign.backup.graph.snapshot.CopyOnWrite;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.neo4j.graphdb.GraphDatabaseService;
import org.neo4j.graphdb.event.TransactionData;
import org.neo4j.kernel.api.KernelTransaction;
import org.neo4j.kernel.internal.event.InternalTransactionEventListener;

/**
 * Tells a snapshot what is committed beside it, on the committing threads. Nothing that goes wrong here reaches them.
 *
 * <p>It is an internal listener, which Neo4j gives the transaction of the kernel. The one that others are given refuses to be asked once it
 * is terminated, and a transaction that is terminated at this moment may still commit.
 */
final class SnapshotListener extends InternalTransactionEventListener.Adapter<CopyOnWrite.Commit> {

    private final OpenSnapshot snapshot;

    SnapshotListener(OpenSnapshot snapshot) {
        this.snapshot = snapshot;
    }

    /**
     * Neo4j 2026.08 asks what it should look up for a listener; 5.26 does not ask and looks up everything. Nothing is needed: the
     * transaction's own state has it all.
     */
    public Set<?> transactionDataSelection() {
        return Set.of();
    }

    @Override
    public CopyOnWrite.@Nullable Commit beforeCommit(
            TransactionData data, KernelTransaction transaction, GraphDatabaseService service) {
        try {
            return snapshot.committing(transaction);
        } catch (Throwable e) { // allow IllegalCatch: a writer never fails because of a backup; the snapshot does
            snapshot.spoil(e);
            return null;
        }
    }

    @Override
    public void afterCommit(TransactionData data, CopyOnWrite.@Nullable Commit commit, GraphDatabaseService service) {
        try {
            if (commit != null) {
                snapshot.committed(commit);
            }
        } catch (Throwable e) { // allow IllegalCatch: as above; the data is in the store by now
            snapshot.spoil(e);
        }
    }

    @Override
    public void afterRollback(TransactionData data, CopyOnWrite.@Nullable Commit commit, GraphDatabaseService service) {
        if (commit != null) {
            snapshot.rolledBack(commit);
        }
    }
}
