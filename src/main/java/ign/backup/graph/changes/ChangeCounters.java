package ign.backup.graph.changes;

import ign.backup.model.DatabaseName;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.neo4j.dbms.api.DatabaseManagementService;
import org.neo4j.graphdb.event.DatabaseEventContext;
import org.neo4j.graphdb.event.DatabaseEventListener;
import org.neo4j.kernel.api.KernelTransaction;
import org.neo4j.kernel.api.txstate.TxStateHolder;
import org.neo4j.kernel.impl.query.TransactionExecutionMonitor;
import org.neo4j.monitoring.Monitors;

/**
 * Counts what transactions of all user databases change, from the start of the server on.
 *
 * <p>Not through a {@code TransactionEventListener}: as long as one is registered, Neo4j looks up old values and deleted elements for each
 * commit. This monitor is told when a commit is done, on its thread and before its locks are given back, and looks at the state
 * that is there anyway.
 */
public final class ChangeCounters {

    private final Map<DatabaseName, ChangeCounter> counters = new ConcurrentHashMap<>();
    private final Clock clock;
    private final BiConsumer<DatabaseName, Throwable> failures;

    /**
     * Counts nothing yet.
     *
     * @param failures hears of what could not be counted
     */
    public ChangeCounters(Clock clock, BiConsumer<DatabaseName, Throwable> failures) {
        this.clock = clock;
        this.failures = failures;
    }

    /** Begins to count; to be called before the databases start. */
    public void register(
            DatabaseManagementService dbms,
            Monitors monitors,
            Function<DatabaseName, ChangeCounter.Start> whereItStands) {
        monitors.addMonitorListener(new Commits());
        dbms.registerDatabaseEventListener(new Starts(whereItStands));
    }

    /** {@return the counter of a database} */
    public ChangeCounter of(DatabaseName database) {
        return counters.computeIfAbsent(database, name -> new ChangeCounter(clock));
    }

    /** Whatever goes wrong here, the transaction or the start of the database does not hear of it. */
    private void counting(String name, Consumer<ChangeCounter> work) {
        var database = new DatabaseName(name);
        if (database.equals(DatabaseName.SYSTEM)) {
            return;
        }
        var counter = of(database);
        try {
            work.accept(counter);
        } catch (Throwable e) { // allow IllegalCatch: as above
            if (counter.lose()) {
                failures.accept(database, e);
            }
        }
    }

    private final class Commits implements TransactionExecutionMonitor {

        @Override
        public void start(KernelTransaction transaction) {}

        @Override
        public void commit(KernelTransaction transaction) {
            if (((TxStateHolder) transaction).hasTxStateWithChanges()) {
                counting(transaction.getDatabaseName(), counter -> count(transaction, counter));
            }
        }

        /** One that has undone itself, as by deleting what it had created, is no transaction of the store. */
        private static void count(KernelTransaction transaction, ChangeCounter counter) {
            long index = transaction.getTransactionId(); // which is what Neo4j gives under this name
            if (index == KernelTransaction.READ_ONLY_ID) {
                counter.rolledBack(transaction);
            } else {
                counter.committed(
                        transaction, index, TransactionChanges.of(transaction).counts());
            }
        }

        @Override
        public void rollback(KernelTransaction transaction, Throwable failure) {
            counting(transaction.getDatabaseName(), counter -> counter.rolledBack(transaction));
        }
    }

    private final class Starts implements DatabaseEventListener {

        private final Function<DatabaseName, ChangeCounter.Start> whereItStands;

        Starts(Function<DatabaseName, ChangeCounter.Start> whereItStands) {
            this.whereItStands = whereItStands;
        }

        @Override
        public void databaseStart(DatabaseEventContext context) {
            var name = context.getDatabaseName();
            counting(name, counter -> counter.restart(() -> whereItStands.apply(new DatabaseName(name))));
        }

        @Override
        public void databaseShutdown(DatabaseEventContext context) {}

        @Override
        public void databasePanic(DatabaseEventContext context) {}

        @Override
        public void databaseCreate(DatabaseEventContext context) {}

        @Override
        public void databaseDrop(DatabaseEventContext context) {}
    }
}
