package ign.backup.model;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetTime;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The stored types of property values in Neo4j Community, and the Java class that stands for each between our packages. Each
 * type also occurs as array of that component type; an empty array keeps it.
 */
public enum ValueType {
    BOOLEAN(Boolean.class, boolean[].class),
    BYTE(Byte.class, byte[].class),
    SHORT(Short.class, short[].class),
    INT(Integer.class, int[].class),
    LONG(Long.class, long[].class),
    FLOAT(Float.class, float[].class),
    DOUBLE(Double.class, double[].class),
    CHAR(Character.class, char[].class),
    STRING(String.class, String[].class),
    DATE(LocalDate.class, LocalDate[].class),
    LOCAL_TIME(LocalTime.class, LocalTime[].class),
    TIME(OffsetTime.class, OffsetTime[].class),
    LOCAL_DATE_TIME(LocalDateTime.class, LocalDateTime[].class),
    DATE_TIME(ZonedDateTime.class, ZonedDateTime[].class),
    DURATION(GraphDuration.class, GraphDuration[].class),
    POINT(GraphPoint.class, GraphPoint[].class);

    private static final Map<Class<?>, ValueType> BY_CLASS = byClass();

    private final Class<?> scalarClass;
    private final Class<?> arrayClass;

    ValueType(Class<?> scalarClass, Class<?> arrayClass) {
        this.scalarClass = scalarClass;
        this.arrayClass = arrayClass;
    }

    /** {@return the class of a single value} */
    public Class<?> scalarClass() {
        return scalarClass;
    }

    /** {@return the class of an array of this type} */
    public Class<?> arrayClass() {
        return arrayClass;
    }

    /** {@return the type of a value or of the components of an array, or empty for a class that no property can have} */
    public static Optional<ValueType> of(Object value) {
        return Optional.ofNullable(BY_CLASS.get(value.getClass()));
    }

    private static Map<Class<?>, ValueType> byClass() {
        var scalars = Arrays.stream(values()).collect(Collectors.toMap(ValueType::scalarClass, Function.identity()));
        var arrays = Arrays.stream(values()).collect(Collectors.toMap(ValueType::arrayClass, Function.identity()));
        arrays.putAll(scalars);
        return Map.copyOf(arrays);
    }
}
