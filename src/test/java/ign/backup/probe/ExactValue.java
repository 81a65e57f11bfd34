package ign.backup.probe;

import java.lang.reflect.Array;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetTime;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAmount;
import java.time.temporal.TemporalUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.neo4j.graphdb.spatial.Point;

/**
 * A property value as text that differs whenever the value does: type by type, bit by bit.
 *
 * <p>All NaN are one value, times keep their offset and zone, and an empty array keeps its component type.
 */
final class ExactValue {

    private static final List<Kind> KINDS = List.of(
            new Kind("boolean", Boolean.class, boolean.class),
            new Kind("byte", Byte.class, byte.class),
            new Kind("short", Short.class, short.class),
            new Kind("int", Integer.class, int.class),
            new Kind("long", Long.class, long.class),
            new Kind("float", Float.class, float.class),
            new Kind("double", Double.class, double.class),
            new Kind("char", Character.class, char.class),
            new Kind("string", String.class, String.class),
            new Kind("date", LocalDate.class, LocalDate.class),
            new Kind("localtime", LocalTime.class, LocalTime.class),
            new Kind("time", OffsetTime.class, OffsetTime.class),
            new Kind("localdatetime", LocalDateTime.class, LocalDateTime.class),
            new Kind("datetime", ZonedDateTime.class, ZonedDateTime.class),
            new Kind("duration", TemporalAmount.class, TemporalAmount.class),
            new Kind("point", Point.class, Point.class));

    /** The systems of coordinates whose first one is a longitude. */
    private static final Set<Integer> GEOGRAPHIC = Set.of(4326, 4979);

    private ExactValue() {}

    private record Kind(String name, Class<?> single, Class<?> component) {}

    /** {@return the type, as {@code byte} or {@code date[]}} */
    static String type(Object value) {
        var type = value.getClass();
        for (var kind : KINDS) {
            if (type.isArray()
                    ? kind.component().isAssignableFrom(type.getComponentType())
                    : kind.single().isInstance(value)) {
                return type.isArray() ? kind.name() + "[]" : kind.name();
            }
        }
        throw new IllegalStateException("the probe does not know values of " + type.getTypeName());
    }

    /** {@return the value; together with its type it says all} */
    static String text(Object value) {
        if (value.getClass().isArray()) {
            var length = Array.getLength(value);
            var all = new StringBuilder().append(length);
            for (var at = 0; at < length; at++) {
                var element = text(Array.get(value, at));
                all.append(' ').append(element.length()).append(':').append(element);
            }
            return all.toString();
        }
        if (value instanceof Float number) {
            return number + "=" + Integer.toHexString(Float.floatToIntBits(number));
        }
        if (value instanceof Double number) {
            return number + "=" + Long.toHexString(Double.doubleToLongBits(number));
        }
        if (value instanceof Character letter) {
            return Integer.toHexString(letter);
        }
        if (value instanceof ZonedDateTime time) {
            return time.toLocalDateTime() + " " + time.getOffset() + " " + time.getZone();
        }
        if (value instanceof TemporalAmount duration) {
            return List.of(
                            part(duration, ChronoUnit.MONTHS),
                            part(duration, ChronoUnit.DAYS),
                            part(duration, ChronoUnit.SECONDS),
                            part(duration, ChronoUnit.NANOS))
                    .toString();
        }
        if (value instanceof Point point) {
            var coordinates = new ArrayList<String>();
            for (var coordinate : point.getCoordinate().getCoordinate()) {
                // The newer server turns a longitude of -0.0 into 0.0 by itself, so that nobody can promise to keep it.
                var lost = coordinates.isEmpty()
                        && GEOGRAPHIC.contains(point.getCRS().getCode());
                coordinates.add(text(lost ? coordinate + 0.0 : coordinate));
            }
            return point.getCRS().getCode() + " " + coordinates;
        }
        return value.toString();
    }

    private static long part(TemporalAmount duration, TemporalUnit unit) {
        return duration.get(unit);
    }
}
