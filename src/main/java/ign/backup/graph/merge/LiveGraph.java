package ign.backup.graph.merge;

import java.util.ArrayList;
import org.eclipse.collections.api.map.primitive.IntObjectMap;
import org.eclipse.collections.impl.list.mutable.primitive.LongArrayList;
import org.eclipse.collections.impl.map.mutable.primitive.IntObjectHashMap;
import org.jspecify.annotations.Nullable;
import org.neo4j.common.EntityType;
import org.neo4j.exceptions.KernelException;
import org.neo4j.graphdb.Direction;
import org.neo4j.internal.kernel.api.IndexQueryConstraints;
import org.neo4j.internal.kernel.api.NodeCursor;
import org.neo4j.internal.kernel.api.PropertyCursor;
import org.neo4j.internal.kernel.api.PropertyIndexQuery;
import org.neo4j.internal.kernel.api.RelationshipScanCursor;
import org.neo4j.internal.kernel.api.RelationshipTraversalCursor;
import org.neo4j.internal.kernel.api.TokenRead;
import org.neo4j.internal.kernel.api.TokenWrite;
import org.neo4j.internal.kernel.api.Write;
import org.neo4j.kernel.api.KernelTransaction;
import org.neo4j.storageengine.api.RelationshipSelection;
import org.neo4j.values.storable.Value;

/** The graph as one transaction sees it, its own changes included. For one thread. */
final class LiveGraph implements AutoCloseable {

    private final KernelTransaction kernel;
    private final boolean locking;
    private final OnlineIndexes indexes;
    private final NodeCursor node;
    private final RelationshipScanCursor relationship;
    private final PropertyCursor properties;

    /**
     * Looks at the graph; the caller closes this before the transaction.
     *
     * @param locking whether {@link #lock} locks; a dry run has nothing to protect
     */
    LiveGraph(KernelTransaction kernel, boolean locking) throws KernelException {
        this.kernel = kernel;
        this.locking = locking;
        this.indexes = new OnlineIndexes(kernel.schemaRead());
        var cursors = kernel.cursors();
        this.node = cursors.allocateNodeCursor(kernel.cursorContext(), kernel.memoryTracker());
        this.relationship = cursors.allocateRelationshipScanCursor(kernel.cursorContext(), kernel.memoryTracker());
        this.properties = cursors.allocatePropertyCursor(kernel.cursorContext(), kernel.memoryTracker());
    }

    OnlineIndexes indexes() {
        return indexes;
    }

    TokenRead tokens() {
        return kernel.tokenRead();
    }

    TokenWrite newTokens() {
        return kernel.tokenWrite();
    }

    Write write() throws KernelException {
        return kernel.dataWrite();
    }

    /** Keeps others from changing that element until this transaction ends. */
    void lock(EntityType kind, long id) {
        if (!locking) {
            return;
        }
        if (kind == EntityType.NODE) {
            kernel.locks().acquireExclusiveNodeLock(id);
        } else {
            kernel.locks().acquireExclusiveRelationshipLock(id);
        }
    }

    /** Locks two nodes, always in the same order, so that nobody who does likewise waits for us and we for him. */
    void lockEnds(long one, long other) {
        lock(EntityType.NODE, Math.min(one, other));
        lock(EntityType.NODE, Math.max(one, other));
    }

    boolean hasNode(long id) {
        return kernel.dataRead().nodeExists(id);
    }

    /** {@return the element, or null when it is not there} */
    @Nullable LiveElement element(EntityType kind, long id) {
        return kind == EntityType.NODE ? node(id) : relationship(id);
    }

    private @Nullable LiveElement node(long id) {
        kernel.dataRead().singleNode(id, node);
        if (!node.next()) {
            return null;
        }
        node.properties(properties);
        return new LiveElement(id, node.labels().all(), id, id, read());
    }

