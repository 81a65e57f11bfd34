package ign.backup.graph.export;

import ign.backup.graph.snapshot.Kind;
import ign.backup.graph.snapshot.OldStates;
import ign.backup.model.BackupException;
import ign.backup.model.ElementWriter;
import ign.backup.model.ElementsAhead;
import org.jspecify.annotations.Nullable;
import org.neo4j.graphdb.Transaction;
import org.neo4j.internal.kernel.api.NodeCursor;
import org.neo4j.internal.kernel.api.RelationshipScanCursor;
import org.neo4j.kernel.impl.coreapi.InternalTransaction;

/** Reads old states through a transaction of its own, which sees what is committed and nothing of the one that commits. */
final class CommittedStates implements OldStates {

    private final Transaction transaction;
    private final KernelView kernel;
    private final ElementReader reader;
    private final ElementsAhead ahead;
    private @Nullable NodeCursor node;
    private @Nullable ElementWriter nodes;
    private @Nullable RelationshipScanCursor relationship;
    private @Nullable ElementWriter relationships;

    /** {@code transaction} is closed with this. */
    CommittedStates(Transaction transaction, TokenNames names, ElementsAhead ahead) {
        this.transaction = transaction;
        this.kernel = KernelView.of(((InternalTransaction) transaction).kernelTransaction());
        this.reader = new ElementReader(kernel, names);
        this.ahead = ahead;
    }

    @Override
    public void save(Kind kind, long id) {
        if (kind == Kind.NODE) {
            saveNode(id);
        } else {
            saveRelationship(id);
        }
    }

    private void saveNode(long id) {
        if (node == null) {
            node = kernel.cursors().allocateNodeCursor(kernel.pages(), kernel.memory());
        }
        if (nodes == null) {
            nodes = ahead.nodes();
        }
        kernel.read().singleNode(id, node);
        expect(node.next(), Kind.NODE, id);
        reader.read(node, nodes);
        reader.end(node, nodes);
    }

    private void saveRelationship(long id) {
        if (relationship == null) {
            relationship = kernel.cursors().allocateRelationshipScanCursor(kernel.pages(), kernel.memory());
        }
        if (relationships == null) {
            relationships = ahead.relationships();
        }
        kernel.read().singleRelationship(id, relationship);
        expect(relationship.next(), Kind.RELATIONSHIP, id);
        reader.read(relationship, relationships);
        reader.end(relationship, relationships);
    }

    private static void expect(boolean found, Kind kind, long id) {
        if (!found) {
            throw new BackupException.Defect(
                    "a transaction replaces " + kind.one() + " " + id + ", which the store does not have", null);
        }
    }

    /** Hands over even after a failure: the snapshot is spoiled then, and cursors and transaction must go. */
    @Override
    @SuppressWarnings("try") // closed one after the other, whatever the others do
    public void close() {
        var openNode = node;
        var openRelationship = relationship;
        var openNodes = nodes;
        var openRelationships = relationships;
        try (transaction;
                reader;
                openNode;
                openRelationship;
                openRelationships;
                openNodes) {
            // the last one is closed first: the writers hand over before the transaction ends
        }
    }
}
