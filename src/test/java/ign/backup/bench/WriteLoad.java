package ign.backup.bench;

import ign.backup.testkit.Neo4jServer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.neo4j.driver.Driver;
import org.neo4j.driver.NotificationConfig;
import org.neo4j.driver.Session;
import org.neo4j.driver.SessionConfig;
import org.neo4j.driver.exceptions.Neo4jException;

/**
 * Clients that write into a {@link FunctionGraph}, each transaction one statement that is not repeated when it fails: of twenty,
 * eleven set two properties of a random node, three create a node with two relationships, three delete one created earlier, three
 * set or remove a label.
 */
final class WriteLoad {

    private static final long OVER = Long.MIN_VALUE;
    private static final SessionConfig SESSION = SessionConfig.builder()
            .withDatabase(Neo4jServer.DATABASE)
            .withNotificationConfig(NotificationConfig.disableAllConfig())
            .build();

    private final Driver driver;
    private final long firstId;
    private final long nodes;
    private final int clients;

    /** For a graph that {@link FunctionGraph#fill} has just made. */
    WriteLoad(Neo4jServer server, long nodes, int clients) {
        this.driver = server.driver();
        this.firstId =
                server.run("MATCH (n) RETURN min(id(n)) AS id").get(0).get("id").asLong();
        this.nodes = nodes;
        this.clients = clients;
    }

    /** When transactions begin, by {@link System#nanoTime}. */
    private interface Schedule {

        /** Waits for the next beginning; {@return when it was meant to be, or {@code OVER}} */
        long next();
    }

    /** Every client begins a transaction when its last one has ended. */
    Latencies asFastAsAnswersCome(Duration duration) {
        long began = System.nanoTime();
        long end = began + duration.toNanos();
        return run(began, () -> {
            long now = System.nanoTime();
            return now - end < 0 ? now : OVER;
        });
    }

    /** Transactions begin at equal distances, whether earlier ones have ended or not; a late one is as slow as it is late. */
    Latencies atRate(int perSecond, Duration duration) {
        long began = System.nanoTime();
        long end = began + duration.toNanos();
        var number = new AtomicLong();
        return run(began, () -> {
            long meant = began + number.getAndIncrement() * 1_000_000_000L / perSecond;
            if (meant - end >= 0) {
                return OVER;
            }
            for (long early = meant - System.nanoTime(); early > 0; early = meant - System.nanoTime()) {
                LockSupport.parkNanos(early);
            }
            return meant;
        });
    }

    private Latencies run(long began, Schedule schedule) {
        var threads = Executors.newFixedThreadPool(clients, work -> new Thread(work, "write-load"));
        try {
            List<Future<Client>> running = new ArrayList<>();
            for (int i = 0; i < clients; i++) {
                var client = new Client(i);
                running.add(threads.submit(() -> {
                    client.run(schedule);
                    return client;
                }));
            }
            var done = new ArrayList<Client>();
            for (var client : running) {
                done.add(client.get());
            }
            return latencies(began, System.nanoTime(), done);
        } catch (ExecutionException | InterruptedException e) {
            throw new AssertionError("a client ended early", e);
        } finally {
            threads.shutdownNow();
        }
    }

    private static Latencies latencies(long began, long ended, List<Client> clients) {
        var nanos = clients.stream()
                .flatMapToLong(client -> Arrays.stream(client.latencies, 0, client.commits))
                .toArray();
        var commits = clients.stream()
                .flatMapToLong(client -> Arrays.stream(client.ends, 0, client.commits))
                .toArray();
        int failed = clients.stream().mapToInt(client -> client.failed).sum();
        return Latencies.of(began, ended, nanos, commits, failed);
    }

    /** One connection. */
    private final class Client {

        private final SplittableRandom random;
        private final Deque<Long> created = new ArrayDeque<>();
        private long[] latencies = new long[1024];
        private long[] ends = new long[1024];
        private int commits;
        private int failed;

        Client(int number) {
            random = new SplittableRandom(System.nanoTime() + number);
        }

        void run(Schedule schedule) {
            try (var session = driver.session(SESSION)) {
                for (long meant = schedule.next(); meant != OVER; meant = schedule.next()) {
                    try {
                        write(session);
                        committed(meant, System.nanoTime());
                    } catch (Neo4jException e) {
                        failed++; // counted and shown; a client of ours does not repeat
                    }
                }
            }
        }

        private void committed(long meant, long end) {
            if (commits == ends.length) {
                latencies = Arrays.copyOf(latencies, 2 * commits);
                ends = Arrays.copyOf(ends, 2 * commits);
            }
            latencies[commits] = end - meant;
            ends[commits++] = end;
        }

        private void write(Session session) {
            int kind = random.nextInt(20);
            if (kind < 11) {
                run(
                        session,
                        "MATCH (n) WHERE id(n) = $id SET n.usage_count = $count, n.score = $score",
                        Map.of("id", anyId(), "count", random.nextLong(100_000), "score", random.nextDouble()));
            } else if (kind < 14 || (kind < 17 && created.isEmpty())) {
                create(session);
            } else if (kind < 17) {
                run(session, "MATCH (n) WHERE id(n) = $id DETACH DELETE n", Map.of("id", created.remove()));
            } else if (random.nextBoolean()) {
                run(session, "MATCH (n) WHERE id(n) = $id SET n:Marked", Map.of("id", anyId()));
            } else {
                run(session, "MATCH (n) WHERE id(n) = $id REMOVE n:Marked", Map.of("id", anyId()));
            }
        }

        private void create(Session session) {
            var row = session.run("""
                            MATCH (a) WHERE id(a) = $a
                            MATCH (b) WHERE id(b) = $b
                            CREATE (a)-[:USES {confidence: $score}]->(n:Function {name: 'new', score: $score})
                            CREATE (n)-[:CALLS {confidence: $score}]->(b)
                            RETURN id(n) AS id""", Map.of("a", anyId(), "b", anyId(), "score", random.nextDouble()))
                    .single();
            created.add(row.get("id").asLong());
        }

        private static void run(Session session, String statement, Map<String, Object> parameters) {
            session.run(statement, parameters).consume();
        }

        private long anyId() {
            return firstId + random.nextLong(nodes);
        }
    }
}