    private @Nullable LiveElement relationship(long id) {
        kernel.dataRead().singleRelationship(id, relationship);
        if (!relationship.next()) {
            return null;
        }
        relationship.properties(properties);
        return new LiveElement(
                id,
                new int[] {relationship.type()},
                relationship.sourceNodeReference(),
                relationship.targetNodeReference(),
                read());
    }

    private IntObjectMap<Value> read() {
        var values = new IntObjectHashMap<Value>();
        while (properties.next()) {
            values.put(properties.propertyKey(), properties.propertyValue());
        }
        return values;
    }

    /** {@return the ids of the elements that an index has under these values, which are in the order of {@code shape}} */
    LongArrayList seek(OnlineIndexes.Index index, Shape shape, Value[] values) throws KernelException {
        var queries = new ArrayList<PropertyIndexQuery>();
        for (int property : index.shape().properties()) {
            queries.add(
                    PropertyIndexQuery.exact(property, values[shape.properties().indexOf(property)]));
        }
        var session = kernel.dataRead().indexReadSession(index.descriptor());
        var query = queries.toArray(PropertyIndexQuery[]::new);
        var any = IndexQueryConstraints.unconstrained();
        var found = new LongArrayList();
        if (shape.kind() == EntityType.NODE) {
            try (var cursor =
                    kernel.cursors().allocateNodeValueIndexCursor(kernel.cursorContext(), kernel.memoryTracker())) {
                kernel.dataRead().nodeIndexSeek(kernel.queryContext(), session, cursor, any, query);
                while (cursor.next()) {
                    found.add(cursor.nodeReference());
                }
            }
        } else {
            try (var cursor = kernel.cursors()
                    .allocateRelationshipValueIndexCursor(kernel.cursorContext(), kernel.memoryTracker())) {
                kernel.dataRead().relationshipIndexSeek(kernel.queryContext(), session, cursor, any, query);
                while (cursor.next()) {
                    found.add(cursor.relationshipReference());
                }
            }
        }
        return found;
    }

    /**
     * {@return the ids of the relationships of a type from one node to another}
     *
     * <p>Both nodes are walked through at the same pace until one is done: a hub costs no more than its neighbour.
     */
    LongArrayList between(long start, int type, long end) {
        var ofStart = new LongArrayList();
        var ofEnd = new LongArrayList();
        try (var outgoing = traversal();
                var incoming = traversal()) {
            walk(start, type, Direction.OUTGOING, outgoing);
            walk(end, type, Direction.INCOMING, incoming);
            while (outgoing.next()) {
                if (outgoing.targetNodeReference() == end) {
                    ofStart.add(outgoing.relationshipReference());
                }
                if (!incoming.next()) {
                    return ofEnd;
                }
                if (incoming.sourceNodeReference() == start) {
                    ofEnd.add(incoming.relationshipReference());
                }
            }
        }
        return ofStart;
    }

    private RelationshipTraversalCursor traversal() {
        return kernel.cursors().allocateRelationshipTraversalCursor(kernel.cursorContext(), kernel.memoryTracker());
    }

    private void walk(long from, int type, Direction direction, RelationshipTraversalCursor relationships) {
        kernel.dataRead().singleNode(from, node);
        if (node.next()) {
            node.relationships(relationships, RelationshipSelection.selection(type, direction));
        }
    }

    /** Takes what a scan comes to; the cursor stands at it. */
    interface Scan {
        /** A node, and room to read its properties. */
        default void node(NodeCursor node, PropertyCursor properties) {}

        /** A relationship, and room to read its properties. */
        default void relationship(RelationshipScanCursor relationship, PropertyCursor properties) {}
    }

    /** Shows all elements of a kind, one after the other. */
    void scan(EntityType kind, Scan scan) {
        if (kind == EntityType.NODE) {
            kernel.dataRead().allNodesScan(node);
            while (node.next()) {
                scan.node(node, properties);
            }
        } else {
            kernel.dataRead().allRelationshipsScan(relationship);
            while (relationship.next()) {
                scan.relationship(relationship, properties);
            }
        }
    }

    @Override
    public void close() {
        properties.close();
        relationship.close();
        node.close();
    }
}
