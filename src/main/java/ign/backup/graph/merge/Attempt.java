package ign.backup.graph.merge;

import ign.backup.model.MergeCounts;
import ign.backup.model.MergeReport;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.collections.api.block.procedure.primitive.LongLongProcedure;
import org.eclipse.collections.impl.list.mutable.primitive.LongArrayList;
import org.eclipse.collections.impl.set.mutable.primitive.LongHashSet;

/** What one attempt at a batch has done; it counts when its transaction is committed, and is forgotten when not. */
final class Attempt {

    private final IdBits settled;
    private final LongHashSet claimed = new LongHashSet();
    private final LongArrayList fileIds = new LongArrayList();
    private final LongArrayList liveIds = new LongArrayList();
    private final List<String> sentences = new ArrayList<>();
    private final List<FileElement.OfRelationship> deferred = new ArrayList<>();
    private final Map<Place, Parallels> parallels = new HashMap<>();
    private long created;
    private long updated;
    private long unchanged;
    private long conflicts;

    /** Begins with what earlier batches have claimed. */
    Attempt(IdBits settled) {
        this.settled = settled;
    }

    void created() {
        created++;
    }

    void updated() {
        updated++;
    }

    void unchanged() {
        unchanged++;
    }

    void conflict(String element, String reason) {
        conflicts++;
        if (sentences.size() < MergeReport.MOST_CONFLICTS) {
            sentences.add(element + ": " + reason);
        }
    }

    /** That element of the database is one of the file's now, and no other's. */
    void claim(long liveId) {
        if (liveId >= 0) {
            claimed.add(liveId);
        }
    }

    boolean isClaimed(long liveId) {
        return claimed.contains(liveId) || settled.contains(liveId);
    }

    /** Relationships will ask for that node. */
    void know(long fileId, long liveId) {
        fileIds.add(fileId);
        liveIds.add(liveId);
    }

    /** Can be decided only when all others have been seen. */
    void defer(FileElement.OfRelationship relationship) {
        deferred.add(relationship);
    }

    /** {@return the relationships at those places that have been read in this attempt} */
    Map<Place, Parallels> parallels() {
        return parallels;
    }

    MergeCounts counts() {
        return new MergeCounts(created, updated, unchanged, conflicts);
    }

    List<String> sentences() {
        return sentences;
    }

    List<FileElement.OfRelationship> deferred() {
        return deferred;
    }

    /** Tells every node of the file that was found or created, with its id in the database. */
    void eachKnown(LongLongProcedure know) {
        for (int i = 0; i < fileIds.size(); i++) {
            know.value(fileIds.get(i), liveIds.get(i));
        }
    }

    /** The transaction was committed. */
    void settle() {
        claimed.forEach(settled::add);
    }
}
