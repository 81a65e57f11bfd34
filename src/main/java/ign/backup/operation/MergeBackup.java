package ign.backup.operation;

import ign.backup.graph.Graphs;
import ign.backup.graph.merge.MergeOptions;
import ign.backup.graph.merge.MergeSurvey;
import ign.backup.model.BackupException;
import ign.backup.model.GraphState;
import ign.backup.model.MergeKeys;
import ign.backup.model.MergeReport;

/**
 * Merges a backup into a graph that is in use: the one way of restoring that changes the graph step by step. It can be ended and
 * called again.
 */
public final class MergeBackup {

    private final Graphs graphs;
    private final BackupCatalog catalog;
    private final BackupReader reader;
    private final int batchSize;

    /** Of backups of {@code reader}; {@code batchSize} is how many elements a transaction has at most. */
    public MergeBackup(Graphs graphs, BackupCatalog catalog, BackupReader reader, int batchSize) {
        this.graphs = graphs;
        this.catalog = catalog;
        this.reader = reader;
        this.batchSize = batchSize;
    }

    /**
     * Merges, or says what it would do.
     *
     * @throws BackupException when it does not come to its end; then what was merged stays, and the same merge goes on from there
     */
    MergeReport run(RestoreRequest request, Judgement judged, Running<?> work) {
        var counts = judged.verdict().counts();
        var options = new MergeOptions(request.choices().dryRun(), batchSize, counts.nodes(), judged.highestNodeId());
        work.phase("survey", counts.elements(), "elements");
        var survey = new MergeSurvey(keysOf(request));
        reader.readInOrder(judged, survey, work);
        work.phase("merge", counts.elements(), "elements");
        var merge = graphs.merge(request.database(), survey, options, work, work);
        try (merge) {
            reader.readInOrder(judged, merge, work);
            return merge.finish();
        } catch (BackupException e) {
            throw request.choices().dryRun() ? e : e.and("what was merged until then stays");
        }
    }

    /** {@return what identifies an element; there is no merging without that} */
    static MergeKeys keysOf(RestoreRequest request) {
        return request.keys().orElseGet(() -> MergeKeys.of(null));
    }

    /**
     * There is no way back from a merge but a backup of what was there before.
     *
     * @throws BackupException.BadRequest when there is none of the present state
     */
    void requireBackupOf(GraphState present) {
        boolean isSaved = catalog.latest(present.database())
                .filter(entry -> entry.isGood())
                .flatMap(entry -> entry.header().origin())
                .filter(origin -> origin.storeId().equals(present.storeId()) && origin.txId() == present.lastTxId())
                .isPresent();
        if (!isSaved) {
            throw new BackupException.BadRequest(
                    "a merge changes the graph step by step, and there is no good backup of its present state",
                    "Make one first with CALL ign.backup.create('Before the merge', {tier: 'pre-upgrade', pin: true}), or"
                            + " call it with {safetyBackup: false}.");
        }
    }
}
