package ign.backup.graph.merge;

import ign.backup.model.MergeKeys;
import ign.backup.model.StopSignal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.collections.impl.list.mutable.primitive.LongArrayList;
import org.eclipse.collections.impl.map.mutable.primitive.LongObjectHashMap;
import org.jspecify.annotations.Nullable;
import org.neo4j.common.EntityType;
import org.neo4j.exceptions.KernelException;
import org.neo4j.values.storable.Value;

/**
 * Finds the elements of the database that have a key, or values that must be unique: by an index if there is one, else in
 * {@link ScannedKeys}, so that a label is read once and not once for each element.
 *
 * <p>Without an index it does not see what others create after the scan; what they change and remove shows when the element is read.
 */
final class Finder {

    private final MergeKeys keys;
    private final Changes changes;
    private final ScannedKeys scanned;
    private final LongObjectHashMap<LongArrayList> gained = new LongObjectHashMap<>();
    private final List<String> warnings = new ArrayList<>();

    Finder(MergeKeys keys, Changes changes, StopSignal stop) {
        this.keys = keys;
        this.changes = changes;
        this.scanned = new ScannedKeys(stop);
    }

    MergeKeys keys() {
        return keys;
    }

    /** Reads the keys of those labels or types for which there is no index, in one scan. */
    void prepare(EntityType kind, Set<String> tokens, LiveGraph live) {
        var without = new ArrayList<Shape>();
        for (var token : tokens) {
            var shape = Shape.of(kind, token, keys, live.tokens());
            if (shape != null && live.indexes().serving(shape).isEmpty()) {
                without.add(shape);
                warnings.add(warning(kind, token));
            }
        }
        scanned.read(kind, without, live);
    }

    private String warning(EntityType kind, String token) {
        var properties = keys.propertiesOf(token);
        return "there is no index for :" + token + "(" + String.join(", ", properties)
                + "): all these keys were read into memory, and what others create meanwhile is not seen; create one: "
                + (kind == EntityType.NODE
                        ? "CREATE INDEX FOR (n:" + quoted(token) + ") ON " + quoted("n.", properties)
                        : "CREATE INDEX FOR ()-[r:" + quoted(token) + "]-() ON " + quoted("r.", properties));
    }

    private static String quoted(String before, List<String> properties) {
        return properties.stream()
                .map(property -> before + quoted(property))
                .collect(Collectors.joining(", ", "(", ")"));
    }

    private static String quoted(String name) {
        return name.matches("[A-Za-z_][A-Za-z0-9_]*") ? name : "`" + name.replace("`", "``") + "`";
    }

    List<String> warnings() {
        return warnings;
    }

    /** {@return the elements with that key, read under a lock; more than two are not looked for} */
    List<LiveElement> find(EntityType kind, ElementKey key, LiveGraph live) throws KernelException {
        var shape = Shape.of(kind, key.token, keys, live.tokens());
        var found = new ArrayList<LiveElement>();
        if (shape == null) {
            return found;
        }
        var ids = candidates(shape, key.values, live);
        for (int i = 0; i < ids.size() && found.size() < 2; i++) {
            live.lock(kind, ids.get(i));
            var element = live.element(kind, ids.get(i));
            if (element != null && changes.has(element, shape, key.values)) {
                found.add(element);
            }
        }
        return found;
    }

    /** An element has been updated, or would be, and so it may have got a key that none of the file had before. */
    void updated(EntityType kind, LiveElement before, LiveElement after, LiveGraph live) {
        for (var shape : Shape.all(kind, keys, live.tokens())) {
            var values = shape.valuesOf(after);
            if (values != null && !areEqual(values, shape.valuesOf(before))) {
                gained.getIfAbsentPut(shape.hash(values), LongArrayList::new).add(after.id());
            }
        }
    }

    private LongArrayList candidates(Shape shape, Value[] values, LiveGraph live) throws KernelException {
        var ids = indexedOrScanned(shape, values, live);
        var more = gained.get(shape.hash(values));
        if (more == null) {
            return ids;
        }
        var all = LongArrayList.newList(ids);
        more.distinct().reject(ids::contains).forEach(all::add);
        return all;
    }

    private LongArrayList indexedOrScanned(Shape shape, Value[] values, LiveGraph live) throws KernelException {
        var index = live.indexes().serving(shape);
        if (index.isPresent()) {
            return live.seek(index.get(), shape, values);
        }
        var before = scanned.find(shape, values);
        if (before.isPresent()) {
            return before.get();
        }
        scanned.read(shape.kind(), List.of(shape), live); // its index was dropped meanwhile, or its words are new
        return scanned.find(shape, values).orElseGet(LongArrayList::new);
    }

    /** {@return whether both are there and equal, whatever their stored types} */
    static boolean areEqual(Value @Nullable [] some, Value @Nullable [] others) {
        if (some == null || others == null) {
            return false;
        }
        for (int i = 0; i < some.length; i++) {
            if (!some[i].equals(others[i])) {
                return false;
            }
        }
        return true;
    }
}
