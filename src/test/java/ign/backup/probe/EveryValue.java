package ign.backup.probe;

import static org.neo4j.values.storable.CoordinateReferenceSystem.CARTESIAN;
import static org.neo4j.values.storable.CoordinateReferenceSystem.CARTESIAN_3D;
import static org.neo4j.values.storable.CoordinateReferenceSystem.WGS_84;
import static org.neo4j.values.storable.CoordinateReferenceSystem.WGS_84_3D;
import static org.neo4j.values.storable.Values.pointValue;

import java.lang.reflect.Array;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.function.IntFunction;
import org.neo4j.graphdb.Label;
import org.neo4j.graphdb.Node;
import org.neo4j.graphdb.RelationshipType;
import org.neo4j.graphdb.Transaction;
import org.neo4j.values.storable.DurationValue;
import org.neo4j.values.storable.PointValue;

/** One node and one relationship for each value; row ids are those of the table of fidelity. */
final class EveryValue {

    /** Our format changes how it writes arrays at 32; 10 000 elements leave the property record. */
    private static final int[] LENGTHS = {0, 1, 31, 32, 33, 10_000};

    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");

    private final Transaction tx;
    private final Node anchor;

    EveryValue(Transaction tx) {
        this.tx = tx;
        this.anchor = tx.createNode(Label.label("Anchor"));
    }

    void create() {
        numbers();
        strings();
        times();
        durations();
        points();
        arrays();
    }

    private void numbers() {
        rows("V-01", true, false);
        rows("V-02", (byte) -128, (byte) 0, (byte) 127);
        rows("V-03", (short) -32768, (short) 0, (short) 32767);
        rows("V-04", Integer.MIN_VALUE, 0, Integer.MAX_VALUE);
        rows("V-05", Long.MIN_VALUE, -1L, 0L, 1L, (1L << 53) + 1, Long.MAX_VALUE);
        rows("V-06", 0.1f, 1.0f);
        rows("V-07", Float.MAX_VALUE, Float.MIN_VALUE, -0.0f, 0.0f);
        rows("V-08", Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY);
        rows("V-09", 1.0, -0.0, 0.0, 0.1, Double.MIN_VALUE, Double.MAX_VALUE, 1e16, 1e15, 123456789012345680.0);
        rows("V-10", Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY);
        rows("V-11", 'x');
        rows("V-12", '"', '\\', '\'', '\n', '\u2028');
        rows("V-13", '\u0000', '\ud83d', '\ude00', '\uffff');
    }

    private void strings() {
        rows("S-01", "");
        rows(
                "S-02",
                "NaN",
                "-Infinity",
                "2020-01-01",
                "12",
                "1.0",
                "true",
                "null",
                "AQID",
                "P1D",
                "point({x: 1, y: 2})");
        rows("S-03", "\"", "\\", "'", "`", "\n", "\r", "\r\n", "\t", "a\"b\\c'd`e\nf\rg\th");
        rows("S-04", "\\u0041", "\\n", "\\\\", "\\\"");
        rows("S-05", controls(), "\u0000", "a\u0000b", "\u0001");
        rows("S-06", "\u007f");
        rows("S-07", "a\u0085b", "a\u2028b", "a\u2029b");
        rows("S-08", "😀", "👩‍👩‍👧", "a😀b");
        rows("S-09", "\ufffe", "\uffff", "\ufffd");
        rows("S-10", "\ufeffa", "\ufeff");
        rows("S-11", " a", "a ", "\u00a0a\u00a0", "\ta\n");
        rows("S-12", " ", "   ", "\n", "\u3000");
        rows("S-13", "s".repeat(32_769), "é😀\n".repeat(500_000), "x".repeat(31), "x".repeat(4096));
        rows("S-14", "\u00e9", "e\u0301");
        rows(
                "S-15",
                "$",
                "$type",
                "$date:2020-01-01",
                "$$",
                "_",
                "{\"$type\":\"long\",\"_value\":1}",
                "@",
                "!",
                "~",
                "#1");
        rows("S-16", (Object) new String[] {"", "a\u2028b", "", "\n", controls(), "\"\\", "😀", "$type", ""});
    }

