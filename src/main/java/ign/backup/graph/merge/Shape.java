package ign.backup.graph.merge;

import ign.backup.model.MergeKeys;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.neo4j.common.EntityType;
import org.neo4j.internal.kernel.api.TokenRead;
import org.neo4j.values.storable.Value;

/** A label or type and some properties, as tokens of the database: that by which elements are looked up. */
record Shape(EntityType kind, int token, List<Integer> properties) {

    /** In the place of a label, type or key that the database does not have. */
    static final int NO_TOKEN = -1;

    Shape {
        properties = List.copyOf(properties);
    }

    /** {@return the shape of the keys of a label or type, or null when the database lacks one of the words: then nothing has such a key} */
    static @Nullable Shape of(EntityType kind, String token, MergeKeys keys, TokenRead tokens) {
        int id = kind == EntityType.NODE ? tokens.nodeLabel(token) : tokens.relationshipType(token);
        var properties = new ArrayList<Integer>();
        for (var property : keys.propertiesOf(token)) {
            properties.add(tokens.propertyKey(property));
        }
        return id == NO_TOKEN || properties.contains(NO_TOKEN) ? null : new Shape(kind, id, properties);
    }

    /** {@return the shapes of all keys that elements of the database can have} */
    static List<Shape> all(EntityType kind, MergeKeys keys, TokenRead tokens) {
        var shapes = new ArrayList<Shape>();
        for (var token : keys.properties().keySet()) {
            var shape = of(kind, token, keys, tokens);
            if (shape != null) {
                shapes.add(shape);
            }
        }
        return shapes;
    }

    /** {@return the values of these properties, or null when the element has another label or type, or lacks one of them} */
    Value @Nullable [] valuesOf(LiveElement element) {
        return element.has(token) ? valuesOf(element.properties()::get) : null;
    }

    /** Where the value of a property key is found. */
    @FunctionalInterface
    interface Source {
        @Nullable Value value(int key);
    }

    /** {@return the values of these properties, or null when one of them is missing} */
    Value @Nullable [] valuesOf(Source source) {
        var values = new Value[properties.size()];
        for (int i = 0; i < values.length; i++) {
            var value = source.value(properties.get(i));
            if (value == null) {
                return null;
            }
            values[i] = value;
        }
        return values;
    }

    /** {@return a hash of this shape with those values} */
    long hash(Value[] values) {
        long seed = Hashes.mix(kind == EntityType.NODE ? 1 : 2, token);
        for (int property : properties) {
            seed = Hashes.mix(seed, property);
        }
        return Hashes.of(seed, values);
    }
}
