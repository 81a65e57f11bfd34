package ign.backup.graph.export;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ign.backup.graph.export.ShownGraph.Moment;
import ign.backup.model.BackupException;
import ign.backup.model.DatabaseName;
import ign.backup.model.GraphSchema;
import ign.backup.model.GraphState;
import ign.backup.model.Progress;
import ign.backup.model.StopSignal;
import ign.backup.testkit.Await;
import ign.backup.testkit.MemoryStore;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.ObjIntConsumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.neo4j.graphdb.GraphDatabaseService;
import org.neo4j.graphdb.Label;
import org.neo4j.graphdb.Node;
import org.neo4j.graphdb.RelationshipType;
import org.neo4j.graphdb.Transaction;
import org.neo4j.graphdb.event.TransactionData;
import org.neo4j.graphdb.event.TransactionEventListener;
import org.neo4j.graphdb.event.TransactionEventListenerAdapter;
import org.neo4j.harness.Neo4j;
import org.neo4j.harness.Neo4jBuilders;
import org.neo4j.kernel.internal.GraphDatabaseAPI;
import org.neo4j.kernel.internal.event.GlobalTransactionEventListeners;

/**
 * The snapshot of a real database. What is to happen beside the scan happens when the scan shows something: it is then in the middle
 * of an element, or between two.
 */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HotSnapshotTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final RelationshipType TO = RelationshipType.withName("TO");
    private static final ObjIntConsumer<Moment> NOTHING = HotSnapshotTest::nothing;

    @TempDir
    private Path home = Path.of("");

    private @Nullable Neo4j neo4j;
    private final List<TransactionEventListener<?>> others = new ArrayList<>();
    private List<String> ids = List.of();
    private int number;

    @BeforeAll
    void start() {
        neo4j = Neo4jBuilders.newInProcessBuilder(home).withDisabledServer().build();
    }

    @AfterAll
    void stop() {
        requireNonNull(neo4j).close();
    }

    /** Four nodes in a row, each with two properties. */
    @BeforeEach
    void fill() {
        ids = new ArrayList<>();
        graph().executeTransactionally("MATCH (n) DETACH DELETE n");
        commit(transaction -> {
            Node before = null;
            for (int i = 0; i < 4; i++) {
                var node = transaction.createNode(Label.label("A"));
                node.setProperty("number", i);
                node.setProperty("name", "a name that is too long for the record itself, with number " + i);
                if (before != null) {
                    before.createRelationshipTo(node, TO).setProperty("number", i);
                }
                ids.add(node.getElementId());
                before = node;
            }
        });
    }

    @AfterEach
    void noListenerIsLeft() {
        var dbms = requireNonNull(neo4j).databaseManagementService();
        others.forEach(other -> dbms.unregisterTransactionEventListener(graph().databaseName(), other));
        others.clear();
        assertThat(listeners()).isEmpty();
    }

    @Test
    void showsAGraphThatNobodyChanges() {
        var shown = new ShownGraph(NOTHING);

        var facts = show(shown, options());

        assertThat(shown.elements()).isEqualTo(now()).hasSize(7);
        assertThat(facts.warnings()).isEmpty();
        assertThat(facts.paused()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void aCommitAtAnyMomentDoesNotShow(Moment moment) {
        var come = new AtomicBoolean(true);
        for (int time = 0; come.get(); time++) {
            fill();
            come.set(false);
            var before = now();
            var at = time;
            var shown = new ShownGraph((which, count) -> {
                if (which == moment && count == at) {
                    come.set(true);
                    commit(this::changeEverything);
                }
            });

            show(shown, options());

            assertThat(shown.elements()).as("%s, time %s", moment, time).isEqualTo(before);
        }
    }

    @Test
    void manyCommitsDuringOneScanDoNotShow() {
        var before = now();
        var shown = new ShownGraph((which, count) -> {
            commit(transaction -> {
                try (var nodes = transaction.getAllNodes()) {
                    nodes.forEach(node -> node.setProperty("number", -count));
                }
                transaction.createNode();
            });
            if (which == Moment.BEFORE_READING && count == 5) {
                graph().executeTransactionally("MATCH (n) DETACH DELETE n");
            }
        });

        show(shown, options());

        assertThat(shown.elements()).isEqualTo(before);
    }

    @Test
    void whatAnEarlierListenerChangesInTheSameTransactionDoesNotShow() {
        listen(new ChangesMore(3));
        var before = now();
        var shown = new ShownGraph(first(Moment.BEFORE_READING, () -> commit(this::changeFirst)));

        show(shown, options());

        assertThat(shown.elements()).isEqualTo(before).isNotEqualTo(now());
    }

    @Test
    void whatALaterListenerChangesIsNoticedAndNextTimeItDoesNotShow() {
        var before = now();
        var overtaken = new ShownGraph(first(Moment.BEFORE_READING, () -> {
            listen(new ChangesMore(3));
            commit(this::changeFirst);
            assertThat(listeners().get(1)).isInstanceOf(SnapshotListener.class);
        }));

        assertThatThrownBy(() -> show(overtaken, options()))
                .isInstanceOf(BackupException.Overtaken.class)
                .hasMessage("another plugin changed more in a transaction after the backup had looked at that"
                        + " transaction; the snapshot was given up; no writer was disturbed");

        assertThat(now()).isNotEqualTo(before);
        var again = now();
        var shown = new ShownGraph(first(Moment.BEFORE_READING, () -> commit(this::changeFirst)));
        show(shown, options());
        assertThat(shown.elements()).isEqualTo(again);
    }

    /** The scan comes along when the change is in the store and we have not been told yet. */
    @Test
    void whatALaterListenerChangesIsNoticedWhenTheScanWasFirst() {
        var inTheStore = new CountDownLatch(1);
        var scanned = new CountDownLatch(1);
        listen(new TransactionEventListenerAdapter<>() {
            @Override
            public void afterCommit(TransactionData data, @Nullable Object state, GraphDatabaseService service) {
                inTheStore.countDown();
                await(scanned);
            }
        });
        var writer = new AtomicReference<Thread>();
        var shown = new ShownGraph((moment, count) -> {
            if (moment == Moment.AFTER_TAKING && count == 0) {
                listen(new ChangesMore(3));
                writer.set(inBackground(() -> commit(this::changeFirst)));
                await(inTheStore);
            }
            if (moment == Moment.AFTER_TAKING && count == 3) {
                scanned.countDown();
            }
        });

        assertThatThrownBy(() -> show(shown, options())).isInstanceOf(BackupException.Overtaken.class);
        join(writer.get());
    }

    @Test
    void aListenerThatComesLaterAndChangesNothingDoesNoHarm() {
        var before = now();
        var shown = new ShownGraph((moment, count) -> {
            if (count < 3) {
                listen(new TransactionEventListenerAdapter<>());
                commit(this::changeFirst);
                var all = listeners();
                assertThat(all.get(all.size() - 1)).isInstanceOf(SnapshotListener.class);
                assertThat(all).filteredOn(SnapshotListener.class::isInstance).hasSize(1);
            }
        });

        show(shown, options());

        assertThat(shown.elements()).isEqualTo(before);
    }

    @Test
    void commitsThatAreMadeWithinCommitsDoNotShow() {
        listen(new TransactionEventListenerAdapter<>() {
            private boolean within;

            @Override
            public void afterCommit(TransactionData data, @Nullable Object state, GraphDatabaseService service) {
                if (!within) {
                    within = true;
                    commit(transaction -> {
                        transaction.getNodeByElementId(ids.get(3)).setProperty("number", -3);
                        transaction.createNode();
                    });
                    within = false;
                }
            }
        });
        var before = now();
        var shown = new ShownGraph(first(Moment.BEFORE_READING, () -> commit(this::changeFirst)));

        show(shown, options());

        assertThat(shown.elements()).isEqualTo(before);
    }

    @Test
    void aCommitThatFailsAfterAllDoesNotMatter() {
        var before = now();
        var refuses = new TransactionEventListenerAdapter<>() {
            @Override
            public Object beforeCommit(TransactionData data, Transaction transaction, GraphDatabaseService service) {
                throw new IllegalArgumentException("no");
            }
        };
        listen(refuses);
        var shown = new ShownGraph(first(Moment.WHILE_READING, () -> {
            assertThatThrownBy(() -> commit(this::changeEverything)).hasRootCauseMessage("no");
            stopListening(refuses);
            commit(this::changeFirst);
        }));

        show(shown, options());

        assertThat(shown.elements()).isEqualTo(before).isNotEqualTo(now());
    }

    @Test
    void theSchemaIsThatOfTheBeginning() {
        var shown = new ShownGraph(first(
                Moment.BEFORE_READING, () -> graph().executeTransactionally("CREATE INDEX late FOR (n:L) ON n.p")));
        try {
            var facts = show(shown, options());

            assertThat(shown.schema()).isNotEqualTo(GraphSchema.EMPTY);
            assertThat(shown.schema().indexes()).noneMatch(index -> index.name().equals("late"));
            assertThat(facts.warnings())
                    .containsExactly("indexes or constraints were changed meanwhile;"
                            + " the backup has them as they were at its instant");
        } finally {
            graph().executeTransactionally("DROP INDEX late");
        }
    }

    @Test
    void oldStatesThatCannotBeKeptEndTheSnapshotAndNotTheCommit() {
        var shown = new ShownGraph(first(Moment.BEFORE_READING, () -> commit(this::changeEverything)));
        var noMemory = new SnapshotOptions(1, -1, new MemoryStore()::scratch, Optional.empty());

        assertThatThrownBy(() -> show(shown, noMemory))
                .isInstanceOf(BackupException.Unavailable.class)
                .hasMessageStartingWith("writers replaced elements faster than the disk took their old states");

        assertThat(now()).anyMatch(element -> element.contains("number=-1"));
    }

    @Test
    void aCancelledScanLetsEverybodyGo() {
        var cancelled = new AtomicBoolean();
        var shown = new ShownGraph(first(Moment.AFTER_TAKING, () -> {
            commit(this::changeEverything);
            cancelled.set(true);
        }));

        assertThatThrownBy(() -> snapshot().show(shown, options(), stopping(cancelled), Progress.NONE))
                .isInstanceOf(BackupException.Cancelled.class);
    }

    @Test
    void commitsWaitOnRequestAndReadsDoNot() {
        var before = now();
        var writer = new AtomicReference<Thread>();
        var shown = new ShownGraph((moment, count) -> {
            if (moment == Moment.BEFORE_READING && count == 0) {
                writer.set(beginsToWait(() -> commit(this::changeEverything)));
                assertThat(now()).isEqualTo(before);
            }
        });

        var facts = show(shown, pausing(Duration.ofHours(1)));

        join(writer.get());
        assertThat(shown.elements()).isEqualTo(before).isNotEqualTo(now());
        assertThat(facts.paused()).isPositive();
        assertThat(facts.warnings()).isEmpty();
    }

    @Test
    void commitsThatWaitAreLetGoWhenItIsCancelled() {
        var cancelled = new AtomicBoolean();
        var writer = new AtomicReference<Thread>();
        var shown = new ShownGraph(first(Moment.BEFORE_READING, () -> {
            writer.set(beginsToWait(() -> commit(this::changeEverything)));
            cancelled.set(true);
        }));

        assertThatThrownBy(
                        () -> snapshot().show(shown, pausing(Duration.ofHours(1)), stopping(cancelled), Progress.NONE))
                .isInstanceOf(BackupException.Cancelled.class);

        join(writer.get());
        assertThat(now()).anyMatch(element -> element.contains("number=-1"));
    }

    @Test
    void commitsAreLetGoAtTheLimit() {
        var before = now();
        var shown = new ShownGraph(first(Moment.BEFORE_READING, () -> commit(this::changeEverything)));

        var facts = show(shown, pausing(Duration.ofMillis(1)));

        assertThat(shown.elements()).isEqualTo(before).isNotEqualTo(now());
        assertThat(facts.warnings())
                .containsExactly(
                        "commits were let go after 0 s, before the backup was done; it has its instant nevertheless");
    }

    @Test
    void aCommitThatWaitsCanBeTerminated() {
        var before = now();
        var failure = new AtomicReference<Throwable>();
        var shown = new ShownGraph(first(Moment.BEFORE_READING, () -> {
            var transaction = graph().beginTx();
            changeEverything(transaction);
            var writer = beginsToWait(() -> {
                try (transaction) {
                    transaction.commit();
                } catch (RuntimeException e) {
                    failure.set(e);
                }
            });
            transaction.terminate();
            join(writer);
        }));

        show(shown, pausing(Duration.ofHours(1)));

        assertThat(failure.get()).isNotNull();
        assertThat(shown.elements()).isEqualTo(before).isEqualTo(now());
    }

    /** Whether it commits then is decided by others, later. */
    @Test
    void aTransactionThatIsTerminatedWhileItCommitsIsFollowed() {
        var terminates = new TransactionEventListenerAdapter<>() {
            @Override
            public @Nullable Object beforeCommit(
                    TransactionData data, Transaction transaction, GraphDatabaseService service) {
                transaction.terminate();
                return null;
            }
        };
        listen(terminates);
        var before = now();
        var shown = new ShownGraph(first(Moment.WHILE_READING, () -> {
            assertThatThrownBy(() -> commit(this::changeEverything)).isInstanceOf(RuntimeException.class);
            stopListening(terminates);
            commit(this::changeFirst);
        }));

        show(shown, options());

        assertThat(shown.elements()).isEqualTo(before).isNotEqualTo(now());
    }

    private void changeFirst(Transaction transaction) {
        transaction.getNodeByElementId(ids.get(0)).setProperty("number", --number);
    }

    /** Of each kind of change at least one, some of which leave nothing. */
    private void changeEverything(Transaction transaction) {
        var first = transaction.getNodeByElementId(ids.get(0));
        var second = transaction.getNodeByElementId(ids.get(1));
        var third = transaction.getNodeByElementId(ids.get(2));
        var fourth = transaction.getNodeByElementId(ids.get(3));
        second.getRelationships().forEach(relationship -> relationship.delete());
        second.delete();
        first.setProperty("number", -1);
        first.removeProperty("name");
        third.addLabel(Label.label("B"));
        third.removeLabel(Label.label("A"));
        fourth.addLabel(Label.label("B"));
        fourth.removeLabel(Label.label("B"));
        third.getRelationships(TO).forEach(relationship -> relationship.setProperty("number", "text"));
        var gone = transaction.createNode(Label.label("C"));
        gone.setProperty("number", 9);
        var with = gone.createRelationshipTo(first, TO);
        with.setProperty("number", 9);
        with.delete();
        gone.delete();
        transaction
                .createNode(Label.label("C"))
                .createRelationshipTo(fourth, TO)
                .setProperty("number", 8);
    }

    private void commit(Consumer<Transaction> changes) {
        try (var transaction = graph().beginTx()) {
            changes.accept(transaction);
            transaction.commit();
        }
    }

    private SnapshotFacts show(ShownGraph shown, SnapshotOptions options) {
        return snapshot().show(shown, options, StopSignal.NEVER, Progress.NONE);
    }

    private HotSnapshot snapshot() {
        return new HotSnapshot(
                requireNonNull(neo4j).databaseManagementService(),
                graph(),
                () -> graph().beginTx(),
                new GraphState(new DatabaseName(graph().databaseName()), 4, 3, "store", 1, "5.26"),
                Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));
    }

    /** One thread, which comes to everything in the order of the store. */
    private static SnapshotOptions options() {
        return new SnapshotOptions(1, 1 << 20, new MemoryStore()::scratch, Optional.empty());
    }

    private static SnapshotOptions pausing(Duration limit) {
        return new SnapshotOptions(1, 1 << 20, new MemoryStore()::scratch, Optional.of(limit));
    }

    private static StopSignal stopping(AtomicBoolean cancelled) {
        return () -> {
            if (cancelled.get()) {
                throw new BackupException.Cancelled("cancelled");
            }
        };
    }

    private static void nothing(Moment moment, int count) {}

    private static ObjIntConsumer<Moment> first(Moment moment, Runnable work) {
        return (which, count) -> {
            if (which == moment && count == 0) {
                work.run();
            }
        };
    }

    private List<String> now() {
        try (var transaction = graph().beginTx()) {
            return ShownGraph.of(transaction);
        }
    }

    private void listen(TransactionEventListener<?> other) {
        requireNonNull(neo4j)
                .databaseManagementService()
                .registerTransactionEventListener(graph().databaseName(), other);
        others.add(other);
    }

    private void stopListening(TransactionEventListener<?> other) {
        requireNonNull(neo4j)
                .databaseManagementService()
                .unregisterTransactionEventListener(graph().databaseName(), other);
        others.remove(other);
    }

    private List<TransactionEventListener<?>> listeners() {
        return List.copyOf(((GraphDatabaseAPI) graph())
                .getDependencyResolver()
                .resolveDependency(GlobalTransactionEventListeners.class)
                .getDatabaseTransactionEventListeners(graph().databaseName()));
    }

    private GraphDatabaseService graph() {
        return requireNonNull(neo4j).defaultDatabaseService();
    }

    private static Thread inBackground(Runnable work) {
        var thread = new Thread(work, "writer");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private static Thread beginsToWait(Runnable work) {
        var thread = inBackground(work);
        Await.until("the commit to wait", LIMIT, () -> thread.getState() == Thread.State.TIMED_WAITING);
        return thread;
    }

    private static void join(@Nullable Thread thread) {
        try {
            requireNonNull(thread).join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** Changes a node in the transaction of somebody else. */
    private final class ChangesMore extends TransactionEventListenerAdapter<Object> {
        private final int which;

        ChangesMore(int which) {
            this.which = which;
        }

        @Override
        public @Nullable Object beforeCommit(
                TransactionData data, Transaction transaction, GraphDatabaseService service) {
            transaction.getNodeByElementId(ids.get(which)).setProperty("number", -7);
            return null;
        }
    }
}