    private void times() {
        rows("T-01", LocalDate.of(2020, 2, 29), LocalDate.of(0, 1, 1), LocalDate.of(-1, 12, 31), LocalDate.EPOCH);
        rows("T-01 far", LocalDate.MIN, LocalDate.MAX, LocalDate.of(12345, 6, 7));
        rows("T-02", LocalTime.NOON, LocalTime.MIDNIGHT, LocalTime.MAX, LocalTime.of(1, 2, 3, 4));
        rows("T-03", time(1, 2, 3, 4, ZoneOffset.ofHoursMinutes(5, 30)), time(0, 0, 0, 0, ZoneOffset.MAX));
        rows("T-03 west", time(0, 0, 0, 0, ZoneOffset.MIN), time(23, 59, 59, 999_999_999, ZoneOffset.UTC));
        rows("T-04", time(12, 0, 0, 0, ZoneOffset.ofHoursMinutesSeconds(1, 2, 3)));
        rows("T-05", time(12, 0, 0, 0, ZoneOffset.UTC), time(13, 0, 0, 0, ZoneOffset.ofHours(1)));
        rows("T-06", LocalDateTime.of(2020, 1, 2, 3, 4), LocalDateTime.MIN, LocalDateTime.MAX);
        rows("T-06 five digits", LocalDateTime.of(12345, 1, 2, 3, 4, 5, 600_000_000));
        rows("T-07", ZonedDateTime.of(2020, 1, 2, 3, 4, 5, 1, ZoneOffset.UTC));
        rows("T-08", ZonedDateTime.of(2020, 1, 2, 3, 4, 5, 0, PARIS));
        rows("T-09", instant(ZoneOffset.UTC), instant(ZoneId.of("Etc/UTC")), instant(ZoneId.of("UTC")));
        var overlap = LocalDateTime.of(2020, 10, 25, 2, 30);
        rows(
                "T-10",
                ZonedDateTime.ofLocal(overlap, PARIS, ZoneOffset.ofHours(2)),
                ZonedDateTime.ofLocal(overlap, PARIS, ZoneOffset.ofHours(1)));
        rows("T-11", ZonedDateTime.of(1800, 1, 1, 0, 0, 0, 0, PARIS));
        rows("T-12", ZonedDateTime.of(2020, 1, 2, 3, 4, 5, 0, ZoneOffset.ofHoursMinutesSeconds(1, 2, 3)));
    }

    private void durations() {
        rows("D-01", duration(14, 3, 4, 5));
        rows("D-02", duration(0, 0, -1, 500_000_000), duration(0, 0, -61, 500_000_000), duration(0, 0, -3600, 1));
        rows("D-03", duration(-1, 2, -3, 1));
        rows("D-04", duration(0, 0, 0, 0));
        rows("D-05", duration(0, 0, Long.MAX_VALUE, 999_999_999), duration(0, 0, Long.MIN_VALUE, 0));
        rows("D-06", duration(0, 100_000_000_000L, 0, 0));
        rows("D-07", duration(1, 0, 0, 0), duration(0, 30, 0, 0), duration(0, 1, 0, 0), duration(0, 0, 86_400, 0));
    }

    private void points() {
        rows("P-01", pointValue(CARTESIAN, 1.5, -0.0));
        rows("P-02", pointValue(CARTESIAN_3D, 1.5, -0.0, 3));
        rows("P-03", pointValue(WGS_84, -180, 90), pointValue(WGS_84, 12.5, 55.5));
        rows("P-04", pointValue(WGS_84_3D, 12.5, 55.5, -100));
        rows("P-05", pointValue(CARTESIAN, 1e300, 4.9E-324));
        rows("P-06", pointValue(WGS_84, 180, -90), pointValue(WGS_84, -0.0, 0.0), pointValue(WGS_84, 0.0, -0.0));
    }

