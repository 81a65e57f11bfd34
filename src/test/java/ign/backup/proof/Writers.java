package ign.backup.proof;

import static org.assertj.core.api.Assertions.assertThat;

import ign.backup.testkit.Await;
import ign.backup.testkit.Neo4jServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.neo4j.driver.Driver;
import org.neo4j.driver.SessionConfig;

/**
 * Bolt clients that run {@link Step}s, one after the other, each in a thread and a session of its own, until they are stopped.
 * A deadlock is repeated by the driver, as in every application; any other failure of a transaction is kept.
 */
final class Writers implements AutoCloseable {

    private static final String LOG = """
            MATCH (w:Thing {key: $writer}), (hub:Thing {key: 'hub'}) SET w.n = $n
            CREATE (w)-[:wrote {key: 'wrote-' + $log}]->(:Thing:Log {key: $log, n: $n})-[:in {key: 'in-' + $log}]->(hub)
            WITH w
            CALL () { MATCH (old:Thing {key: $oldLog}) DETACH DELETE old }
            """;

    private static final String PAIR = """
            CALL () {
              MATCH (post:Thing {key: $post_SIDE}), (lamp:Thing {key: $lamp_SIDE}) LIGHT
              CREATE (post)-[:SIDE {key: $pair_SIDE}]->(lamp)
              WITH post MATCH (post)-[old:SIDE {key: $oldPair_SIDE}]->() DELETE old
            }
            """;

    private static final String TEXT = """
            CALL () {
              MATCH (left:Thing {key: $text_left})-[note:NOTE]->(right:Thing {key: $text_right})
              SET left.content = $content, left.numbers = $numbers, note.content = $content,
                right.content = $content, right.numbers = $numbers
            }
            """;

    private static final String MONEY = """
            CALL () { UNWIND $accounts AS row MATCH (a:Thing {key: row.account}) SET a.balance = a.balance + row.amount }
            CALL () {
              UNWIND $debts AS row MATCH (:Thing {key: row.account})-[d:DEBT]->() SET d.balance = d.balance + row.amount
            }
            """;

    private static final String COUNT = """
            CALL () {
              UNWIND ['left', 'right'] AS side MATCH (c:Thing {key: 'counter-' + side}) SET c.value = c.value + 1
            }
            """;

    private static final Duration END_LIMIT = Duration.ofMinutes(1);

    private final List<Writer> all = new ArrayList<>();
    private final AtomicBoolean over = new AtomicBoolean();
    private final ConcurrentLinkedQueue<RuntimeException> failures = new ConcurrentLinkedQueue<>();

    private Writers(Driver driver, int count) {
        for (int i = 0; i < count; i++) {
            all.add(new Writer(i, driver));
        }
    }

    /** Begins to write into a graph that {@link Bank} has made, and waits until every writer has written something. */
    static Writers start(Neo4jServer server, int count) {
        var writers = new Writers(server.driver(), count);
        writers.all.forEach(writer -> writer.thread.start());
        writers.awaitProgress();
        return writers;
    }

    int count() {
        return all.size();
    }

    /** {@return how many transactions of each writer the server has confirmed by now} */
    List<Integer> acknowledged() {
        return all.stream().map(writer -> writer.ended.size()).toList();
    }

    /** {@return when the n-th transaction of a writer was first sent, by {@code System.nanoTime()}} */
    long begun(int writer, int n) {
        return all.get(writer).begun.get(n - 1);
    }

    /** {@return when the n-th transaction of a writer was confirmed; later than everything if it was not} */
    long ended(int writer, int n) {
        var ended = all.get(writer).ended;
        return n <= ended.size() ? ended.get(n - 1) : Long.MAX_VALUE;
    }

    /** {@return how many attempts were repeated by the driver} */
    int repetitions() {
        return all.stream()
                .mapToInt(writer -> writer.attempts.get() - writer.begun.size())
                .sum();
    }

