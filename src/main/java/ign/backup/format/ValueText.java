package ign.backup.format;

import ign.backup.model.GraphDuration;
import ign.backup.model.GraphPoint;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The texts of dates, times, durations and points: ISO 8601 and EWKT, as Neo4j's Query API has them. */
final class ValueText {

    private static final Pattern DURATION = Pattern.compile("P(?:([-+]?\\d+)Y)?(?:([-+]?\\d+)M)?(?:([-+]?\\d+)W)?"
            + "(?:([-+]?\\d+)D)?(?:T(?:([-+]?\\d+)H)?(?:([-+]?\\d+)M)?(?:([-+]?)(\\d+)(?:\\.(\\d{1,9}))?S)?)?");

    private static final Pattern POINT =
            Pattern.compile("SRID=(\\d{1,5});POINT (Z )?\\(([^ ()]+) ([^ ()]+)(?: ([^ ()]+))?\\)");

    private static final int NANOS_PER_SECOND = 1_000_000_000;

    private ValueText() {}

    /** {@return the text that {@link #parse} reads back as the same value} */
    static String of(Object value) {
        if (value instanceof GraphDuration duration) {
            return text(duration);
        }
        if (value instanceof GraphPoint point) {
            return text(point);
        }
        return value.toString(); // java.time prints ISO 8601, complete
    }

    /**
     * {@return the value of that text}
     *
     * @throws java.time.DateTimeException for a text that is none; the subclass {@link java.time.zone.ZoneRulesException} for
     *     a time zone that this Java does not know
     * @throws IllegalArgumentException likewise
     * @throws ArithmeticException likewise
     */
    static Object parse(TypeName type, String text) {
        return switch (type) {
            case DATE -> LocalDate.parse(text);
            case LOCAL_TIME -> LocalTime.parse(text);
            case TIME -> OffsetTime.parse(text);
            case LOCAL_DATE_TIME -> LocalDateTime.parse(text);
            case OFFSET_DATE_TIME, ZONED_DATE_TIME -> zoned(text);
            case DURATION -> duration(text);
            case POINT -> point(text);
            default -> throw new IllegalArgumentException("'" + text + "' is no text of a value");
        };
    }

    /** {@return whether the zone's rules put the instant of {@code text} at another local time than it says} */
    static boolean isMoved(ZonedDateTime value, String text) {
        int bracket = text.indexOf('[');
        return bracket >= 0
                && !OffsetDateTime.parse(text.substring(0, bracket)).getOffset().equals(value.getOffset());
    }

    /**
     * {@return the instant of that text in its zone}
     *
     * <p>Not by the JDK's own parser, which moves a local time that its zone data does not allow without a word. Here the
     * offset and so the instant stay, as they do when Neo4j opens a store under newer zone data; the caller can see the
     * difference by printing the value again.
     */
    private static ZonedDateTime zoned(String text) {
        int bracket = text.indexOf('[');
        if (bracket < 0) {
            return OffsetDateTime.parse(text).toZonedDateTime();
        }
        if (!text.endsWith("]")) {
            throw new IllegalArgumentException("'" + text + "' has no ']' after the name of its time zone");
        }
        var zone = ZoneId.of(text.substring(bracket + 1, text.length() - 1));
        var time = OffsetDateTime.parse(text.substring(0, bracket));
        return ZonedDateTime.ofInstant(time.toLocalDateTime(), time.getOffset(), zone);
    }

    private static String text(GraphDuration duration) {
        var text = new StringBuilder("P");
        if (duration.months() != 0) {
            text.append(duration.months()).append('M');
        }
        if (duration.days() != 0) {
            text.append(duration.days()).append('D');
        }
        if (duration.seconds() != 0 || duration.nanos() != 0 || text.length() == 1) {
            appendSeconds(text.append('T'), duration.seconds(), duration.nanos());
        }
        return text.toString();
    }

    private static void appendSeconds(StringBuilder text, long seconds, int nanos) {
        if (nanos == 0) {
            text.append(seconds);
        } else {
            // The nanoseconds count upwards from the whole second below, the fraction of a text away from zero.
            boolean negative = seconds < 0;
            long whole = negative ? -(seconds + 1) : seconds;
            int fraction = negative ? NANOS_PER_SECOND - nanos : nanos;
            var digits = Integer.toString(NANOS_PER_SECOND + fraction).substring(1);
            text.append(negative ? "-" : "").append(whole).append('.');
            text.append(digits, 0, lastDigit(digits) + 1);
        }
        text.append('S');
    }

    private static int lastDigit(String digits) {
        int last = digits.length() - 1;
        while (digits.charAt(last) == '0') {
            last--;
        }
        return last;
    }

    private static GraphDuration duration(String text) {
        var parts = DURATION.matcher(text);
        if (!parts.matches() || text.equals("P") || text.endsWith("T")) {
            throw new IllegalArgumentException("'" + text + "' is no duration");
        }
        long months = Math.addExact(Math.multiplyExact(number(parts, 1), 12), number(parts, 2));
        long days = Math.addExact(Math.multiplyExact(number(parts, 3), 7), number(parts, 4));
        long seconds =
                Math.addExact(Math.multiplyExact(number(parts, 5), 3600), Math.multiplyExact(number(parts, 6), 60));
        if (parts.group(8) == null) {
            return new GraphDuration(months, days, seconds, 0);
        }
        var sign = parts.group(7).equals("-") ? "-" : "";
        seconds = Math.addExact(seconds, Long.parseLong(sign + parts.group(8)));
        int fraction = parts.group(9) == null ? 0 : Integer.parseInt((parts.group(9) + "000000000").substring(0, 9));
        if (fraction > 0 && sign.equals("-")) {
            seconds = Math.subtractExact(seconds, 1);
            fraction = NANOS_PER_SECOND - fraction;
        }
        return new GraphDuration(months, days, seconds, fraction);
    }

    private static long number(Matcher parts, int group) {
        var digits = parts.group(group);
        return digits == null ? 0 : Long.parseLong(digits);
    }

    private static String text(GraphPoint point) {
        var text = new StringBuilder("SRID=").append(point.srid()).append(";POINT ");
        text.append(point.coordinates().size() == 3 ? "Z (" : "(");
        for (int i = 0; i < point.coordinates().size(); i++) {
            text.append(i == 0 ? "" : " ").append(point.coordinates().get(i));
        }
        return text.append(')').toString();
    }

    private static GraphPoint point(String text) {
        var parts = POINT.matcher(text);
        if (!parts.matches() || (parts.group(2) == null) != (parts.group(5) == null)) {
            throw new IllegalArgumentException("'" + text + "' is no point");
        }
        int srid = Integer.parseInt(parts.group(1));
        double x = Double.parseDouble(parts.group(3));
        double y = Double.parseDouble(parts.group(4));
        return parts.group(5) == null
                ? new GraphPoint(srid, x, y)
                : new GraphPoint(srid, x, y, Double.parseDouble(parts.group(5)));
    }
}
