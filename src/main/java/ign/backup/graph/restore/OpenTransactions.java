package ign.backup.graph.restore;

import ign.backup.model.BackupException;
import ign.backup.model.StopSignal;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
 * <p>All of them must have ended by then, and new ones wait at a closed gate. But whoever commits while it is closed is told that the
 * database is not available, since Bolt then asks in vain for the number of the last transaction: a driver would repeat what is done
 * already, a second later. So the gate is closed in a moment in which no transaction is open and no client waits for its answer; there are
 * many between the requests of most clients. Only if there is none those that are open are terminated, at the closed gate.
 *
 * <p>One whose client does nothing at the moment notices nothing of its end: Neo4j would wait for it, 11 s in 5.26 and 70 s in 2026.08, and
 * then stop all the same, which is not safe: on 5.26.30 the ids and pages that such a transaction gave back later spoiled the store that
 * ran by then. So its connection is closed, as {@code dbms.killConnection} does; drivers repeat a managed transaction after that, too.
 */
final class OpenTransactions {

    private static final long LOOK_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private static final long LOOK_OFTEN_NANOS = TimeUnit.MICROSECONDS.toNanos(200);

    /** How long a moment is waited for in which nobody is inside. */
    private static final Duration PATIENCE = Duration.ofMillis(500);

    /** Others can pass the gate in between, and end what they had begun. */
    private static final Duration BETWEEN_ROUNDS = Duration.ofMillis(40);

    /** Whoever works on something notices in less that it was terminated. */
    private static final Duration TO_NOTICE = Duration.ofMillis(100);

    /** One that passed the gate just before it was closed is among the open ones after less. */
    private static final Duration TO_APPEAR = Duration.ofMillis(20);

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
        var quiet = inAQuietMoment();
        if (quiet.isPresent()) {
            return quiet.get();
        }
        long deadline = System.nanoTime() + TO_END.toNanos();
        while (System.nanoTime() < deadline) {
            var gate = byTermination();
            if (gate.isPresent()) {
                return gate.get();
            }
            LockSupport.parkNanos(BETWEEN_ROUNDS.toNanos());
        }
        throw new BackupException.Unavailable(
                "the database cannot be stopped: " + names(open(transactions)) + " did not end in " + TO_END.toSeconds()
                        + " s after it was terminated",
                "SHOW TRANSACTIONS tells what it is; end what keeps it open, and call this again.");
    }

    /** {@return the gate, closed while nobody was inside; empty when there is no such moment} */
    private Optional<ClosedGate> inAQuietMoment() {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline) {
            if (open(transactions).isEmpty() && UnansweredClients.none(live)) {
                var gate = unlessSomebodyEnters(ClosedGate.of(live), () -> {});
                if (gate.isPresent()) {
                    return gate;
                }
            }
            LockSupport.parkNanos(LOOK_OFTEN_NANOS);
        }
        return Optional.empty();
    }

    private Optional<ClosedGate> byTermination() {
        return unlessSomebodyEnters(ClosedGate.of(live), () -> {
            transactions.terminateTransactions(); // while no other can begin
            open(transactions).forEach(this::disconnectIfIdle);
            giveTime(transactions, TO_NOTICE, StopSignal.NEVER);
        });
    }

    /** {@return the closed gate if nobody is inside after {@code clearance}; otherwise, whatever happens, it is open again} */
    private Optional<ClosedGate> unlessSomebodyEnters(ClosedGate gate, Runnable clearance) {
        boolean empty = false;
        try {
            clearance.run();
            empty = staysEmpty();
            return empty ? Optional.of(gate) : Optional.empty();
        } finally {
            if (!empty) {
                gate.open();
            }
        }
    }

    /** {@return whether nobody is inside, also none who passed the gate just before it was closed} */
    private boolean staysEmpty() {
        long deadline = System.nanoTime() + TO_APPEAR.toNanos();
        while (System.nanoTime() < deadline) {
            if (!open(transactions).isEmpty()) {
                return false;
            }
            LockSupport.parkNanos(LOOK_OFTEN_NANOS);
        }
        return open(transactions).isEmpty();
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
