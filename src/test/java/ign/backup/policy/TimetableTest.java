package ign.backup.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ign.backup.model.BackupException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Times are written with the offset that the clocks in Berlin had then. */
@Timeout(120)
class TimetableTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final Timetable NIGHTLY = Timetable.of("30 2 * * *", BERLIN);

    private static Instant at(String time) {
        return OffsetDateTime.parse(time).toInstant();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "30 2 * * *    | 2025-01-28T14:30:22+01:00 | 2025-01-29T02:30:00+01:00",
                "30 2 * * *    | 2025-01-29T02:29:59+01:00 | 2025-01-29T02:30:00+01:00",
                "30 2 * * *    | 2025-01-29T02:30:00+01:00 | 2025-01-30T02:30:00+01:00",
                "30 2 * * *    | 2025-01-29T02:30:00.5+01:00 | 2025-01-30T02:30:00+01:00",
                "*/15 * * * *  | 2025-01-28T14:30:22+01:00 | 2025-01-28T14:45:00+01:00",
                "0 3 * * 1-5   | 2025-01-31T03:00:00+01:00 | 2025-02-03T03:00:00+01:00",
                "0 3 * * SUN   | 2025-01-28T14:30:22+01:00 | 2025-02-02T03:00:00+01:00",
                "0 3 * * 7     | 2025-01-28T14:30:22+01:00 | 2025-02-02T03:00:00+01:00",
                "0 3 1 jan *   | 2025-01-28T14:30:22+01:00 | 2026-01-01T03:00:00+01:00",
                "0 3 13 * 5    | 2025-01-28T14:30:22+01:00 | 2025-01-31T03:00:00+01:00",
                "0 3 31 * *    | 2025-01-31T03:00:00+01:00 | 2025-03-31T03:00:00+02:00",
                "0 3 29 2 *    | 2025-01-28T14:30:22+01:00 | 2028-02-29T03:00:00+01:00",
                "0 3 29 2 *    | 2028-02-29T03:00:00+01:00 | 2032-02-29T03:00:00+01:00",
                "@hourly       | 2025-01-28T14:30:22+01:00 | 2025-01-28T15:00:00+01:00",
                "@daily        | 2025-01-28T14:30:22+01:00 | 2025-01-29T00:00:00+01:00",
                "@weekly       | 2025-01-28T14:30:22+01:00 | 2025-02-02T00:00:00+01:00",
                "@Monthly      | 2025-01-28T14:30:22+01:00 | 2025-02-01T00:00:00+01:00",
                "' 30  2 * * * ' | 2025-01-28T14:30:22+01:00 | 2025-01-29T02:30:00+01:00",
            })
    void knowsTheNextTime(String expression, String after, String next) {
        assertThat(Timetable.of(expression, BERLIN).next(at(after))).hasValue(at(next));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // handled up to | asked at | due
                "2025-01-28T14:30:22+01:00 | 2025-01-28T20:00:00+01:00 | ",
                "2025-01-28T14:30:22+01:00 | 2025-01-29T02:29:59+01:00 | ",
                "2025-01-28T14:30:22+01:00 | 2025-01-29T02:30:00+01:00 | 2025-01-29T02:30:00+01:00",
                "2025-01-28T14:30:22+01:00 | 2025-01-29T09:00:00+01:00 | 2025-01-29T02:30:00+01:00",
                "2025-01-29T02:30:00+01:00 | 2025-01-29T09:00:00+01:00 | ",
                // a server that was down for a year catches up once
                "2024-01-28T14:30:22+01:00 | 2025-01-28T14:30:22+01:00 | 2025-01-28T02:30:00+01:00",
                // clocks that were set back an hour, a year; and ten years ahead
                "2025-01-29T02:30:00+01:00 | 2025-01-29T01:45:00+01:00 | ",
                "2025-01-29T02:30:00+01:00 | 2025-01-29T02:30:00+01:00 | ",
                "2025-01-29T02:30:00+01:00 | 2024-01-29T09:00:00+01:00 | ",
                "2025-01-29T02:30:00+01:00 | 2035-01-29T09:00:00+01:00 | 2035-01-29T02:30:00+01:00",
            })
    @Tag("promise-C4")
    @Tag("promise-C5")
    void catchesUpOnce(String handled, String now, String due) {
        assertThat(NIGHTLY.missed(at(handled), at(now)))
                .isEqualTo(Optional.ofNullable(due).map(TimetableTest::at));
    }

    @Test
    @Tag("promise-C4")
    void whatIsSkippedInSpringIsDueWhenTheClocksArePutForward() {
        var change = at("2025-03-30T03:00:00+02:00");

        assertThat(NIGHTLY.next(at("2025-03-29T02:30:00+01:00"))).hasValue(change);
        assertThat(NIGHTLY.next(change)).hasValue(at("2025-03-31T02:30:00+02:00"));
        assertThat(NIGHTLY.missed(at("2025-03-30T01:59:59+01:00"), change)).hasValue(change);
        assertThat(NIGHTLY.missed(change, at("2025-03-30T12:00:00+02:00"))).isEmpty();
    }

    @Test
    @Tag("promise-C4")
    void whatComesTwiceInAutumnIsDueOnce() {
        var first = at("2025-10-26T02:30:00+02:00");

        assertThat(NIGHTLY.next(at("2025-10-25T02:30:00+02:00"))).hasValue(first);
        assertThat(NIGHTLY.next(first)).hasValue(at("2025-10-27T02:30:00+01:00"));
        assertThat(NIGHTLY.next(at("2025-10-26T02:10:00+01:00"))).hasValue(at("2025-10-27T02:30:00+01:00"));
        assertThat(NIGHTLY.missed(first, at("2025-10-26T02:30:00+01:00"))).isEmpty();
        assertThat(NIGHTLY.missed(at("2025-10-26T00:00:00+02:00"), at("2025-10-26T02:10:00+01:00")))
                .as("down at the first half past two, up again before the second")
                .hasValue(first);
    }

    @Test
    void anotherZoneMovesTheTimesAndRepeatsNothingThatWasHandled() {
        var tokyo = Timetable.of("30 2 * * *", ZoneId.of("Asia/Tokyo"));
        var handled = at("2025-01-29T02:30:00+01:00");

        assertThat(tokyo.next(handled)).hasValue(at("2025-01-30T02:30:00+09:00"));
        assertThat(tokyo.missed(handled, at("2025-01-29T18:29:00+01:00"))).isEmpty();
        assertThat(tokyo.missed(handled, at("2025-01-29T18:30:00+01:00"))).hasValue(at("2025-01-30T02:30:00+09:00"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0 0 30 2 *", "0 0 31 4,6,9,11 *"})
    void aDayThatNeverComesIsRefused(String expression) {
        assertThatThrownBy(() -> Timetable.of(expression, BERLIN))
                .isInstanceOf(BackupException.BadRequest.class)
                .hasMessage("the schedule '" + expression + "' cannot be followed: no day is ever like that")
                .extracting(e -> ((BackupException) e).hint())
                .asString()
                .contains("'30 2 * * *'");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''            | it has 0 fields, not 5",
                "60 * * * *    | Value 60 not in range [0, 59]",
                "* * * *       | it has 4 fields, not 5",
                "* * * * * *   | it has 6 fields, not 5",
                "nonsense      | it has 1 fields, not 5",
                "@yesterday    | it has 1 fields, not 5",
                "5-1 * * * *   | Invalid range! [5,1]",
                "*/0 * * * *   | Period 0 not in range [0, 59]",
                "* * L * *     | Invalid chars in expression! Expression: L Invalid chars: L",
                "* * * * MON#2 | Invalid expression: MON#2",
            })
    void whatIsNotALineOfACrontabIsRefused(String expression, String reason) {
        assertThatThrownBy(() -> Timetable.of(expression, BERLIN))
                .isInstanceOf(BackupException.BadRequest.class)
                .hasMessage("the schedule '" + expression + "' cannot be followed: " + reason);
    }

    @Test
    void whateverIsWrittenItIsATimetableOrABadRequest() {
        var letters = "0123456789 0 1 2 * * * , - / # ? L W @ MON JAN - dailyé٣\u0000";
        for (var seed = 0L; seed < 5000; seed++) {
            var random = new Random(seed);
            var text = random.ints(random.nextInt(24), 0, letters.length())
                    .mapToObj(index -> letters.substring(index, index + 1))
                    .collect(Collectors.joining());
            try {
                assertThat(Timetable.of(text, BERLIN).next(at("2025-01-28T14:30:22+01:00")))
                        .as("seed %s: %s", seed, text)
                        .isPresent();
            } catch (BackupException.BadRequest expected) {
                assertThat(expected).hasMessageStartingWith("the schedule '" + text + "' cannot be followed: ");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "UTC, 2025-02-27T00:00:00Z",
        "Asia/Kathmandu, 2024-02-27T00:00:00Z",
        "Europe/Berlin, 2025-03-28T12:00:00Z",
        "Europe/Berlin, 2025-10-24T12:00:00Z",
        "America/New_York, 2025-03-08T00:00:00Z",
        "America/New_York, 2025-11-01T00:00:00Z",
        "Australia/Lord_Howe, 2025-04-04T00:00:00Z", // by half an hour
        "Australia/Lord_Howe, 2025-10-03T00:00:00Z",
        "Africa/Cairo, 2025-04-23T12:00:00Z", // midnight is skipped
        "Africa/Cairo, 2025-10-29T12:00:00Z",
        "Pacific/Apia, 2011-12-28T12:00:00Z", // a whole day is skipped
    })
    @Tag("promise-C4")
    void isDueAsSomebodyWhoWatchesTheClocksWouldSay(ZoneId zone, Instant start) {
        for (var seed = 0L; seed < 15; seed++) {
            var random = new Random(seed);
            var line = Line.random(random);
            var timetable = Timetable.of(line.text(), zone);
            var due = line.watch(start, Duration.ofDays(4), zone);
            var name = "seed " + seed + ": " + line.text();

            var told = new ArrayList<Instant>();
            for (var next = timetable.next(start);
                    next.isPresent() && next.get().isBefore(start.plus(Duration.ofDays(4)));
                    next = timetable.next(next.get())) {
                told.add(next.get());
            }
            assertThat(told).as(name).isEqualTo(due);
            for (var round = 0; round < 50; round++) {
                var handled = start.plusSeconds(random.nextInt(4 * 86_400));
                var now = start.plusSeconds(random.nextInt(4 * 86_400));
                assertThat(timetable.missed(handled, now))
                        .as("%s, missed from %s to %s", name, handled, now)
                        .isEqualTo(due.stream()
                                .filter(time -> time.isAfter(handled) && !time.isAfter(now))
                                .reduce((earlier, later) -> later));
            }
        }
    }

    /** A line of a crontab, and which numbers each of its fields means. */
    private record Line(String text, List<TreeSet<Integer>> fields) {

        static Line random(Random random) {
            var texts = new ArrayList<String>();
            var fields = new ArrayList<TreeSet<Integer>>();
            addField(random, 0, 59, texts, fields);
            addField(random, 0, 23, texts, fields);
            addField(random, 1, 28, texts, fields);
            addField(random, 1, 12, texts, fields);
            addField(random, 0, 6, texts, fields);
            return new Line(String.join(" ", texts), fields);
        }

        private static void addField(
                Random random, int from, int to, List<String> texts, List<TreeSet<Integer>> fields) {
            var days = to == 28 || to == 6;
            var one = from + random.nextInt(to - from + 1);
            var other = one + random.nextInt(to - one + 1);
            var step = 1 + random.nextInt(to / 2);
            switch (random.nextInt(days ? 6 : 8)) {
                case 0, 1, 2 -> add("*", IntStream.rangeClosed(from, days ? 31 : to), texts, fields);
                case 3 -> add(String.valueOf(one), IntStream.of(one), texts, fields);
                case 4 -> add(one + "," + other, IntStream.of(one, other), texts, fields);
                case 5 -> add(one + "-" + other, IntStream.rangeClosed(one, other), texts, fields);
                case 6 ->
                    add(
                            "*/" + step,
                            IntStream.rangeClosed(from, to).filter(number -> (number - from) % step == 0),
                            texts,
                            fields);
                default ->
                    add(
                            one + "-" + to + "/" + step,
                            IntStream.rangeClosed(one, to).filter(number -> (number - one) % step == 0),
                            texts,
                            fields);
            }
        }

        private static void add(String text, IntStream numbers, List<String> texts, List<TreeSet<Integer>> fields) {
            texts.add(text);
            fields.add(numbers.boxed().collect(Collectors.toCollection(TreeSet::new)));
        }

        private boolean isMet(LocalDateTime time) {
            var words = text.split(" ", -1);
            var dayOfMonth = fields.get(2).contains(time.getDayOfMonth());
            var dayOfWeek = fields.get(4).contains(time.getDayOfWeek().getValue() % 7);
            return fields.get(0).contains(time.getMinute())
                    && fields.get(1).contains(time.getHour())
                    && fields.get(3).contains(time.getMonthValue())
                    && ((words[2].equals("*") || words[4].equals("*"))
                            ? dayOfMonth && dayOfWeek
                            : dayOfMonth || dayOfWeek);
        }

        /** Looks at the clocks each minute; what they show for the first time, or have jumped over, is due. */
        List<Instant> watch(Instant start, Duration length, ZoneId zone) {
            var due = new ArrayList<Instant>();
            var shown = LocalDateTime.ofInstant(start, zone);
            for (var now = start; now.isBefore(start.plus(length)); now = now.plusSeconds(60)) {
                var local = LocalDateTime.ofInstant(now, zone);
                var met = false;
                while (shown.isBefore(local)) {
                    shown = shown.plusMinutes(1);
                    met |= isMet(shown);
                }
                if (met) {
                    due.add(now);
                }
            }
            return due;
        }
    }
}
