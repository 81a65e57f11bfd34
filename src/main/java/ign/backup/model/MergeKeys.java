package ign.backup.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What identifies an element when a backup is merged into a graph: for a label or a relationship type, the properties whose values
 * no two of its elements share.
 *
 * @param properties per label or type, in the order in which they were given
 */
public record MergeKeys(Map<String, List<String>> properties) {

    private static final String EXAMPLE = "Such as {mode: 'merge', keys: {Person: 'id', ROUTE: ['from', 'day']}}.";

    public MergeKeys {
        var copy = new TreeMap<String, List<String>>();
        properties.forEach((name, keys) -> copy.put(name, List.copyOf(keys)));
        properties = Collections.unmodifiableMap(copy);
    }

    /**
     * Reads the option of a call.
     *
     * @param given from a label or type to a property or a list of properties
     * @throws BackupException.BadRequest when it is anything else, or empty
     */
    public static MergeKeys of(@Nullable Object given) {
        if (!(given instanceof Map<?, ?> map) || map.isEmpty()) {
            throw new BackupException.BadRequest(
                    "option 'keys' is " + shown(given)
                            + ", but a map from labels and relationship types to the properties that identify their"
                            + " elements is expected",
                    EXAMPLE);
        }
        var properties = new TreeMap<String, List<String>>();
        map.forEach((name, key) -> {
            if (!(name instanceof String text) || text.isBlank()) {
                throw new BackupException.BadRequest(
                        "option 'keys' has an entry for " + shown(name)
                                + ", but the name of a label or relationship type is expected",
                        EXAMPLE);
            }
            properties.put(text, properties(text, key));
        });
        return new MergeKeys(properties);
    }

    private static List<String> properties(String name, @Nullable Object key) {
        var given = key instanceof List<?> several ? several : Collections.singletonList(key);
        var properties = new ArrayList<String>();
        for (var property : given) {
            if (!(property instanceof String text) || text.isBlank()) {
                throw unexpected(name, key);
            }
            properties.add(text);
        }
        if (properties.isEmpty()) {
            throw unexpected(name, key);
        }
        if (new HashSet<>(properties).size() < properties.size()) {
            throw new BackupException.BadRequest(
                    "the key of '" + name + "' is " + shown(key) + ", which names a property twice",
                    "Name each property once.");
        }
        return properties;
    }

    private static BackupException unexpected(String name, @Nullable Object key) {
        return new BackupException.BadRequest(
                "the key of '" + name + "' is " + shown(key) + ", but a property or a list of properties is expected",
                EXAMPLE);
    }

    private static String shown(@Nullable Object value) {
        return value instanceof String text ? "'" + text + "'" : String.valueOf(value);
    }

    /** {@return the properties that identify an element with that label or of that type; empty if it has no key} */
    public List<String> propertiesOf(String labelOrType) {
        return properties.getOrDefault(labelOrType, List.of());
    }
}
