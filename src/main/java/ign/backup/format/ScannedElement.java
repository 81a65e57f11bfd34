package ign.backup.format;

import ign.backup.model.Element;
import java.util.Arrays;

/** The element that was scanned last: where its values stand. They are read when somebody asks for them, as who verifies never does. */
abstract class ScannedElement {

    private final JsonInput.Parts parts;
    private final Dialect dialect;
    private byte[] bytes = {};
    private String[] keys = new String[32];
    private int[] begins = new int[32];
    private int[] ends = new int[32];
    private int count;
    private long id;

    ScannedElement(Limits limits, Dialect dialect) {
        this.parts = new JsonInput.Parts(limits);
        this.dialect = dialect;
    }

    /** A node. */
    static final class Node extends ScannedElement implements Element.Node {

        private String[] labels = new String[8];
        private int labelCount;

        Node(Limits limits, Dialect dialect) {
            super(limits, dialect);
        }

        @Override
        void beginIn(byte[] document) {
            super.beginIn(document);
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
    static final class Relationship extends ScannedElement implements Element.Relationship {

        private String type = "";
        private long startId;
        private long endId;

        Relationship(Limits limits, Dialect dialect) {
            super(limits, dialect);
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

    void beginIn(byte[] document) {
        bytes = document;
        count = 0;
    }

    void id(long newId) {
        id = newId;
    }

    void add(String key, int begin, int end) {
        if (count == keys.length) {
            keys = Arrays.copyOf(keys, 2 * count);
            begins = Arrays.copyOf(begins, 2 * count);
            ends = Arrays.copyOf(ends, 2 * count);
        }
        keys[count] = key;
        begins[count] = begin;
        ends[count++] = end;
    }

    /** {@return its id} */
    public long id() {
        return id;
    }

    /** {@return how many properties it has} */
    public int propertyCount() {
        return count;
    }

    /** {@return the key at {@code index}} */
    public String key(int index) {
        return keys[index];
    }

    /** {@return the value at {@code index}, read anew for each call} */
    public Object value(int index) {
        var plain = PlainValues.read(bytes, begins[index], ends[index]);
        return plain == null ? parsed(index) : plain;
    }

    private Object parsed(int index) {
        var input = parts.input(bytes, begins[index], ends[index]);
        var value = new ValueReader(input, dialect, new Warnings()).read(input.next());
        if (value == null) {
            throw input.damaged("expected a value, found null");
        }
        return value;
    }
}
