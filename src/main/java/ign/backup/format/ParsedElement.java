package ign.backup.format;

import ign.backup.model.Element;
import java.util.Arrays;

/** The element that was read last; one object serves a whole section. */
abstract class ParsedElement {

    private final JsonInput input;
    private String[] keys = new String[32];
    private Object[] values = new Object[32];
    private int count;
    private long id;

    ParsedElement(JsonInput input) {
        this.input = input;
    }

    /** A node. */
    static final class Node extends ParsedElement implements Element.Node {

        private String[] labels = new String[8];
        private int labelCount;

        Node(JsonInput input) {
            super(input);
        }

        @Override
        void clear() {
            super.clear();
            labelCount = 0;
        }

        void addLabel(String label) {
            if (labelCount == labels.length) {
                labels = Arrays.copyOf(labels, 2 * labelCount);
            }
            labels[labelCount++] = label;
        }

        @Override
        public int labelCount() {
            return labelCount;
        }

        @Override
        public String label(int index) {
            return labels[index];
        }
    }

    /** A relationship. */
    static final class Relationship extends ParsedElement implements Element.Relationship {

        private String type = "";
        private long startId;
        private long endId;

        Relationship(JsonInput input) {
            super(input);
        }

        void type(String newType) {
            type = newType;
        }

        void startId(long newStartId) {
            startId = newStartId;
        }

        void endId(long newEndId) {
            endId = newEndId;
        }

        @Override
        public String type() {
            return type;
        }

        @Override
        public long startId() {
            return startId;
        }

        @Override
        public long endId() {
            return endId;
        }
    }

    void clear() {
        count = 0;
    }

    void id(long newId) {
        id = newId;
    }

    void add(String key, Object value) {
        if (count == keys.length) {
            keys = Arrays.copyOf(keys, 2 * count);
            values = Arrays.copyOf(values, 2 * count);
        }
        keys[count] = key;
        values[count++] = value;
    }

    /** {@return its id} */
    public long id() {
        return id;
    }

    /** {@return the line on which it ends} */
    public long line() {
        return input.line();
    }

    /** {@return how many properties it has} */
    public int propertyCount() {
        return count;
    }

    /** {@return the key at {@code index}} */
    public String key(int index) {
        return keys[index];
    }

    /** {@return the value at {@code index}} */
    public Object value(int index) {
        return values[index];
    }
}
