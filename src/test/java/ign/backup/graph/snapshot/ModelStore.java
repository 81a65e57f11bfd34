package ign.backup.graph.snapshot;

import ign.backup.graph.snapshot.EveryOrder.Use;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A store of elements with two fields, which are read and written in separate steps. Like a real one it keeps nobody from reading
 * what is half written; it has locks for those who write.
 */
final class ModelStore {

    /** An element by its place, which is used again after a deletion. */
    record Place(Kind kind, int id) {
        @Override
        public String toString() {
            return kind.one() + " " + id;
        }
    }

    /** What an element holds; neither is 0. */
    record Content(int first, int second) {}

    private record Field(Place place, int number) {
        @Override
        public String toString() {
            return place + (number == 0 ? ".first" : ".second");
        }
    }

    private record Lock(Place place) {
        @Override
        public String toString() {
            return "lock of " + place;
        }
    }

    private final EveryOrder order;
    private final Map<Field, Integer> fields = new HashMap<>();
    private final Map<Place, Object> owners = new HashMap<>();

    ModelStore(EveryOrder order) {
        this.order = order;
    }

    void fill(Map<Place, Content> content) {
        content.forEach((place, both) -> {
            fields.put(new Field(place, 0), both.first());
            fields.put(new Field(place, 1), both.second());
        });
    }

    private int get(Place place, int number) {
        return fields.getOrDefault(new Field(place, number), 0);
    }

    /** {@return the first field, or 0 when there is no element} */
    int readFirst(Place place, Use... also) {
        return read(new Field(place, 0), also);
    }

    /** {@return the second field} Fails when the element is not whole. */
    int readSecond(Place place, Use... also) {
        int value = read(new Field(place, 1), also);
        if (value == 0) {
            throw new IllegalStateException(place + " is not whole");
        }
        return value;
    }

    private int read(Field field, Use... also) {
        step(Use.shared(field), also);
        return fields.getOrDefault(field, 0);
    }

    /** Writes both fields, or one of them, as it is in reality: what is created comes into use at last. */
    void write(Place place, @Nullable Content content) {
        int first = content == null ? 0 : content.first();
        int second = content == null ? 0 : content.second();
        boolean created = get(place, 0) == 0;
        writeField(new Field(place, created ? 1 : 0), created ? second : first);
        writeField(new Field(place, created ? 0 : 1), created ? first : second);
    }

    private void writeField(Field field, int value) {
        if (fields.getOrDefault(field, 0) != value) {
            order.step(Use.alone(field));
            fields.put(field, value);
        }
    }

    void lock(Place place, Object owner) {
        if (owners.get(place) != owner) {
            order.step(() -> !owners.containsKey(place), Use.alone(new Lock(place)));
            owners.put(place, owner);
        }
    }

    /** Locks a place that no element has. */
    void lockFree(Place place, Object owner) {
        if (owners.get(place) != owner) {
            order.step(
                    () -> !owners.containsKey(place) && get(place, 0) == 0,
                    Use.alone(new Lock(place)),
                    Use.shared(new Field(place, 0)));
            owners.put(place, owner);
        }
    }

    void unlockAll(Object owner, Use... also) {
        var locks = new ArrayList<Use>(List.of(also));
        owners.forEach((place, theirs) -> {
            if (theirs == owner) {
                locks.add(Use.alone(new Lock(place)));
            }
        });
        order.step(locks.toArray(Use[]::new));
        owners.values().removeIf(theirs -> theirs == owner);
    }

    private void step(Use use, Use... also) {
        var all = new ArrayList<Use>(List.of(also));
        all.add(use);
        order.step(all.toArray(Use[]::new));
    }
}
