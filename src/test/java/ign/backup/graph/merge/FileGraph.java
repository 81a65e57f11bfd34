package ign.backup.graph.merge;

import ign.backup.model.Element;
import ign.backup.model.GraphVisitor;
import java.util.ArrayList;
import java.util.List;

/** What a file shows, without a file. */
final class FileGraph {

    private final List<Node> nodes = new ArrayList<>();
    private final List<Relationship> relationships = new ArrayList<>();

    private record Node(long id, List<String> labels, List<Object> properties) implements Element.Node {
        @Override
        public int labelCount() {
            return labels.size();
        }

        @Override
        public String label(int index) {
            return labels.get(index);
        }

        @Override
        public int propertyCount() {
            return properties.size() / 2;
        }

        @Override
        public String key(int index) {
            return (String) properties.get(index * 2);
        }

        @Override
        public Object value(int index) {
            return properties.get(index * 2 + 1);
        }
    }

    private record Relationship(long id, long startId, String type, long endId, List<Object> properties)
            implements Element.Relationship {
        @Override
        public int propertyCount() {
            return properties.size() / 2;
        }

        @Override
        public String key(int index) {
            return (String) properties.get(index * 2);
        }

        @Override
        public Object value(int index) {
            return properties.get(index * 2 + 1);
        }
    }

    /** Adds a node; {@code labels} such as {@code A:B}, {@code properties} key, value, key, value. */
    FileGraph node(long id, String labels, Object... properties) {
        nodes.add(new Node(id, labels.isEmpty() ? List.of() : List.of(labels.split(":")), List.of(properties)));
        return this;
    }

    /** Adds a relationship. */
    FileGraph relationship(long id, long start, String type, long end, Object... properties) {
        relationships.add(new Relationship(id, start, type, end, List.of(properties)));
        return this;
    }

    void showTo(GraphVisitor visitor) {
        showNodesTo(visitor);
        relationships.forEach(visitor::relationship);
    }

    void showNodesTo(GraphVisitor visitor) {
        nodes.forEach(visitor::node);
    }

    void showRelationshipsTo(GraphVisitor visitor) {
        relationships.forEach(visitor::relationship);
    }

    MergeOptions options(boolean dryRun, int batchSize) {
        return new MergeOptions(
                dryRun,
                batchSize,
                nodes.size(),
                nodes.stream().mapToLong(Node::id).max().orElse(-1));
    }
}
