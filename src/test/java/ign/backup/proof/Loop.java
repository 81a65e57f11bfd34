package ign.backup.proof;

import ign.backup.testkit.Await;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** Something that is done again and again beside the backups, by a thread of its own, until it fails or is stopped. */
final class Loop implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofMinutes(3);

    private final AtomicBoolean over = new AtomicBoolean();
    private final AtomicInteger rounds = new AtomicInteger();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private final Thread thread;

    private Loop(String name, IntConsumer round) {
        thread = new Thread(
                () -> {
                    while (!over.get()) {
                        round.accept(rounds.get() + 1);
                        rounds.incrementAndGet();
                    }
                },
                name);
        thread.setDaemon(true);
        thread.setUncaughtExceptionHandler((where, what) -> failure.set(what));
    }

    /** Starts it; {@code round} is told its number, from 1. */
    static Loop start(String name, IntConsumer round) {
        var loop = new Loop(name, round);
        loop.thread.start();
        return loop;
    }

    /** {@return how many rounds are complete} */
    int rounds() {
        assertNoFailure();
        return rounds.get();
    }

    void awaitRounds(int count) {
        Await.until(count + " rounds of " + thread.getName(), LIMIT, () -> rounds() >= count);
    }

    /** Lets the last round end, and throws what made it fail. */
    void stop() {
        close();
        assertNoFailure();
    }

    @Override
    public void close() {
        over.set(true);
        Await.until("the end of " + thread.getName(), LIMIT, () -> !thread.isAlive());
    }

    private void assertNoFailure() {
        var thrown = failure.get();
        if (thrown != null) {
            throw new AssertionError(thread.getName() + " failed in round " + (rounds.get() + 1), thrown);
        }
    }
}
