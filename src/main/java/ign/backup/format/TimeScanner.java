package ign.backup.format;

import static ign.backup.format.TextScanner.NOT_UNDERSTOOD;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.zone.ZoneRules;
import org.jspecify.annotations.Nullable;

/**
 * Judges the usual texts of dates and times without making objects of them: years of four digits, offsets of hours and minutes.
 *
 * <p>What it accepts {@link ValueText} accepts, too, and without a difference that needs a warning. Used by one thread.
 */
final class TimeScanner {

    /** More than there are; a hostile file can name more, as offsets are names, too. */
    private static final int MOST_ZONES = 1 << 10;

    private static final int MOST_OFFSET_HOURS = 17; // 18:00 is allowed, 18:01 is not

    private final ByteTable<ZoneRules> zones = new ByteTable<>();

    /** {@return where the text ends, behind its closing quote; {@code from} is behind the opening one} */
    int end(TypeName type, byte[] bytes, int from) {
        int at =
                switch (type) {
                    case DATE -> date(bytes, from);
                    case LOCAL_TIME -> time(bytes, from);
                    case LOCAL_DATE_TIME -> dateTime(bytes, from);
                    case TIME -> offset(bytes, time(bytes, from));
                    case OFFSET_DATE_TIME, ZONED_DATE_TIME -> zoned(bytes, from);
                    default -> NOT_UNDERSTOOD;
                };
        return at >= 0 && bytes[at] == '"' ? at + 1 : NOT_UNDERSTOOD;
    }

    private static int date(byte[] bytes, int from) {
        if (!fits(bytes, from, 10) || bytes[from + 4] != '-' || bytes[from + 7] != '-') {
            return NOT_UNDERSTOOD;
        }
        int year = year(bytes, from);
        int month = two(bytes, from + 5);
        int day = two(bytes, from + 8);
        boolean valid = year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= days(year, month);
        return valid ? from + 10 : NOT_UNDERSTOOD;
    }

    private static int days(int year, int month) {
        return switch (month) {
            case 2 -> year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28;
            case 4, 6, 9, 11 -> 30;
            default -> 31;
        };
    }

    /** Hours and minutes, seconds where there are some, and a fraction of up to nine digits behind these. */
    private static int time(byte[] bytes, int from) {
        if (!fits(bytes, from, 5) || bytes[from + 2] != ':' || !isUpTo(23, two(bytes, from))) {
            return NOT_UNDERSTOOD;
        }
        if (!isUpTo(59, two(bytes, from + 3))) {
            return NOT_UNDERSTOOD;
        }
        int at = from + 5;
        if (bytes[at] != ':') {
            return at;
        }
        if (!fits(bytes, at, 3) || !isUpTo(59, two(bytes, at + 1))) {
            return NOT_UNDERSTOOD;
        }
        at += 3;
        if (bytes[at] != '.') {
            return at;
        }
        int digits = 0;
        do {
            at++;
            digits++;
        } while (isDigit(bytes[at]));
        return digits >= 2 && digits <= 10 ? at : NOT_UNDERSTOOD;
    }

    private static int dateTime(byte[] bytes, int from) {
        int at = date(bytes, from);
        return at >= 0 && bytes[at] == 'T' ? time(bytes, at + 1) : NOT_UNDERSTOOD;
    }

    private static int offset(byte[] bytes, int from) {
        if (from < 0) {
            return NOT_UNDERSTOOD;
        }
        if (bytes[from] == 'Z') {
            return from + 1;
        }
        boolean valid = (bytes[from] == '+' || bytes[from] == '-')
                && fits(bytes, from, 6)
                && bytes[from + 3] == ':'
                && isUpTo(MOST_OFFSET_HOURS, two(bytes, from + 1))
                && isUpTo(59, two(bytes, from + 4));
        return valid ? from + 6 : NOT_UNDERSTOOD;
    }

    private int zoned(byte[] bytes, int from) {
        int offset = dateTime(bytes, from);
        int at = offset(bytes, offset);
        if (at < 0 || bytes[at] != '[') {
            return at;
        }
        int begin = at + 1;
        do {
            at++;
        } while (bytes[at] > ' ' && bytes[at] != ']' && bytes[at] != '"' && bytes[at] != '\\');
        if (bytes[at] != ']') {
            return NOT_UNDERSTOOD;
        }
        var rules = zone(bytes, begin, at);
        return rules != null && isOffsetAt(rules, bytes, from, offset) ? at + 1 : NOT_UNDERSTOOD;
    }

    /** {@return whether the zone has the offset that stands there at the instant that it makes of the local time} */
    private static boolean isOffsetAt(ZoneRules rules, byte[] bytes, int from, int offset) {
        int seconds = 0;
        if (bytes[offset] != 'Z') {
            seconds = 3600 * two(bytes, offset + 1) + 60 * two(bytes, offset + 4);
            seconds = bytes[offset] == '-' ? -seconds : seconds;
        }
        long day = LocalDate.of(year(bytes, from), two(bytes, from + 5), two(bytes, from + 8))
                .toEpochDay();
        long time = 3600L * two(bytes, from + 11) + 60L * two(bytes, from + 14);
        if (bytes[from + 16] == ':') {
            time += two(bytes, from + 17);
        }
        return rules.getOffset(Instant.ofEpochSecond(86_400 * day + time - seconds))
                        .getTotalSeconds()
                == seconds;
    }

    private @Nullable ZoneRules zone(byte[] bytes, int from, int to) {
        var known = zones.get(bytes, from, to);
        if (known != null || zones.size() == MOST_ZONES) {
            return known;
        }
        try {
            var rules = ZoneId.of(new String(bytes, from, to - from, StandardCharsets.US_ASCII))
                    .getRules();
            zones.put(bytes, from, to, rules);
            return rules;
        } catch (DateTimeException e) {
            return null; // the parser will come to the same and say it
        }
    }

    /** {@return whether {@code length} bytes are there and the lines' last byte behind them} */
    private static boolean fits(byte[] bytes, int from, int length) {
        return bytes.length - from > length;
    }

    private static boolean isUpTo(int most, int number) {
        return number >= 0 && number <= most;
    }

    private static int year(byte[] bytes, int from) {
        int century = two(bytes, from);
        int rest = two(bytes, from + 2);
        return century < 0 || rest < 0 ? -1 : 100 * century + rest;
    }

    /** {@return the number of two digits, or -1} */
    private static int two(byte[] bytes, int at) {
        return isDigit(bytes[at]) && isDigit(bytes[at + 1]) ? 10 * (bytes[at] - '0') + bytes[at + 1] - '0' : -1;
    }

    private static boolean isDigit(byte value) {
        return value >= '0' && value <= '9';
    }
}
