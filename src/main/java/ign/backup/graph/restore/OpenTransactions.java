package ign.backup.graph.restore;

import ign.backup.model.StopSignal;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.neo4j.kernel.api.KernelTransactionHandle;
import org.neo4j.kernel.impl.api.KernelTransactions;

/** The transactions of a database that is about to stop. A stop waits for them, many seconds if need be; so they are ended. */
final class OpenTransactions implements AutoCloseable {

    private static final long LOOK_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final Duration LONGEST_COMMIT = Duration.ofSeconds(5);

    private final KernelTransactions transactions;
    private final Thread ender;
    private volatile boolean ended;

    private OpenTransactions(KernelTransactions transactions) {
        this.transactions = transactions;
        this.ender = new Thread(this::endAll, "ign-backup-swap");
        this.ender.setDaemon(true);
    }

    /** Waits until those that are open now have ended, but not longer than this. */
    static void giveTime(KernelTransactions transactions, Duration grace, StopSignal stop) {
        long deadline = System.nanoTime() + grace.toNanos();
        List<KernelTransactionHandle> open = List.copyOf(transactions.executingTransactions());
        while (open.stream().anyMatch(KernelTransactionHandle::isOpen) && System.nanoTime() < deadline) {
            stop.check();
            LockSupport.parkNanos(LOOK_EVERY_NANOS);
        }
    }

    /** Ends all that are open, and all that are opened, until this is closed, with an error that drivers repeat. */
    static OpenTransactions endAll(KernelTransactions transactions) {
        var ending = new OpenTransactions(transactions);
        transactions.terminateTransactions();
        ending.ender.start();
        return ending;
    }

    /** Waits until those that have begun to commit have done so, a while; the stop waits for them in any case. */
    static void awaitCommits(KernelTransactions transactions) {
        long deadline = System.nanoTime() + LONGEST_COMMIT.toNanos();
        while (transactions.executingTransactions().stream().anyMatch(KernelTransactionHandle::isClosing)
                && System.nanoTime() < deadline) {
            LockSupport.parkNanos(LOOK_EVERY_NANOS);
        }
    }

    private void endAll() {
        while (!ended) {
            transactions.terminateTransactions();
            LockSupport.parkNanos(LOOK_EVERY_NANOS);
        }
    }

    @Override
    public void close() {
        ended = true;
    }
}
