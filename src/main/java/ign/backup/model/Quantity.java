package ign.backup.model;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** Amounts as people write them in settings and options, a number with a unit. */
public final class Quantity {

    private static final Pattern DURATION = Pattern.compile("([0-9]{1,9}) ?(ms|s|m|h|d)");
    private static final Map<String, Duration> TIME_UNITS = Map.of(
            "ms", Duration.ofMillis(1),
            "s", Duration.ofSeconds(1),
            "m", Duration.ofMinutes(1),
            "h", Duration.ofHours(1),
            "d", Duration.ofDays(1));

    private static final Pattern BYTES = Pattern.compile("([0-9]{1,9}) ?([kmg]?)(?:i?b)?");
    private static final Map<String, Long> BYTE_UNITS = Map.of("", 1L, "k", 1L << 10, "m", 1L << 20, "g", 1L << 30);

    private Quantity() {}

    /** {@return the duration, such as {@code 500ms}, {@code 30s}, {@code 5m}, {@code 2h}, {@code 1d}; empty for another text} */
    public static Optional<Duration> duration(String text) {
        var match = DURATION.matcher(text);
        return match.matches()
                ? Optional.ofNullable(TIME_UNITS.get(match.group(2)))
                        .map(unit -> unit.multipliedBy(Long.parseLong(match.group(1))))
                : Optional.empty();
    }

    /** {@return the number of bytes, such as {@code 4096}, {@code 512k}, {@code 64m}, {@code 2g}; empty for another text} */
    public static OptionalLong bytes(String text) {
        var match = BYTES.matcher(text.toLowerCase(Locale.ROOT));
        return match.matches()
                ? OptionalLong.of(Long.parseLong(match.group(1)) * BYTE_UNITS.getOrDefault(match.group(2), 1L))
                : OptionalLong.empty();
    }
}
