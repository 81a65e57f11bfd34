package ign.backup.graph.export;

import ign.backup.model.ElementWriter;
import ign.backup.model.ElementsAhead;
import ign.backup.model.EncodedElements;
import ign.backup.model.GraphSchema;
import ign.backup.model.GraphSink;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.ObjIntConsumer;
import org.neo4j.graphdb.Label;
import org.neo4j.graphdb.Transaction;

/** Keeps what a snapshot shows as text, and calls back at chosen moments of the scan. */
final class ShownGraph implements GraphSink {

    /** Where a scan is when it calls back. */
    enum Moment {
        /** An element is about to be read. */
        BEFORE_READING,
        /** One of its properties has been read. */
        WHILE_READING,
        /** It was read and taken. */
        AFTER_TAKING
    }

    private record Word(String text) implements Name {}

    private final ObjIntConsumer<Moment> callback;
    private final Map<Moment, Integer> counts = new TreeMap<>();
    private final List<String> elements = Collections.synchronizedList(new ArrayList<>());
    private final List<String> ahead = Collections.synchronizedList(new ArrayList<>());
    private final List<String> adopted = Collections.synchronizedList(new ArrayList<>());
    private GraphSchema schema = GraphSchema.EMPTY;

    /** {@code callback} is told how often the scan has come to such a moment before; the scan waits for it. */
    ShownGraph(ObjIntConsumer<Moment> callback) {
        this.callback = callback;
    }

    /** {@return what was shown, sorted} */
    List<String> elements() {
        return elements.stream().sorted().toList();
    }

    GraphSchema schema() {
        return schema;
    }

    /** {@return what there is now, in the same form} */
    static List<String> of(Transaction transaction) {
        var all = new ArrayList<String>();
        try (var nodes = transaction.getAllNodes();
                var relationships = transaction.getAllRelationships()) {
            nodes.forEach(node -> {
                var labels = new TreeSet<String>();
                node.getLabels().forEach((Label label) -> labels.add(label.name()));
                all.add(node(
                        Long.parseLong(last(node.getElementId())), labels, new TreeMap<>(node.getAllProperties())));
            });
            relationships.forEach(relationship -> all.add(relationship(
                    Long.parseLong(last(relationship.getElementId())),
                    relationship.getType().name(),
                    Long.parseLong(last(relationship.getStartNode().getElementId())),
                    Long.parseLong(last(relationship.getEndNode().getElementId())),
                    new TreeMap<>(relationship.getAllProperties()))));
        }
        return all.stream().sorted().toList();
    }

    private static String last(String elementId) {
        return elementId.substring(elementId.lastIndexOf(':') + 1);
    }

    private static String node(long id, Set<String> labels, Map<String, Object> properties) {
        return "(" + id + " " + labels + " " + properties + ")";
    }

    private static String relationship(long id, String type, long start, long end, Map<String, Object> properties) {
        return "(" + start + ")-[" + id + " " + type + " " + properties + "]-(" + end + ")";
    }

    @Override
    public Name key(String name) {
        return new Word(name);
    }

    @Override
    public Name label(String name) {
        return new Word(name);
    }

    @Override
    public Name type(String name) {
        return new Word(name);
    }

    @Override
    public void schema(GraphSchema given) {
        schema = given;
    }

    @Override
    public ElementWriter nodes() {
        return new Writer(elements::add, moment -> callback.accept(moment, counts.merge(moment, 1, Integer::sum) - 1));
    }

    @Override
    public ElementWriter relationships() {
        return nodes();
    }

    @Override
    public ElementsAhead ahead(EncodedElements nodes, EncodedElements relationships) {
        return new ElementsAhead() {
            @Override
            public ElementWriter nodes() {
                return writer(nodes);
            }

            @Override
            public ElementWriter relationships() {
                return writer(relationships);
            }

            @Override
            public void adopt() {
                elements.addAll(adopted);
            }
        };
    }

    /** Encodes an element as its number among those that were encoded ahead. */
    private ElementWriter writer(EncodedElements kept) {
        return new Writer(
                element -> {
                    int number;
                    synchronized (ahead) {
                        number = ahead.size();
                        ahead.add(element);
                    }
                    kept.add(ByteBuffer.allocate(4).putInt(number).array(), 0, 4);
                },
                moment -> {});
    }

    private final class Writer implements ElementWriter {
        private final Consumer<String> target;
        private final Consumer<Moment> called;
        private TreeMap<String, Object> properties = new TreeMap<>();

        Writer(Consumer<String> target, Consumer<Moment> called) {
            this.target = target;
            this.called = called;
        }

        @Override
        public void begin() {
            called.accept(Moment.BEFORE_READING);
        }

        @Override
        public void property(Name key, long value) {
            property(key, (Object) value);
        }

        @Override
        public void property(Name key, double value) {
            property(key, (Object) value);
        }

        @Override
        public void property(Name key, boolean value) {
            property(key, (Object) value);
        }

        @Override
        public void property(Name key, String value) {
            property(key, (Object) value);
        }

        @Override
        public void utf8Property(Name key, byte[] value) {
            property(key, (Object) new String(value, StandardCharsets.UTF_8));
        }

        @Override
        public void property(Name key, Object value) {
            properties.put(((Word) key).text(), value);
            called.accept(Moment.WHILE_READING);
        }

        @Override
        public void node(long id, Name[] labels, int labelCount) {
            var texts = new TreeSet<String>();
            Arrays.stream(labels, 0, labelCount).forEach(label -> texts.add(((Word) label).text()));
            target.accept(ShownGraph.node(id, texts, properties));
            end();
        }

        @Override
        public void relationship(long id, Name type, long startId, long endId) {
            target.accept(ShownGraph.relationship(id, ((Word) type).text(), startId, endId, properties));
            end();
        }

        private void end() {
            properties = new TreeMap<>();
            called.accept(Moment.AFTER_TAKING);
        }

        @Override
        public void forget() {
            properties = new TreeMap<>();
        }

        @Override
        public void encoded(byte[] bytes, int offset, int length) {
            var numbers = ByteBuffer.wrap(bytes, offset, length);
            while (numbers.hasRemaining()) {
                adopted.add(ahead.get(numbers.getInt()));
            }
        }

        @Override
        public void close() {
            if (!properties.isEmpty()) {
                throw new IllegalStateException("an element was not ended: " + properties);
            }
        }
    }
}
