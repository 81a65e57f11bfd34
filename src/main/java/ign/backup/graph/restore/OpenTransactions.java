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
import org.neo4j.internal.kernel.api.connectioninfo.ClientConnectionInfo;
import org.neo4j.kernel.api.KernelTransactionHandle;
import org.neo4j.kernel.api.net.NetworkConnectionTracker;
import org.neo4j.kernel.impl.api.KernelTransactions;

/**
 * The transactions of a database that is about to stop.
 *
 * <p>All of them must have ended by then. New ones wait at a closed gate meanwhile, but so do open ones before their next statement. So
 * the gate is opened again whenever some are still open after a moment, until one moment is such that all end in it; with most clients
 * the first one is. Then those that are open are terminated.
 *
 * <p>One whose client does nothing at the moment notices nothing of its end: Neo4j would wait for it, 11 s in 5.26 and 70 s in 2026.08, and
 * then stop all the same, which is not safe: on 5.26.30 the ids and pages that such a transaction gave back later spoiled the store that
 * ran by then. So its connection is closed, as {@code dbms.killConnection} does; drivers repeat a managed transaction after that, too.
 */
final class OpenTransactions {

    private static final long LOOK_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    /** How long the gate is closed before it is opened again. */
    private static final Duration MOMENT = Duration.ofMillis(40);

    /** How often it is closed before somebody is terminated. */
    private static final int PATIENT_ROUNDS = 5;

    /** Whoever works on something notices in less that it was terminated. */
    private static final Duration TO_NOTICE = Duration.ofMillis(100);

    /** One that has just been committed is still asked for its number, to tell the client. */
    private static final Duration TO_ANSWER = Duration.ofMillis(50);

    private static final Duration TO_END = Duration.ofSeconds(10);

    private final LiveStore live;
    private final KernelTransactions transactions;
    private final NetworkConnectionTracker connections;
    private final Map<Long, Long> terminatedSince = new HashMap<>();

    private OpenTransactions(LiveStore live) {
        this.live = live;
        this.transactions = live.part(KernelTransactions.class);
        this.connections = live.part(NetworkConnectionTracker.class);
    }

    /** Waits until those that are open now have ended, but not longer than this. */
    static void giveTime(KernelTransactions transactions, Duration grace, StopSignal stop) {
        long deadline = System.nanoTime() + grace.toNanos();
        var open = open(transactions);
        while (!open.isEmpty() && System.nanoTime() < deadline) {
            stop.check();
            LockSupport.parkNanos(LOOK_EVERY_NANOS);
            open = stillThere(open);
        }
    }

    /**
     * Ends all that are open. From then on none begins until the gate is opened.
     *
     * @throws BackupException.Unavailable when one of them does not end, as one that a plugin keeps open; then the gate is open
     */
    static ClosedGate endAll(LiveStore live) {
        return new OpenTransactions(live).endAll();
    }

    private ClosedGate endAll() {
        long deadline = System.nanoTime() + TO_END.toNanos();
        int round = 1;
        var gate = ClosedGate.of(live);
        var open = remaining(gate, false);
        while (!open.isEmpty()) {
            if (System.nanoTime() > deadline) {
                throw new BackupException.Unavailable(
                        "the database cannot be stopped: " + names(open) + " did not end in " + TO_END.toSeconds()
                                + " s after it was terminated",
                        "SHOW TRANSACTIONS tells what it is; end what keeps it open, and call this again.");
            }
            LockSupport.parkNanos(MOMENT.toNanos());
            round++;
            gate = ClosedGate.of(live);
            open = remaining(gate, round > PATIENT_ROUNDS);
        }
        return gate;
    }

    /** {@return those that are still open after a moment at a closed gate; if there are any the gate is open again} */
    private List<KernelTransactionHandle> remaining(ClosedGate gate, boolean terminate) {
        boolean none = false;
        try {
            if (terminate) { // while no other can begin
                transactions.terminateTransactions();
                open(transactions).forEach(this::disconnectIfIdle);
            }
            giveTime(transactions, terminate ? TO_NOTICE : MOMENT, StopSignal.NEVER);
            if (open(transactions).isEmpty()) {
                LockSupport.parkNanos(TO_ANSWER.toNanos());
            }
            var open = open(transactions); // one may have passed the gate just before it was closed
            none = open.isEmpty();
            return open;
        } finally {
            if (!none) {
                gate.open();
            }
        }
    }

    private static List<KernelTransactionHandle> open(KernelTransactions transactions) {
        return stillThere(List.copyOf(transactions.executingTransactions()));
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

    private void disconnectIfIdle(KernelTransactionHandle transaction) {
        long now = System.nanoTime();
        long since = terminatedSince.computeIfAbsent(transaction.getTransactionSequenceNumber(), unseen -> now);
        if (transaction.isOpen() && !transaction.isClosing() && now - since > TO_NOTICE.toNanos()) {
            transaction
                    .clientInfo()
                    .map(ClientConnectionInfo::connectionId) // there is none for those of the server itself
                    .map(connections::get)
                    .ifPresent(connection -> {
                        connection.close();
                        terminatedSince.put(transaction.getTransactionSequenceNumber(), now);
                    });
        }
    }
}
