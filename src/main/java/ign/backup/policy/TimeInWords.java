package ign.backup.policy;

import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Lengths of time as people say them, in reasons. */
final class TimeInWords {

    private TimeInWords() {}

    /** {@return such as {@code 365 days}, {@code 1 day and 12 hours}, {@code 10 seconds}: the two largest units, the rest is left out} */
    static String of(Duration time) {
        var words = Stream.of(
                        unit(time.toDays(), "day"),
                        unit(time.toHoursPart(), "hour"),
                        unit(time.toMinutesPart(), "minute"),
                        unit(time.toSecondsPart(), "second"))
                .filter(unit -> !unit.isEmpty())
                .limit(2)
                .collect(Collectors.joining(" and "));
        return words.isEmpty() ? time.toMillis() + " milliseconds" : words;
    }

    private static String unit(long count, String name) {
        return count == 0 ? "" : count + " " + name + (count == 1 ? "" : "s");
    }
}
