package ign.backup.hook;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/** A process and all that it has started. */
final class ProcessTree {

    /** How long they have to clean up behind them. */
    private static final Duration GRACE = Duration.ofSeconds(2);

    private static final Duration PAUSE = Duration.ofMillis(20);

    private final ProcessHandle root;
    private final Set<ProcessHandle> members = new LinkedHashSet<>();

    ProcessTree(Process root) {
        this.root = root.toHandle();
        members.add(this.root);
    }

    /** Asks all of them to end, and two seconds later makes them. */
    void end() {
        look();
        members.forEach(ProcessHandle::destroy);
        awaitEnd();
        look(); // what was started meanwhile
        members.forEach(ProcessHandle::destroyForcibly);
    }

    /** Whoever has lost its parent is found because it was seen before. */
    private void look() {
        for (var process : Set.copyOf(members)) {
            process.descendants().forEach(members::add);
        }
    }

    private void awaitEnd() {
        long end = System.nanoTime() + GRACE.toNanos();
        boolean interrupted = false;
        while (members.stream().anyMatch(ProcessHandle::isAlive) && System.nanoTime() - end < 0) {
            LockSupport.parkNanos(PAUSE.toNanos());
            interrupted |= Thread.interrupted(); // or it would not wait
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
