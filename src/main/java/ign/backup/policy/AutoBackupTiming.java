package ign.backup.policy;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * When an automatic backup is made once a threshold is reached: not in the midst of an import, not too often, and after failures
 * ever more rarely.
 *
 * <p>Nothing here knows the clock. A time that lies ahead of {@code now} says that the clock was set back; it is no reason to wait,
 * or the wait would begin anew each time it is asked. Only changes may be a moment ahead: they go on while it is asked.
 *
 * @param minInterval from the start of an automatic backup to that of the next one at least; and so long changes may go on after
 *     the threshold is reached until one is made all the same
 * @param quiet so long nothing must have changed
 */
public record AutoBackupTiming(Duration minInterval, Duration quiet) {

    private static final Duration FIRST_PAUSE = Duration.ofMinutes(1);
    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);

    /** {@link #FIRST_PAUSE} doubled so often is longer than {@link #LONGEST_PAUSE}. */
    private static final int MOST_DOUBLINGS = 6;

    /** Five minutes apart, after ten seconds without changes. */
    public static final AutoBackupTiming DEFAULT = new AutoBackupTiming(Duration.ofMinutes(5), Duration.ofSeconds(10));

    /**
     * What is known when it is asked.
     *
     * @param reached since when a threshold has been reached
     * @param lastChange when something was last committed
     * @param lastStart when the last automatic backup began, whatever became of it
     * @param failures of automatic backups in a row; 0 after a success
     * @param lastFailure when the last of them ended
     */
    public record Situation(
            Instant now,
            Instant reached,
            Instant lastChange,
            Optional<Instant> lastStart,
            int failures,
            Optional<Instant> lastFailure) {}

    /**
     * What to do.
     *
     * @param delay how long until it is to be asked again; zero for a backup now
     * @param reason one clause
     */
    public record Advice(Duration delay, String reason) {

        /** {@return whether to make a backup now} */
        public boolean isNow() {
            return delay.isZero();
        }

        private Advice orLonger(Advice other) {
            return other.delay.compareTo(delay) > 0 ? other : this;
        }
    }

    /** {@return whether to make one now, or how long to wait, and why} */
    public Advice advise(Situation situation) {
        return settled(situation).orLonger(paced(situation)).orLonger(recovered(situation));
    }

    private Advice settled(Situation situation) {
        var now = situation.now();
        var untilQuiet = left(now, situation.lastChange(), quiet, quiet);
        var untilEnough = left(now, situation.reached(), minInterval, quiet);
        if (untilQuiet.isZero()) {
            return new Advice(Duration.ZERO, "nothing has changed for " + TimeInWords.of(quiet));
        }
        if (untilEnough.isZero()) {
            return new Advice(Duration.ZERO, "changes have gone on for " + TimeInWords.of(minInterval) + " or more");
        }
        return new Advice(
                untilQuiet.compareTo(untilEnough) < 0 ? untilQuiet : untilEnough,
                "changes go on, and " + TimeInWords.of(quiet) + " without any are waited for");
    }

    private Advice paced(Situation situation) {
        var wait = situation
                .lastStart()
                .map(start -> left(situation.now(), start, minInterval, Duration.ZERO))
                .orElse(Duration.ZERO);
        return new Advice(wait, "the last automatic backup began less than " + TimeInWords.of(minInterval) + " ago");
    }

    private static Advice recovered(Situation situation) {
        var pause = pauseAfter(situation.failures());
        var wait = situation
                .lastFailure()
                .map(failure -> left(situation.now(), failure, pause, Duration.ZERO))
                .orElse(Duration.ZERO);
        return new Advice(
                wait,
                situation.failures() + " in a row failed, the last one less than " + TimeInWords.of(pause) + " ago");
    }

    private static Duration pauseAfter(int failures) {
        if (failures == 0) {
            return Duration.ZERO;
        }
        var pause = FIRST_PAUSE.multipliedBy(1L << Math.min(failures - 1, MOST_DOUBLINGS));
        return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
    }

    /**
     * {@return what is left of {@code length} from {@code start} on}
     *
     * @param ahead so far {@code start} may lie ahead of {@code now} and count as now
     */
    private static Duration left(Instant now, Instant start, Duration length, Duration ahead) {
        var passed = Duration.between(start, now);
        if (passed.isNegative()) {
            return passed.negated().compareTo(ahead) <= 0 ? length : Duration.ZERO;
        }
        var left = length.minus(passed);
        return left.isNegative() ? Duration.ZERO : left;
    }
}
