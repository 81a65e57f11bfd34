package ign.backup.format;

import ign.backup.model.ValueType;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The words for types in {@code $type}: those of the typed JSON of Neo4j's Query API where it has one, and words in its manner
 * for the narrower stored types. An array is the word with {@code []}.
 */
enum TypeName {
    BOOLEAN("Boolean", ValueType.BOOLEAN),
    BYTE("Byte", ValueType.BYTE),
    SHORT("Short", ValueType.SHORT),
    INT("Int", ValueType.INT),
    LONG("Integer", ValueType.LONG),
    FLOAT("Float32", ValueType.FLOAT),
    DOUBLE("Float", ValueType.DOUBLE),
    CHAR("Char", ValueType.CHAR),
    STRING("String", ValueType.STRING),
    DATE("Date", ValueType.DATE),
    LOCAL_TIME("LocalTime", ValueType.LOCAL_TIME),
    TIME("Time", ValueType.TIME),
    LOCAL_DATE_TIME("LocalDateTime", ValueType.LOCAL_DATE_TIME),
    ZONED_DATE_TIME("ZonedDateTime", ValueType.DATE_TIME),
    /** A date-time with an offset and no region; one stored type with the former. */
    OFFSET_DATE_TIME("OffsetDateTime", ValueType.DATE_TIME),
    DURATION("Duration", ValueType.DURATION),
    POINT("Point", ValueType.POINT);

    static final String TYPE = "$type";
    static final String VALUE = "_value";
    static final String ENCODING = "_encoding";
    static final String BASE64 = "base64";
    static final String ARRAY = "[]";

    private static final Map<ValueType, TypeName> BY_TYPE = byType();
    private static final Map<String, TypeName> BY_WORD =
            Arrays.stream(values()).collect(Collectors.toMap(name -> name.word, Function.identity()));

    private final String word;
    private final ValueType type;
    private final String scalarStart;
    private final String arrayStart;
    private final String base64Start;

    TypeName(String word, ValueType type) {
        this.word = word;
        this.type = type;
        scalarStart = "{\"$type\":\"" + word + "\",\"_value\":";
        arrayStart = "{\"$type\":\"" + word + "[]\",\"_value\":[";
        base64Start = "{\"$type\":\"" + word + "[]\",\"_encoding\":\"base64\",\"_value\":\"";
    }

    /** {@return the name of that word without {@code []}} */
    static Optional<TypeName> of(String word) {
        return Optional.ofNullable(BY_WORD.get(word));
    }

    static TypeName of(ValueType type) {
        return Objects.requireNonNull(BY_TYPE.get(type));
    }

    static TypeName of(ValueType type, Object value) {
        return value instanceof ZonedDateTime time && time.getZone() instanceof ZoneOffset
                ? OFFSET_DATE_TIME
                : of(type);
    }

    String word() {
        return word;
    }

    ValueType type() {
        return type;
    }

    String scalarStart() {
        return scalarStart;
    }

    String arrayStart() {
        return arrayStart;
    }

    String base64Start() {
        return base64Start;
    }

    private static Map<ValueType, TypeName> byType() {
        var names = new EnumMap<ValueType, TypeName>(ValueType.class);
        for (var name : values()) {
            if (name != OFFSET_DATE_TIME) {
                names.put(name.type, name);
            }
        }
        return names;
    }
}
