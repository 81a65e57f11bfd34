package ign.backup.graph.merge;

import ign.backup.model.StopSignal;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.eclipse.collections.impl.list.mutable.primitive.LongArrayList;
import org.eclipse.collections.impl.map.mutable.primitive.IntObjectHashMap;
import org.eclipse.collections.impl.map.mutable.primitive.LongLongHashMap;
import org.eclipse.collections.impl.map.mutable.primitive.LongObjectHashMap;
import org.neo4j.common.EntityType;
import org.neo4j.internal.kernel.api.NodeCursor;
import org.neo4j.internal.kernel.api.PropertyCursor;
import org.neo4j.internal.kernel.api.RelationshipScanCursor;
import org.neo4j.storageengine.api.PropertySelection;
import org.neo4j.values.storable.Value;

/**
 * The keys that the elements of some labels or types had when they were read, for lack of an index: about 32 bytes of heap for each.
 *
 * <p>What it answers is where to look, not what is there: elements are changed and removed meanwhile, and hashes can agree by chance.
 */
final class ScannedKeys implements LiveGraph.Scan {

    private static final int CHECK_EVERY = 10_000;

    private final Map<Shape, Ids> byShape = new HashMap<>();
    private final Map<Shape, Ids> reading = new HashMap<>();
    private final StopSignal stop;
    private long seen;

    ScannedKeys(StopSignal stop) {
        this.stop = stop;
    }

    private static final class Ids {
        private final LongLongHashMap first = new LongLongHashMap();
        private final LongObjectHashMap<LongArrayList> more = new LongObjectHashMap<>();

        void add(long hash, long id) {
            if (first.containsKey(hash)) {
                more.getIfAbsentPut(hash, LongArrayList::new).add(id);
            } else {
                first.put(hash, id);
            }
        }

        LongArrayList get(long hash) {
            var ids = new LongArrayList();
            if (first.containsKey(hash)) {
                ids.add(first.get(hash));
                var others = more.get(hash);
                if (others != null) {
                    ids.addAll(others);
                }
            }
            return ids;
        }
    }

    /** Reads the keys of those shapes, which are all of one kind, in one scan. */
    void read(EntityType kind, Collection<Shape> shapes, LiveGraph live) {
        reading.clear();
        shapes.forEach(shape -> reading.put(shape, new Ids()));
        if (!shapes.isEmpty()) {
            live.scan(kind, this);
        }
        byShape.putAll(reading); // only whole ones: the scan may have been ended half-way
    }

    /** {@return the ids of elements that may have these values, or nothing when that shape was not read} */
    Optional<LongArrayList> find(Shape shape, Value[] values) {
        return Optional.ofNullable(byShape.get(shape)).map(ids -> ids.get(Hashes.of(0, values)));
    }

    @Override
    public void node(NodeCursor node, PropertyCursor properties) {
        check();
        reading.forEach((shape, ids) -> {
            if (shape.kind() == EntityType.NODE && node.hasLabel(shape.token())) {
                node.properties(properties, selection(shape));
                add(shape, ids, node.nodeReference(), properties);
            }
        });
    }

    @Override
    public void relationship(RelationshipScanCursor relationship, PropertyCursor properties) {
        check();
        reading.forEach((shape, ids) -> {
            if (shape.kind() == EntityType.RELATIONSHIP && relationship.type() == shape.token()) {
                relationship.properties(properties, selection(shape));
                add(shape, ids, relationship.relationshipReference(), properties);
            }
        });
    }

    private void check() {
        if (seen++ % CHECK_EVERY == 0) {
            stop.check();
        }
    }

    private static PropertySelection selection(Shape shape) {
        return PropertySelection.selection(
                shape.properties().stream().mapToInt(Integer::intValue).toArray());
    }

    private static void add(Shape shape, Ids ids, long id, PropertyCursor properties) {
        var found = new IntObjectHashMap<Value>();
        while (properties.next()) {
            found.put(properties.propertyKey(), properties.propertyValue());
        }
        var values = shape.valuesOf(found::get);
        if (values != null) {
            ids.add(Hashes.of(0, values), id);
        }
    }
}
