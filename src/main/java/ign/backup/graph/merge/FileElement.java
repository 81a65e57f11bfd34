package ign.backup.graph.merge;

import ign.backup.graph.kernel.ElementCopy;
import ign.backup.graph.kernel.StoredValues;
import ign.backup.model.Element;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.neo4j.common.EntityType;
import org.neo4j.values.storable.Value;

/** An element of the file, copied, with its values as Neo4j stores them. */
abstract sealed class FileElement {

    /** In the file. */
    final long id;

    private final String[] keys;
    private final Value[] values;
    private final long bytes;

    private FileElement(long id, ElementCopy copy) {
        this.id = id;
        this.keys = copy.keys;
        this.values = new Value[keys.length];
        for (int i = 0; i < keys.length; i++) {
            values[i] = StoredValues.toStored(copy.values[i]);
        }
        this.bytes = copy.roughBytes();
    }

    int propertyCount() {
        return keys.length;
    }

    String key(int index) {
        return keys[index];
    }

    Value value(int index) {
        return values[index];
    }

    @Nullable Value value(String key) {
        for (int i = 0; i < keys.length; i++) {
            if (keys[i].equals(key)) {
                return values[i];
            }
        }
        return null;
    }

    /** {@return roughly how many bytes of heap it takes} */
    long roughBytes() {
        return bytes;
    }

    abstract EntityType kind();

    /** {@return its labels or its type} */
    abstract String[] tokens();

    /** {@return what it is called in a report} */
    abstract String name();

    /** A node. */
    static final class OfNode extends FileElement {
        private final String[] labels;

        OfNode(Element.Node node) {
            this(node.id(), new ElementCopy.OfNode(node));
        }

        private OfNode(long id, ElementCopy.OfNode copy) {
            super(id, copy);
            this.labels = Arrays.stream(copy.labels).distinct().toArray(String[]::new);
        }

        @Override
        EntityType kind() {
            return EntityType.NODE;
        }

        @Override
        String[] tokens() {
            return labels;
        }

        @Override
        String name() {
            return "node " + id;
        }
    }

    /** A relationship. */
    static final class OfRelationship extends FileElement {
        final String type;
        final long start;
        final long end;

        OfRelationship(Element.Relationship relationship) {
            this(relationship.id(), new ElementCopy.OfRelationship(relationship));
        }

        private OfRelationship(long id, ElementCopy.OfRelationship copy) {
            super(id, copy);
            this.type = copy.type;
            this.start = copy.startId;
            this.end = copy.endId;
        }

        @Override
        EntityType kind() {
            return EntityType.RELATIONSHIP;
        }

        @Override
        String[] tokens() {
            return new String[] {type};
        }

        @Override
        String name() {
            return "relationship " + id + " :" + type + " from node " + start + " to node " + end;
        }
    }
}
