package ign.backup.policy;

import static org.assertj.core.api.Assertions.assertThat;

import ign.backup.policy.AutoBackupTiming.Situation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongPredicate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.aggregator.ArgumentsAccessor;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(30)
class AutoBackupTimingTest {

    private static final Instant NOW = Instant.parse("2025-01-28T14:30:22Z");
    private static final AutoBackupTiming TIMING = AutoBackupTiming.DEFAULT;

    private static Instant ago(long seconds) {
        return NOW.minusSeconds(seconds);
    }

    /** Seconds ago: the threshold, the change, the start; failures and seconds since the last; then seconds to wait, and why. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "30  | 10 |      | 0 |     | 0    | nothing has changed for 10 seconds",
                "30  | 99 | 9999 | 0 |     | 0    | nothing has changed for 10 seconds",
                "0   | 0  |      | 0 |     | 10   | changes go on, and 10 seconds without any are waited for",
                "30  | 4  |      | 0 |     | 6    | changes go on, and 10 seconds without any are waited for",
                "295 | 1  |      | 0 |     | 5    | changes go on, and 10 seconds without any are waited for",
                "300 | 0  |      | 0 |     | 0    | changes have gone on for 5 minutes or more",
                "301 | 1  | 400  | 0 |     | 0    | changes have gone on for 5 minutes or more",
                "30  | 10 | 299  | 0 |     | 1    | the last automatic backup began less than 5 minutes ago",
                "30  | 10 | 300  | 0 |     | 0    | nothing has changed for 10 seconds",
                "30  | 1  | 60   | 0 |     | 240  | the last automatic backup began less than 5 minutes ago",
                "999 | 99 | 400  | 1 | 30  | 30   | 1 in a row failed, the last one less than 1 minute ago",
                "999 | 99 | 400  | 1 | 60  | 0    | nothing has changed for 10 seconds",
                "999 | 99 | 400  | 2 | 60  | 60   | 2 in a row failed, the last one less than 2 minutes ago",
                "999 | 99 | 400  | 3 | 60  | 180  | 3 in a row failed, the last one less than 4 minutes ago",
                "999 | 99 | 400  | 6 | 60  | 1860 | 6 in a row failed, the last one less than 32 minutes ago",
                "999 | 99 | 400  | 7 | 60  | 3540 | 7 in a row failed, the last one less than 1 hour ago",
                "999 | 99 | 4000 | 2147483647 | 3599 | 1 | 2147483647 in a row failed, the last one less than 1 hour ago",
                "999 | 99 | 280  | 1 | 50  | 20   | the last automatic backup began less than 5 minutes ago",
                // the clock was set back: what lies ahead is no reason to wait, but for a change of this moment
                "-9999 | 99    |       | 0 |       | 0  | nothing has changed for 10 seconds",
                "-9999 | 5     |       | 0 |       | 0  | changes have gone on for 5 minutes or more",
                "30    | -9999 |       | 0 |       | 0  | nothing has changed for 10 seconds",
                "30    | -3    |       | 0 |       | 10 | changes go on, and 10 seconds without any are waited for",
                "-3    | -3    |       | 0 |       | 10 | changes go on, and 10 seconds without any are waited for",
                "30    | 99    | -9999 | 0 |       | 0  | nothing has changed for 10 seconds",
                "30    | 99    |       | 9 | -9999 | 0  | nothing has changed for 10 seconds",
            })
    void saysNowOrHowLongAndWhy(ArgumentsAccessor row) {
        var advice = TIMING.advise(new Situation(
                NOW,
                ago(row.getLong(0)),
                ago(row.getLong(1)),
                Optional.ofNullable(row.getLong(2)).map(AutoBackupTimingTest::ago),
                row.getInteger(3),
                Optional.ofNullable(row.getLong(4)).map(AutoBackupTimingTest::ago)));

        assertThat(advice).isEqualTo(new AutoBackupTiming.Advice(Duration.ofSeconds(row.getLong(5)), row.getString(6)));
    }

    @Test
    void theLimitsAreThoseThatAreGiven() {
        var timing = new AutoBackupTiming(Duration.ofHours(1), Duration.ofMinutes(1));

        assertThat(timing.advise(new Situation(NOW, ago(600), ago(10), Optional.empty(), 0, Optional.empty())))
                .isEqualTo(new AutoBackupTiming.Advice(
                        Duration.ofSeconds(50), "changes go on, and 1 minute without any are waited for"));
        assertThat(timing.advise(new Situation(NOW, ago(600), ago(60), Optional.of(ago(600)), 0, Optional.empty())))
                .isEqualTo(new AutoBackupTiming.Advice(
                        Duration.ofMinutes(50), "the last automatic backup began less than 1 hour ago"));
    }

    /** A server whose application commits in some seconds of the day; it is asked again when it was told to. */
    private static final class Day {

