package ign.backup.format;

import ign.backup.model.GraphDuration;
import ign.backup.model.GraphPoint;
import ign.backup.model.ValueType;
import java.lang.reflect.Array;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The values that must survive a round trip, by what is special about them. */
final class ValueSamples {

    private ValueSamples() {}

    /** {@return at least one value of each row, under a name that says what is special about it} */
    static Map<String, Object> all() {
        var samples = new LinkedHashMap<String, Object>();
        numbers(samples);
        strings(samples);
        longStrings(samples);
        times(samples);
        durations(samples);
        points(samples);
        arrays(samples);
        return samples;
    }

    /** {@return ordinary values of that type, enough for an array that repeats them} */
    static Object[] some(ValueType type) {
        return switch (type) {
            case BOOLEAN -> new Object[] {true, false};
            case BYTE -> new Object[] {(byte) -1, (byte) 0, Byte.MAX_VALUE, Byte.MIN_VALUE};
            case SHORT -> new Object[] {(short) -1, (short) 0, Short.MAX_VALUE, Short.MIN_VALUE};
            case INT -> new Object[] {-1, 0, Integer.MAX_VALUE, Integer.MIN_VALUE};
            case LONG -> new Object[] {-1L, 0L, Long.MAX_VALUE, Long.MIN_VALUE};
            case FLOAT -> new Object[] {0.1f, -0.0f, Float.MAX_VALUE, Float.MIN_VALUE, Float.NaN};
            case DOUBLE -> new Object[] {0.1, -0.0, Double.MAX_VALUE, Double.MIN_VALUE};
            case CHAR -> new Object[] {'a', '"', '\0', '\ud800', 'ä'};
            case STRING -> new Object[] {"", "a", "\"\\\n\t\u2028", "\ud83d\ude00", "NaN"};
            case DATE -> new Object[] {LocalDate.MIN, LocalDate.of(2020, 2, 29), LocalDate.MAX};
            case LOCAL_TIME -> new Object[] {LocalTime.NOON, LocalTime.MAX};
            case TIME -> new Object[] {OffsetTime.parse("12:00Z"), OffsetTime.parse("12:00+01:02:03")};
            case LOCAL_DATE_TIME -> new Object[] {LocalDateTime.MIN, LocalDateTime.MAX};
            case DATE_TIME ->
                new Object[] {
                    ZonedDateTime.parse("2020-01-01T00:00Z"),
                    ZonedDateTime.parse("2020-01-01T00:00+01:00[Europe/Paris]")
                };
            case DURATION -> new Object[] {new GraphDuration(1, 2, 3, 4), new GraphDuration(-1, 2, -3, 1)};
            case POINT -> new Object[] {new GraphPoint(7203, 1.5, -0.0), new GraphPoint(7203, 1e300, 4.9E-324)};
        };
    }

    /** {@return an array of that type and length} */
    static Object array(ValueType type, int length) {
        var array = Array.newInstance(type.arrayClass().getComponentType(), length);
        var some = some(type);
        for (int i = 0; i < length; i++) {
            Array.set(array, i, some[i % some.length]);
        }
        return array;
    }

    private static void numbers(Map<String, Object> samples) {
        add(samples, "boolean", true, false);
        add(samples, "byte", Byte.MIN_VALUE, (byte) 0, Byte.MAX_VALUE);
        add(samples, "short", Short.MIN_VALUE, (short) 0, Short.MAX_VALUE);
        add(samples, "int", Integer.MIN_VALUE, 0, Integer.MAX_VALUE);
        add(samples, "long", Long.MIN_VALUE, -1L, 0L, 9L, 10L, (1L << 53) + 1, Long.MAX_VALUE);
        add(samples, "float", 0.1f, 1.0f, Float.MAX_VALUE, Float.MIN_VALUE, -0.0f, 16777216f, 3.4e-38f);
        add(samples, "float without finite value", Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY);
        add(
                samples,
                "double",
                1.0,
                -0.0,
                0.0,
                0.1,
                0.85,
                -123.456,
                4.9E-324,
                1.797E308,
                1e16,
                1e15,
                9007199254740992.0);
        add(samples, "double of many digits", 1 / 3.0, Math.PI, 0.1 + 0.2, 2.0e-3, 100.000001, 1e-6, 1e-7, 4.9E-324);
        add(samples, "double without finite value", Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY);
        add(samples, "char", 'x', '"', '\\', '\0', '\ud800', '\udfff', '\uffff', 'ä', '\n');
    }

