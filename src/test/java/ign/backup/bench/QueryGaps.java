package ign.backup.bench;

import ign.backup.testkit.Neo4jServer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.neo4j.driver.SessionConfig;

/** A client that asks something every ten milliseconds, and how long it had to wait for an answer at most. */
final class QueryGaps implements AutoCloseable {

    private static final long EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final Neo4jServer server;
    private final Thread client;
    private volatile boolean ended;
    private volatile long longestNanos;
    private final AtomicLong answers = new AtomicLong();

    private QueryGaps(Neo4jServer server) {
        this.server = server;
        this.client = new Thread(this::ask, "query-gaps");
        this.client.setDaemon(true);
    }

    /** Begins to ask, in managed transactions, which the driver repeats; its first answers do not count. */
    static QueryGaps watch(Neo4jServer server) {
        var gaps = new QueryGaps(server);
        gaps.client.start();
        return gaps;
    }

    private void ask() {
        long last = 0;
        try (var session = server.driver().session(SessionConfig.forDatabase(Neo4jServer.DATABASE))) {
            while (!ended) {
                session.executeRead(transaction ->
                        transaction.run("MATCH (n) RETURN n LIMIT 1").consume());
                long now = System.nanoTime();
                if (answers.getAndIncrement() > 100) {
                    longestNanos = Math.max(longestNanos, now - last);
                }
                last = now;
                LockSupport.parkNanos(EVERY_NANOS);
            }
        }
    }

    /** {@return the longest time between two answers, in milliseconds} */
    long longestMillis() {
        return TimeUnit.NANOSECONDS.toMillis(longestNanos);
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
