package ign.backup.graph;

import ign.backup.model.GraphSchema;
import ign.backup.model.GraphSink;
import ign.backup.model.Progress;
import ign.backup.model.StopSignal;
import java.time.Instant;
import org.neo4j.graphdb.Transaction;
import org.neo4j.kernel.api.KernelTransaction;
import org.neo4j.kernel.impl.coreapi.InternalTransaction;

/**
 * A graph read through kernel cursors by several threads.
 *
 * <p>All nodes are scanned before the first relationship. The threads share one transaction, each with an execution context of
 * its own, and take partitions of the store until none is left.
 */
final class KernelSnapshot implements Snapshot {

    /** Several partitions per thread, so that no thread is left with a long one at the end. */
    private static final int PARTITIONS_PER_THREAD = 16;

    private final Transaction transaction;
    private final KernelTransaction kernel;
    private final Instant instant;
    private final GraphState state;
    private final GraphSchema schema;

    KernelSnapshot(Transaction transaction, Instant instant, GraphState state) {
        this.transaction = transaction;
        this.kernel = ((InternalTransaction) transaction).kernelTransaction();
        this.instant = instant;
        this.state = state;
        this.schema = SchemaReader.read(transaction);
    }

    @Override
    public Instant instant() {
        return instant;
    }

    @Override
    public GraphState state() {
        return state;
    }

    @Override
    @SuppressWarnings("try") // execution contexts need an open statement, nobody calls it
    public void show(GraphSink sink, int threads, StopSignal stop, Progress progress) {
        progress.phase("schema", schema.indexes().size() + schema.constraints().size(), "definitions");
        sink.schema(schema);
        int partitions = threads * PARTITIONS_PER_THREAD;
        try (var openStatement = kernel.acquireStatement();
                var crew = new ExportCrew(kernel, threads, stop)) {
            progress.phase("nodes", state.nodes(), "nodes");
            var nodes = kernel.dataRead().allNodesScan(partitions, kernel.cursorContext());
            crew.all((context, signal) -> {
                try (var share = new ElementExport(context, sink)) {
                    share.nodes(nodes, new Pace(signal, progress));
                }
            });
            progress.phase("relationships", state.relationships(), "relationships");
            var relationships = kernel.dataRead().allRelationshipsScan(partitions, kernel.cursorContext());
            crew.all((context, signal) -> {
                try (var share = new ElementExport(context, sink)) {
                    share.relationships(relationships, new Pace(signal, progress));
                }
            });
        }
    }

    @Override
    public void close() {
        transaction.close();
    }
}
