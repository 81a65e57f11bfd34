package ign.backup.format;

import ign.backup.model.Element;
import ign.backup.model.GraphCounts;
import java.util.HashMap;
import java.util.Map;

/** Counts elements as a whole, per label and per type. Used by one thread. */
final class ElementCounter {

    private final Map<String, Counter> perLabel = new HashMap<>();
    private final Map<String, Counter> perType = new HashMap<>();
    private long nodes;
    private long relationships;

    private static final class Counter {
        private long count;
    }

    void node(Element.Node node) {
        nodes++;
        for (int i = 0; i < node.labelCount(); i++) {
            count(perLabel, node.label(i));
        }
    }

    void relationship(Element.Relationship relationship) {
        relationships++;
        count(perType, relationship.type());
    }

    long nodes() {
        return nodes;
    }

    GraphCounts counts() {
        return new GraphCounts(nodes, relationships, counts(perLabel), counts(perType));
    }

    private static void count(Map<String, Counter> counters, String name) {
        counters.computeIfAbsent(name, unused -> new Counter()).count++;
    }

    private static Map<String, Long> counts(Map<String, Counter> counters) {
        var counts = new HashMap<String, Long>();
        counters.forEach((name, counter) -> counts.put(name, counter.count));
        return counts;
    }
}
