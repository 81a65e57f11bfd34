package ign.backup.graph.merge;

import ign.backup.graph.kernel.Transactions;
import ign.backup.model.BackupException;
import ign.backup.model.Element;
import ign.backup.model.GraphVisitor;
import ign.backup.model.MergeCounts;
import ign.backup.model.MergeReport;
import ign.backup.model.Progress;
import ign.backup.model.StopSignal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.neo4j.common.EntityType;
import org.neo4j.graphdb.GraphDatabaseService;
import org.neo4j.graphdb.Transaction;

/**
 * Merges a file into a database that is in use: a visitor that creates the elements which the database does not have, gives those that
 * it has what they lack, and reports what it cannot decide.
 *
 * <p>A node is found by the keys of its labels. What the file says overwrites, stored types included; other properties and labels of
 * the database stay; nothing is removed. A relationship is found by the key of its type; if the type has none, by its type and ends, and
 * among parallel ones first those that are equal are taken for the same.
 *
 * <p>The file is shown twice, first to a {@link MergeSurvey}. Then all nodes come before the first relationship. It is written batch by
 * batch, each in one transaction, which locks what it has found before it compares; so writers lose nothing, and an end at any moment
 * leaves a graph from which the same merge goes on. For one thread.
 */
public final class GraphMerge implements GraphVisitor, AutoCloseable {

    /** A batch also ends when its values are that large, whatever the number of its elements. */
    private static final long MOST_BYTES = 16L << 20;

    private final MergeOptions options;
    private final MergeSurvey survey;
    private final Progress progress;
    /** Does nothing, but while it is open Neo4j gives no id of a deleted element to a new one: an id that was found stays what it is. */
    private final Transaction idKeeper;

    private final Batches batches;
    private final Finder finder;
    private final NodeIdMap ids;
    private final NodeMerge nodeMerge;
    private final RelationshipMerge relationshipMerge;
    private final DeferredRelationships deferred;
    private final IdBits claimedNodes = new IdBits();
    private final IdBits claimedRelationships = new IdBits();
    private final List<String> conflicts = new ArrayList<>();
    private final List<FileElement.OfNode> nodes = new ArrayList<>();
    private final List<FileElement.OfRelationship> relationships = new ArrayList<>();
    private MergeCounts nodeCounts = MergeCounts.NONE;
    private MergeCounts relationshipCounts = MergeCounts.NONE;
    private long batchBytes;
    private @Nullable EntityType phase;

    private GraphMerge(
            GraphDatabaseService database,
            MergeSurvey survey,
            MergeOptions options,
            Progress progress,
            StopSignal stop) {
        this.options = options;
        this.survey = survey;
        this.progress = progress;
        var changes = options.dryRun() ? new ForetoldChanges(survey.keys()) : new WrittenChanges();
        this.batches = new Batches(database, options.dryRun(), stop);
        this.finder = new Finder(survey.keys(), changes, stop);
        this.ids = NodeIdMap.of(options.nodes(), options.largestNodeId());
        this.nodeMerge = new NodeMerge(survey, finder, changes);
        this.relationshipMerge = new RelationshipMerge(survey, finder, changes, ids);
        this.deferred = new DeferredRelationships(relationshipMerge);
        this.idKeeper = Transactions.begin(database);
    }

    /**
     * Begins a merge, which the caller closes.
     *
     * @param survey has been shown the whole file
     * @param progress advances by an element once it is committed or left out
     * @param stop is asked before each transaction, and in pauses
     * @throws BackupException.Unavailable when the database cannot be used
     */
    public static GraphMerge begin(
            GraphDatabaseService database,
            MergeSurvey survey,
            MergeOptions options,
            Progress progress,
            StopSignal stop) {
        survey.end();
        return new GraphMerge(database, survey, options, progress, stop);
    }

    @Override
    public void node(Element.Node element) {
        enter(EntityType.NODE);
        var node = new FileElement.OfNode(element);
        nodes.add(node);
        batchBytes += node.roughBytes();
        if (isFull(nodes)) {
            flush();
        }
    }

    @Override
    public void relationship(Element.Relationship element) {
        enter(EntityType.RELATIONSHIP);
        var relationship = new FileElement.OfRelationship(element);
        relationships.add(relationship);
        batchBytes += relationship.roughBytes();
        if (isFull(relationships)) {
            flush();
        }
    }

    private void enter(EntityType kind) {
        if (phase == kind) {
            return;
        }
        if (phase == EntityType.RELATIONSHIP) {
            throw new BackupException.Defect("a merge was shown a node after a relationship", null);
        }
        flush();
        phase = kind;
        batches.look(live -> finder.prepare(kind, kind == EntityType.NODE ? survey.labels() : survey.types(), live));
    }

    private boolean isFull(List<?> batch) {
        return batch.size() >= options.batchSize() || batchBytes >= MOST_BYTES;
    }

    private void flush() {
        if (!nodes.isEmpty()) {
            batches.run(List.copyOf(nodes), nodeMerge, nodeBounds());
        }
        if (!relationships.isEmpty()) {
            batches.run(List.copyOf(relationships), relationshipMerge, relationshipBounds());
        }
        nodes.clear();
        relationships.clear();
        batchBytes = 0;
    }

    private Batches.Bounds nodeBounds() {
        return new Batches.Bounds(() -> new Attempt(claimedNodes), attempt -> {
            attempt.eachKnown(ids::put);
            nodeCounts = nodeCounts.plus(attempt.counts());
            committed(attempt);
        });
    }

    private Batches.Bounds relationshipBounds() {
        return new Batches.Bounds(() -> new Attempt(claimedRelationships), attempt -> {
            relationshipCounts = relationshipCounts.plus(attempt.counts());
            committed(attempt);
            deferred.add(attempt.deferred());
        });
    }

    private void committed(Attempt attempt) {
        attempt.settle();
        int room = MergeReport.MOST_CONFLICTS - conflicts.size();
        attempt.sentences().stream().limit(room).forEach(conflicts::add);
        progress.advance(attempt.counts().elements());
    }

    /** {@return how it ended, when everything that was shown is in the database or left out} */
    public MergeReport finish() {
        flush();
        var batch = new ArrayList<List<FileElement.OfRelationship>>();
        int elements = 0;
        for (var atOnePlace : deferred.byPlace()) {
            batch.add(atOnePlace);
            elements += atOnePlace.size();
            if (elements >= options.batchSize()) {
                batches.run(List.copyOf(batch), deferred, relationshipBounds());
                batch.clear();
                elements = 0;
            }
        }
        if (!batch.isEmpty()) {
            batches.run(batch, deferred, relationshipBounds());
        }
        return new MergeReport(nodeCounts, relationshipCounts, conflicts, finder.warnings());
    }

    /** Lets go of the database; what was not finished is not merged. */
    @Override
    public void close() {
        idKeeper.close();
    }
}
