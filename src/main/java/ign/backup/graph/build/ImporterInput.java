package ign.backup.graph.build;

import ign.backup.graph.kernel.ElementCopy;
import ign.backup.graph.kernel.StoredValues;
import ign.backup.model.BackupException;
import ign.backup.model.NodeNumbering;
import ign.backup.model.Progress;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.neo4j.batchimport.api.InputIterable;
import org.neo4j.batchimport.api.InputIterator;
import org.neo4j.batchimport.api.input.InputChunk;
import org.neo4j.batchimport.api.input.InputEntityVisitor;

/** Shows the elements of the feed to Neo4j's importer, whose threads ask for them, under the ids that they get in the new store. */
final class ImporterInput {

    private final ElementFeed feed;
    private final NodeNumbering numbering;
    private final Progress progress;
    private final LongAdder nodes = new LongAdder();
    private final LongAdder relationships = new LongAdder();
    private volatile boolean isRead;

    ImporterInput(ElementFeed feed, NodeNumbering numbering, Progress progress) {
        this.feed = feed;
        this.numbering = numbering;
        this.progress = progress;
    }

    InputIterable nodes() {
        return () -> new Chunks(feed::takeNodes, nodes, () -> {});
    }

    InputIterable relationships() {
        return () -> new Chunks(feed::takeRelationships, relationships, () -> isRead = true);
    }

    /** {@return whether the importer has all elements: from then on it links what it has written} */
    boolean isRead() {
        return isRead;
    }

    /** {@return how many nodes the importer was given} */
    long nodeCount() {
        return nodes.sum();
    }

    /** {@return how many relationships the importer was given} */
    long relationshipCount() {
        return relationships.sum();
    }

    private void show(ElementCopy element, InputEntityVisitor visitor) throws IOException {
        if (element instanceof ElementCopy.OfNode node) {
            visitor.id(number(node.id));
            if (node.labels.length > 0) {
                visitor.labels(node.labels);
            }
        } else if (element instanceof ElementCopy.OfRelationship relationship) {
            visitor.startId(number(relationship.startId));
            visitor.endId(number(relationship.endId));
            visitor.type(relationship.type);
        }
        for (int i = 0; i < element.keys.length; i++) {
            ImporterSeam.property(visitor, element.keys[i], StoredValues.toStored(element.values[i]));
        }
        visitor.endOfEntity();
    }

    /** The importer writes what it is told, whether there is such a node or not; so here is where a stranger is found. */
    private long number(long fileId) {
        long number = numbering.numberOf(fileId);
        if (number == NodeNumbering.ABSENT) {
            throw new BackupException.Damaged(
                    "node " + fileId + " was not in the backup when it was verified",
                    "Find out who writes to the backup folder, or check its disk.");
        }
        return number;
    }

    /** One kind of elements. Its threads may call {@link #next} at once; each has a chunk of its own. */
    private final class Chunks implements InputIterator {

        private final Supplier<ElementFeed.@Nullable Batch> source;
        private final LongAdder count;
        private final Runnable atEnd;

        Chunks(Supplier<ElementFeed.@Nullable Batch> source, LongAdder count, Runnable atEnd) {
            this.source = source;
            this.count = count;
            this.atEnd = atEnd;
        }

        @Override
        public InputChunk newChunk() {
            return new Chunk();
        }

        @Override
        public boolean next(InputChunk chunk) {
            var batch = source.get();
            if (batch == null) {
                return false;
            }
            ((Chunk) chunk).elements = batch.elements().iterator();
            count.add(batch.elements().size());
            progress.advance(batch.elements().size());
            return true;
        }

        @Override
        public void close() {
            atEnd.run();
        }
    }

    /** The elements that one thread writes next. */
    private final class Chunk implements InputChunk {

        private Iterator<ElementCopy> elements = List.<ElementCopy>of().iterator();

        @Override
        public boolean next(InputEntityVisitor visitor) throws IOException {
            if (!elements.hasNext()) {
                return false;
            }
            show(elements.next(), visitor);
            return true;
        }

        @Override
        public void close() {}
    }
}
