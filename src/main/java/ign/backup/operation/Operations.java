package ign.backup.operation;

import static java.util.Objects.requireNonNull;

import ign.backup.model.BackupException;
import ign.backup.model.DatabaseName;
import ign.backup.model.ErrorCode;
import ign.backup.model.OperationRecord;
import ign.backup.model.OperationSubject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Runs operations on the plugin's own threads, one per database at a time. */
public final class Operations implements AutoCloseable {

    private static final Duration PATIENCE_AT_STOP = Duration.ofSeconds(30);
    private static final Duration PATIENCE_WITH_BACKGROUND = Duration.ofSeconds(30);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    /** Who calls when nobody does. */
    public static final String OURSELVES = "ign-backup";

    private final Clock clock;
    private final Events events;
    private final Map<DatabaseName, Running<?>> running = new ConcurrentHashMap<>();
    private final Map<DatabaseName, OperationRecord> last = new ConcurrentHashMap<>();
    private final ExecutorService threads;

    /** {@code events} hears of every start and end. */
    public Operations(Clock clock, Events events) {
        this.clock = clock;
        this.events = events;
        var number = new AtomicInteger();
        this.threads = Executors.newCachedThreadPool(work -> {
            var thread = new Thread(work, "ign-backup-operation-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    /** As the other one, of an operation of which nothing is known beforehand. */
    public <T extends Result> Running<T> start(
            String operation, DatabaseName database, String caller, Function<Running<T>, T> task) {
        return start(operation, database, caller, OperationSubject.UNKNOWN, task);
    }

    /**
     * Starts an operation that somebody waits for. One in the background gives way to it.
     *
     * @param asked what is known of it now, for those who hear of its failure
     * @return the operation; the caller waits for its answer
     * @throws BackupException.Busy when another one runs on this database; says which, by whom and since when
     */
    public <T extends Result> Running<T> start(
            String operation,
            DatabaseName database,
            String caller,
            OperationSubject asked,
            Function<Running<T>, T> task) {
        var mine = new Running<T>(operation, database, caller, asked, clock, false);
        var began = clock.instant();
        var other = running.putIfAbsent(database, mine);
        while (other != null && other.givesWay() && isPatient(began)) {
            other.giveWayTo(mine);
            other.awaitEnd(LOOK_EVERY);
            other = running.putIfAbsent(database, mine);
        }
        return begin(mine, other, task);
    }

    private boolean isPatient(Instant began) {
        return Duration.between(began, clock.instant()).abs().compareTo(PATIENCE_WITH_BACKGROUND) < 0
                && !Thread.currentThread().isInterrupted();
    }

    /** As {@link #start}, for the schedule: whatever runs in the background is asked to give way, and not waited for. */
    public <T extends Result> Running<T> startWhenFree(
            String operation, DatabaseName database, OperationSubject asked, Function<Running<T>, T> task) {
        var mine = new Running<T>(operation, database, OURSELVES, asked, clock, false);
        var other = running.putIfAbsent(database, mine);
        if (other != null && other.givesWay()) {
            other.giveWayTo(mine);
        }
        return begin(mine, other, task);
    }

    /** Starts an operation that nobody waits for, which is cancelled when somebody needs the database; else as {@link #start}. */
    public <T extends Result> Running<T> startInBackground(
            String operation, DatabaseName database, OperationSubject asked, Function<Running<T>, T> task) {
        var mine = new Running<T>(operation, database, OURSELVES, asked, clock, true);
        return begin(mine, running.putIfAbsent(database, mine), task);
    }

    private <T extends Result> Running<T> begin(
            Running<T> mine, @Nullable Running<?> other, Function<Running<T>, T> task) {
        if (other != null) {
            throw new BackupException.Busy(
                    other.describe() + " is running (" + other.report().line() + ")",
                    "Wait for its end, which CALL ign.backup.status() tells, or end it with CALL ign.backup.cancel().");
        }
        var database = mine.database();
        boolean begun = false;
        try {
            events.tell(new Events.Started(mine.operation(), database, mine.describe()));
            threads.execute(() -> run(mine, new FutureTask<>(() -> task.apply(mine))));
            begun = true;
        } catch (RejectedExecutionException e) {
            throw new BackupException.Unavailable(
                    "the server is stopping", "Start the operation again when the server runs.", e);
        } finally {
            if (!begun) {
                running.remove(database, mine);
            }
        }
        return mine;
    }

    /** Whatever it ends with, the caller hears of it: without an answer it would wait for ever. */
    private <T extends Result> void run(Running<T> mine, FutureTask<T> work) {
        work.run();
        try {
            var result = work.get();
            if (result.isPreview()) {
                running.remove(mine.database(), mine);
            } else {
                var ended = release(mine, result.code(), result.message(), result.subject(mine.asked()));
                events.tell(new Events.Finished(ended));
            }
            mine.finish(result);
        } catch (ExecutionException e) {
            failed(mine, ours(mine, e.getCause()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            failed(mine, new BackupException.Cancelled(mine.operation() + " was interrupted"));
        } catch (RuntimeException | Error e) { // allow IllegalCatch: whoever waits must hear
            running.remove(mine.database(), mine);
            mine.fail(ours(mine, e));
            throw e;
        }
    }

    private static BackupException ours(Running<?> mine, @Nullable Throwable cause) {
        if (cause instanceof BackupException known && !(known instanceof BackupException.Defect)) {
            return known;
        }
        if (isOutOfMemory(cause)) {
            return new BackupException.Unavailable(
                    mine.operation() + " ran out of memory",
                    "Give the server more heap (server.memory.heap.max_size), or lower the setting 'threads'.",
                    requireNonNull(cause));
        }
        return cause instanceof BackupException.Defect defect
                ? defect
                : new BackupException.Defect(mine.operation() + " failed with " + cause, cause);
    }

    /** Also when a worker thread had it and a defect wraps it. */
    private static boolean isOutOfMemory(@Nullable Throwable failure) {
        return failure != null && (failure instanceof OutOfMemoryError || isOutOfMemory(failure.getCause()));
    }

    private void failed(Running<?> mine, BackupException failure) {
        try {
            var ended = release(mine, failure.code(), String.valueOf(failure.getMessage()), mine.asked());
            events.tell(new Events.Failed(ended, failure));
        } finally {
            mine.fail(failure);
        }
    }

    private OperationRecord release(Running<?> mine, ErrorCode code, String message, OperationSubject subject) {
        var ended = new OperationRecord(
                mine.operation(),
                mine.database(),
                mine.caller(),
                mine.started(),
                clock.instant(),
                code,
                message,
                subject);
        last.put(mine.database(), ended);
        running.remove(mine.database(), mine);
        return ended;
    }

    /**
     * Does some small work, unless an operation runs on that database; one that is started meanwhile is refused.
     *
     * @return whether it was done
     */
    boolean whileNothingRuns(DatabaseName database, Runnable work) {
        var mine = new Running<Void>("clean-up", database, OURSELVES, OperationSubject.UNKNOWN, clock, false);
        if (running.putIfAbsent(database, mine) != null) {
            return false;
        }
        try {
            work.run();
            return true;
        } finally {
            running.remove(database, mine);
            mine.end();
        }
    }

    /** {@return what runs on that database} */
    public Optional<Running<?>> running(DatabaseName database) {
        return Optional.ofNullable(running.get(database));
    }

    /** {@return what runs now, on whichever database} */
    public List<ProgressReport> running() {
        return running.values().stream().map(Running::report).toList();
    }

    /** {@return how the last operation on that database ended, since the server started} */
    public Optional<OperationRecord> last(DatabaseName database) {
        return Optional.ofNullable(last.get(database));
    }

    /** Stops all operations and waits for them, as long as a stopping server can wait. */
    @Override
    public void close() {
        threads.shutdown();
        running.values().forEach(operation -> operation.stop("the server is stopping"));
        running.values().forEach(operation -> operation.awaitEnd(PATIENCE_AT_STOP));
    }
}
