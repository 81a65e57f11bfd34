package ign.backup.format;

import ign.backup.model.Element;
import ign.backup.model.ElementWriter;
import ign.backup.model.GraphSchema;
import ign.backup.model.GraphSink;
import ign.backup.model.GraphSink.Name;
import ign.backup.model.GraphVisitor;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** A small graph in memory, which can show itself to a sink and be shown to. */
record SampleGraph(GraphSchema schema, List<Node> nodes, List<Relationship> relationships) implements GraphVisitor {

    record Node(long id, Set<String> labels, Map<String, Object> properties) {}

    record Relationship(long id, String type, long startId, long endId, Map<String, Object> properties) {}

    SampleGraph() {
        this(GraphSchema.EMPTY, new ArrayList<>(), new ArrayList<>());
    }

    static SampleGraph ofProperties(Map<String, Object> properties) {
        var graph = new SampleGraph();
        graph.nodes.add(new Node(0, Set.of("Node"), properties));
        graph.relationships.add(new Relationship(0, "TO", 0, 0, properties));
        return graph;
    }

    @Override
    public void node(Element.Node node) {
        var labels = new TreeSet<String>();
        for (int i = 0; i < node.labelCount(); i++) {
            labels.add(node.label(i));
        }
        nodes.add(new Node(node.id(), labels, properties(node)));
    }

    @Override
    public void relationship(Element.Relationship one) {
        relationships.add(new Relationship(one.id(), one.type(), one.startId(), one.endId(), properties(one)));
    }

    void showTo(GraphSink sink) {
        sink.schema(schema);
        try (var writer = sink.nodes()) {
            nodes.forEach(node -> write(sink, writer, node));
        }
        try (var writer = sink.relationships()) {
            relationships.forEach(one -> write(sink, writer, one));
        }
    }

    static void write(GraphSink sink, ElementWriter writer, Node node) {
        writeProperties(sink, writer, node.properties);
        var labels = node.labels.stream().map(sink::label).toArray(Name[]::new);
        writer.node(node.id, labels, labels.length);
    }

    static void write(GraphSink sink, ElementWriter writer, Relationship one) {
        writeProperties(sink, writer, one.properties);
        writer.relationship(one.id, sink.type(one.type), one.startId, one.endId);
    }

    /** {@return every element as a line of text in which equal means: same class and same bits} */
    List<String> lines() {
        var lines = new ArrayList<String>();
        nodes.forEach(node -> lines.add("node " + node.id + " " + new TreeSet<>(node.labels) + exact(node.properties)));
        relationships.forEach(one -> lines.add(
                "rel " + one.id + " " + one.type + " " + one.startId + " " + one.endId + exact(one.properties)));
        return lines.stream().sorted().toList();
    }

    /** {@return the value in a text that is equal for equal class and bits only} */
    static String exact(Object value) {
        var type = value.getClass();
        if (type.isArray()) {
            var items = new ArrayList<String>();
            for (int i = 0; i < Array.getLength(value); i++) {
                items.add(exact(Array.get(value, i)));
            }
            return type.getSimpleName() + items;
        }
        var text = value instanceof Float number
                ? Integer.toHexString(Float.floatToIntBits(number))
                : value instanceof Double number
                        ? Long.toHexString(Double.doubleToLongBits(number))
                        : value instanceof Character character ? Integer.toHexString(character) : value.toString();
        return type.getSimpleName() + ":" + text;
    }

    private static String exact(Map<String, Object> properties) {
        return new TreeMap<>(properties)
                .entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + exact(entry.getValue()))
                        .collect(Collectors.joining(", ", " {", "}"));
    }

    private static void writeProperties(GraphSink sink, ElementWriter writer, Map<String, Object> properties) {
        properties.forEach((name, value) -> {
            var key = sink.key(name);
            if (value instanceof Long number) {
                writer.property(key, number.longValue());
            } else if (value instanceof Double number) {
                writer.property(key, number.doubleValue());
            } else if (value instanceof Boolean truth) {
                writer.property(key, truth.booleanValue());
            } else if (value instanceof String text) {
                writer.property(key, text);
            } else {
                writer.property(key, value);
            }
        });
    }

    private static Map<String, Object> properties(Element element) {
        var properties = new TreeMap<String, Object>();
        for (int i = 0; i < element.propertyCount(); i++) {
            properties.put(element.key(i), element.value(i));
        }
        return properties;
    }
}
