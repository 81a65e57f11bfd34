package ign.backup.graph.build;

import ign.backup.graph.build.ElementFeed.Batch;
import ign.backup.graph.kernel.ElementCopy;
import ign.backup.model.Element;
import ign.backup.model.GraphVisitor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/** Collects what the threads that read a backup are shown into batches for the feed. */
final class FeedingVisitors implements Supplier<GraphVisitor> {

    private static final int MOST_ELEMENTS = 2_000;
    private static final long MOST_BYTES = 1L << 20;

    private final ElementFeed feed;
    private final List<Share> shares = new CopyOnWriteArrayList<>();
    private volatile boolean hasAllNodes;

    FeedingVisitors(ElementFeed feed) {
        this.feed = feed;
    }

    @Override
    public GraphVisitor get() {
        var share = new Share();
        shares.add(share);
        return share;
    }

    /** Hands over what is left; every thread has shown all that it has. */
    void finish() {
        endNodes();
        shares.forEach(Share::handOverRelationships);
        feed.end();
    }

    /** All nodes were shown before the first relationship, so that their threads do not touch what they have collected any more. */
    private synchronized void endNodes() {
        if (!hasAllNodes) {
            shares.forEach(Share::handOverNodes);
            feed.endNodes();
            hasAllNodes = true;
        }
    }

    /** What one thread collects. */
    private final class Share implements GraphVisitor {

        private List<ElementCopy> batch = new ArrayList<>();
        private long roughBytes;

        @Override
        public void node(Element.Node node) {
            if (add(new ElementCopy.OfNode(node))) {
                handOverNodes();
            }
        }

        @Override
        public void relationship(Element.Relationship relationship) {
            if (!hasAllNodes) {
                endNodes();
            }
            if (add(new ElementCopy.OfRelationship(relationship))) {
                handOverRelationships();
            }
        }

        private boolean add(ElementCopy element) {
            batch.add(element);
            roughBytes += element.roughBytes();
            return batch.size() >= MOST_ELEMENTS || roughBytes >= MOST_BYTES;
        }

        private void handOverNodes() {
            if (!batch.isEmpty()) {
                feed.putNodes(takeBatch());
            }
        }

        private void handOverRelationships() {
            if (!batch.isEmpty()) {
                feed.putRelationships(takeBatch());
            }
        }

        private Batch takeBatch() {
            var full = new Batch(batch, roughBytes);
            batch = new ArrayList<>();
            roughBytes = 0;
            return full;
        }
    }
}
