package ign.backup.graph.snapshot;

import ign.backup.graph.snapshot.EveryOrder.Use;
import ign.backup.graph.snapshot.ModelStore.Content;
import ign.backup.graph.snapshot.ModelStore.Place;
import ign.backup.model.BackupException;
import ign.backup.model.StopSignal;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot of a small store while transactions are committed beside it: the production rules, with a scan and with listeners that
 * call them in the same way as {@code ign.backup.graph.export} does. Every call of theirs that somebody else can notice is a step.
 */
final class Scene implements EveryOrder.Play {

    /** Something that is not as it should be, mostly on purpose. */
    enum Fault {
        /** The scan takes an element and then reads it. */
        TAKES_FIRST,
        /** A commit is announced when it is in the store. */
        TELLS_LATE,
        /** A section is closed without a wait for those who save. */
        CLOSES_AT_ONCE,
        /** The scan ends without a wait for commits. */
        ENDS_AT_ONCE,
        /** The scan begins without a wait for commits that are not announced. */
        BEGINS_AT_ONCE,
        /** Old states cannot be read. */
        CANNOT_READ,
        /** Old states cannot be kept. */
        CANNOT_KEEP,
        /** Somebody cancels the scan. */
        IS_CANCELLED
    }

    /** What a scene is about; {@code begun} says whether commits are announced from the first one on. */
    record Script(Map<Place, Content> before, List<List<ModelTransaction>> writers, Set<Fault> faults, boolean begun) {

        private boolean has(Fault fault) {
            return faults.contains(fault);
        }
    }

    static final String EXACT = "exact";
    static final String WRONG = "wrong";

    private static final Use RULES = Use.shared("rules");
    private static final Use RULES_ALONE = Use.alone("rules");
    private static final Use LISTENERS = Use.shared("listeners");
    private static final Use LISTENERS_ALONE = Use.alone("listeners");
    private static final int ELEMENT_BYTES = 12;

    private final EveryOrder order;
    private final Script script;
    private final ModelStore store;
    private final CopyOnWrite rules;
    private final SavedElements saved;
    private final Map<Place, Content> expected;
    private final List<Map.Entry<Place, Content>> shown = new ArrayList<>();
    private final Set<Object> closing = new HashSet<>();
    private final Set<Object> saving = new HashSet<>();
    private final Set<Object> committing = new HashSet<>();
    private Set<Object> awaited = Set.of();
    private boolean listening;
    private boolean cancelled;
    private @Nullable BackupException end;

    Scene(EveryOrder order, Script script, Ids ids) {
        this.order = order;
        this.script = script;
        this.store = new ModelStore(order);
        this.expected = new HashMap<>(script.before());
        this.listening = script.begun();
        var kinds = List.of(Kind.NODE, Kind.RELATIONSHIP).iterator();
        this.rules = new CopyOnWrite(
                () -> {
                    var kind = kinds.next();
                    return ids.fresh(id -> order.step(Use.alone("bit of " + new Place(kind, (int) id)), RULES));
                },
                script.has(Fault.TAKES_FIRST) ? Scene::takeThenRead : ScanRule.READ_THEN_TAKE);
        this.saved = new SavedElements(
                script.has(Fault.CANNOT_KEEP) ? -1 : 1 << 20,
                () -> {
                    throw new BackupException.Defect("there is memory", null);
                },
                rules::spoil);
        store.fill(script.before());
    }

    @Override
    public List<Runnable> actors() {
        var actors = new ArrayList<Runnable>();
        actors.add(this::scan);
        for (var transactions : script.writers()) {
            actors.add(() -> transactions.forEach(this::commit));
        }
        if (script.has(Fault.IS_CANCELLED)) {
            actors.add(() -> {
                order.step(Use.alone("cancel"));
                cancelled = true;
            });
        }
        return actors;
    }

    @Override
    public String outcome() {
        if (end != null) {
            return end.getClass().getSimpleName();
        }
        return shown.size() == expected.size() && Set.copyOf(shown).equals(expected.entrySet()) ? EXACT : WRONG;
    }

    // The scan, as HotSnapshot, Scan and ScanShare make it.

    private void scan() {
        try {
            if (!script.begun()) {
                begin();
            }
            scanAll();
            await(!script.has(Fault.ENDS_AT_ONCE), committing, rules::awaitCommits);
            order.step(RULES_ALONE);
            rules.check();
        } catch (BackupException e) {
            end = e;
        }
    }

    private void scanAll() {
        try {
            scan(Kind.NODE);
            if (script.before().keySet().stream().anyMatch(place -> place.kind() == Kind.RELATIONSHIP)) {
                scan(Kind.RELATIONSHIP);
            }
        } catch (IllegalStateException e) {
            await(true, committing, stop -> {
                throw rules.reasonOf(e, stop);
            });
        }
    }

    private void begin() {
        order.step(LISTENERS_ALONE);
        listening = true;
        if (!script.has(Fault.BEGINS_AT_ONCE)) {
            var those = Set.copyOf(closing);
            order.step(() -> those.stream().noneMatch(closing::contains), LISTENERS_ALONE);
        }
    }

