package ign.backup.format;

import ign.backup.model.BackupException;
import ign.backup.model.Element;
import ign.backup.model.GraphCounts;
import ign.backup.model.GraphVisitor;
import ign.backup.model.NodeNumbering;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Whether the elements of a document fit each other and what it says about itself: ids are unique, both ends of every
 * relationship exist, counts are right.
 *
 * <p>A duplicate id or a missing end is {@link BackupException.Damaged} at once, or, where relationships come before nodes, in
 * {@link #check}. Needs one bit per id; used by one thread.
 */
public final class GraphCheck implements GraphVisitor {

    private static final String HINT =
            "The file was changed after it was written, or its maker saw the graph while it changed; take another backup.";

    private final IdSet nodeIds = new IdSet();
    private final IdSet relationshipIds = new IdSet();

    /** Ends of relationships that came before the nodes. */
    private final IdSet awaitedNodes = new IdSet();

    private final ElementCounter counter = new ElementCounter();

    @Override
    public void node(Element.Node node) {
        if (!nodeIds.add(node.id())) {
            throw duplicate("node", node);
        }
        counter.node(node);
    }

    @Override
    public void relationship(Element.Relationship relationship) {
        if (!relationshipIds.add(relationship.id())) {
            throw duplicate("relationship", relationship);
        }
        counter.relationship(relationship);
        end(relationship, "starts", relationship.startId());
        end(relationship, "ends", relationship.endId());
    }

    /** {@return what was seen} */
    public GraphCounts counts() {
        return counter.counts();
    }

    /** {@return the numbers of all nodes in the order of their ids, once all were seen} */
    public NodeNumbering numbering() {
        return nodeIds.numbering();
    }

    /** {@return the highest id of a node, or -1 without nodes} */
    public long highestNodeId() {
        return nodeIds.highest();
    }

    /** {@return the highest id of a relationship, or -1 without relationships} */
    public long highestRelationshipId() {
        return relationshipIds.highest();
    }

    /**
     * Says whether all is well with the document that was read.
     *
     * @throws BackupException.Damaged with everything that is not
     */
    public void check(Reading reading) {
        complete();
        var differences = differences(reading);
        if (!differences.isEmpty()) {
            throw new BackupException.Damaged(String.join("; ", differences), HINT);
        }
    }

    /**
     * Says whether the nodes have come that relationships before them referred to.
     *
     * @throws BackupException.Damaged with one that has not
     */
    public void complete() {
        awaitedNodes.firstMissingIn(nodeIds).ifPresent(missing -> {
            throw new BackupException.Damaged(
                    "a relationship refers to node " + missing + ", which is not in the file", HINT);
        });
    }

    /** {@return where header and statistics say something else than the elements, a clause each} */
    public List<String> differences(Reading reading) {
        return differences(reading, counts());
    }

    /** {@return likewise for elements that somebody else has counted} */
    public static List<String> differences(Reading reading, GraphCounts found) {
        var differences = new ArrayList<String>();
        long nodes = found.nodes();
        long relationships = found.relationships();
        compare(differences, "'node_count' in 'metadata'", reading.header().nodeCount(), nodes);
        compare(
                differences,
                "'relationship_count' in 'metadata'",
                reading.header().relationshipCount(),
                relationships);
        reading.statistics().ifPresent(statistics -> {
            statistics.nodes().ifPresent(n -> compare(differences, "'node_count' in 'statistics'", n, nodes));
            statistics
                    .relationships()
                    .ifPresent(n -> compare(differences, "'relationship_count' in 'statistics'", n, relationships));
            if (FormatVersion.of(reading.header().version()).isStrict()) {
                // Only ours are known to count every label of a node; the plan's example of 1.0 does not add up.
                statistics.perLabel().ifPresent(counts -> compare(differences, "label", counts, found.perLabel()));
                statistics.perType().ifPresent(counts -> compare(differences, "type", counts, found.perType()));
            }
        });
        return differences;
    }

    private void end(Element.Relationship relationship, String verb, long node) {
        if (nodeIds.contains(node)) {
            return;
        }
        if (counter.nodes() > 0) {
            throw new BackupException.Damaged(
                    place("relationship", relationship) + " " + verb + " at node " + node
                            + ", which is not in the file",
                    HINT);
        }
        awaitedNodes.add(node);
    }

    private static BackupException.Damaged duplicate(String what, Element element) {
        return new BackupException.Damaged(place(what, element) + " has the '_id' of an earlier one", HINT);
    }

    private static String place(String what, Element element) {
        var place = element.line() > 0 ? "line " + element.line() + ": " : "";
        return place + what + " " + element.id();
    }

    private static void compare(List<String> differences, String what, long stated, long found) {
        if (stated != found) {
            differences.add(what + " states " + stated + ", the file holds " + found);
        }
    }

    private static void compare(
            List<String> differences, String kind, Map<String, Long> stated, Map<String, Long> found) {
        var names = new TreeSet<>(stated.keySet());
        names.addAll(found.keySet());
        for (var name : names) {
            compare(
                    differences,
                    "the count of " + kind + " '" + JsonInput.shortened(name) + "' in 'statistics'",
                    stated.getOrDefault(name, 0L),
                    found.getOrDefault(name, 0L));
        }
    }
}