    private void arrays() {
        rows("A-02", new byte[] {-1, 0, 1}, new byte[] {Byte.MIN_VALUE, Byte.MAX_VALUE});
        rows("A-07", new double[] {1.0, 2.0}, new float[] {0.1f, 1.0f}, new long[] {Long.MIN_VALUE, Long.MAX_VALUE});
        rows("A-08", new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, -0.0, 0.0});
        rows("A-08 float", new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, -0.0f});
        rows("A-09", new char[] {'a', '"', '\u0000', '\ud83d', '\uffff'});
        arrays("A-01", boolean.class, at -> at % 3 == 0);
        arrays("A-02", byte.class, at -> (byte) (at * 7));
        arrays("A-03", short.class, at -> (short) (at * 1237));
        arrays("A-04", int.class, at -> at * 715_827_883);
        arrays("A-05", long.class, at -> at * 0x9e3779b97f4a7c15L);
        arrays("A-06", float.class, at -> at % 5 == 4 ? -0.0f : at * 0.1f);
        arrays("A-07", double.class, at -> at % 5 == 4 ? -0.0 : at * 0.1);
        arrays("A-07 whole", double.class, at -> (double) at);
        arrays("A-09", char.class, at -> (char) (at * 131));
        arrays("A-10", String.class, at -> at % 4 == 0 ? "" : "text\n" + at);
        arrays("A-11 date", LocalDate.class, at -> LocalDate.of(2020, 1, 1).plusDays(at * 1000L));
        arrays("A-11 localtime", LocalTime.class, at -> LocalTime.ofNanoOfDay(at * 1_000_000_007L));
        arrays("A-11 time", OffsetTime.class, at -> time(at % 24, 0, 0, at, ZoneOffset.ofTotalSeconds(at % 3600)));
        arrays("A-11 localdatetime", LocalDateTime.class, at -> LocalDateTime.of(2020, 1, 1, 0, 0)
                .plusNanos(at * 1_000_000_007L));
        arrays(
                "A-11 datetime",
                ZonedDateTime.class,
                at -> at % 2 == 0 ? instant(PARIS).plusHours(at) : instant(ZoneOffset.UTC));
        arrays("A-11 duration", DurationValue.class, at -> duration(at, -at, at * 3L, at));
        pointArrays("A-12 cartesian", at -> pointValue(CARTESIAN, at, -0.0));
        pointArrays("A-12 cartesian-3d", at -> pointValue(CARTESIAN_3D, at, -0.0, 1e300));
        pointArrays("A-12 wgs-84", at -> pointValue(WGS_84, at % 180, at % 90));
        pointArrays("A-12 wgs-84-3d", at -> pointValue(WGS_84_3D, at % 180, at % 90, at));
    }

    private void arrays(String row, Class<?> component, IntFunction<Object> element) {
        for (var length : LENGTHS) {
            array(row, component, length, element);
        }
    }

    /** Neo4j cannot keep an empty array of points (U-02). */
    private void pointArrays(String row, IntFunction<Object> element) {
        for (var length : LENGTHS) {
            if (length > 0) {
                array(row, PointValue.class, length, element);
            }
        }
    }

    private void array(String row, Class<?> component, int length, IntFunction<Object> element) {
        var array = Array.newInstance(component, length);
        for (var at = 0; at < length; at++) {
            Array.set(array, at, element.apply(at));
        }
        create(row + " length " + length, array);
    }

    private void rows(String row, Object... values) {
        for (var number = 0; number < values.length; number++) {
            create(row + " " + number, values[number]);
        }
    }

    private void create(String row, Object value) {
        var node = tx.createNode(Label.label("Fidelity"));
        node.setProperty("row", row);
        node.setProperty("value", value);
        var relationship = anchor.createRelationshipTo(node, RelationshipType.withName("FIDELITY"));
        relationship.setProperty("row", row);
        relationship.setProperty("value", value);
    }

    private static String controls() {
        var all = new StringBuilder();
        for (var code = 0; code < 32; code++) {
            all.append((char) code);
        }
        return all.toString();
    }

    private static OffsetTime time(int hour, int minute, int second, int nano, ZoneOffset offset) {
        return OffsetTime.of(hour, minute, second, nano, offset);
    }

    private static ZonedDateTime instant(ZoneId zone) {
        return ZonedDateTime.of(2020, 1, 2, 3, 4, 5, 6, zone);
    }

    private static DurationValue duration(long months, long days, long seconds, long nanos) {
        return DurationValue.duration(months, days, seconds, nanos);
    }
}
