package ign.backup.bench;

import ign.backup.testkit.Await;
import ign.backup.testkit.Neo4jServer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.neo4j.driver.SessionConfig;

/** A client that asks something every ten milliseconds, and how long it had to wait for an answer at most. */
final class QueryGaps implements AutoCloseable {

    private static final long EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final int WARM_UP = 100;

    private final Neo4jServer server;
    private final Thread client;
    private volatile boolean ended;
    private volatile long longestNanos;
    private final AtomicLong answers = new AtomicLong();
    private final AtomicLong repeated = new AtomicLong();

    private QueryGaps(Neo4jServer server) {
        this.server = server;
        this.client = new Thread(this::ask, "query-gaps");
        this.client.setDaemon(true);
    }

    /** Begins to ask, in managed transactions, which the driver repeats; returns after the first answers, which do not count. */
    static QueryGaps watch(Neo4jServer server) {
        var gaps = new QueryGaps(server);
        gaps.client.start();
        gaps.await(WARM_UP + 1);
        return gaps;
    }

    private void await(long count) {
        Await.until("answers", Duration.ofMinutes(2), () -> answers.get() >= count || !client.isAlive());
    }

    private void ask() {
        long last = 0;
        while (!ended) {
            askOnce();
            long now = System.nanoTime();
            if (answers.get() >= WARM_UP) {
                longestNanos = Math.max(longestNanos, now - last);
            }
            answers.incrementAndGet();
            last = now;
            LockSupport.parkNanos(EVERY_NANOS);
        }
    }

    /** In a session of its own, as an application does for each of its requests. */
    private void askOnce() {
        var tries = new AtomicLong();
        try (var session = server.driver().session(SessionConfig.forDatabase(Neo4jServer.DATABASE))) {
            session.executeRead(transaction -> {
                tries.incrementAndGet();
                return transaction.run("MATCH (n) RETURN n LIMIT 1").consume();
            });
        }
        repeated.addAndGet(tries.get() - 1);
    }

    /** {@return the longest time between two answers until now, in milliseconds} */
    long longestMillis() {
        await(answers.get() + 1); // it may be waiting
        return TimeUnit.NANOSECONDS.toMillis(longestNanos);
    }

    /** {@return how often the driver has repeated a query until now} */
    long repeated() {
        return repeated.get();
    }

    @Override
    public void close() {
        ended = true;
        try {
            client.join(TimeUnit.MINUTES.toMillis(2));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (answers.get() == 0 || client.isAlive()) {
            throw new AssertionError("the client that asks has failed; its thread's trace is on the console");
        }
    }
}
