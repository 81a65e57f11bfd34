package ign.backup.graph.snapshot;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Lets the actors of a play go on by one step at a time, each on a thread of its own, and plays it again and again until every
 * order of their steps was tried.
 *
 * <p>A step is what an actor does from one call of {@link #step} to the next one. Orders that differ only by steps that use nothing
 * in common are the same, and are tried once: after a step was tried, it sleeps in what is tried instead of it, until something is done
 * that it collides with (P. Godefroid's sleep sets).
 */
final class EveryOrder implements AutoCloseable {

    private static final int MOST_STEPS = 1000;

    /** Something that a step uses: alone, or beside others. */
    record Use(Object what, boolean alone) {

        static Use alone(Object what) {
            return new Use(what, true);
        }

        static Use shared(Object what) {
            return new Use(what, false);
        }

        private boolean collidesWith(Use other) {
            return (alone || other.alone) && what.equals(other.what);
        }

        @Override
        public String toString() {
            return what.toString();
        }
    }

    /** One performance: made anew for each order. */
    interface Play {

        /** {@return what each actor does} The number is the same in each performance. */
        List<Runnable> actors();

        /** {@return what came of it, in one word} Called when all actors have ended. */
        String outcome();
    }

    /**
     * What was tried.
     *
     * @param count how many orders came to which outcome
     * @param cut how many were broken off, since all that could follow had been tried in another order
     * @param example the steps of the first order that came to an outcome
     */
    record Tried(Map<String, Integer> count, AtomicInteger cut, Map<String, String> example) {

        int orders() {
            return count.values().stream().mapToInt(Integer::intValue).sum();
        }

        @Override
        public String toString() {
            return orders() + " orders, " + cut + " broken off: " + count;
        }
    }

    /** A moment at which one of several actors can go on. */
    private static final class Choice {
        final List<Integer> possible;
        final Map<Integer, List<Use>> asleep;
        int chosen;
        List<Use> uses = List.of();

        Choice(List<Integer> possible, Map<Integer, List<Use>> asleep, int preferred) {
            this.possible = possible;
            this.asleep = asleep;
            this.chosen = preferred;
            chooseAmongThoseAwake();
        }

        boolean chooseAmongThoseAwake() {
            if (chosen < 0 || !possible.contains(chosen) || asleep.containsKey(chosen)) {
                chosen = possible.stream()
                        .filter(actor -> !asleep.containsKey(actor))
                        .findFirst()
                        .orElse(-1);
            }
            return chosen >= 0;
        }

        /** {@return who still sleeps after the step that was chosen} */
        Map<Integer, List<Use>> asleepAfterwards() {
            var still = new LinkedHashMap<Integer, List<Use>>();
            asleep.forEach((actor, theirs) -> {
                if (actor != chosen
                        && theirs.stream().noneMatch(use -> uses.stream().anyMatch(use::collidesWith))) {
                    still.put(actor, theirs);
                }
            });
            return still;
        }
    }

    private final List<Choice> choices = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final List<String> told = new ArrayList<>();
    private List<Runnable> actors = List.of();
    private final Map<Integer, BooleanSupplier> canGoOn = new TreeMap<>();
    private final BitSet ended = new BitSet();
    private List<Use> uses = List.of();
    private int depth;
    private int arrived;
    private boolean repetition;
    private @Nullable Throwable failure;
    private volatile int turn = -1;
    private volatile boolean closed;

    /** Tries every order of a play. */
    static Tried of(Function<EveryOrder, Play> plays) {
        try (var orders = new EveryOrder()) {
            return orders.tryAll(plays);
        }
    }

    private Tried tryAll(Function<EveryOrder, Play> plays) {
        var tried = new Tried(new TreeMap<>(), new AtomicInteger(), new TreeMap<>());
        do {
            var play = plays.apply(this);
            perform(play);
            if (repetition) {
                tried.cut.incrementAndGet();
            } else {
                var outcome = play.outcome();
                tried.count.merge(outcome, 1, Integer::sum);
                tried.example.computeIfAbsent(outcome, unused -> String.join("\n", told));
            }
        } while (toNextOrder());
        return tried;
    }

    /** Goes back to the last moment at which somebody else could have gone on. */
    private boolean toNextOrder() {
        while (!choices.isEmpty()) {
            var last = choices.get(choices.size() - 1);
            if (last.chosen >= 0) {
                last.asleep.put(last.chosen, last.uses);
            }
            if (last.chooseAmongThoseAwake()) {
                return true;
            }
            choices.remove(choices.size() - 1);
        }
        return false;
    }

    private void perform(Play play) {
        actors = play.actors();
        canGoOn.clear();
        ended.clear();
        uses = List.of();
        depth = 0;
        arrived = 0;
        repetition = false;
        told.clear();
        while (threads.size() < actors.size()) {
            startThread(threads.size());
        }
        int me = actors.size();
        if (threads.size() == me) {
            threads.add(Thread.currentThread());
        }
        pass(0);
        awaitTurn(me);
        if (failure != null) {
            throw new AssertionError("an actor failed, after\n" + String.join("\n", told), failure);
        }
    }

    private void startThread(int actor) {
        var thread = new Thread(() -> act(actor), "actor-" + actor);
        thread.setDaemon(true);
        threads.add(thread);
        thread.start();
    }

    private void act(int me) {
        while (awaitTurn(me)) {
            int next = actors.size();
            try {
                actors.get(me).run();
                ended.set(me);
                canGoOn.put(me, () -> false);
                next = next(me);
            } catch (Throwable e) { // allow IllegalCatch: whatever it is, the test fails with it
                failure = e;
            }
            if (closed) {
                return;
            }
            pass(next);
        }
    }

    /** The running actor begins a step that uses these. */
    void step(Use... used) {
        step(() -> true, used);
    }

    /** The same for a step that has to wait until it is possible. */
    void step(BooleanSupplier possible, Use... used) {
        int me = turn;
        canGoOn.put(me, possible);
        int next = next(me);
        if (next != me) {
            pass(next);
            if (!awaitTurn(me)) {
                throw new IllegalStateException("the play was broken off");
            }
        }
        uses = List.of(used);
        told.add(requireNonNull(threads.get(me)).getName() + " " + uses);
    }

    /** All actors first come to their first step, one after the other. */
    private int next(int me) {
        if (arrived < actors.size()) {
            arrived++;
            if (arrived < actors.size()) {
                return arrived;
            }
        } else if (depth > 0 && !repetition) {
            choices.get(depth - 1).uses = uses;
        }
        return failure != null ? actors.size() : choose(me);
    }

    private int choose(int me) {
        var possible = new ArrayList<Integer>();
        canGoOn.forEach((actor, condition) -> {
            if (condition.getAsBoolean()) {
                possible.add(actor);
            }
        });
        if (possible.isEmpty()) {
            if (ended.cardinality() < actors.size()) {
                failure = new AssertionError("nobody can go on");
            }
            return actors.size();
        }
        if (told.size() > MOST_STEPS) {
            failure = new AssertionError("it does not end");
            return actors.size();
        }
        return repetition ? possible.get(told.size() % possible.size()) : chosen(possible, me);
    }

    private int chosen(List<Integer> possible, int me) {
        if (depth == choices.size()) {
            Map<Integer, List<Use>> asleep =
                    depth == 0 ? new LinkedHashMap<>() : choices.get(depth - 1).asleepAfterwards();
            var choice = new Choice(possible, asleep, me);
            if (choice.chosen < 0) {
                repetition = true; // of an order that was tried: play it to the end, but it does not count
                return possible.get(0);
            }
            choices.add(choice);
        }
        return choices.get(depth++).chosen;
    }

    private void pass(int next) {
        turn = next;
        LockSupport.unpark(threads.get(next));
    }

    /** {@return false when there is no further turn} */
    private boolean awaitTurn(int me) {
        while (turn != me) {
            if (closed) {
                return false;
            }
            LockSupport.park(this);
        }
        return true;
    }

    @Override
    public void close() {
        closed = true;
        threads.forEach(LockSupport::unpark);
    }
}
