package ign.backup.graph.export;

import ign.backup.graph.kernel.StoredValues;
import ign.backup.graph.snapshot.Kind;
import ign.backup.model.BackupException;
import ign.backup.model.ElementWriter;
import ign.backup.model.GraphSink.Name;
import org.neo4j.internal.kernel.api.NodeCursor;
import org.neo4j.internal.kernel.api.PropertyCursor;
import org.neo4j.internal.kernel.api.RelationshipScanCursor;
import org.neo4j.values.storable.Value;

/**
 * Reads the element a cursor stands at into a writer, in two steps: all that comes from the store, and then its end. For one
 * thread.
 */
final class ElementReader implements AutoCloseable {

    private final KernelView kernel;
    private final TokenNames names;
    private final PropertyCursor properties;
    private Name[] labels = new Name[8];
    private int labelCount;
    private Name type = new Name() {};

    ElementReader(KernelView kernel, TokenNames names) {
        this.kernel = kernel;
        this.names = names;
        this.properties = kernel.cursors().allocatePropertyCursor(kernel.pages(), kernel.memory());
    }

    /** Reads properties and labels. */
    void read(NodeCursor node, ElementWriter writer) {
        node.properties(properties);
        readProperties(Kind.NODE, node.nodeReference(), writer);
        var tokens = node.labels();
        labelCount = tokens.numberOfTokens();
        if (labelCount > labels.length) {
            labels = new Name[labelCount * 2];
        }
        for (int i = 0; i < labelCount; i++) {
            labels[i] = names.label(tokens.token(i), kernel.tokens());
        }
    }

    /** Ends the node that was read last. */
    void end(NodeCursor node, ElementWriter writer) {
        writer.node(node.nodeReference(), labels, labelCount);
    }

    /** Reads properties and type. */
    void read(RelationshipScanCursor relationship, ElementWriter writer) {
        relationship.properties(properties);
        readProperties(Kind.RELATIONSHIP, relationship.relationshipReference(), writer);
        type = names.type(relationship.type(), kernel.tokens());
    }

    /** Ends the relationship that was read last. */
    void end(RelationshipScanCursor relationship, ElementWriter writer) {
        writer.relationship(
                relationship.relationshipReference(),
                type,
                relationship.sourceNodeReference(),
                relationship.targetNodeReference());
    }

    private void readProperties(Kind kind, long id, ElementWriter writer) {
        while (properties.next()) {
            int key = properties.propertyKey();
            var value = properties.propertyValue();
            if (!StoredValues.show(value, names.key(key, kernel.tokens()), writer)) {
                throw unstorable(kind.one() + " " + id, key, value);
            }
        }
    }

    private BackupException unstorable(String element, int key, Value value) {
        return new BackupException.BadRequest(
                element + " has a value of type " + value.getTypeName() + " in its property '"
                        + kernel.tokens().propertyKeyGetName(key) + "', which Neo4j Community cannot store",
                "Remove the property or store its value in another type; no backup was made.");
    }

    @Override
    public void close() {
        properties.close();
    }
}
