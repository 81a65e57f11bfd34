package ign.backup.testkit;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for something that happens elsewhere, with a limit. */
public final class Await {

    private static final long PAUSE_NANOS = Duration.ofMillis(20).toNanos();

    private Await() {}

    /**
     * Waits until the condition holds.
     *
     * @param what what is waited for, as it should read after "waited … in vain for"
     */
    public static void until(String what, Duration limit, BooleanSupplier condition) {
        untilPresent(what, limit, () -> condition.getAsBoolean() ? Optional.of(true) : Optional.empty());
    }

    /** Waits until there is an answer. */
    public static <T> T untilPresent(String what, Duration limit, Supplier<Optional<T>> question) {
        var end = System.nanoTime() + limit.toNanos();
        var answer = question.get();
        while (answer.isEmpty()) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("waited " + limit + " in vain for " + what);
            }
            if (Thread.interrupted()) {
                Thread.currentThread().interrupt();
                throw new AssertionError("interrupted while waiting for " + what);
            }
            LockSupport.parkNanos(PAUSE_NANOS);
            answer = question.get();
        }
        return answer.get();
    }
}
