package ign.backup.format;

import ign.backup.model.BackupException;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;

/**
 * The fields of a JSON object that is not an element. A field that is null counts as missing, one that nobody asks for is
 * ignored, and one of another type than asked for is damage.
 */
final class FieldMap {

    static final String HINT = "The file was changed after it was written, or another tool wrote it otherwise than"
            + " docs/format.md says; take another backup, or correct the field.";

    private final String place;
    private final Map<String, Object> fields = new LinkedHashMap<>();

    /**
     * Empty.
     *
     * @param place where it stands, for messages
     */
    FieldMap(String place) {
        this.place = place;
    }

    String place() {
        return place;
    }

    /** Adds a field; false when there is one of that name. */
    boolean add(String name, Object value) {
        return fields.putIfAbsent(name, value) == null;
    }

    Set<String> names() {
        return fields.keySet();
    }

    boolean has(String name) {
        return fields.containsKey(name);
    }

    Object value(String name) {
        var value = fields.get(name);
        if (value == null) {
            throw unexpected(name, "a value");
        }
        return value;
    }

    String text(String name) {
        return optionalText(name).orElseThrow(() -> unexpected(name, "a string"));
    }

    String text(String name, String otherwise) {
        return optionalText(name).orElse(otherwise);
    }

    Optional<String> optionalText(String name) {
        return optional(name, String.class, "a string");
    }

    boolean truth(String name) {
        return optional(name, Boolean.class, "true or false").orElseThrow(() -> unexpected(name, "true or false"));
    }

    long number(String name) {
        return optional(name, Long.class, "a whole number").orElseThrow(() -> unexpected(name, "a whole number"));
    }

    /** {@return a whole number that is not negative} */
    long count(String name) {
        return optionalCount(name).orElseThrow(() -> unexpected(name, "a whole number of 0 or more"));
    }

    OptionalLong optionalCount(String name) {
        if (!has(name)) {
            return OptionalLong.empty();
        }
        long number = number(name);
        if (number < 0) {
            throw unexpected(name, "a whole number of 0 or more");
        }
        return OptionalLong.of(number);
    }

    FieldMap fields(String name) {
        return optionalFields(name).orElseThrow(() -> unexpected(name, "an object"));
    }

    Optional<FieldMap> optionalFields(String name) {
        return optional(name, FieldMap.class, "an object");
    }

    /** {@return the objects of a list; none when it is missing} */
    List<FieldMap> list(String name) {
        return items(name, FieldMap.class, "a list of objects");
    }

    /** {@return the strings of a list; none when it is missing} */
    List<String> texts(String name) {
        return items(name, String.class, "a list of strings");
    }

    /** {@return the string as a value of another type, which refuses what it cannot be} */
    <T> T convert(String name, Function<String, T> conversion) {
        var text = text(name);
        try {
            return conversion.apply(text);
        } catch (DateTimeException | BackupException e) {
            throw new BackupException.Damaged(
                    "field '" + name + "' of " + place + " cannot be '" + text + "': " + e.getMessage(), HINT, e);
        }
    }

    BackupException.Damaged unexpected(String name, String expected) {
        var value = fields.get(name);
        var found = value == null ? "none" : value instanceof FieldMap ? "an object" : "'" + value + "'";
        return new BackupException.Damaged(
                "expected " + expected + " as field '" + name + "' of " + place + ", found " + found, HINT);
    }

    private <T> List<T> items(String name, Class<T> type, String expected) {
        var items = new ArrayList<T>();
        for (var item : optional(name, List.class, expected).orElse(List.of())) {
            if (!type.isInstance(item)) {
                throw unexpected(name, expected);
            }
            items.add(type.cast(item));
        }
        return items;
    }

    private <T> Optional<T> optional(String name, Class<T> type, String expected) {
        var value = fields.get(name);
        if (value != null && !type.isInstance(value)) {
            throw unexpected(name, expected);
        }
        return Optional.ofNullable(value).map(type::cast);
    }
}
