package ign.backup.graph;

import ign.backup.model.BackupException;
import ign.backup.model.ElementWriter;
import ign.backup.model.GraphSink;
import ign.backup.model.GraphSink.Name;
import org.neo4j.internal.kernel.api.NodeCursor;
import org.neo4j.internal.kernel.api.PartitionedScan;
import org.neo4j.internal.kernel.api.PropertyCursor;
import org.neo4j.internal.kernel.api.RelationshipScanCursor;
import org.neo4j.internal.kernel.api.TokenSet;
import org.neo4j.kernel.api.ExecutionContext;
import org.neo4j.values.storable.Value;

/** One thread's share of an export: reads elements from its partitions and shows them to its own writers. */
final class ElementExport implements AutoCloseable {

    private final ExecutionContext context;
    private final GraphSink sink;
    private final TokenNames names;
    private final PropertyCursor properties;
    private Name[] labels = new Name[8];

    ElementExport(ExecutionContext context, GraphSink sink) {
        this.context = context;
        this.sink = sink;
        this.names = new TokenNames(sink, context.tokenRead());
        this.properties = context.cursors().allocatePropertyCursor(context.cursorContext(), context.memoryTracker());
    }

    void nodes(PartitionedScan<NodeCursor> scan, Pace pace) {
        try (var node = context.cursors().allocateNodeCursor(context.cursorContext(), context.memoryTracker());
                var writer = sink.nodes()) {
            while (scan.reservePartition(node, context)) {
                while (node.next()) {
                    show(node, writer);
                    pace.element();
                }
            }
            pace.end();
        }
    }

    void relationships(PartitionedScan<RelationshipScanCursor> scan, Pace pace) {
        try (var relationship = context.cursors()
                        .allocateRelationshipScanCursor(context.cursorContext(), context.memoryTracker());
                var writer = sink.relationships()) {
            while (scan.reservePartition(relationship, context)) {
                while (relationship.next()) {
                    show(relationship, writer);
                    pace.element();
                }
            }
            pace.end();
        }
    }

    private void show(NodeCursor node, ElementWriter writer) {
        node.properties(properties);
        showProperties("node", node.nodeReference(), writer);
        var tokens = node.labels();
        writer.node(node.nodeReference(), namesOf(tokens), tokens.numberOfTokens());
    }

    private void show(RelationshipScanCursor relationship, ElementWriter writer) {
        relationship.properties(properties);
        showProperties("relationship", relationship.relationshipReference(), writer);
        writer.relationship(
                relationship.relationshipReference(),
                names.type(relationship.type()),
                relationship.sourceNodeReference(),
                relationship.targetNodeReference());
    }

    private void showProperties(String kind, long id, ElementWriter writer) {
        while (properties.next()) {
            int key = properties.propertyKey();
            var value = properties.propertyValue();
            if (!StoredValues.show(value, names.key(key), writer)) {
                throw unstorable(kind + " " + id, key, value);
            }
        }
    }

    private BackupException unstorable(String element, int key, Value value) {
        return new BackupException.BadRequest(
                element + " has a value of type " + value.getTypeName() + " in its property '"
                        + context.tokenRead().propertyKeyGetName(key) + "', which Neo4j Community cannot store",
                "Remove the property or store its value in another type; no backup was made.");
    }

    private Name[] namesOf(TokenSet tokens) {
        int count = tokens.numberOfTokens();
        if (count > labels.length) {
            labels = new Name[count * 2];
        }
        for (int i = 0; i < count; i++) {
            labels[i] = names.label(tokens.token(i));
        }
        return labels;
    }

    @Override
    public void close() {
        properties.close();
    }
}