    private void scan(Kind kind) {
        int last = script.before().keySet().stream()
                .filter(place -> place.kind() == kind)
                .mapToInt(Place::id)
                .max()
                .orElse(0);
        for (int id = 1; id <= last; id++) {
            var element = new Scanned(new Place(kind, id));
            if (element.isThere()) {
                rules.scan(kind, element);
            }
            checkStop();
        }
        await(!script.has(Fault.CLOSES_AT_ONCE), saving, rules::awaitSavedStates);
        order.step(RULES_ALONE);
        for (var chunk = saved.poll(kind); chunk != null; chunk = saved.poll(kind)) {
            for (int at = 0; at < chunk.size(); at += ELEMENT_BYTES) {
                var bytes = ByteBuffer.wrap(chunk.bytes(), at, ELEMENT_BYTES);
                shown.add(Map.entry(new Place(kind, bytes.getInt()), new Content(bytes.getInt(), bytes.getInt())));
            }
        }
    }

    private void checkStop() {
        if (script.has(Fault.IS_CANCELLED)) {
            order.step(Use.shared("cancel"));
            if (cancelled) {
                throw new BackupException.Cancelled("cancelled");
            }
        }
    }

    /** The production code looks again and again, which is a step each time; it is let look when it may be enough. */
    private void await(boolean really, Set<Object> those, Consumer<StopSignal> wait) {
        if (really) {
            order.step(RULES_ALONE);
            awaited = Set.copyOf(those);
            wait.accept(() -> {
                order.step(() -> awaited.stream().noneMatch(those::contains), RULES_ALONE);
                LockSupport.unpark(Thread.currentThread()); // the rules park next
            });
        }
    }

    private final class Scanned implements ScannedElement {
        private final Place place;
        private int first;
        private int second;

        Scanned(Place place) {
            this.place = place;
        }

        boolean isThere() {
            first = store.readFirst(place);
            return first != 0;
        }

        @Override
        public long id() {
            return place.id();
        }

        @Override
        public void read() {
            second = store.readSecond(place);
        }

        @Override
        public void keep() {
            shown.add(Map.entry(place, new Content(first, second)));
        }

        @Override
        public void discard() {
            first = 0;
            second = 0;
        }
    }

    private static void takeThenRead(ScannedElement element, Taken taken) {
        if (taken.take(element.id())) {
            element.read();
            element.keep();
        }
    }

    // The commits, as Neo4j and SnapshotListener make them.

    private void commit(ModelTransaction transaction) {
        var owner = new Object();
        transaction.lockAnnounced(store, owner);
        boolean told = looksForListeners(owner);
        CopyOnWrite.@Nullable Commit commit = null;
        if (told && !script.has(Fault.TELLS_LATE)) {
            commit = tell(transaction, owner);
        }
        transaction.lockLate(store, owner);
        if (transaction.fails()) {
            leave(commit, owner, false);
        } else {
            transaction.write(store);
            if (!told) {
                transaction.writeTo(expected);
            }
            if (told && script.has(Fault.TELLS_LATE)) {
                commit = tell(transaction, owner);
            }
            transaction.within().forEach(this::commit);
            leave(commit, owner, true);
        }
        store.unlockAll(owner, LISTENERS);
        closing.remove(owner);
    }

    /** Neo4j says that a transaction closes before it looks. */
    private boolean looksForListeners(Object owner) {
        if (!script.begun()) {
            order.step(LISTENERS);
            closing.add(owner);
            order.step(LISTENERS);
        }
        return listening;
    }

    private CopyOnWrite.@Nullable Commit tell(ModelTransaction transaction, Object owner) {
        order.step(RULES);
        if (rules.isSpoiled()) {
            return null;
        }
        saving.add(owner);
        committing.add(owner);
        try {
            return rules.committing(transaction.announced(), OldState::new);
        } finally {
            saving.remove(owner);
        }
    }

    private void leave(CopyOnWrite.@Nullable Commit commit, Object owner, boolean done) {
        if (commit != null) {
            order.step(RULES);
            if (done) {
                rules.committed(commit);
            } else {
                rules.rolledBack(commit);
            }
        }
        committing.remove(owner);
    }

    private final class OldState implements OldStates {

        @Override
        public void save(Kind kind, long id) {
            var place = new Place(kind, (int) id);
            int first = store.readFirst(place, RULES);
            int second = store.readSecond(place, RULES);
            if (script.has(Fault.CANNOT_READ)) {
                throw new IllegalStateException("the disk is gone");
            }
            var bytes = ByteBuffer.allocate(ELEMENT_BYTES);
            bytes.putInt(place.id()).putInt(first).putInt(second);
            saved.of(kind).add(bytes.array(), 0, ELEMENT_BYTES);
        }

        @Override
        public void close() {
            order.step(RULES);
        }
    }

    /** Production bits, of which each performance has a stretch for itself: making them takes longer than a performance. */
    static final class Ids {
        private static final int STRETCH = 64;

        private final TakenIds ids = new TakenIds();
        private long next;

        Taken fresh(LongConsumer step) {
            long first = next;
            next += STRETCH;
            return id -> {
                step.accept(id);
                return ids.take(first + id);
            };
        }
    }
}
