package ign.backup.graph.merge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ign.backup.model.BackupException;
import ign.backup.model.MergeCounts;
import ign.backup.model.StopSignal;
import ign.backup.testkit.Await;
import ign.backup.testkit.Together;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.neo4j.graphdb.GraphDatabaseService;
import org.neo4j.graphdb.Transaction;
import org.neo4j.graphdb.TransientFailureException;
import org.neo4j.graphdb.TransientTransactionFailureException;
import org.neo4j.graphdb.event.TransactionData;
import org.neo4j.graphdb.event.TransactionEventListenerAdapter;
import org.neo4j.kernel.api.exceptions.Status;

/** Others write meanwhile, and things go wrong. */
@Timeout(300)
class MergeUnderWritesTest extends IntoAGraph {

    private static final int NODES = 20;
    private static final Map<String, ?> KEYS = Map.of("P", "id");

    /** Each writer counts on two nodes and the relationship between them, in whatever order: deadlocks are part of it. */
    @Test
    void noUpdateOfOthersIsLost() {
        index("CREATE INDEX of_key FOR (n:P) ON (n.id)");
        cypher("UNWIND range(0, " + (NODES - 1) + ") AS i CREATE (:P {id: i, count: 0})");
        cypher("MATCH (a:P), (b:P) WHERE b.id = (a.id + 1) % " + NODES + " CREATE (a)-[:T {count: 0}]->(b)");
        var merged = new AtomicBoolean();
        var written = new AtomicInteger();

        Together.run(3, me -> {
            if (me == 0) {
                try {
                    for (long round = 0; round < 25; round++) {
                        int before = written.get();
                        Await.until("a writer to write", Duration.ofMinutes(1), () -> written.get() > before);
                        mergeARing(round);
                    }
                } finally {
                    merged.set(true);
                }
            } else {
                var random = new Random(me);
                while (!merged.get()) {
                    if (count(random)) {
                        written.incrementAndGet();
                    }
                }
            }
        });

        var sums = graph().executeTransactionally(
                        "MATCH (n:P) WITH sum(n.count) AS nodes MATCH ()-[r:T]->() RETURN nodes, sum(r.count) AS ways",
                        Map.of(),
                        result -> result.next());
        assertThat(sums).containsEntry("nodes", 2L * written.get()).containsEntry("ways", (long) written.get());
        assertThat(now()).hasSize(2 * NODES).allMatch(element -> element.contains("round=24"));
    }

    private void mergeARing(long round) {
        var file = new FileGraph();
        for (int i = 0; i < NODES; i++) {
            file.node(i, "P", "id", (long) i, "round", round).relationship(i, i, "T", (i + 1) % NODES, "round", round);
        }
        var report = merge(file, KEYS, file.options(false, 8), StopSignal.NEVER);
        assertThat(report.nodes()).isEqualTo(new MergeCounts(0, NODES, 0, 0));
        assertThat(report.relationships()).isEqualTo(new MergeCounts(0, NODES, 0, 0));
    }

    private boolean count(Random random) {
        long start = random.nextInt(NODES);
        try {
            graph().executeTransactionally(
                            "MATCH (a:P {id: $id})-[r:T]->(b) SET b.count = b.count + 1, a.count = a.count + 1,"
                                    + " r.count = r.count + 1",
                            Map.of("id", start));
            return true;
        } catch (TransientFailureException expected) {
            return false; // a deadlock, which a driver would repeat
        }
    }

    @Test
    void whatIsTransientIsTriedAgain() {
        var failures = new AtomicInteger();
        var file = new FileGraph().node(1, "P", "id", 1L).node(2, "P", "id", 2L);

        listening(data -> failTransiently(failures.getAndIncrement() < 3), () -> {
            var report = merge(file, KEYS);
            assertThat(report.nodes()).isEqualTo(new MergeCounts(2, 0, 0, 0));
        });

        assertThat(now()).containsExactly("(:P id=1)", "(:P id=2)");
    }

    @Test
    void aBatchThatCannotPassAsAWholeIsHalved() {
        var file = new FileGraph();
        for (int i = 0; i < 10; i++) {
            file.node(i, "P", "id", (long) i);
        }

        listening(data -> failTransiently(data.createdNodes().iterator().hasNext() && count(data) > 3), () -> {
            var report = merge(file, KEYS);
            assertThat(report.nodes()).isEqualTo(new MergeCounts(10, 0, 0, 0));
        });

        assertThat(now()).hasSize(10);
    }

    private static long count(TransactionData data) {
        long count = 0;
        for (var node : data.createdNodes()) {
            count += node.getLabels().iterator().hasNext() ? 1 : 0;
        }
        return count;
    }

    @Test
    void aStopEndsThePauses() {
        var failures = new AtomicInteger();
        StopSignal stop = () -> {
            if (failures.get() > 1) {
                throw new BackupException.Cancelled("enough");
            }
        };
        var file = new FileGraph().node(1, "P", "id", 1L);

        listening(
                data -> {
                    failures.incrementAndGet();
                    failTransiently(true);
                },
                () -> assertThatThrownBy(() -> merge(file, KEYS, file.options(false, 1), stop))
                        .isInstanceOf(BackupException.Cancelled.class));

        assertThat(now()).isEmpty();
    }

    @Test
    void whatCannotBeHelpedEndsTheMergeWithItsCause() {
        var file = new FileGraph().node(1, "P", "id", 1L).node(2, "P", "id", 2L);

        listening(
                data -> {
                    throw new IllegalStateException("the moon is full");
                },
                () -> assertThatThrownBy(() -> merge(file, KEYS, file.options(false, 1), StopSignal.NEVER))
                        .isInstanceOf(BackupException.Unavailable.class)
                        .hasMessage("Neo4j did not take a batch: the moon is full"));
    }

    private static void failTransiently(boolean now) {
        if (now) {
            throw new Later();
        }
    }

    private static final class Later extends TransientTransactionFailureException {
        private static final long serialVersionUID = 1L;

        Later() {
            super(null, Status.Transaction.Outdated, "later", null);
        }
    }

    private void listening(Consumer<TransactionData> beforeCommit, Runnable work) {
        var listener = new TransactionEventListenerAdapter<>() {
            @Override
            public @Nullable Object beforeCommit(
                    TransactionData data, Transaction transaction, GraphDatabaseService service) {
                beforeCommit.accept(data);
                return null;
            }
        };
        dbms().registerTransactionEventListener(graph().databaseName(), listener);
        try {
            work.run();
        } finally {
            dbms().unregisterTransactionEventListener(graph().databaseName(), listener);
        }
    }
}
