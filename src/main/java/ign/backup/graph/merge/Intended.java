package ign.backup.graph.merge;

import java.util.stream.IntStream;
import org.eclipse.collections.impl.map.mutable.primitive.IntObjectHashMap;
import org.neo4j.common.EntityType;
import org.neo4j.values.storable.Value;

/**
 * An element as it would be after the merge, as far as the database has words for it: no index and no constraint can be about a label,
 * type or key that does not exist yet.
 */
final class Intended {

    private static final long NO_ID = -1;

    private Intended() {}

    /** {@return what would be created} */
    static LiveElement of(FileElement file, LiveGraph live) {
        return of(file, new LiveElement(NO_ID, new int[0], NO_ID, NO_ID, new IntObjectHashMap<>()), live);
    }

    /** {@return what would become of {@code before}} */
    static LiveElement of(FileElement file, LiveElement before, LiveGraph live) {
        var words = live.tokens();
        var properties = new IntObjectHashMap<Value>(before.properties());
        for (int i = 0; i < file.propertyCount(); i++) {
            properties.put(words.propertyKey(file.key(i)), file.value(i));
        }
        properties.remove(Shape.NO_TOKEN);
        var tokens = IntStream.of(before.tokens());
        for (var name : file.tokens()) {
            int token = file.kind() == EntityType.NODE ? words.nodeLabel(name) : words.relationshipType(name);
            tokens = IntStream.concat(tokens, IntStream.of(token));
        }
        return new LiveElement(before.id(), tokens.toArray(), before.start(), before.end(), properties);
    }
}
