package ign.backup.graph.export;

import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.neo4j.dbms.api.DatabaseManagementService;
import org.neo4j.graphdb.event.TransactionEventListener;
import org.neo4j.kernel.internal.event.GlobalTransactionEventListeners;

/**
 * Keeps a listener behind all others of a database, so that it is asked when they have made their changes.
 *
 * <p>Neo4j asks listeners in the order in which they were registered. When another one comes later, a twin of ours is registered
 * behind it before the first one goes: every transaction has one of them, or both, which does no harm.
 */
final class ListenerPlace implements AutoCloseable {

    private final DatabaseManagementService dbms;
    private final GlobalTransactionEventListeners all;
    private final String database;
    private final Supplier<TransactionEventListener<?>> twin;
    private final AtomicBoolean moving = new AtomicBoolean();
    private volatile @Nullable TransactionEventListener<?> registered;
    private boolean closed;

    ListenerPlace(
            DatabaseManagementService dbms,
            GlobalTransactionEventListeners all,
            String database,
            Supplier<TransactionEventListener<?>> twin) {
        this.dbms = dbms;
        this.all = all;
        this.database = database;
        this.twin = twin;
    }

    /** From the return of this method on, every transaction that begins to commit comes to the listener. */
    void register() {
        moveToTheEnd();
    }

    /** To be called now and then, by any thread; waits for nobody. */
    void stayLast() {
        if (!isLast() && moving.compareAndSet(false, true)) {
            try {
                moveToTheEnd();
            } finally {
                moving.set(false);
            }
        }
    }

    private boolean isLast() {
        var listeners = new ArrayList<>(all.getDatabaseTransactionEventListeners(database));
        return listeners.isEmpty() || listeners.get(listeners.size() - 1) == registered;
    }

    private synchronized void moveToTheEnd() {
        if (closed) {
            return;
        }
        var fresh = twin.get();
        dbms.registerTransactionEventListener(database, fresh);
        var old = registered;
        registered = fresh;
        if (old != null) {
            dbms.unregisterTransactionEventListener(database, old);
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        var old = registered;
        if (old != null) {
            registered = null;
            dbms.unregisterTransactionEventListener(database, old);
        }
    }
}
