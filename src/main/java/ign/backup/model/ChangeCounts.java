package ign.backup.model;

/**
 * How many elements transactions created, deleted and changed, as they committed.
 *
 * <p>What is created and deleted again counts in both. An element counts as changed once in each transaction that changes its
 * labels or properties.
 */
public record ChangeCounts(
        long createdNodes,
        long createdRelationships,
        long deletedNodes,
        long deletedRelationships,
        long changedNodes,
        long changedRelationships) {

    public static final ChangeCounts NONE = new ChangeCounts(0, 0, 0, 0, 0, 0);

    /** {@return the sum of both} */
    public ChangeCounts plus(ChangeCounts other) {
        return new ChangeCounts(
                createdNodes + other.createdNodes,
                createdRelationships + other.createdRelationships,
                deletedNodes + other.deletedNodes,
                deletedRelationships + other.deletedRelationships,
                changedNodes + other.changedNodes,
                changedRelationships + other.changedRelationships);
    }

    /** {@return whether nothing was created, deleted or changed} */
    public boolean isZero() {
        return equals(NONE);
    }

    /** {@return deleted nodes and relationships together} */
    public long deleted() {
        return deletedNodes + deletedRelationships;
    }

    /** {@return changed nodes and relationships together} */
    public long changed() {
        return changedNodes + changedRelationships;
    }
}
