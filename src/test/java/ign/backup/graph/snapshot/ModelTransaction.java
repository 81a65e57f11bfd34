package ign.backup.graph.snapshot;

import ign.backup.graph.snapshot.ModelStore.Content;
import ign.backup.graph.snapshot.ModelStore.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What one transaction does when it commits. */
final class ModelTransaction {

    private enum What {
        CREATE,
        CHANGE,
        DELETE
    }

    private record Change(What what, Place place, @Nullable Content content, boolean late) {}

    private final List<Change> changes = new ArrayList<>();
    private final List<ModelTransaction> within = new ArrayList<>();
    private boolean late;
    private boolean fails;

    ModelTransaction create(Place place, int first, int second) {
        return with(What.CREATE, place, new Content(first, second));
    }

    ModelTransaction change(Place place, int first, int second) {
        return with(What.CHANGE, place, new Content(first, second));
    }

    ModelTransaction delete(Place place) {
        return with(What.DELETE, place, null);
    }

    /** What follows is done by another listener, after ours was asked. */
    ModelTransaction afterOurs() {
        late = true;
        return this;
    }

    /** It does not commit in the end, after all listeners were asked. */
    ModelTransaction fail() {
        fails = true;
        return this;
    }

    /** Another listener commits this one when it is told that the outer one is done, before ours is told. */
    ModelTransaction within(ModelTransaction inner) {
        within.add(inner);
        return this;
    }

    private ModelTransaction with(What what, Place place, @Nullable Content content) {
        changes.add(new Change(what, place, content, late));
        return this;
    }

    boolean fails() {
        return fails;
    }

    List<ModelTransaction> within() {
        return within;
    }

    void lockAnnounced(ModelStore store, Object owner) {
        lock(store, owner, change -> !change.late);
    }

    void lockLate(ModelStore store, Object owner) {
        lock(store, owner, Change::late);
    }

    private void lock(ModelStore store, Object owner, Predicate<Change> which) {
        changes.stream().filter(which).forEach(change -> {
            if (change.what == What.CREATE) {
                store.lockFree(change.place, owner);
            } else {
                store.lock(change.place, owner);
            }
        });
    }

    void write(ModelStore store) {
        changes.forEach(change -> store.write(change.place, change.content));
    }

    /** Does the same to what is expected. */
    void writeTo(Map<Place, Content> expected) {
        changes.forEach(change -> {
            if (change.content == null) {
                expected.remove(change.place);
            } else {
                expected.put(change.place, change.content);
            }
        });
    }

    /** Tells first what was to be done when our listener was asked, and from then on everything. */
    Changes announced() {
        return new Changes() {
            private boolean first = true;

            @Override
            public void created(Visitor visitor) {
                visit(what -> what == What.CREATE, visitor);
            }

            @Override
            public void replaced(Visitor visitor) {
                visit(what -> what != What.CREATE, visitor);
                first = false;
            }

            private void visit(Predicate<What> which, Visitor visitor) {
                for (var change : changes) {
                    if (which.test(change.what) && !(first && change.late)) {
                        visitor.element(change.place.kind(), change.place.id());
                    }
                }
            }
        };
    }
}
