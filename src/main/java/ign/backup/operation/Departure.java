package ign.backup.operation;

import ign.backup.model.BackupException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** The wait for the caller's own transaction: it lives in the database that is about to stop, and would be cut off in its own call. */
final class Departure {

    private static final Duration LOOK_EVERY = Duration.ofMillis(20);

    private final Duration grace;
    private final Clock clock;

    /** {@code grace} is how long the caller has. */
    Departure(Duration grace, Clock clock) {
        this.grace = grace;
        this.clock = clock;
    }

    /** Returns when the caller's transaction has ended. */
    void await(Caller caller, Running<?> work) {
        work.phase("waiting for the caller's query to end", 0, "");
        var deadline = clock.instant().plus(grace);
        while (!caller.hasLeft()) {
            work.check();
            if (clock.instant().isAfter(deadline)) {
                throw new BackupException.Unavailable(
                        "the transaction that asked for the " + work.operation() + " was still open after "
                                + grace.toSeconds() + " s; nothing was touched",
                        "End it sooner, or call the " + work.operation() + " in a session on 'system'.");
            }
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
        }
    }
}
