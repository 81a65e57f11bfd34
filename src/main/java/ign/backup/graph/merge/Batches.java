package ign.backup.graph.merge;

import ign.backup.graph.kernel.RootCause;
import ign.backup.model.BackupException;
import ign.backup.model.StopSignal;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.neo4j.exceptions.KernelException;
import org.neo4j.graphdb.GraphDatabaseService;
import org.neo4j.graphdb.TransactionFailureException;
import org.neo4j.kernel.impl.coreapi.InternalTransaction;

/**
 * Merges batches, each in a transaction of its own.
 *
 * <p>What Neo4j calls transient, such as a deadlock, is tried again after a pause, and in halves when it happens again. A batch in
 * which an element is refused is tried in halves, too, until that element stands alone: so it alone is left out.
 */
final class Batches {

    private static final int MOST_TRIES = 15;
    private static final int TRIES_AS_A_WHOLE = 2;
    private static final long SHORTEST_PAUSE_MILLIS = 10;
    private static final long LONGEST_PAUSE_MILLIS = 1000;
    private static final long LOOK_EVERY_MILLIS = 50;

    private final GraphDatabaseService database;
    private final boolean dryRun;
    private final StopSignal stop;

    Batches(GraphDatabaseService database, boolean dryRun, StopSignal stop) {
        this.database = database;
        this.dryRun = dryRun;
        this.stop = stop;
    }

    /** What is done with each row of a batch. */
    interface Work<R> {

        /** Merges a row; what it does to the graph and to the attempt is undone together. */
        void merge(R row, LiveGraph live, Attempt attempt) throws KernelException;

        /** Leaves out a row that Neo4j refuses. */
        void refused(R row, String reason, Attempt attempt);
    }

    /** How a batch is begun and ended. */
    record Bounds(Supplier<Attempt> begin, Consumer<Attempt> committed) {}

    /** Only looks at the graph. */
    void look(Consumer<LiveGraph> look) {
        try (var transaction = database.beginTx(0, TimeUnit.SECONDS);
                var live = new LiveGraph(((InternalTransaction) transaction).kernelTransaction(), false)) {
            look.accept(live);
        } catch (KernelException | TransactionFailureException e) {
            throw unavailable(e);
        }
    }

    /** Merges the rows, in this order, in one transaction if nothing is in the way. */
    <R> void run(List<R> rows, Work<R> work, Bounds bounds) {
        run(rows, work, bounds, 1);
    }

    private <R> void run(List<R> rows, Work<R> work, Bounds bounds, int tries) {
        stop.check();
        Attempt attempt;
        try {
            attempt = attempt(rows, work, bounds);
        } catch (BackupException e) {
            throw e;
        } catch (KernelException | RuntimeException e) {
            afterFailure(e, rows, work, bounds, tries);
            return;
        }
        bounds.committed.accept(attempt);
    }

    private <R> Attempt attempt(List<R> rows, Work<R> work, Bounds bounds) throws KernelException {
        var attempt = bounds.begin.get();
        try (var transaction = database.beginTx(0, TimeUnit.SECONDS)) {
            var kernel = ((InternalTransaction) transaction).kernelTransaction();
            try (var live = new LiveGraph(kernel, !dryRun)) {
                for (var row : rows) {
                    work.merge(row, live, attempt);
                }
            }
            if (!dryRun) {
                transaction.commit();
            }
        }
        return attempt;
    }

    private <R> void afterFailure(Exception failure, List<R> rows, Work<R> work, Bounds bounds, int tries) {
        switch (Failure.of(failure)) {
            case REFUSED -> {
                if (rows.size() > 1) {
                    halves(rows, work, bounds, tries);
                } else {
                    var attempt = bounds.begin.get();
                    work.refused(rows.get(0), "Neo4j refuses it: " + RootCause.message(failure), attempt);
                    bounds.committed.accept(attempt);
                }
            }
            case TRANSIENT -> {
                if (tries == MOST_TRIES) {
                    throw unavailable(failure);
                }
                pause(tries);
                if (rows.size() > 1 && tries >= TRIES_AS_A_WHOLE) {
                    halves(rows, work, bounds, tries + 1);
                } else {
                    run(rows, work, bounds, tries + 1);
                }
            }
            case FATAL -> throw unavailable(failure);
        }
    }

    private <R> void halves(List<R> rows, Work<R> work, Bounds bounds, int tries) {
        int half = rows.size() / 2;
        run(rows.subList(0, half), work, bounds, tries);
        run(rows.subList(half, rows.size()), work, bounds, tries);
    }

    private void pause(int tries) {
        long millis = Math.min(SHORTEST_PAUSE_MILLIS << tries, LONGEST_PAUSE_MILLIS);
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
            stop.check();
            LockSupport.parkNanos(Math.min(left, TimeUnit.MILLISECONDS.toNanos(LOOK_EVERY_MILLIS)));
        }
    }

    private static BackupException unavailable(Exception cause) {
        return new BackupException.Unavailable(
                "Neo4j did not take a batch: " + RootCause.message(cause),
                "Remove the cause, which Neo4j's debug.log tells, and call it again.",
                cause);
    }
}
