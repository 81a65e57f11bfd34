package ign.backup.graph.merge;

import ign.backup.model.MergeKeys;
import org.eclipse.collections.impl.map.mutable.primitive.LongLongHashMap;
import org.eclipse.collections.impl.set.mutable.primitive.LongHashSet;
import org.neo4j.common.EntityType;
import org.neo4j.values.storable.Value;

/**
 * Remembers what would have been written, as far as it decides about later elements: keys that elements would lose, and values of
 * uniqueness constraints that would be taken. The latter take about 32 bytes of heap for each element that would be written and each
 * constraint that is on it.
 */
final class ForetoldChanges implements Changes {

    private final MergeKeys keys;
    private final LongHashSet lost = new LongHashSet();
    private final LongHashSet gained = new LongHashSet();
    private final LongLongHashMap takenBy = new LongLongHashMap();

    ForetoldChanges(MergeKeys keys) {
        this.keys = keys;
    }

    @Override
    public long create(FileElement.OfNode node, LiveGraph live) {
        for (var index : live.indexes().unique(EntityType.NODE)) {
            take(index.shape(), node, Intended.of(node, live));
        }
        return NodeIdMap.WOULD_BE_CREATED;
    }

    @Override
    public long create(FileElement.OfRelationship relationship, long start, long end, LiveGraph live) {
        for (var index : live.indexes().unique(EntityType.RELATIONSHIP)) {
            take(index.shape(), relationship, Intended.of(relationship, live));
        }
        return NodeIdMap.WOULD_BE_CREATED;
    }

    @Override
    public void update(FileElement file, LiveElement before, Change change, LiveGraph live) {
        var after = Intended.of(file, before, live);
        for (var index : live.indexes().unique(file.kind())) {
            var shape = index.shape();
            if (!Finder.areEqual(shape.valuesOf(before), shape.valuesOf(after))) {
                take(shape, file, after);
                move(shape, before, after);
            }
        }
        for (var shape : Shape.all(file.kind(), keys, live.tokens())) {
            move(shape, before, after);
        }
    }

    private void take(Shape shape, FileElement file, LiveElement after) {
        var values = shape.valuesOf(after);
        if (values != null) {
            takenBy.put(shape.hash(values), file.id);
        }
    }

    private void move(Shape shape, LiveElement before, LiveElement after) {
        var old = shape.valuesOf(before);
        var values = shape.valuesOf(after);
        if (Finder.areEqual(old, values)) {
            return;
        }
        if (old != null) {
            lost.add(Hashes.mix(shape.hash(old), before.id()));
        }
        if (values != null) {
            gained.add(Hashes.mix(shape.hash(values), before.id()));
        }
    }

    @Override
    public boolean has(LiveElement element, Shape shape, Value[] values) {
        long hash = Hashes.mix(shape.hash(values), element.id());
        return gained.contains(hash) || (Finder.areEqual(shape.valuesOf(element), values) && !lost.contains(hash));
    }

    @Override
    public boolean isTaken(Shape shape, Value[] values, FileElement by) {
        long hash = shape.hash(values);
        return takenBy.containsKey(hash) && takenBy.get(hash) != by.id; // not by itself, in an attempt that failed
    }
}
