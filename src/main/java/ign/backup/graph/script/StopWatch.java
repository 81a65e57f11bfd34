package ign.backup.graph.script;

import ign.backup.model.BackupException;
import ign.backup.model.StopSignal;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.neo4j.graphdb.Transaction;

/** Ends a transaction when the work is to stop: a statement that takes long does not look by itself. */
final class StopWatch implements AutoCloseable {

    private static final long LOOK_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final Transaction transaction;
    private final StopSignal stop;
    private final Thread thread = new Thread(this::look, "ign-backup-script-stop");
    private volatile boolean over;

    StopWatch(Transaction transaction, StopSignal stop) {
        this.transaction = transaction;
        this.stop = stop;
        thread.setDaemon(true);
        thread.start();
    }

    private void look() {
        while (!over) {
            try {
                stop.check();
            } catch (BackupException.Cancelled e) {
                transaction.terminate();
                return; // whoever executes says so
            }
            LockSupport.parkNanos(LOOK_EVERY_NANOS);
        }
    }

    @Override
    public void close() {
        over = true;
        LockSupport.unpark(thread);
    }
}
