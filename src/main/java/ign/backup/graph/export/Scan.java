package ign.backup.graph.export;

import ign.backup.graph.snapshot.Kind;
import ign.backup.model.ElementWriter;
import ign.backup.model.GraphSink;
import ign.backup.model.GraphState;
import ign.backup.model.Progress;
import ign.backup.model.StopSignal;
import java.util.function.Supplier;
import org.neo4j.kernel.api.KernelTransaction;

/** Scans one graph for an open snapshot, with several threads. */
final class Scan {

    /** Several partitions per thread, so that no thread is left with a long one at the end. */
    private static final int PARTITIONS_PER_THREAD = 16;

    private final KernelTransaction kernel;
    private final OpenSnapshot snapshot;
    private final GraphSink sink;
    private final int threads;
    private final StopSignal stop;
    private final Progress progress;

    Scan(
            KernelTransaction kernel,
            OpenSnapshot snapshot,
            GraphSink sink,
            int threads,
            StopSignal stop,
            Progress progress) {
        this.kernel = kernel;
        this.snapshot = snapshot;
        this.sink = sink;
        this.threads = threads;
        this.stop = stop;
        this.progress = progress;
    }

    /** Shows all nodes, and then all relationships; {@code expected} is about how many. */
    @SuppressWarnings("try") // execution contexts need an open statement, nobody calls it
    void all(GraphState expected) {
        int partitions = threads * PARTITIONS_PER_THREAD;
        try (var openStatement = kernel.acquireStatement();
                var crew = new ExportCrew(kernel, threads, stop)) {
            progress.phase("nodes", expected.nodes(), "nodes");
            var nodes = kernel.dataRead().allNodesScan(partitions, kernel.cursorContext());
            crew.all((context, signal) -> {
                try (var share = new ScanShare(context, snapshot, sink, signal, progress)) {
                    share.nodes(nodes);
                }
            });
            rest(crew, Kind.NODE, sink::nodes);
            progress.phase("relationships", expected.relationships(), "relationships");
            var relationships = kernel.dataRead().allRelationshipsScan(partitions, kernel.cursorContext());
            crew.all((context, signal) -> {
                try (var share = new ScanShare(context, snapshot, sink, signal, progress)) {
                    share.relationships(relationships);
                }
            });
            rest(crew, Kind.RELATIONSHIP, sink::relationships);
        }
    }

    /** Everything of that kind is taken by now, by the scan or by commits; what these have saved since is still to come. */
    private void rest(ExportCrew crew, Kind kind, Supplier<ElementWriter> writers) {
        snapshot.rules().awaitSavedStates(stop);
        crew.all((context, signal) -> {
            try (var share = new ScanShare(context, snapshot, sink, signal, progress);
                    var writer = writers.get()) {
                share.takeOver(kind, writer);
            }
        });
    }
}
