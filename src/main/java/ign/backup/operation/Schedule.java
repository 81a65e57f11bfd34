package ign.backup.operation;

import ign.backup.config.AutomationSettings;
import ign.backup.model.BackupException;
import ign.backup.policy.Timetable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Starts jobs when their timetables say so.
 *
 * <p>Up to when each was attended to is kept over restarts, so that a job that fell due while the server was down is started once, as soon as
 * it runs again. A job that falls due while its last run still goes on is left out; one that meets another operation waits for
 * its end. A clock that goes back starts nothing twice.
 */
public final class Schedule {

    /** A clock that goes back by less, as in autumn or when it is corrected, must start nothing twice. */
    private static final Duration SET_BACK = Duration.ofHours(25);

    private final List<Job> jobs;
    private final LiveSettings settings;
    private final StateKeeper keeper;
    private final Clock clock;
    private final Events events;
    private final Map<String, Diary> diaries = new HashMap<>();

    /** What was done for one job since the server started. */
    private static final class Diary {
        private long leftOut;
        private Optional<Run> last = Optional.empty();
        private List<Running<?>> running = List.of();
    }

    /**
     * A run that was started.
     *
     * @param due when it should have been
     */
    public record Run(Instant due, Instant started) {}

    /**
     * One job, as it stands.
     *
     * @param expression its cron expression, or {@code off}
     * @param next when it is due next; empty when it is off, or never
     * @param last its last run since the server started
     * @param leftOut how often it was left out since then because its last run still went on
     */
    public record Entry(
            String job,
            boolean enabled,
            String expression,
            ZoneId zone,
            Optional<Instant> next,
            Optional<Run> last,
            long leftOut) {}

    /** Starts {@code jobs}; {@code settings} say when. */
    public Schedule(List<Job> jobs, LiveSettings settings, StateKeeper keeper, Clock clock, Events events) {
        this.jobs = List.copyOf(jobs);
        this.settings = settings;
        this.keeper = keeper;
        this.clock = clock;
        this.events = events;
    }

    /** Looks at each job once, and starts those that are due; does not wait for them. */
    public synchronized void look() {
        for (var job : jobs) {
            timetable(job).ifPresent(timetable -> attendTo(job, timetable));
        }
    }

    /** {@return all jobs, in the order they are looked at} */
    public synchronized List<Entry> entries() {
        var entries = new ArrayList<Entry>();
        for (var job : jobs) {
            var timetable = timetable(job);
            var diary = diaries.computeIfAbsent(job.name(), name -> new Diary());
            entries.add(new Entry(
                    job.name(),
                    timetable.isPresent(),
                    settings.get(job.schedule()),
                    settings.get(AutomationSettings.TIME_ZONE),
                    timetable.flatMap(table -> table.next(clock.instant())),
                    diary.last,
                    diary.leftOut));
        }
        return entries;
    }

    private Optional<Timetable> timetable(Job job) {
        var expression = settings.get(job.schedule());
        boolean enabled = job.enabled().map(settings::get).orElse(true) && !expression.equals("off");
        return enabled
                ? Optional.of(Timetable.of(expression, settings.get(AutomationSettings.TIME_ZONE)))
                : Optional.empty();
    }

    private void attendTo(Job job, Timetable timetable) {
        var now = clock.instant();
        var handled = keeper.state().runs().get(job.name());
        // What would have been before the plugin was there is not missed, nor what a clock that was far ahead has seen.
        if (handled == null || Duration.between(now, handled).compareTo(SET_BACK) > 0) {
            keeper.update(state -> state.withRun(job.name(), now));
            return;
        }
        timetable.missed(handled, now).ifPresent(due -> run(job, due, now));
    }

    private void run(Job job, Instant due, Instant now) {
        var diary = diaries.computeIfAbsent(job.name(), name -> new Diary());
        if (diary.running.stream().anyMatch(running -> !running.isAnswered())) {
            keeper.update(state -> state.withRun(job.name(), due));
            diary.leftOut++;
            events.tell(new Events.Noted(
                    "the " + job.name() + " run of " + due + " is left out: the one before it still goes on"));
            return;
        }
        try {
            diary.running = job.start().get();
        } catch (BackupException.Busy | BackupException.Unavailable e) {
            return; // it is still due at the next look
        }
        keeper.update(state -> state.withRun(job.name(), due));
        diary.last = Optional.of(new Run(due, now));
    }
}
