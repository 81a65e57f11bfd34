package ign.backup.graph.export;

import ign.backup.graph.changes.ChangeCounter;
import ign.backup.graph.snapshot.CopyOnWrite;
import ign.backup.model.BackupException;
import ign.backup.model.GraphSchema;
import ign.backup.model.GraphSink;
import ign.backup.model.GraphState;
import ign.backup.model.Progress;
import ign.backup.model.StopSignal;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.neo4j.dbms.api.DatabaseManagementService;
import org.neo4j.graphdb.GraphDatabaseService;
import org.neo4j.graphdb.Transaction;
import org.neo4j.kernel.impl.coreapi.InternalTransaction;

/**
 * Shows a graph as it was at one instant, while others go on writing.
 *
 * <p>All nodes are scanned before the first relationship, by several threads with a partition of the store each. They share one
 * transaction, which locks nothing and sees whatever is committed; {@link CopyOnWrite} makes one instant of that.
 */
public final class HotSnapshot {

    /** How often to look for a moment in which nobody changes the schema; each look takes some milliseconds. */
    private static final int MOST_OPENINGS = 200;

    private final LiveDatabase database;
    private final GraphState expected;
    private final Clock clock;

    /**
     * A snapshot of a database that is online.
     *
     * @param begin begins a transaction that may read everything and has no time limit
     * @param changes counts what is committed
     * @param expected about what there is to show, for the progress
     */
    public HotSnapshot(
            DatabaseManagementService dbms,
            GraphDatabaseService service,
            Supplier<Transaction> begin,
            ChangeCounter changes,
            GraphState expected,
            Clock clock) {
        this.database = new LiveDatabase(dbms, service, begin, changes);
        this.expected = expected;
        this.clock = clock;
    }

    /**
     * Takes the snapshot and shows schema, nodes and relationships, in this order.
     *
     * @return what it was
     * @throws BackupException.BadRequest when an element has a value that Neo4j Community cannot store; names element and property
     * @throws BackupException.Overtaken when the graph was changed in a way that cannot be followed; another one may succeed
     */
    public SnapshotFacts show(GraphSink sink, SnapshotOptions options, StopSignal stop, Progress progress) {
        progress.phase("snapshot", 0, "");
        for (int i = 0; i < MOST_OPENINGS; i++) {
            var before = database.schema();
            try (var snapshot = OpenSnapshot.of(database, sink, options, clock)) {
                database.awaitTransactionsThatClose(stop);
                snapshot.changes().settle();
                if (before.equals(database.schema())) {
                    return show(snapshot, before, sink, options, stop, progress);
                }
            }
            stop.check();
        }
        throw new BackupException.Unavailable(
                "the indexes or constraints of database '" + expected.database() + "' are changed all the time",
                "Make the backup when nobody creates or drops indexes and constraints.");
    }

    private SnapshotFacts show(
            OpenSnapshot snapshot,
            GraphSchema schema,
            GraphSink sink,
            SnapshotOptions options,
            StopSignal stop,
            Progress progress) {
        StopSignal soundAndWanted = () -> {
            stop.check();
            snapshot.rules().check();
        };
        options.pauseWrites().ifPresent(limit -> snapshot.gate().shut(limit));
        progress.phase("schema", schema.indexes().size() + schema.constraints().size(), "definitions");
        sink.schema(schema);
        try (var transaction = database.begin()) {
            var kernel = ((InternalTransaction) transaction).kernelTransaction();
            new Scan(kernel, snapshot, sink, options.threads(), soundAndWanted, progress).all(expected);
        } catch (BackupException.Cancelled e) {
            throw e;
        } catch (RuntimeException e) {
            snapshot.gate().open();
            throw snapshot.rules().reasonOf(e, stop);
        }
        snapshot.gate().open();
        snapshot.rules().awaitCommits(soundAndWanted);
        snapshot.rules().check();
        snapshot.adoptSaved();
        return new SnapshotFacts(
                snapshot.instant(),
                snapshot.lastTxId(),
                snapshot.gate().held(),
                snapshot.changes(),
                warnings(snapshot, schema, options));
    }

    private List<String> warnings(OpenSnapshot snapshot, GraphSchema schema, SnapshotOptions options) {
        var warnings = new ArrayList<String>();
        if (!schema.equals(database.schema())) {
            warnings.add(
                    "indexes or constraints were changed meanwhile; the backup has them as they were at its instant");
        }
        if (snapshot.gate().reachedLimit()) {
            warnings.add("commits were let go after "
                    + options.pauseWrites().orElse(Duration.ZERO).toSeconds()
                    + " s, before the backup was done; it has its instant nevertheless");
        }
        return warnings;
    }
}
