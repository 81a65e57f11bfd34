package ign.backup.graph.merge;

import ign.backup.model.MergeKeys;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.neo4j.values.storable.BooleanValue;
import org.neo4j.values.storable.NumberValue;
import org.neo4j.values.storable.TemporalValue;
import org.neo4j.values.storable.TextValue;
import org.neo4j.values.storable.Value;

/**
 * A label or type with the values that identify one of its elements. Two are equal as Cypher's {@code =} has it: 1 and 1.0 are.
 *
 * <p>A text, a number, a truth value, a date or a time can identify. A list, a point, a duration and NaN, which does not equal itself,
 * cannot.
 */
final class ElementKey {

    private static final int MOST_CHARACTERS = 60;

    final String token;
    final List<String> properties;
    final Value[] values;

    private ElementKey(String token, List<String> properties, Value[] values) {
        this.token = token;
        this.properties = properties;
        this.values = values;
    }

    /** Where values of an element are found. */
    @FunctionalInterface
    interface Source {
        @Nullable Value value(String property);
    }

    /** {@return the key of an element with that label or of that type, or null when it has none that is complete} */
    static @Nullable ElementKey of(String token, MergeKeys keys, Source source) {
        var properties = keys.propertiesOf(token);
        if (properties.isEmpty()) {
            return null;
        }
        var values = new Value[properties.size()];
        for (int i = 0; i < values.length; i++) {
            var value = source.value(properties.get(i));
            if (value == null || !identifies(value)) {
                return null;
            }
            values[i] = value;
        }
        return new ElementKey(token, properties, values);
    }

    /** {@return the keys of an element, one at most for each of its labels} */
    static List<ElementKey> allOf(FileElement element, MergeKeys keys) {
        var found = new ArrayList<ElementKey>();
        for (var token : element.tokens()) {
            var key = of(token, keys, element::value);
            if (key != null) {
                found.add(key);
            }
        }
        return found;
    }

    static boolean identifies(Value value) {
        if (value instanceof NumberValue number) {
            return !Double.isNaN(number.doubleValue());
        }
        return value instanceof TextValue || value instanceof BooleanValue || value instanceof TemporalValue;
    }

    /** {@return 64 bits that equal keys share, and others practically never} */
    long hash() {
        return Hashes.of(Hashes.of(token), values);
    }

    @Override
    public String toString() {
        return ":" + token + " " + text(properties, values);
    }

    /** {@return the values as in a Cypher pattern, long ones cut} */
    static String text(List<String> properties, Value[] values) {
        var text = new StringBuilder("{");
        for (int i = 0; i < values.length; i++) {
            text.append(i == 0 ? "" : ", ").append(properties.get(i)).append(": ");
            boolean quoted = values[i] instanceof TextValue;
            var plain = String.valueOf(values[i].asObject());
            var shown = plain.length() > MOST_CHARACTERS ? plain.substring(0, MOST_CHARACTERS) + "…" : plain;
            text.append(quoted ? "'" + shown + "'" : shown);
        }
        return text.append('}').toString();
    }
}
