package ign.backup.graph.export;

import ign.backup.graph.changes.ChangeCounter;
import ign.backup.graph.kernel.SchemaReader;
import ign.backup.model.BackupException;
import ign.backup.model.GraphSchema;
import ign.backup.model.StopSignal;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.neo4j.dbms.api.DatabaseManagementService;
import org.neo4j.graphdb.GraphDatabaseService;
import org.neo4j.graphdb.Transaction;
import org.neo4j.graphdb.event.TransactionEventListener;
import org.neo4j.kernel.api.KernelTransactionHandle;
import org.neo4j.kernel.impl.api.KernelTransactions;
import org.neo4j.kernel.internal.GraphDatabaseAPI;
import org.neo4j.kernel.internal.event.GlobalTransactionEventListeners;
import org.neo4j.storageengine.api.TransactionIdStore;

/** What a snapshot needs of the database it is taken of. */
final class LiveDatabase {

    private static final long LOOK_AGAIN_NANOS = 50_000;

    /** Even millions of changes are committed in less. */
    private static final Duration LONGEST_COMMIT = Duration.ofMinutes(5);

    private final DatabaseManagementService dbms;
    private final GraphDatabaseAPI service;
    private final Supplier<Transaction> begin;
    private final ChangeCounter changes;

    LiveDatabase(
            DatabaseManagementService dbms,
            GraphDatabaseService service,
            Supplier<Transaction> begin,
            ChangeCounter changes) {
        this.dbms = dbms;
        this.changes = changes;
        this.service = (GraphDatabaseAPI) service;
        this.begin = begin;
    }

    /** {@return a transaction that may read everything, for as long as it takes} */
    Transaction begin() {
        return begin.get();
    }

    GraphSchema schema() {
        try (var transaction = begin()) {
            return SchemaReader.read(transaction);
        }
    }

    /** Begins to count what a snapshot that is opened now does not hold. */
    ChangeCounter.Mark markChanges() {
        return changes.mark();
    }

    long lastTxId() {
        return part(TransactionIdStore.class).getLastCommittedTransactionId();
    }

    /** {@return a place for a listener, not registered yet} */
    ListenerPlace placeFor(Supplier<TransactionEventListener<?>> listener) {
        return new ListenerPlace(dbms, part(GlobalTransactionEventListeners.class), service.databaseName(), listener);
    }

    /**
     * Returns when every transaction has ended that had begun to commit before this call. A transaction looks up its listeners after
     * it says of itself that it is closing, so whoever has missed a listener that is registered by now is among those.
     *
     * @throws BackupException.Unavailable when one of them does not end
     */
    void awaitTransactionsThatClose(StopSignal stop) {
        var running = List.copyOf(part(KernelTransactions.class).executingTransactions());
        long began = System.nanoTime();
        for (var left = stillClosing(running); !left.isEmpty(); left = stillClosing(left)) {
            stop.check();
            if (System.nanoTime() - began > LONGEST_COMMIT.toNanos()) {
                throw doNotEnd(left);
            }
            LockSupport.parkNanos(LOOK_AGAIN_NANOS);
        }
    }

    private static List<KernelTransactionHandle> stillClosing(List<KernelTransactionHandle> transactions) {
        return transactions.stream().filter(KernelTransactionHandle::isClosing).toList();
    }

    private static BackupException doNotEnd(List<KernelTransactionHandle> transactions) {
        var names = transactions.stream()
                .map(KernelTransactionHandle::getUserTransactionName)
                .collect(Collectors.joining("', '", "'", "'"));
        return new BackupException.Unavailable(
                "a backup begins when the commits under way have ended, and " + names + " has not for "
                        + LONGEST_COMMIT.toMinutes() + " minutes",
                "SHOW TRANSACTIONS tells what it does. A trigger must not wait for a backup: its own commit does not end then.");
    }

    private <T> T part(Class<T> type) {
        return service.getDependencyResolver().resolveDependency(type);
    }
}
