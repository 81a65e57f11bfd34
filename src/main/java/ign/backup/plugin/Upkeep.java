package ign.backup.plugin;

import ign.backup.model.BackupException;
import ign.backup.operation.ChangeTracking;
import ign.backup.operation.Events;
import ign.backup.operation.ExpireKeptStores;
import ign.backup.operation.Housekeeping;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** What goes on by itself, on threads of its own, from the start of the server to its stop. */
final class Upkeep {

    /** How often it is looked whether a backup is due. */
    private static final Duration LOOK_EVERY = Duration.ofSeconds(2);

    /** How often it is looked whether an old store has been kept long enough, and what was counted is written down. */
    private static final Duration TIDY_EVERY = Duration.ofSeconds(30);

    private final Housekeeping housekeeping;
    private final ExpireKeptStores expire;
    private final ChangeTracking tracking;
    private final List<Task> tasks;
    private final Events events;
    private final ScheduledExecutorService timer;
    private final AtomicBoolean stopping = new AtomicBoolean();

    /** What failed when it was done last, and the log has told. */
    private final Set<String> failing = ConcurrentHashMap.newKeySet();

    /**
     * Something that is looked at again and again.
     *
     * @param what in words, for the log when it fails
     */
    record Task(String what, Runnable look) {}

    Upkeep(
            Housekeeping housekeeping,
            ExpireKeptStores expire,
            ChangeTracking tracking,
            List<Task> tasks,
            Events events) {
        this.housekeeping = housekeeping;
        this.expire = expire;
        this.tracking = tracking;
        this.tasks = List.copyOf(tasks);
        this.events = events;
        this.timer = Executors.newSingleThreadScheduledExecutor(work -> {
            var thread = new Thread(work, "ign-backup-timer");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Cleans up behind a crash, without keeping the server from starting, and looks from now on what is due. */
    void start() {
        var thread = new Thread(this::keepHouse, "ign-backup-housekeeping");
        thread.setDaemon(true);
        thread.start();
        every(TIDY_EVERY, "looking for old stores", expire::run);
        every(TIDY_EVERY, "writing down what was counted", tracking::save);
        every(LOOK_EVERY, "looking what is due", this::look);
    }

    /** Starts what is due now; does not wait for it. */
    void look() {
        tasks.forEach(task -> safely(task.what(), task.look()));
    }

    private void every(Duration pause, String what, Runnable work) {
        var unused = timer.scheduleWithFixedDelay(
                () -> safely(what, work), pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void safely(String what, Runnable work) {
        try {
            work.run();
        } catch (Throwable e) { // allow IllegalCatch: or the timer would never look again
            if (!stopping.get() && failing.add(what)) { // told once, not every two seconds
                events.tell(new Events.Noted(what + " failed: " + e));
            }
            return;
        }
        failing.remove(what);
    }

    void keepHouse() {
        try {
            housekeeping.run(() -> {
                if (stopping.get()) {
                    throw new BackupException.Cancelled("the server is stopping");
                }
            });
        } catch (BackupException.Cancelled e) {
            events.tell(new Events.Noted("the clean-up at start was interrupted; the next start goes on with it"));
        } catch (BackupException e) {
            events.tell(new Events.Noted("the clean-up at start failed: " + e.explanation()));
        } catch (RuntimeException e) { // a thread of its own: nobody else would say so
            events.tell(new Events.Noted("the clean-up at start failed: " + e));
        }
    }

    /** Nothing begins any more. */
    void stop() {
        stopping.set(true);
        timer.shutdown();
    }

    /** Writes down what was counted up to the end. */
    void end() {
        safely("writing down what was counted", tracking::save);
    }
}
