package ign.backup.graph;

import ign.backup.model.Element;
import java.lang.reflect.Array;

/** An element of a backup, copied, on its way into the database. */
abstract sealed class Row {

    final String[] keys;
    final Object[] values;

    private Row(Element element) {
        this.keys = new String[element.propertyCount()];
        this.values = new Object[keys.length];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = element.key(i);
            values[i] = element.value(i);
        }
    }

    /** {@return roughly how many bytes of heap the values take} */
    long roughBytes() {
        long sum = 64;
        for (var value : values) {
            sum += roughBytes(value);
        }
        return sum;
    }

    private static long roughBytes(Object value) {
        if (value instanceof String text) {
            return 40 + 2L * text.length();
        }
        if (value instanceof Object[] many) {
            long sum = 16;
            for (var one : many) {
                sum += roughBytes(one);
            }
            return sum;
        }
        return value.getClass().isArray() ? 16 + 8L * Array.getLength(value) : 24;
    }

    /** A node. */
    static final class OfNode extends Row {
        final long id;
        final String[] labels;

        OfNode(Element.Node node) {
            super(node);
            this.id = node.id();
            this.labels = new String[node.labelCount()];
            for (int i = 0; i < labels.length; i++) {
                labels[i] = node.label(i);
            }
        }
    }

    /** A relationship. */
    static final class OfRelationship extends Row {
        final long startId;
        final long endId;
        final String type;

        OfRelationship(Element.Relationship relationship) {
            super(relationship);
            this.startId = relationship.startId();
            this.endId = relationship.endId();
            this.type = relationship.type();
        }
    }
}
