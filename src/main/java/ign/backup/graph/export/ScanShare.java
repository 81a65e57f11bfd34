package ign.backup.graph.export;

import ign.backup.graph.snapshot.Kind;
import ign.backup.graph.snapshot.ScannedElement;
import ign.backup.model.ElementWriter;
import ign.backup.model.GraphSink;
import ign.backup.model.Progress;
import ign.backup.model.StopSignal;
import org.neo4j.internal.kernel.api.NodeCursor;
import org.neo4j.internal.kernel.api.PartitionedScan;
import org.neo4j.internal.kernel.api.RelationshipScanCursor;
import org.neo4j.kernel.api.ExecutionContext;

/**
 * One thread's share of a scan: takes partitions of the store until none is left, and in between takes over what commits have
 * saved, so that little of it piles up.
 */
final class ScanShare implements AutoCloseable {

    /** Elements between two looks at anything else, so that a tight loop pays nearly nothing for it. */
    private static final int STEP = 4096;

    private final ExecutionContext context;
    private final KernelView kernel;
    private final OpenSnapshot snapshot;
    private final GraphSink sink;
    private final StopSignal stop;
    private final Progress progress;
    private final ElementReader reader;
    private int unreported;

    ScanShare(ExecutionContext context, OpenSnapshot snapshot, GraphSink sink, StopSignal stop, Progress progress) {
        this.context = context;
        this.kernel = KernelView.of(context);
        this.snapshot = snapshot;
        this.sink = sink;
        this.stop = stop;
        this.progress = progress;
        this.reader = new ElementReader(kernel, snapshot.names());
    }

    void nodes(PartitionedScan<NodeCursor> scan) {
        try (var node = kernel.cursors().allocateNodeCursor(kernel.pages(), kernel.memory());
                var writer = sink.nodes()) {
            var element = new ScannedNode(node, writer);
            while (scan.reservePartition(node, context)) {
                while (node.next()) {
                    writer.begin();
                    snapshot.rules().scan(Kind.NODE, element);
                    step(Kind.NODE, writer);
                }
            }
            rest(Kind.NODE, writer);
        }
    }

    void relationships(PartitionedScan<RelationshipScanCursor> scan) {
        try (var relationship = kernel.cursors().allocateRelationshipScanCursor(kernel.pages(), kernel.memory());
                var writer = sink.relationships()) {
            var element = new ScannedRelationship(relationship, writer);
            while (scan.reservePartition(relationship, context)) {
                while (relationship.next()) {
                    writer.begin();
                    snapshot.rules().scan(Kind.RELATIONSHIP, element);
                    step(Kind.RELATIONSHIP, writer);
                }
            }
            rest(Kind.RELATIONSHIP, writer);
        }
    }

    /** Takes over what commits have saved, until there is nothing at present. */
    void takeOver(Kind kind, ElementWriter writer) {
        for (var chunk = snapshot.saved().poll(kind);
                chunk != null;
                chunk = snapshot.saved().poll(kind)) {
            writer.encoded(chunk.bytes(), 0, chunk.size());
            stop.check();
        }
    }

    private void step(Kind kind, ElementWriter writer) {
        if (++unreported == STEP) {
            rest(kind, writer);
        }
    }

    private void rest(Kind kind, ElementWriter writer) {
        progress.advance(unreported);
        unreported = 0;
        stop.check();
        takeOver(kind, writer);
    }

    @Override
    public void close() {
        reader.close();
    }

    private final class ScannedNode implements ScannedElement {
        private final NodeCursor node;
        private final ElementWriter writer;

        ScannedNode(NodeCursor node, ElementWriter writer) {
            this.node = node;
            this.writer = writer;
        }

        @Override
        public long id() {
            return node.nodeReference();
        }

        @Override
        public void read() {
            reader.read(node, writer);
        }

        @Override
        public void keep() {
            reader.end(node, writer);
        }

        @Override
        public void discard() {
            writer.forget();
        }
    }

    private final class ScannedRelationship implements ScannedElement {
        private final RelationshipScanCursor relationship;
        private final ElementWriter writer;

        ScannedRelationship(RelationshipScanCursor relationship, ElementWriter writer) {
            this.relationship = relationship;
            this.writer = writer;
        }

        @Override
        public long id() {
            return relationship.relationshipReference();
        }

        @Override
        public void read() {
            reader.read(relationship, writer);
        }

        @Override
        public void keep() {
            reader.end(relationship, writer);
        }

        @Override
        public void discard() {
            writer.forget();
        }
    }
}
