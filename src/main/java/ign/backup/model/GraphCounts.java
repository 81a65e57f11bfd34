package ign.backup.model;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * How many elements a graph has, as a whole, per label and per relationship type.
 *
 * <p>A node with two labels counts under both, a node without labels under none.
 */
public record GraphCounts(long nodes, long relationships, Map<String, Long> perLabel, Map<String, Long> perType) {

    public static final GraphCounts EMPTY = new GraphCounts(0, 0, Map.of(), Map.of());

    public GraphCounts {
        perLabel = Collections.unmodifiableMap(new TreeMap<>(perLabel));
        perType = Collections.unmodifiableMap(new TreeMap<>(perType));
    }

    /** {@return nodes and relationships together} */
    public long elements() {
        return nodes + relationships;
    }

    /** {@return the sum of two disjoint parts of a graph} */
    public GraphCounts plus(GraphCounts other) {
        return new GraphCounts(
                nodes + other.nodes,
                relationships + other.relationships,
                sum(perLabel, other.perLabel),
                sum(perType, other.perType));
    }

    /** {@return how many nodes have that label} */
    public long withLabel(String label) {
        return perLabel.getOrDefault(label, 0L);
    }

    private static Map<String, Long> sum(Map<String, Long> some, Map<String, Long> others) {
        var sum = new TreeMap<>(some);
        others.forEach((name, count) -> sum.merge(name, count, Long::sum));
        return sum;
    }
}
