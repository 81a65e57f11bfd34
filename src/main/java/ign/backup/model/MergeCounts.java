package ign.backup.model;

/**
 * What a merge did with the elements of one kind, or would do: each element of the file counts once.
 *
 * @param created were not in the database
 * @param updated were there, and got labels or values of the file
 * @param unchanged were there with all that the file has
 * @param conflicts were left out, because it could not be told what they are, or Neo4j refuses them
 */
public record MergeCounts(long created, long updated, long unchanged, long conflicts) {

    public static final MergeCounts NONE = new MergeCounts(0, 0, 0, 0);

    /** {@return the sum of both} */
    public MergeCounts plus(MergeCounts other) {
        return new MergeCounts(
                created + other.created,
                updated + other.updated,
                unchanged + other.unchanged,
                conflicts + other.conflicts);
    }

    /** {@return how many elements of the file these are} */
    public long elements() {
        return created + updated + unchanged + conflicts;
    }
}
