package ign.backup.graph.merge;

import java.util.OptionalLong;
import org.eclipse.collections.impl.list.mutable.primitive.LongArrayList;
import org.eclipse.collections.impl.map.mutable.primitive.LongObjectHashMap;
import org.neo4j.common.EntityType;
import org.neo4j.internal.kernel.api.TokenRead;
import org.neo4j.values.storable.Value;

/** The relationships of the database at one place that nobody has claimed, by what they contain; 16 bytes of heap or so for each. */
final class Parallels {

    private final LongObjectHashMap<LongArrayList> byContent = new LongObjectHashMap<>();
    private int left;

    /** Takes those of {@code ids} that {@code attempt} has not claimed. */
    Parallels(LongArrayList ids, LiveGraph live, Attempt attempt) {
        for (int i = 0; i < ids.size(); i++) {
            if (!attempt.isClaimed(ids.get(i))) {
                live.lock(EntityType.RELATIONSHIP, ids.get(i));
                var element = live.element(EntityType.RELATIONSHIP, ids.get(i));
                if (element != null) {
                    byContent.getIfAbsentPut(hash(element), LongArrayList::new).add(element.id());
                    left++;
                }
            }
        }
    }

    boolean isEmpty() {
        return left == 0;
    }

    /** {@return one with the same properties and no others, which is taken out} */
    OptionalLong takeEqual(FileElement.OfRelationship relationship, LiveGraph live) {
        var alike = byContent.get(hash(relationship, live.tokens()));
        for (int i = 0; alike != null && i < alike.size(); i++) {
            var element = live.element(EntityType.RELATIONSHIP, alike.get(i));
            if (element != null
                    && element.properties().size() == relationship.propertyCount()
                    && Change.of(relationship, element, live.tokens()).isEmpty()) {
                left--;
                return OptionalLong.of(alike.removeAtIndex(i));
            }
        }
        return OptionalLong.empty();
    }

    private static long hash(LiveElement element) {
        long sum = 0;
        for (var property : element.properties().keyValuesView()) {
            sum += hash(property.getOne(), property.getTwo());
        }
        return sum;
    }

    private static long hash(FileElement element, TokenRead tokens) {
        long sum = 0;
        for (int i = 0; i < element.propertyCount(); i++) {
            sum += hash(tokens.propertyKey(element.key(i)), element.value(i));
        }
        return sum;
    }

    private static long hash(int key, Value value) {
        return Hashes.of(key, new Value[] {value});
    }
}
