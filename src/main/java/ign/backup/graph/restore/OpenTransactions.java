package ign.backup.graph.restore;

import ign.backup.model.BackupException;
import ign.backup.model.StopSignal;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.neo4j.kernel.api.KernelTransactionHandle;
import org.neo4j.kernel.api.net.NetworkConnectionTracker;
import org.neo4j.kernel.impl.api.KernelTransactions;

/**
 * The transactions of a database that is about to stop.
 *
 * <p>All of them must have ended by then. One whose client does nothing at the moment notices nothing of its end: Neo4j would wait
 * for it, 11 s in 5.26 and 70 s in 2026.08, and then stop all the same, which is not safe: on 5.26.30 the ids and pages that such a
 * transaction gave back later spoiled the store that ran by then. So its connection is closed, as
 * {@code dbms.killConnection} does; drivers repeat a managed transaction after that, too.
 */
final class OpenTransactions implements AutoCloseable {

    private static final long LOOK_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    /** Whoever works on something notices in less. */
    private static final Duration TO_NOTICE = Duration.ofMillis(100);

    /** For those that began after the long grace; nearly all are quick. */
    private static final Duration SHORT_GRACE = Duration.ofMillis(100);

    private static final Duration TO_END = Duration.ofSeconds(10);

    private final ClosedGate gate;
    private final KernelTransactions transactions;
    private final NetworkConnectionTracker connections;
    private final Map<Long, Long> terminatedSince = new HashMap<>();
    private final Thread ender;
    private volatile boolean ended;

    private OpenTransactions(ClosedGate gate, KernelTransactions transactions, NetworkConnectionTracker connections) {
        this.gate = gate;
        this.transactions = transactions;
        this.connections = connections;
        this.ender = new Thread(this::endAll, "ign-backup-swap");
        this.ender.setDaemon(true);
    }

    /** Waits until those that are open now have ended, but not longer than this. */
    static void giveTime(KernelTransactions transactions, Duration grace, StopSignal stop) {
        long deadline = System.nanoTime() + grace.toNanos();
        var open = List.copyOf(transactions.executingTransactions());
        while (open.stream().anyMatch(KernelTransactionHandle::isOpen) && System.nanoTime() < deadline) {
            stop.check();
            LockSupport.parkNanos(LOOK_EVERY_NANOS);
        }
    }

    /** Ends all that are open, after a moment; new ones wait until the database has stopped, or until this is closed. */
    static OpenTransactions end(LiveStore live) {
        var transactions = live.part(KernelTransactions.class);
        var connections = live.part(NetworkConnectionTracker.class);
        var ending = new OpenTransactions(ClosedGate.of(live), transactions, connections);
        giveTime(transactions, SHORT_GRACE, StopSignal.NEVER);
        ending.ender.start();
        return ending;
    }

    /**
     * Waits until those that are open now have ended, or are committed.
     *
     * @throws BackupException.Unavailable when one of them does not end, as one that a plugin keeps open
     */
    void await() {
        long deadline = System.nanoTime() + TO_END.toNanos();
        var open = stillThere(List.copyOf(transactions.executingTransactions()));
        while (!open.isEmpty()) {
            if (System.nanoTime() > deadline) {
                throw new BackupException.Unavailable(
                        "the database cannot be stopped: " + names(open) + " did not end in " + TO_END.toSeconds()
                                + " s after it was terminated",
                        "SHOW TRANSACTIONS tells what it is; end what keeps it open, and call this again.");
            }
            LockSupport.parkNanos(LOOK_EVERY_NANOS);
            open = stillThere(open);
        }
    }

    private static List<KernelTransactionHandle> stillThere(List<KernelTransactionHandle> some) {
        return some.stream()
                .filter(transaction -> transaction.isOpen() || transaction.isClosing())
                .toList();
    }

    private static String names(List<KernelTransactionHandle> some) {
        return some.stream()
                .map(KernelTransactionHandle::getUserTransactionName)
                .collect(Collectors.joining("', '", "transaction '", "'"));
    }

    private void endAll() {
        while (!ended) {
            transactions.terminateTransactions();
            transactions.executingTransactions().forEach(this::disconnectIfIdle);
            LockSupport.parkNanos(LOOK_EVERY_NANOS);
        }
    }

    private void disconnectIfIdle(KernelTransactionHandle transaction) {
        long now = System.nanoTime();
        long since = terminatedSince.computeIfAbsent(transaction.getTransactionSequenceNumber(), unseen -> now);
        if (transaction.isOpen() && !transaction.isClosing() && now - since > TO_NOTICE.toNanos()) {
            transaction
                    .clientInfo()
                    .map(client -> connections.get(client.connectionId()))
                    .ifPresent(connection -> {
                        connection.close();
                        terminatedSince.put(transaction.getTransactionSequenceNumber(), now);
                    });
        }
    }

    /** From now on transactions may be opened and go on. */
    @Override
    public void close() {
        ended = true;
        boolean interrupted = false;
        while (ender.isAlive()) {
            try {
                ender.join();
            } catch (InterruptedException e) {
                interrupted = true; // it would end those of the next store
            }
        }
        gate.open();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
