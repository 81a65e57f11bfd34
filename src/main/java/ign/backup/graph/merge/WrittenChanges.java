package ign.backup.graph.merge;

import java.util.List;
import java.util.stream.IntStream;
import org.eclipse.collections.impl.factory.primitive.IntSets;
import org.eclipse.collections.impl.map.mutable.primitive.IntObjectHashMap;
import org.jspecify.annotations.Nullable;
import org.neo4j.common.EntityType;
import org.neo4j.exceptions.KernelException;
import org.neo4j.values.storable.Value;

/** Writes what was decided, in the transaction of the batch. Labels, types and keys that are new get a transaction of their own. */
final class WrittenChanges implements Changes {

    @Override
    public long create(FileElement.OfNode node, LiveGraph live) throws KernelException {
        long id = live.write().nodeCreateWithLabels(labels(List.of(node.tokens()), live));
        var all = properties(node, all(node), live);
        if (!all.isEmpty()) {
            live.write().nodeApplyChanges(id, IntSets.immutable.empty(), IntSets.immutable.empty(), all);
        }
        return id;
    }

    @Override
    public long create(FileElement.OfRelationship relationship, long start, long end, LiveGraph live)
            throws KernelException {
        int type = live.newTokens().relationshipTypeGetOrCreateForName(relationship.type);
        long id = live.write().relationshipCreate(start, type, end);
        var all = properties(relationship, all(relationship), live);
        if (!all.isEmpty()) {
            live.write().relationshipApplyChanges(id, all);
        }
        return id;
    }

    @Override
    public void update(FileElement file, LiveElement before, Change change, LiveGraph live) throws KernelException {
        for (int place : change.properties()) {
            int key = live.tokens().propertyKey(file.key(place));
            if (takesForEqual(before.properties().get(key), file.value(place))) {
                remove(file.kind(), before.id(), key, live);
            }
        }
        var properties = properties(file, change.properties(), live);
        if (file.kind() == EntityType.NODE) {
            var labels = IntSets.immutable.with(labels(change.labels(), live));
            live.write().nodeApplyChanges(before.id(), labels, IntSets.immutable.empty(), properties);
        } else {
            live.write().relationshipApplyChanges(before.id(), properties);
        }
    }

    /** The kernel does not write a value that it takes for equal, as 0.0 in the place of -0.0, unless there is none before. */
    private static boolean takesForEqual(@Nullable Value before, Value after) {
        return before != null && before.equals(after);
    }

    private static void remove(EntityType kind, long id, int key, LiveGraph live) throws KernelException {
        if (kind == EntityType.NODE) {
            live.write().nodeRemoveProperty(id, key);
        } else {
            live.write().relationshipRemoveProperty(id, key);
        }
    }

    @Override
    public boolean has(LiveElement element, Shape shape, Value[] values) {
        return Finder.areEqual(shape.valuesOf(element), values); // a transaction sees its own changes
    }

    @Override
    public boolean isTaken(Shape shape, Value[] values, FileElement by) {
        return false;
    }

    private static List<Integer> all(FileElement element) {
        return IntStream.range(0, element.propertyCount()).boxed().toList();
    }

    private static int[] labels(List<String> names, LiveGraph live) throws KernelException {
        var ids = new int[names.size()];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = live.newTokens().labelGetOrCreateForName(names.get(i));
        }
        return IntStream.of(ids).sorted().distinct().toArray(); // the kernel asks for sorted ids
    }

    private static IntObjectHashMap<Value> properties(FileElement element, List<Integer> places, LiveGraph live)
            throws KernelException {
        var properties = new IntObjectHashMap<Value>();
        for (int place : places) {
            properties.put(live.newTokens().propertyKeyGetOrCreateForName(element.key(place)), element.value(place));
        }
        return properties;
    }
}
