package ign.backup.format;

import ign.backup.model.BackupException;
import ign.backup.model.Element;
import ign.backup.model.GraphCounts;
import ign.backup.model.GraphVisitor;
import ign.backup.model.NodeNumbering;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * {@link GraphCheck} for a document that several threads read, each with a visitor of its own, and all nodes before the first
 * relationship.
 *
 * <p>It says that something is wrong, and not what comes first in the document.
 */
public final class SharedGraphCheck implements Supplier<GraphVisitor> {

    private final ConcurrentIdSet nodeIds = new ConcurrentIdSet();
    private final ConcurrentIdSet relationshipIds = new ConcurrentIdSet();
    private final List<Share> shares = new ArrayList<>();

    /** What one thread has seen. */
    private final class Share implements GraphVisitor {

        private final ElementCounter counter = new ElementCounter();

        @Override
        public void node(Element.Node node) {
            refuseUnless(nodeIds.add(node.id()), "an '_id' of a node comes twice");
            counter.node(node);
        }

        @Override
        public void relationship(Element.Relationship relationship) {
            refuseUnless(relationshipIds.add(relationship.id()), "an '_id' of a relationship comes twice");
            refuseUnless(
                    nodeIds.contains(relationship.startId()) && nodeIds.contains(relationship.endId()),
                    "a node of a relationship is not in the file");
            counter.relationship(relationship);
        }
    }

    /** {@return the visitor of one more thread} */
    @Override
    public synchronized GraphVisitor get() {
        var share = new Share();
        shares.add(share);
        return share;
    }

    /** {@return what all threads have seen, once they have ended} */
    public synchronized GraphCounts counts() {
        return shares.stream().map(share -> share.counter.counts()).reduce(GraphCounts.EMPTY, GraphCounts::plus);
    }

    /** {@return the numbers of all nodes in the order of their ids, once all threads have ended} */
    public NodeNumbering numbering() {
        return nodeIds.numbering();
    }

    /** {@return the highest id of a node, or -1 without nodes, once all threads have ended} */
    public long highestNodeId() {
        return nodeIds.highest();
    }

    private static void refuseUnless(boolean sound, String fault) {
        if (!sound) {
            throw new BackupException.Damaged(fault, "Read the document from its beginning to its end by one thread.");
        }
    }
}
