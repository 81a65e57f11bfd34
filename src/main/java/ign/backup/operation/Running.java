package ign.backup.operation;

import ign.backup.model.BackupException;
import ign.backup.model.DatabaseName;
import ign.backup.model.OperationSubject;
import ign.backup.model.Progress;
import ign.backup.model.StopSignal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * An operation while it runs: tells how far it is, and can be asked to stop.
 *
 * <p>It has an answer for its caller, which is usually its result, but may come before its end: a restore that must wait for its
 * own caller to leave answers first.
 */
public final class Running<T> implements StopSignal, Progress {

    private final String operation;
    private final DatabaseName database;
    private final String caller;
    private final OperationSubject asked;
    private final Clock clock;
    private final boolean givesWay;
    private final Instant started;
    private final CompletableFuture<T> answer = new CompletableFuture<>();
    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private volatile Phase phase;
    private volatile @Nullable String stopReason;
    private volatile boolean gaveWay;
    private volatile @Nullable RuntimeException failure;

    private static final class Phase {
        final String name;
        final long total;
        final String unit;
        final Instant began;
        final LongAdder done = new LongAdder();

        Phase(String name, long total, String unit, Instant began) {
            this.name = name;
            this.total = total;
            this.unit = unit;
            this.began = began;
        }
    }

    Running(
            String operation,
            DatabaseName database,
            String caller,
            OperationSubject asked,
            Clock clock,
            boolean givesWay) {
        this.givesWay = givesWay;
        this.operation = operation;
        this.database = database;
        this.caller = caller;
        this.asked = asked;
        this.clock = clock;
        this.started = clock.instant();
        this.phase = new Phase("begin", 0, "", started);
    }

    /** {@return what runs, for whom and since when, in words for another caller} */
    public String describe() {
        return "'" + operation + "' of database '" + database + "' by '" + caller + "' since " + started;
    }

    /** {@return the database it works on} */
    public DatabaseName database() {
        return database;
    }

    /** {@return when it began} */
    public Instant started() {
        return started;
    }

    String operation() {
        return operation;
    }

    /** {@return whether it is cancelled when somebody needs the database} */
    boolean givesWay() {
        return givesWay;
    }

    /** Asks it to stop, because the database is needed; it is started again later if it is scheduled. */
    void giveWayTo(Running<?> other) {
        gaveWay = true;
        stop("it gave way to " + other.describe());
    }

    /** {@return whether it has failed only because something else was in its way} */
    boolean isStillWanted() {
        return answer.isCompletedExceptionally() && (gaveWay || failure instanceof BackupException.Busy);
    }

    /** {@return whether its answer is there, or its failure} */
    public boolean isAnswered() {
        return answer.isDone();
    }

    String caller() {
        return caller;
    }

    /** What was known of it when it began. */
    OperationSubject asked() {
        return asked;
    }

    @Override
    public void phase(String name, long total, String unit) {
        phase = new Phase(name, total, unit, clock.instant());
    }

    @Override
    public void advance(long amount) {
        phase.done.add(amount);
    }

    @Override
    public void check() {
        var reason = stopReason;
        if (reason != null) {
            throw new BackupException.Cancelled(reason);
        }
    }

    /** Asks it to stop; it does so at its next look, and leaves nothing behind. Later reasons than the first are ignored. */
    public void stop(String reason) {
        if (stopReason == null) {
            stopReason = reason;
        }
    }

    /** {@return where it is now} */
    public ProgressReport report() {
        var now = phase;
        long done = now.done.sum();
        double seconds =
                Math.max(0.001, Duration.between(now.began, clock.instant()).toNanos() / 1e9);
        double rate = done / seconds;
        var remaining = now.total > done && rate > 0
                ? OptionalLong.of((long) ((now.total - done) / rate * 1000))
                : OptionalLong.empty();
        return new ProgressReport(operation, caller, started, now.name, done, now.total, now.unit, rate, remaining);
    }

    /** Answers the caller before the end. */
    void answerNow(T early) {
        answer.complete(early);
    }

    void finish(T result) {
        answer.complete(result);
        end.complete(null);
    }

    /** It is over, and nobody waits for its answer. */
    void end() {
        end.complete(null);
    }

    void fail(RuntimeException why) {
        failure = why;
        answer.completeExceptionally(why);
        end.complete(null);
    }

    /**
     * Waits for the answer.
     *
     * @return the answer, or null when there is none yet after {@code limit}
     */
    public @Nullable T awaitAnswer(Duration limit) {
        try {
            return answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return null;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException failure
                    ? failure
                    : new BackupException.Defect(describe() + " ended with " + e.getCause(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BackupException.Cancelled("the wait for " + describe() + " was interrupted");
        }
    }

    /** Waits until the operation has ended, however. */
    public boolean awaitEnd(Duration limit) {
        try {
            end.get(limit.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new BackupException.Defect("the end of an operation cannot fail", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
