package ign.backup.codec;

import ign.backup.model.StopSignal;
import java.util.concurrent.locks.LockSupport;

/**
 * Lets so many bytes pass in a second, on average since it was made. Safe for several threads, which share the rate.
 *
 * <p>Whoever has had more than its share waits before it is given more; a pause that nobody made use of is not made up for by more
 * than a second.
 */
public final class RateLimit {

    private static final long SECOND = 1_000_000_000L;
    private static final long LONGEST_STEP_NANOS = 100_000_000L;

    private final double nanosPerByte;
    private long nextFree;

    /** {@code bytesPerSecond} is above 0. */
    public RateLimit(long bytesPerSecond) {
        nanosPerByte = (double) SECOND / bytesPerSecond;
        nextFree = System.nanoTime();
    }

    /** Waits until the bytes that passed before have had their time, and then lets these pass; looks at {@code stop} meanwhile. */
    public void pass(long bytes, StopSignal stop) {
        long turn = reserve(bytes);
        for (long left = turn - System.nanoTime(); left > 0; left = turn - System.nanoTime()) {
            stop.check();
            LockSupport.parkNanos(Math.min(left, LONGEST_STEP_NANOS));
        }
    }

    private synchronized long reserve(long bytes) {
        long turn = Math.max(nextFree, System.nanoTime() - SECOND);
        nextFree = turn + (long) (bytes * nanosPerByte);
        return turn;
    }
}