    /** Waits until every writer has written twenty times more: none is blocked, none has failed. */
    void awaitProgress() {
        var before = acknowledged();
        Await.until("writers to go on", END_LIMIT, () -> {
            assertNoFailure();
            var now = acknowledged();
            return all.stream().allMatch(writer -> now.get(writer.number) >= before.get(writer.number) + Step.KEPT);
        });
    }

    /** Lets each finish its transaction; what was confirmed is then all that there is. */
    void stop() {
        close();
        assertNoFailure();
    }

    /** Ends them without looking at failures, for a server that was stopped under them. */
    @Override
    public void close() {
        over.set(true);
        all.forEach(writer -> Await.until("the end of a writer", END_LIMIT, () -> !writer.thread.isAlive()));
    }

    void assertNoFailure() {
        assertThat(failures).as("failures of writers").isEmpty();
    }

    /** Times that one thread adds and others read. */
    private static final class Times {
        private long[] times = new long[1024];
        private int size;

        synchronized void add(long time) {
            if (size == times.length) {
                times = Arrays.copyOf(times, 2 * size);
            }
            times[size] = time;
            size++;
        }

        synchronized int size() {
            return size;
        }

        synchronized long get(int index) {
            return times[index];
        }
    }

    private final class Writer {
        private final int number;
        private final Driver driver;
        private final Thread thread;
        private final Times begun = new Times();
        private final Times ended = new Times();
        private final AtomicInteger attempts = new AtomicInteger();

        Writer(int number, Driver driver) {
            this.number = number;
            this.driver = driver;
            this.thread = new Thread(this::run, "writer-" + number);
            thread.setDaemon(true);
        }

        private void run() {
            try (var session = driver.session(SessionConfig.forDatabase(Neo4jServer.DATABASE))) {
                for (int n = 1; !over.get(); n++) {
                    var step = new Step(number, n);
                    begun.add(System.nanoTime());
                    session.executeWriteWithoutResult(transaction -> {
                        attempts.incrementAndGet();
                        transaction.run(statement(step), parameters(step)).consume();
                    });
                    ended.add(System.nanoTime());
                }
            } catch (RuntimeException e) {
                failures.add(e);
            }
        }
    }

    /** One statement, so that a transaction takes three round trips however busy the machine is. */
    private static String statement(Step step) {
        var parts = new StringBuilder(LOG);
        for (var side : Bank.sides()) {
            parts.append(PAIR.replace("LIGHT", step.lights() ? "SET lamp:On" : "REMOVE lamp:On")
                    .replace("SIDE", side));
        }
        return parts.append(step.writesText() ? TEXT : "")
                .append(MONEY)
                .append(step.counts() ? COUNT : "")
                .toString();
    }

    private static Map<String, Object> parameters(Step step) {
        int writer = step.writer();
        var parameters = new HashMap<String, Object>();
        parameters.put("writer", Bank.writer(writer));
        parameters.put("n", step.n());
        parameters.put("log", Bank.log(writer, step.n()));
        parameters.put("oldLog", Bank.log(writer, step.forgotten()));
        for (var side : Bank.sides()) {
            parameters.put("post_" + side, Bank.post(writer, side));
            parameters.put("lamp_" + side, Bank.lamp(writer, step.lamp(), side));
            parameters.put("pair_" + side, Bank.pair(writer, step.n(), side));
            parameters.put("oldPair_" + side, Bank.pair(writer, step.forgotten(), side));
            parameters.put("text_" + side, Bank.text(writer, step.text(), side));
        }
        if (step.writesText()) {
            parameters.put("content", step.content());
            parameters.put("numbers", step.numbers());
        }
        var bookings = step.bookings();
        parameters.put("accounts", rows(bookings.accounts()));
        parameters.put("debts", rows(bookings.debts()));
        return parameters;
    }

    private static List<Map<String, Object>> rows(List<Step.Booking> bookings) {
        return bookings.stream()
                .map(booking ->
                        Map.<String, Object>of("account", Bank.account(booking.index()), "amount", booking.amount()))
                .toList();
    }
}
