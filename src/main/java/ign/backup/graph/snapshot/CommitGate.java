package ign.backup.graph.snapshot;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * Holds commits up while it is shut, for those who want quiet while a backup is made; the snapshot does not need it.
 *
 * <p>A commit that another one makes on its own thread, as triggers do, passes: the outer one waits for it.
 */
public final class CommitGate {

    private static final long LOOK_AGAIN_MILLIS = 100;

    private final ThreadLocal<int[]> depth = ThreadLocal.withInitial(() -> new int[1]);
    private boolean shut;
    private boolean letGo;
    private long shutAt;
    private long limitNanos;
    private Duration held = Duration.ZERO;

    /** From now on commits wait, but none of them beyond {@code limit} from now. */
    public synchronized void shut(Duration limit) {
        shut = true;
        shutAt = System.nanoTime();
        limitNanos = limit.toNanos();
    }

    /** Lets everybody go on. May be called again. */
    public synchronized void open() {
        if (shut) {
            shut = false;
            held = Duration.ofNanos(Math.min(limitNanos, System.nanoTime() - shutAt));
            notifyAll();
        }
    }

    /** {@return for how long it was shut} */
    public synchronized Duration held() {
        return held;
    }

    /** {@return whether commits were let go because the limit was reached} */
    public synchronized boolean reachedLimit() {
        return letGo;
    }

    /**
     * A commit wants to pass; {@link #leave} must follow when it has ended.
     *
     * @param givenUp whether the transaction was ended by somebody in the meantime
     */
    public void enter(BooleanSupplier givenUp) {
        if (depth.get()[0]++ == 0) {
            await(givenUp);
        }
    }

    /** The commit has ended. */
    public void leave() {
        if (--depth.get()[0] == 0) {
            depth.remove();
        }
    }

    private synchronized void await(BooleanSupplier givenUp) {
        boolean interrupted = false;
        while (shut && !givenUp.getAsBoolean()) {
            long left = (limitNanos - (System.nanoTime() - shutAt)) / 1_000_000;
            if (left <= 0) {
                letGo = true;
                break;
            }
            try {
                wait(Math.min(left, LOOK_AGAIN_MILLIS));
            } catch (InterruptedException e) {
                interrupted = true; // for somebody else: a commit that waits for a lock is not interrupted either
                break;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
