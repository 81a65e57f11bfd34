package ign.backup.operation;

import ign.backup.config.AutomationSettings;
import ign.backup.model.BackupException;
import ign.backup.policy.Timetable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Starts jobs when their timetables say so.
 *
 * <p>Up to when each was attended to is kept over restarts, so that a job that fell due while the server was down is started once, as soon as
 * it runs again. A job that falls due while its last run still goes on is left out; one that meets another operation waits for
 * its end, and one that gave way to another is started again. A clock that goes back starts nothing twice.
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
        private Optional<Instant> handled = Optional.empty();

        /** The line of its timetable at the last look, nothing while it was off; empty before the first look. */
        private Optional<String> followed = Optional.empty();
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

    /** Looks at each job once, and starts those that are due; does not wait for them. What goes wrong with one keeps no other from its turn. */
    public synchronized void look() {
        RuntimeException failure = null;
        for (var job : jobs) {
            try {
                attendTo(job);
            } catch (RuntimeException e) {
                failure = failure == null ? e : failure;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    /** {@return all jobs, in the order they are looked at} */
    public synchronized List<Entry> entries() {
        var entries = new ArrayList<Entry>();
        for (var job : jobs) {
            var timetable = timetable(job);
            var diary = diary(job);
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

    private void attendTo(Job job) {
        var diary = diary(job);
        var timetable = timetable(job);
        var line = settings.get(job.schedule()) + " in " + settings.get(AutomationSettings.TIME_ZONE);
        var followed = timetable.isPresent() ? line : "";
        boolean isNew =
                diary.followed.filter(before -> !before.equals(followed)).isPresent();
        diary.followed = Optional.of(followed);
        if (timetable.isEmpty()) {
            return;
        }
        var now = clock.instant();
        var handled = handled(job, diary);
        // What would have been before it was to be done is not missed, nor what a clock that was far ahead has seen.
        if (handled.isEmpty() || isNew || Duration.between(now, handled.get()).compareTo(SET_BACK) > 0) {
            diary.handled = Optional.empty();
            keeper.update(state -> state.withRun(job.name(), now));
            return;
        }
        if (diary.running.stream().anyMatch(Running::isStillWanted)) {
            start(job, diary, diary.last.map(Run::due).orElse(now), now);
        }
        timetable.get().missed(handled.get(), now).ifPresent(due -> run(job, diary, due, now));
    }

    private Diary diary(Job job) {
        return diaries.computeIfAbsent(job.name(), name -> new Diary());
    }

    /** {@return up to when it was attended to: what is kept may be behind what is remembered, if it could not be written} */
    private Optional<Instant> handled(Job job, Diary diary) {
        var kept = Optional.ofNullable(keeper.state().runs().get(job.name()));
        return Stream.concat(kept.stream(), diary.handled.stream()).max(Comparator.naturalOrder());
    }

    private void run(Job job, Diary diary, Instant due, Instant now) {
        if (diary.running.stream().anyMatch(running -> !running.isAnswered())) {
            diary.leftOut++;
            events.tell(new Events.Noted(
                    "the " + job.name() + " run of " + due + " is left out: the one before it still goes on"));
            handle(job, diary, due);
        } else if (start(job, diary, due, now)) {
            handle(job, diary, due);
        }
    }

    /** {@return whether it runs; otherwise it is still due at the next look} */
    private static boolean start(Job job, Diary diary, Instant due, Instant now) {
        try {
            diary.running = job.start().get();
        } catch (BackupException.Busy | BackupException.Unavailable e) {
            return false;
        }
        diary.last = Optional.of(new Run(due, now));
        return true;
    }

    /** In memory first: it must not begin again when it cannot be written. */
    private void handle(Job job, Diary diary, Instant due) {
        diary.handled = Optional.of(due);
        keeper.update(state -> state.withRun(job.name(), due));
    }
}
