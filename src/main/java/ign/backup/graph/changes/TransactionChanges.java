package ign.backup.graph.changes;

import ign.backup.graph.snapshot.Changes;
import ign.backup.graph.snapshot.Kind;
import ign.backup.model.ChangeCounts;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.neo4j.kernel.api.KernelTransaction;
import org.neo4j.kernel.api.txstate.TxStateHolder;
import org.neo4j.storageengine.api.txstate.NodeState;
import org.neo4j.storageengine.api.txstate.ReadableTransactionState;

/**
 * What a transaction changes, from its own state.
 *
 * <p>Not from the {@code TransactionData} that listeners are given: its lists of properties and labels are made before the first
 * listener is asked, and miss what other listeners change.
 */
public final class TransactionChanges implements Changes {

    /** {@code NodeState.labelDiffSets().isEmpty()}: the type between the two differs between the versions of Neo4j. */
    private static final MethodHandle LABELS_ARE_AS_BEFORE = labelsAreAsBefore();

    private final ReadableTransactionState state;

    private TransactionChanges(ReadableTransactionState state) {
        this.state = state;
    }

    /** {@return the changes of a transaction that has some; to be asked until the transaction has ended} */
    public static TransactionChanges of(KernelTransaction transaction) {
        return new TransactionChanges(((TxStateHolder) transaction).txState());
    }

    @Override
    public void created(Visitor visitor) {
        state.addedAndRemovedNodes().getAdded().forEach(id -> visitor.element(Kind.NODE, id));
        state.addedAndRemovedRelationships().getAdded().forEach(id -> visitor.element(Kind.RELATIONSHIP, id));
    }

    @Override
    public void replaced(Visitor visitor) {
        state.addedAndRemovedNodes().getRemoved().forEach(id -> visitor.element(Kind.NODE, id));
        state.addedAndRemovedRelationships().getRemoved().forEach(id -> visitor.element(Kind.RELATIONSHIP, id));
        for (var node : state.modifiedNodes()) {
            if (node.hasPropertyChanges() || hasLabelChanges(node)) {
                visitor.element(Kind.NODE, node.getId());
            }
        }
        for (var relationship : state.modifiedRelationships()) {
            if (relationship.hasPropertyChanges()) {
                visitor.element(Kind.RELATIONSHIP, relationship.getId());
            }
        }
    }

    /** {@return how many elements it creates, deletes, and changes otherwise} */
    ChangeCounts counts() {
        var nodes = state.addedAndRemovedNodes();
        var relationships = state.addedAndRemovedRelationships();
        long changedNodes = 0;
        for (var node : state.modifiedNodes()) {
            if (!nodes.isAdded(node.getId()) && (node.hasPropertyChanges() || hasLabelChanges(node))) {
                changedNodes++;
            }
        }
        long changedRelationships = 0;
        for (var relationship : state.modifiedRelationships()) {
            if (!relationships.isAdded(relationship.getId()) && relationship.hasPropertyChanges()) {
                changedRelationships++;
            }
        }
        return new ChangeCounts(
                nodes.getAdded().size(),
                relationships.getAdded().size(),
                nodes.getRemoved().size(),
                relationships.getRemoved().size(),
                changedNodes,
                changedRelationships);
    }

    private static boolean hasLabelChanges(NodeState node) {
        try {
            return !(boolean) LABELS_ARE_AS_BEFORE.invokeExact(node);
        } catch (Throwable e) { // allow IllegalCatch: a method handle declares it
            throw new IllegalStateException("the label changes of node " + node.getId() + " cannot be asked for", e);
        }
    }

    private static MethodHandle labelsAreAsBefore() {
        var lookup = MethodHandles.publicLookup();
        try {
            var changes = NodeState.class.getMethod("labelDiffSets").getReturnType();
            var labelDiffSets = lookup.findVirtual(NodeState.class, "labelDiffSets", MethodType.methodType(changes));
            var isEmpty = lookup.findVirtual(changes, "isEmpty", MethodType.methodType(boolean.class));
            return MethodHandles.filterReturnValue(labelDiffSets, isEmpty);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }
}
