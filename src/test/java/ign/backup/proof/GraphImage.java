package ign.backup.proof;

import static java.util.Objects.requireNonNull;

import ign.backup.testkit.Neo4jServer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.neo4j.driver.Record;
import org.neo4j.driver.SessionConfig;

/**
 * A graph as a value: from a backup file, from a server, or foretold.
 *
 * <p>Every element has a property {@code key} of its own. A node is its properties and, under {@link #LABELS}, its sorted
 * labels; a relationship has {@link #TYPE}, and under {@link #START} and {@link #END} the keys of its ends.
 */
record GraphImage(Map<String, Map<String, Object>> nodes, Map<String, Map<String, Object>> relationships) {

    static final String KEY = "key";
    static final String LABELS = "_labels";
    static final String TYPE = "_type";
    static final String START = "_start";
    static final String END = "_end";

    private static final int MOST_DIFFERENCES = 12;
    private static final int LONGEST_TEXT = 300;

    /** An empty one, to be filled. */
    GraphImage() {
        this(new LinkedHashMap<>(), new LinkedHashMap<>());
    }

    /** {@return what a running server holds, read by Cypher} */
    static GraphImage of(Neo4jServer server) {
        var image = new GraphImage();
        var keys = new HashMap<String, String>();
        try (var session = server.driver().session(SessionConfig.forDatabase(Neo4jServer.DATABASE))) {
            session.run("MATCH (n) RETURN elementId(n) AS id, labels(n) AS labels, properties(n) AS properties")
                    .forEachRemaining(row -> {
                        var labels = row.get("labels").asList();
                        keys.put(row.get("id").asString(), image.addNode(labels, properties(row)));
                    });
            session.run("MATCH (a)-[r]->(b) RETURN type(r) AS type, elementId(a) AS start, elementId(b) AS end,"
                            + " properties(r) AS properties")
                    .forEachRemaining(row -> image.addRelationship(
                            row.get("type").asString(),
                            requireNonNull(keys.get(row.get("start").asString())),
                            requireNonNull(keys.get(row.get("end").asString())),
                            properties(row)));
        }
        return image;
    }

    private static Map<String, Object> properties(Record row) {
        return new HashMap<>(row.get("properties").asMap());
    }

    /** Adds a node that is not there yet, and tells its key. */
    String addNode(List<?> labels, Map<String, Object> properties) {
        var node = new HashMap<>(properties);
        var sorted = new TreeSet<String>();
        labels.forEach(label -> sorted.add((String) label));
        node.put(LABELS, List.copyOf(sorted));
        return add("node", nodes, node);
    }

    /** Adds a relationship that is not there yet. */
    void addRelationship(String type, String start, String end, Map<String, Object> properties) {
        var relationship = new HashMap<>(properties);
        relationship.put(TYPE, type);
        relationship.put(START, start);
        relationship.put(END, end);
        add("relationship", relationships, relationship);
    }

    private static String add(String kind, Map<String, Map<String, Object>> elements, Map<String, Object> element) {
        var key = String.valueOf(element.get(KEY));
        var other = elements.put(key, element);
        if (other != null) {
            throw new AssertionError(kind + " '" + key + "' is there twice: " + other + " and " + element);
        }
        return key;
    }

    /** {@return a property of a node that must be there} */
    Object property(String node, String name) {
        var properties = nodes.get(node);
        if (properties == null || !properties.containsKey(name)) {
            throw new AssertionError("node '" + node + "' or its property '" + name + "' is missing");
        }
        return properties.get(name);
    }

    /** {@return a line for each of the first elements in which this image is not as expected; empty when they are equal} */
    List<String> differencesFrom(GraphImage expected) {
        var lines = new ArrayList<String>();
        addDifferences(lines, "node", nodes, expected.nodes);
        addDifferences(lines, "relationship", relationships, expected.relationships);
        return lines;
    }

    private static void addDifferences(
            List<String> lines,
            String kind,
            Map<String, Map<String, Object>> found,
            Map<String, Map<String, Object>> expected) {
        if (found.equals(expected)) {
            return;
        }
        var keys = new TreeSet<>(expected.keySet());
        keys.addAll(found.keySet());
        var different = keys.stream()
                .filter(key -> !Objects.equals(found.get(key), expected.get(key)))
                .toList();
        lines.add(different.size() + " " + kind + "s are not as expected, among them");
        different.stream()
                .limit(MOST_DIFFERENCES)
                .forEach(key -> lines.add(
                        "  " + kind + " '" + key + "': " + text(found.get(key)) + ", not " + text(expected.get(key))));
    }

    private static String text(@Nullable Object element) {
        var text = element == null ? "not there" : element.toString();
        return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT) + "…";
    }
}
