package ign.backup.graph.kernel;

import ign.backup.model.Element;
import java.lang.reflect.Array;

/** An element of a backup, copied, on its way into a database. Its arrays are not copied again: nobody changes them. */
public abstract sealed class ElementCopy {

    /** As they are in the graph, unescaped. */
    public final String[] keys;

    /** Of the classes of {@link ign.backup.model.ValueType}. */
    public final Object[] values;

    private ElementCopy(Element element) {
        this.keys = new String[element.propertyCount()];
        this.values = new Object[keys.length];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = element.key(i);
            values[i] = element.value(i);
        }
    }

    /** {@return roughly how many bytes of heap the values take} */
    public long roughBytes() {
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
    public static final class OfNode extends ElementCopy {
        public final long id;
        public final String[] labels;

        /** Copies a node. */
        public OfNode(Element.Node node) {
            super(node);
            this.id = node.id();
            this.labels = new String[node.labelCount()];
            for (int i = 0; i < labels.length; i++) {
                labels[i] = node.label(i);
            }
        }
    }

    /** A relationship. */
    public static final class OfRelationship extends ElementCopy {
        public final long startId;
        public final long endId;
        public final String type;

        /** Copies a relationship. */
        public OfRelationship(Element.Relationship relationship) {
            super(relationship);
            this.startId = relationship.startId();
            this.endId = relationship.endId();
            this.type = relationship.type();
        }
    }
}
