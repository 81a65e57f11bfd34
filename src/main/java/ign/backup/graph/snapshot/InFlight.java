package ign.backup.graph.snapshot;

import ign.backup.model.StopSignal;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.LockSupport;

/**
 * Counts who is inside a stretch of work, and waits for all who were inside at a moment, without holding anybody up.
 *
 * <p>Those who enter count in one of two cells. Waiting turns newcomers to the other cell and lets the first one run empty. One
 * thread waits at a time.
 */
final class InFlight {

    private static final long LOOK_AGAIN_NANOS = 50_000;

    private final AtomicIntegerArray inside = new AtomicIntegerArray(2);
    private volatile int turn;

    /** {@return a ticket to leave with} */
    int enter() {
        while (true) {
            int cell = turn;
            inside.incrementAndGet(cell);
            if (cell == turn) {
                return cell;
            }
            inside.decrementAndGet(cell); // it was turned in between, and the waiting one may have missed us
        }
    }

    void leave(int ticket) {
        inside.decrementAndGet(ticket);
    }

    /** Returns when all have left who entered before this call. */
    void awaitThoseInside(StopSignal stop) {
        int old = turn;
        turn = 1 - old;
        while (inside.get(old) > 0) {
            stop.check();
            LockSupport.parkNanos(LOOK_AGAIN_NANOS);
        }
    }
}