        private final LongPredicate changes;
        private final LongPredicate fails;
        private final List<Long> starts = new ArrayList<>();
        private Optional<Instant> reached = Optional.empty();
        private Instant lastChange = NOW;
        private Optional<Instant> lastStart = Optional.empty();
        private Optional<Instant> lastFailure = Optional.empty();
        private int failures;

        Day(LongPredicate changes, LongPredicate fails) {
            this.changes = changes;
            this.fails = fails;
        }

        /** {@return the seconds at which backups began; each takes no time, and each change reaches a threshold} */
        List<Long> run() {
            var askAgain = 0L;
            for (var second = 0L; second < 86_400; second++) {
                var now = NOW.plusSeconds(second);
                if (changes.test(second)) {
                    reached = reached.or(() -> Optional.of(now));
                    lastChange = now;
                }
                if (reached.isPresent() && second >= askAgain) {
                    var advice = TIMING.advise(
                            new Situation(now, reached.get(), lastChange, lastStart, failures, lastFailure));
                    askAgain = second + advice.delay().toSeconds();
                    if (advice.isNow()) {
                        make(second, now);
                    }
                }
            }
            return starts;
        }

        private void make(long second, Instant now) {
            starts.add(second);
            lastStart = Optional.of(now);
            if (fails.test(second)) {
                failures++;
                lastFailure = Optional.of(now);
            } else {
                failures = 0;
                reached = Optional.empty();
            }
        }
    }

    @Test
    void aShortImportMakesOneBackupAndSoDoesEachOfTwoThatLieApart() {
        assertThat(new Day(second -> second >= 1000 && second < 1200, second -> false).run())
                .containsExactly(1209L);
        assertThat(new Day(second -> second == 1000 || second == 5000, second -> false).run())
                .containsExactly(1010L, 5010L);
    }

    @Test
    void anEndlessTrickleMakesOneEveryFiveMinutes() {
        var starts = new Day(second -> second % 3 == 0, second -> false).run();

        assertThat(starts).hasSizeBetween(280, 288);
        assertThat(gaps(starts)).allSatisfy(gap -> assertThat(gap).isBetween(300L, 310L));
    }

    @Test
    void aDayWithAFullDiskIsTriedEverMoreRarelyAndTheFirstSuccessEndsThat() {
        var starts = new Day(second -> second % 60 == 0, second -> second < 40_000).run();

        var failed = starts.stream().filter(second -> second < 40_000).toList();
        assertThat(failed).hasSizeBetween(14, 20);
        assertThat(gaps(failed)).isSorted().last().isEqualTo(3600L);
        assertThat(gaps(starts.subList(failed.size() + 1, starts.size()))).allMatch(gap -> gap <= 310);
    }

    @Test
    @Tag("promise-C4")
    void aClockThatIsSetBackBlocksForNoLongerThanTheIntervalAndTheQuiet() {
        for (var back : new long[] {1, 60, 299, 3600, 86_400L * 365}) {
            var now = NOW.minusSeconds(back);
            var waited = Duration.ZERO;
            var advice = advise(now);
            while (!advice.isNow()) {
                waited = waited.plus(advice.delay());
                advice = advise(now.plus(waited));
            }
            assertThat(waited)
                    .as("%s seconds back", back)
                    .isLessThanOrEqualTo(TIMING.minInterval().plus(TIMING.quiet()));
        }
    }

    /** All that happened until now happened just now. */
    private static AutoBackupTiming.Advice advise(Instant now) {
        return TIMING.advise(new Situation(now, NOW, NOW, Optional.of(NOW), 1, Optional.of(NOW)));
    }

    private static List<Long> gaps(List<Long> starts) {
        var gaps = new ArrayList<Long>();
        for (var index = 1; index < starts.size(); index++) {
            gaps.add(starts.get(index) - starts.get(index - 1));
        }
        return gaps;
    }
}