    private static void strings(Map<String, Object> samples) {
        add(samples, "empty string", "");
        add(samples, "look-alikes", "NaN", "2020-01-01", "12", "true", "null", "SGVsbG8=", "[]", "{}");
        add(samples, "quotes and escapes", "\"", "\\", "'", "`", "\n", "\r", "\t", "\b\f", "\\u0041", "\\n", "/");
        var controls = new StringBuilder();
        for (char c = 0; c < 0x20; c++) {
            controls.append(c);
        }
        add(samples, "control characters", controls.toString(), "\u007f", "a\0b");
        add(samples, "line ends of others", "\u0085", "\u2028", "\u2029", "a\u2028b");
        add(samples, "beyond the basic plane", "\ud83d\ude00", "x\ud83d\ude00y", "\udbff\udfff", "\ud800\udc00");
        add(samples, "odd characters", "\ufffe", "\uffff", "\ufeffx", "\u07ff\u0800", "\ue000");
        add(samples, "blanks", " ", " a ", "\u00a0", "   ");
        add(samples, "composed and decomposed", "\u00e9", "e\u0301");
        add(samples, "like our own tags", "{\"$type\":\"Date\",\"_value\":\"2020-01-01\"}", "$x", "_x", "$type", "_id");
    }

    private static void longStrings(Map<String, Object> samples) {
        add(
                samples,
                "long string",
                "x".repeat(32_769),
                "é".repeat(40_000),
                "\ud83d\ude00".repeat(20_000),
                "\n".repeat(50_000));
    }

    private static void times(Map<String, Object> samples) {
        add(samples, "date", LocalDate.of(2020, 2, 29), LocalDate.of(0, 1, 1), LocalDate.MIN, LocalDate.MAX);
        add(samples, "local time", LocalTime.NOON, LocalTime.MIDNIGHT, LocalTime.MAX, LocalTime.of(1, 2, 3));
        add(samples, "time", OffsetTime.parse("01:02:03.000000004+05:30"), OffsetTime.parse("00:00+18:00"));
        add(samples, "time at its ends", OffsetTime.parse("00:00-18:00"), OffsetTime.MIN, OffsetTime.MAX);
        add(samples, "time with seconds in its offset", OffsetTime.parse("12:00+01:02:03"));
        add(samples, "one instant of two offsets", OffsetTime.parse("12:00Z"), OffsetTime.parse("13:00+01:00"));
        add(samples, "local date-time", LocalDateTime.of(2025, 1, 28, 14, 30), LocalDateTime.MIN, LocalDateTime.MAX);
        add(samples, "year of five digits", LocalDateTime.of(12345, 1, 1, 0, 0, 0, 1), LocalDate.of(-12345, 1, 1));
        add(
                samples,
                "date-time",
                zoned("2020-01-01T00:00:00.000000001Z"),
                zoned("2020-07-01T12:00+02:00[Europe/Paris]"));
        add(samples, "Z and UTC", zoned("2020-01-01T00:00Z"), zoned("2020-01-01T00:00Z[Etc/UTC]"));
        add(
                samples,
                "zones with a prefix",
                zoned("2020-01-01T00:00Z[UTC]"),
                zoned("2020-01-01T00:00+01:00[GMT+01:00]"));
        var overlap = zoned("2020-10-25T02:30+02:00[Europe/Paris]");
        add(samples, "hour that comes twice", overlap, overlap.withLaterOffsetAtOverlap());
        add(
                samples,
                "local mean time",
                LocalDateTime.of(1800, 1, 1, 0, 0).atZone(ZoneId.of("Europe/Paris")),
                OffsetDateTime.of(LocalDateTime.of(2020, 1, 1, 0, 0), ZoneOffset.ofHoursMinutesSeconds(1, 2, 3))
                        .toZonedDateTime());
        add(samples, "far date-time", OffsetDateTime.MIN.toZonedDateTime(), OffsetDateTime.MAX.toZonedDateTime());
    }

