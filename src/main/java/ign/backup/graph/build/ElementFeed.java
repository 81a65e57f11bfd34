package ign.backup.graph.build;

import ign.backup.graph.kernel.ElementCopy;
import ign.backup.model.BackupException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Between the threads that read a backup and those that write a store: batches of elements, all nodes before the first
 * relationship. Whoever reads waits while there is much to write, and the other way round; when one side fails the other one
 * does, too.
 */
final class ElementFeed {

    /** What may wait here, by rough size in the heap; besides it one batch of any size, for elements that are larger. */
    private static final long MOST_BYTES = 24L << 20;

    private static final long LOOK_EVERY_MILLIS = 100;

    /** Some elements of one kind. */
    record Batch(List<ElementCopy> elements, long roughBytes) {}

    private final Queue<Batch> nodes = new ArrayDeque<>();
    private final Queue<Batch> relationships = new ArrayDeque<>();
    private long waitingBytes;
    private boolean hasAllNodes;
    private boolean hasAll;
    private @Nullable BackupException failure;

    /** Hands a batch of nodes over; waits for room. */
    synchronized void putNodes(Batch batch) {
        put(nodes, batch);
    }

    /** Hands a batch of relationships over; waits for room. */
    synchronized void putRelationships(Batch batch) {
        put(relationships, batch);
    }

    private void put(Queue<Batch> queue, Batch batch) {
        while (failure == null && waitingBytes > 0 && waitingBytes + batch.roughBytes > MOST_BYTES) {
            await();
        }
        refuseAfterFailure();
        queue.add(batch);
        waitingBytes += batch.roughBytes;
        notifyAll();
    }

    /** {@return the next batch of nodes, or null after the last one} */
    synchronized @Nullable Batch takeNodes() {
        while (failure == null && nodes.isEmpty() && !hasAllNodes) {
            await();
        }
        return take(nodes);
    }

    /** {@return the next batch of relationships, or null after the last one} */
    synchronized @Nullable Batch takeRelationships() {
        while (failure == null && relationships.isEmpty() && !hasAll) {
            await();
        }
        return take(relationships);
    }

    private @Nullable Batch take(Queue<Batch> queue) {
        refuseAfterFailure();
        var batch = queue.poll();
        if (batch != null) {
            waitingBytes -= batch.roughBytes;
            notifyAll();
        }
        return batch;
    }

    /** There are no more nodes than have been handed over. */
    synchronized void endNodes() {
        hasAllNodes = true;
        notifyAll();
    }

    /** There is nothing more than has been handed over. */
    synchronized void end() {
        hasAllNodes = true;
        hasAll = true;
        notifyAll();
    }

    /** Ends both sides with this failure, unless there was one before. */
    synchronized void fail(BackupException reason) {
        if (failure == null) {
            failure = reason;
        }
        nodes.clear();
        relationships.clear();
        notifyAll();
    }

    private void refuseAfterFailure() {
        if (failure != null) {
            throw failure;
        }
    }

    @SuppressWarnings("WaitNotInLoop") // the loops are where it is called
    private void await() {
        try {
            wait(LOOK_EVERY_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BackupException.Cancelled("the building of a store was interrupted");
        }
    }
}
