package ign.backup.graph.merge;

import org.eclipse.collections.impl.list.mutable.primitive.LongArrayList;
import org.jspecify.annotations.Nullable;
import org.neo4j.common.EntityType;
import org.neo4j.exceptions.KernelException;

/**
 * Merges one relationship: finds it by the key of its type, or by its place if the type has none, creates it, or gives it what it
 * lacks.
 */
final class RelationshipMerge implements Batches.Work<FileElement.OfRelationship> {

    private final MergeSurvey survey;
    private final Finder finder;
    private final UniqueRules rules;
    private final Changes changes;
    private final NodeIdMap nodes;

    RelationshipMerge(MergeSurvey survey, Finder finder, Changes changes, NodeIdMap nodes) {
        this.survey = survey;
        this.finder = finder;
        this.rules = new UniqueRules(changes);
        this.changes = changes;
        this.nodes = nodes;
    }

    @Override
    public void merge(FileElement.OfRelationship relationship, LiveGraph live, Attempt attempt) throws KernelException {
        var reason = unreachable(relationship, live);
        if (reason != null) {
            attempt.conflict(relationship.name(), reason);
        } else if (survey.keys().propertiesOf(relationship.type).isEmpty()) {
            byPlace(relationship, live, attempt);
        } else {
            byKey(relationship, live, attempt);
        }
    }

    /** Locks both ends, if they are in the database. */
    private @Nullable String unreachable(FileElement.OfRelationship relationship, LiveGraph live) {
        long start = nodes.get(relationship.start);
        long end = nodes.get(relationship.end);
        if (start == NodeIdMap.ABSENT || end == NodeIdMap.ABSENT) {
            return "node " + (start == NodeIdMap.ABSENT ? relationship.start : relationship.end) + " was left out";
        }
        if (start >= 0 && end >= 0) {
            live.lockEnds(start, end);
        }
        if ((start >= 0 && !live.hasNode(start)) || (end >= 0 && !live.hasNode(end))) {
            return "one of its nodes was deleted meanwhile";
        }
        return null;
    }

    private void byKey(FileElement.OfRelationship relationship, LiveGraph live, Attempt attempt)
            throws KernelException {
        var key = ElementKey.of(relationship.type, survey.keys(), relationship::value);
        if (key == null) {
            attempt.conflict(relationship.name(), "a property of the key of its type is missing");
            return;
        }
        var name = relationship.name() + " " + ElementKey.text(key.properties, key.values);
        var found = finder.find(EntityType.RELATIONSHIP, key, live);
        if (survey.isSharedByRelationships(key)) {
            attempt.conflict(name, "the file has several relationships with this key");
        } else if (found.size() > 1) {
            attempt.conflict(name, "the database has several relationships with this key");
        } else if (found.isEmpty()) {
            create(relationship, live, attempt);
        } else if (found.get(0).start() != nodes.get(relationship.start)
                || found.get(0).end() != nodes.get(relationship.end)) {
            attempt.conflict(name, "the relationship with this key is between other nodes in the database");
        } else {
            update(relationship, found.get(0), live, attempt);
        }
    }

    private void byPlace(FileElement.OfRelationship relationship, LiveGraph live, Attempt attempt)
            throws KernelException {
        if (!survey.isParallel(relationship)) {
            settle(relationship, there(relationship, live), live, attempt);
            return;
        }
        var parallels = attempt.parallels().get(Place.of(relationship));
        if (parallels == null) {
            parallels = new Parallels(there(relationship, live), live, attempt);
            attempt.parallels().put(Place.of(relationship), parallels);
        }
        var equal = parallels.takeEqual(relationship, live);
        if (equal.isPresent()) {
            attempt.claim(equal.getAsLong());
            attempt.unchanged();
        } else if (parallels.isEmpty()) {
            create(relationship, live, attempt);
        } else {
            attempt.defer(relationship);
        }
    }

    /** {@return those at its place that no other of the file has claimed, or null when one of its nodes is gone} */
    @Nullable LongArrayList lockedAndUnclaimed(FileElement.OfRelationship relationship, LiveGraph live, Attempt attempt) {
        return unreachable(relationship, live) != null
                ? null
                : there(relationship, live).reject(attempt::isClaimed);
    }

    /** {@return the relationships of the same type between the same nodes in the database} */
    private LongArrayList there(FileElement.OfRelationship relationship, LiveGraph live) {
        long start = nodes.get(relationship.start);
        long end = nodes.get(relationship.end);
        int type = live.tokens().relationshipType(relationship.type);
        return start < 0 || end < 0 || type == Shape.NO_TOKEN ? new LongArrayList() : live.between(start, type, end);
    }

    /** Merges the only one of the file that is left at its place with those that are left in the database. */
    void settle(FileElement.OfRelationship relationship, LongArrayList ids, LiveGraph live, Attempt attempt)
            throws KernelException {
        LiveElement other = null;
        int others = 0;
        for (int i = 0; i < ids.size(); i++) {
            live.lock(EntityType.RELATIONSHIP, ids.get(i));
            var element = live.element(EntityType.RELATIONSHIP, ids.get(i));
            if (element == null) {
                continue;
            }
            if (Change.of(relationship, element, live.tokens()).isEmpty()) {
                attempt.claim(element.id());
                attempt.unchanged();
                return;
            }
            other = element;
            others++;
        }
        if (other == null) {
            create(relationship, live, attempt);
        } else if (others == 1) {
            update(relationship, other, live, attempt);
        } else {
            attempt.conflict(relationship.name(), ambiguous(others));
        }
    }

    static String ambiguous(int others) {
        return "the database has " + others
                + " others of this type between these nodes; only a key for the type can tell" + " which is which";
    }

    void create(FileElement.OfRelationship relationship, LiveGraph live, Attempt attempt) throws KernelException {
        var refusal = rules.refusal(relationship, null, live);
        if (refusal.isPresent()) {
            attempt.conflict(relationship.name(), refusal.get());
            return;
        }
        attempt.claim(changes.create(relationship, nodes.get(relationship.start), nodes.get(relationship.end), live));
        attempt.created();
    }

    private void update(FileElement.OfRelationship relationship, LiveElement before, LiveGraph live, Attempt attempt)
            throws KernelException {
        var change = Change.of(relationship, before, live.tokens());
        if (change.isEmpty()) {
            attempt.unchanged();
            return;
        }
        var refusal = rules.refusal(relationship, before, live);
        if (refusal.isPresent()) {
            attempt.conflict(relationship.name(), refusal.get());
            return;
        }
        changes.update(relationship, before, change, live);
        finder.updated(EntityType.RELATIONSHIP, before, Intended.of(relationship, before, live), live);
        attempt.claim(before.id());
        attempt.updated();
    }

    @Override
    public void refused(FileElement.OfRelationship relationship, String reason, Attempt attempt) {
        attempt.conflict(relationship.name(), reason);
    }
}