    private static void durations(Map<String, Object> samples) {
        add(samples, "duration", new GraphDuration(14, 3, 4, 5), new GraphDuration(0, 0, 0, 0));
        add(
                samples,
                "negative fraction",
                new GraphDuration(0, 0, -1, 500_000_000),
                new GraphDuration(0, 0, -61, 500_000_000),
                new GraphDuration(0, 0, -3600, 10));
        add(samples, "mixed signs", new GraphDuration(-1, 2, -3, 1), new GraphDuration(1, -2, 3, 0));
        add(
                samples,
                "duration at its ends",
                new GraphDuration(Long.MAX_VALUE, Long.MIN_VALUE, Long.MAX_VALUE, 999_999_999),
                new GraphDuration(Long.MIN_VALUE, Long.MAX_VALUE, Long.MIN_VALUE, 999_999_999),
                new GraphDuration(0, 0, Long.MIN_VALUE, 0),
                new GraphDuration(0, 100_000_000_000L, 0, 0));
        add(samples, "parts kept apart", new GraphDuration(1, 0, 0, 0), new GraphDuration(0, 30, 0, 0));
        add(samples, "day and its hours", new GraphDuration(0, 1, 0, 0), new GraphDuration(0, 0, 86_400, 0));
    }

    private static void points(Map<String, Object> samples) {
        add(samples, "point", new GraphPoint(7203, 1.5, -0.0), new GraphPoint(9157, 1, 2, 3));
        add(samples, "place", new GraphPoint(4326, -180, 90), new GraphPoint(4979, 180, -90, 0.1));
        add(samples, "far point", new GraphPoint(7203, 1e300, 4.9E-324), new GraphPoint(4326, 0.0, -0.0));
    }

    private static void arrays(Map<String, Object> samples) {
        for (var type : ValueType.values()) {
            for (int length : new int[] {0, 1, 2, 31, 32, 33, 10_000}) {
                if (length > 0 || type != ValueType.POINT) {
                    samples.put(type.arrayClass().getSimpleName() + " of " + length, array(type, length));
                }
            }
        }
        samples.put("double[] of whole numbers", new double[] {1.0, 2.0});
        samples.put("double[] without finite values", new double[] {Double.NaN, Double.POSITIVE_INFINITY, -0.0, 1});
        samples.put("double[] of 32 without finite values", filled(Double.NEGATIVE_INFINITY));
        samples.put("String[] with empty elements", new String[] {"", "a", "", "\u2028", "_x"});
        samples.put("String[] of odd strings", strings());
        for (int srid : new int[] {4326, 9157, 4979}) {
            samples.put("Point[] of " + srid, new GraphPoint[] {
                new GraphPoint(srid, GraphPoint.dimensionOf(srid) == 2 ? new double[] {1, 2} : new double[] {1, 2, 3})
            });
        }
    }

    private static double[] filled(double value) {
        var array = new double[32];
        Arrays.fill(array, value);
        return array;
    }

    private static String[] strings() {
        var samples = new LinkedHashMap<String, Object>();
        strings(samples);
        List<String> texts = new ArrayList<>();
        samples.values().forEach(value -> texts.add((String) value));
        return texts.toArray(String[]::new);
    }

    private static ZonedDateTime zoned(String text) {
        return ZonedDateTime.parse(text);
    }

    private static void add(Map<String, Object> samples, String what, Object... values) {
        for (int i = 0; i < values.length; i++) {
            samples.put(what + (values.length > 1 ? " " + (i + 1) : ""), values[i]);
        }
    }
}
