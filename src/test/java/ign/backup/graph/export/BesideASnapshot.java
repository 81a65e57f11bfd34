package ign.backup.graph.export;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import ign.backup.graph.changes.ChangeCounter;
import ign.backup.graph.changes.ChangeCounters;
import ign.backup.graph.export.ShownGraph.Moment;
import ign.backup.model.BackupException;
import ign.backup.model.DatabaseName;
import ign.backup.model.GraphState;
import ign.backup.model.Progress;
import ign.backup.model.StopSignal;
import ign.backup.model.StorePoint;
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
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.ObjIntConsumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
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
import org.neo4j.monitoring.Monitors;
import org.neo4j.storageengine.api.TransactionIdStore;

/** A real database with a small graph, of which snapshots are taken while something else happens. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class BesideASnapshot {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final RelationshipType TO = RelationshipType.withName("TO");

    @TempDir
    private Path home = Path.of("");

    private @Nullable Neo4j neo4j;
    private final List<TransactionEventListener<?>> others = new ArrayList<>();
    private final List<Throwable> uncounted = new CopyOnWriteArrayList<>();
    private final ChangeCounters counters = new ChangeCounters(
            Clock.fixed(Instant.EPOCH, ZoneOffset.UTC), (database, failure) -> uncounted.add(failure));
    List<String> ids = List.of();
    private int number;

    @BeforeAll
    void start() {
        neo4j = Neo4jBuilders.newInProcessBuilder(home).withDisabledServer().build();
        counters.register(
                neo4j.databaseManagementService(),
                part(Monitors.class),
                database -> new ChangeCounter.Start(new StorePoint("store", 1), 1));
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

    void changeFirst(Transaction transaction) {
        transaction.getNodeByElementId(ids.get(0)).setProperty("number", --number);
    }

    /** Of each kind of change at least one, some of which leave nothing. */
    void changeEverything(Transaction transaction) {
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

    void commit(Consumer<Transaction> changes) {
        try (var transaction = graph().beginTx()) {
            changes.accept(transaction);
            transaction.commit();
        }
    }

    SnapshotFacts show(ShownGraph shown, SnapshotOptions options) {
        return snapshot().show(shown, options, StopSignal.NEVER, Progress.NONE);
    }

    HotSnapshot snapshot() {
        return new HotSnapshot(
                requireNonNull(neo4j).databaseManagementService(),
                graph(),
                () -> graph().beginTx(),
                counter(),
                new GraphState(new DatabaseName(graph().databaseName()), 4, 3, "store", 1, "5.26"),
                Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));
    }

    long lastTxId() {
        return part(TransactionIdStore.class).getLastCommittedTransactionId();
    }

    private <T> T part(Class<T> type) {
        return ((GraphDatabaseAPI) graph()).getDependencyResolver().resolveDependency(type);
    }

    /** {@return what counts the commits of the graph; all of them could be counted} */
    ChangeCounter counter() {
        assertThat(uncounted).isEmpty();
        return counters.of(new DatabaseName(graph().databaseName()));
    }

    /** One thread, which comes to everything in the order of the store. */
    static SnapshotOptions options() {
        return new SnapshotOptions(1, 1 << 20, new MemoryStore()::scratch, Optional.empty());
    }

    static SnapshotOptions pausing(Duration limit) {
        return new SnapshotOptions(1, 1 << 20, new MemoryStore()::scratch, Optional.of(limit));
    }

    static StopSignal stopping(AtomicBoolean cancelled) {
        return () -> {
            if (cancelled.get()) {
                throw new BackupException.Cancelled("cancelled");
            }
        };
    }

    static ObjIntConsumer<Moment> first(Moment moment, Runnable work) {
        return (which, count) -> {
            if (which == moment && count == 0) {
                work.run();
            }
        };
    }

    List<String> now() {
        try (var transaction = graph().beginTx()) {
            return ShownGraph.of(transaction);
        }
    }

    void listen(TransactionEventListener<?> other) {
        requireNonNull(neo4j)
                .databaseManagementService()
                .registerTransactionEventListener(graph().databaseName(), other);
        others.add(other);
    }

    void stopListening(TransactionEventListener<?> other) {
        requireNonNull(neo4j)
                .databaseManagementService()
                .unregisterTransactionEventListener(graph().databaseName(), other);
        others.remove(other);
    }

    List<TransactionEventListener<?>> listeners() {
        return List.copyOf(((GraphDatabaseAPI) graph())
                .getDependencyResolver()
                .resolveDependency(GlobalTransactionEventListeners.class)
                .getDatabaseTransactionEventListeners(graph().databaseName()));
    }

    GraphDatabaseService graph() {
        return requireNonNull(neo4j).defaultDatabaseService();
    }

    static Thread inBackground(Runnable work) {
        var thread = new Thread(work, "writer");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    static Thread beginsToWait(Runnable work) {
        var thread = inBackground(work);
        Await.until("the commit to wait", LIMIT, () -> thread.getState() == Thread.State.TIMED_WAITING);
        return thread;
    }

    static void join(@Nullable Thread thread) {
        try {
            requireNonNull(thread).join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** Changes a node in the transaction of somebody else. */
    final class ChangesMore extends TransactionEventListenerAdapter<Object> {
        final int which;

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
