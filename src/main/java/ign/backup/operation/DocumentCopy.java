package ign.backup.operation;

import ign.backup.model.Element;
import ign.backup.model.ElementWriter;
import ign.backup.model.GraphSink;
import ign.backup.model.GraphVisitor;
import ign.backup.model.Progress;

/** Writes the elements of a backup that is being read, nodes first, into another document; keeps their ids. */
final class DocumentCopy implements GraphVisitor, AutoCloseable {

    private final GraphSink sink;
    private final Progress progress;
    private ElementWriter writer;
    private boolean ofNodes = true;

    /** Into {@code sink}, which has its schema by now; {@code progress} advances by an element. */
    DocumentCopy(GraphSink sink, Progress progress) {
        this.sink = sink;
        this.progress = progress;
        this.writer = sink.nodes();
    }

    @Override
    public void node(Element.Node node) {
        properties(node);
        int count = node.labelCount();
        var names = new GraphSink.Name[count];
        for (int i = 0; i < count; i++) {
            names[i] = sink.label(node.label(i));
        }
        writer.node(node.id(), names, count);
        progress.advance(1);
    }

    @Override
    public void relationship(Element.Relationship relationship) {
        if (ofNodes) {
            ofNodes = false;
            writer.close();
            writer = sink.relationships();
        }
        properties(relationship);
        writer.relationship(
                relationship.id(), sink.type(relationship.type()), relationship.startId(), relationship.endId());
        progress.advance(1);
    }

    private void properties(Element element) {
        for (int i = 0; i < element.propertyCount(); i++) {
            writer.property(sink.key(element.key(i)), element.value(i));
        }
    }

    /** Ends the section that is open. */
    @Override
    public void close() {
        writer.close();
    }
}
