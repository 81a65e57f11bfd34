package ign.backup.graph.merge;

import ign.backup.model.BackupException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.neo4j.exceptions.KernelException;

/**
 * Relationships without a key that are parallel in the file, and none of those in the database equals them: kept until all others
 * have found theirs, and then merged place by place.
 */
final class DeferredRelationships implements Batches.Work<List<FileElement.OfRelationship>> {

    private static final long MOST_BYTES = 64L << 20;

    private final RelationshipMerge merge;
    private final Map<Place, List<FileElement.OfRelationship>> places = new LinkedHashMap<>();
    private long bytes;

    DeferredRelationships(RelationshipMerge merge) {
        this.merge = merge;
    }

    /**
     * Keeps them.
     *
     * @throws BackupException.BadRequest when they become too many for the heap
     */
    void add(List<FileElement.OfRelationship> relationships) {
        for (var relationship : relationships) {
            places.computeIfAbsent(Place.of(relationship), place -> new ArrayList<>())
                    .add(relationship);
            bytes += relationship.roughBytes();
            if (bytes > MOST_BYTES) {
                throw new BackupException.BadRequest(
                        "more than " + (MOST_BYTES >> 20) + " MiB of relationships stand beside others of their type,"
                                + " such as :" + relationship.type
                                + ", and differ from those in the database",
                        "Name properties that identify the relationships of this type in the option 'keys'.");
            }
        }
    }

    List<List<FileElement.OfRelationship>> byPlace() {
        return List.copyOf(places.values());
    }

    @Override
    public void merge(List<FileElement.OfRelationship> atOnePlace, LiveGraph live, Attempt attempt)
            throws KernelException {
        var first = atOnePlace.get(0);
        var left = merge.lockedAndUnclaimed(first, live, attempt);
        if (left == null) {
            refused(atOnePlace, "one of its nodes was deleted meanwhile", attempt);
        } else if (left.isEmpty()) {
            for (var relationship : atOnePlace) {
                merge.create(relationship, live, attempt);
            }
        } else if (atOnePlace.size() == 1) {
            merge.settle(first, left, live, attempt);
        } else {
            refused(atOnePlace, RelationshipMerge.ambiguous(left.size()), attempt);
        }
    }

    @Override
    public void refused(List<FileElement.OfRelationship> atOnePlace, String reason, Attempt attempt) {
        atOnePlace.forEach(relationship -> attempt.conflict(relationship.name(), reason));
    }
}
