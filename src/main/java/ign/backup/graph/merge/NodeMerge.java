package ign.backup.graph.merge;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.neo4j.common.EntityType;
import org.neo4j.exceptions.KernelException;

/** Merges one node: finds it by the keys of its labels, creates it, or gives it what it lacks. */
final class NodeMerge implements Batches.Work<FileElement.OfNode> {

    private final MergeSurvey survey;
    private final Finder finder;
    private final UniqueRules rules;
    private final Changes changes;

    NodeMerge(MergeSurvey survey, Finder finder, Changes changes) {
        this.survey = survey;
        this.finder = finder;
        this.rules = new UniqueRules(changes);
        this.changes = changes;
    }

    @Override
    public void merge(FileElement.OfNode node, LiveGraph live, Attempt attempt) throws KernelException {
        var keys = ElementKey.allOf(node, survey.keys());
        if (keys.isEmpty()) {
            attempt.conflict(name(node, keys), "none of its labels has a key, or a property of the key is missing");
            return;
        }
        LiveElement match = null;
        for (var key : keys) {
            if (survey.isSharedByNodes(key)) {
                attempt.conflict(name(node, List.of(key)), "the file has several nodes with this key");
                return;
            }
            var found = finder.find(EntityType.NODE, key, live);
            if (found.size() > 1) {
                attempt.conflict(name(node, List.of(key)), "the database has several nodes with this key");
                return;
            }
            if (match != null && !found.isEmpty() && found.get(0).id() != match.id()) {
                attempt.conflict(name(node, keys), "these keys are of different nodes in the database");
                return;
            }
            match = found.isEmpty() ? match : found.get(0);
        }
        settle(node, keys, match, live, attempt);
    }

    private void settle(
            FileElement.OfNode node,
            List<ElementKey> keys,
            @Nullable LiveElement match,
            LiveGraph live,
            Attempt attempt)
            throws KernelException {
        if (match != null && attempt.isClaimed(match.id())) {
            attempt.conflict(name(node, keys), "another node of the file is the same node in the database");
            return;
        }
        var change = match == null ? null : Change.of(node, match, live.tokens());
        if (change != null && match != null && change.isEmpty()) {
            attempt.unchanged();
            know(node, match.id(), attempt);
            return;
        }
        var refusal = rules.refusal(node, match, live);
        if (refusal.isPresent()) {
            attempt.conflict(name(node, keys), refusal.get());
        } else if (change == null || match == null) {
            know(node, changes.create(node, live), attempt);
            attempt.created();
        } else {
            changes.update(node, match, change, live);
            finder.updated(EntityType.NODE, match, Intended.of(node, match, live), live);
            know(node, match.id(), attempt);
            attempt.updated();
        }
    }

    private static void know(FileElement.OfNode node, long liveId, Attempt attempt) {
        attempt.claim(liveId);
        attempt.know(node.id, liveId);
    }

    @Override
    public void refused(FileElement.OfNode node, String reason, Attempt attempt) {
        attempt.conflict(name(node, ElementKey.allOf(node, survey.keys())), reason);
    }

    private static String name(FileElement.OfNode node, List<ElementKey> keys) {
        if (keys.isEmpty()) {
            return node.name() + " "
                    + (node.tokens().length == 0 ? "without labels" : ":" + String.join(":", node.tokens()));
        }
        return node.name() + " "
                + String.join(" and ", keys.stream().map(ElementKey::toString).toList());
    }
}
