package ign.backup.format;

import ign.backup.model.BackupException;
import ign.backup.model.BackupHeader;
import ign.backup.model.BlockBytes;
import java.io.ByteArrayOutputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * Puts together what several threads have found in the parts of a document, in the order of the parts, and lets them wait for
 * each other where they must.
 *
 * <p>Nobody waits for a later part than its own, so whoever has the first unfinished part goes on. Safe for several threads.
 */
final class PartOrder {

    /** What a part was read as, and what came out of it. */
    record Found(LineState from, LineState to, long bytes, long nodes, long relationships, BlockBytes tail) {}

    private final BackupHeader header;
    private final Limits limits;
    private final Map<Long, Found> early = new HashMap<>();
    private final ByteArrayOutputStream tail = new ByteArrayOutputStream();
    private LineState state = LineState.NODES_BEGIN;
    private long next;
    private long bytes;
    private long nodes;
    private long relationships;
    private volatile boolean hasAllNodes;
    private volatile boolean isAbandoned;

    /** At the first node of a document with this header, behind so many bytes. */
    PartOrder(BackupHeader header, Limits limits, long bytes) {
        this.header = header;
        this.limits = limits;
        this.bytes = bytes;
    }

    /** {@return that a document is not for this way} */
    static BackupException.BadRequest unfit(String why) {
        return new BackupException.BadRequest(why, "Read the document from its beginning to its end by one thread.");
    }

    /** Takes what was found in a part. */
    synchronized void add(long part, Found found) {
        early.put(part, found);
        for (var due = early.remove(next); due != null; due = early.remove(next)) {
            append(due);
            next++;
        }
        notifyAll();
    }

    private void append(Found found) {
        if (!state.allows(found.from)) {
            throw unfit("the parts of the document do not join");
        }
        state = found.to;
        bytes += found.bytes;
        nodes += found.nodes;
        relationships += found.relationships;
        if (nodes > header.nodeCount() || relationships > header.relationshipCount()) {
            throw unfit("there are more elements than the header states");
        }
        tail.write(found.tail.array(), 0, found.tail.length());
        if (tail.size() > limits.metadataBytes() || bytes > limits.documentBytes()) {
            throw unfit("the document is longer than is allowed");
        }
        hasAllNodes = state.section() != Section.NODES;
    }

    /** {@return what may stand at the beginning of a part; waits for all parts before it} */
    synchronized LineState await(long part) {
        awaitThat(() -> next == part);
        return state;
    }

    /** Waits until all nodes in front of a part have been read. */
    void awaitNodes(long part) {
        if (!hasAllNodes) {
            awaitThat(() -> hasAllNodes || next == part);
        }
    }

    private synchronized void awaitThat(BooleanSupplier isDue) {
        try {
            while (!isDue.getAsBoolean() && !isAbandoned) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BackupException.Cancelled("the reading was interrupted");
        }
        if (isAbandoned) {
            throw new BackupException.Cancelled("another thread has ended the reading");
        }
    }

    /** Lets nobody wait any longer. */
    synchronized void abandon() {
        isAbandoned = true;
        notifyAll();
    }

    boolean isAbandoned() {
        return isAbandoned;
    }

    /** {@return the length of the document, once all parts have been added} */
    synchronized long bytes() {
        return bytes;
    }

    /** {@return what stands after the elements, once all parts have been added} */
    synchronized byte[] tail() {
        if (state != LineState.TAIL || !early.isEmpty()) {
            throw unfit("the document has no end");
        }
        return tail.toByteArray();
    }
}
