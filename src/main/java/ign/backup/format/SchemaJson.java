package ign.backup.format;

import ign.backup.model.ConstraintDefinition;
import ign.backup.model.GraphSchema;
import ign.backup.model.IndexDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Indexes and constraints, one per line. */
final class SchemaJson {

    private static final byte[] LINE = JsonBytes.ascii("\n");
    private static final byte[] COMMA_LINE = JsonBytes.ascii(",\n");

    private SchemaJson() {}

    static void write(JsonBytes out, GraphSchema schema) {
        var fields = new ObjectWriter(out);
        lines(fields.begin("indexes"), schema.indexes(), index -> write(new ObjectWriter(out), index));
        lines(fields.begin("constraints"), schema.constraints(), one -> write(new ObjectWriter(out), one));
        fields.end();
    }

    static GraphSchema read(FieldMap fields) {
        return new GraphSchema(
                fields.list("indexes").stream().map(SchemaJson::index).toList(),
                fields.list("constraints").stream().map(SchemaJson::constraint).toList());
    }

    /** Writes a list with one item per line. */
    static <T> void lines(JsonBytes out, List<T> items, Consumer<T> writeItem) {
        out.raw('[');
        for (int i = 0; i < items.size(); i++) {
            out.raw(i == 0 ? LINE : COMMA_LINE);
            writeItem.accept(items.get(i));
        }
        if (!items.isEmpty()) {
            out.raw(LINE);
        }
        out.raw(']');
    }

    private static void write(ObjectWriter out, IndexDefinition index) {
        out.field("name", index.name())
                .field("type", index.type())
                .field("entity_type", index.entityType())
                .field("labels_or_types", index.labelsOrTypes())
                .field("properties", index.properties())
                .field("config", index.config())
                .field("provider", index.provider())
                .field("owning_constraint", index.owningConstraint())
                .field("create_statement", index.createStatement())
                .end();
    }

    private static void write(ObjectWriter out, ConstraintDefinition constraint) {
        out.field("name", constraint.name())
                .field("type", constraint.type())
                .field("entity_type", constraint.entityType())
                .field("labels_or_types", constraint.labelsOrTypes())
                .field("properties", constraint.properties())
                .field("property_type", constraint.propertyType())
                .field("create_statement", constraint.createStatement())
                .end();
    }

    private static IndexDefinition index(FieldMap fields) {
        return new IndexDefinition(
                fields.text("name"),
                fields.text("type"),
                fields.text("entity_type"),
                fields.texts("labels_or_types"),
                fields.texts("properties"),
                fields.optionalFields("config").map(SchemaJson::config).orElse(Map.of()),
                fields.text("provider", ""),
                fields.optionalText("owning_constraint"),
                fields.text("create_statement", ""));
    }

    private static ConstraintDefinition constraint(FieldMap fields) {
        return new ConstraintDefinition(
                fields.text("name"),
                fields.text("type"),
                fields.text("entity_type"),
                fields.texts("labels_or_types"),
                fields.texts("properties"),
                fields.optionalText("property_type"),
                fields.text("create_statement", ""));
    }

    private static Map<String, Object> config(FieldMap fields) {
        var config = new TreeMap<String, Object>();
        for (var name : fields.names()) {
            var value = fields.value(name);
            config.put(name, value instanceof List<?> numbers ? decimals(fields, name, numbers) : scalar(fields, name));
        }
        return config;
    }

    private static Object scalar(FieldMap fields, String name) {
        var value = fields.value(name);
        if (value instanceof FieldMap) {
            throw fields.unexpected(name, "a string, a boolean, a number or a list of numbers");
        }
        return value;
    }

    private static List<Double> decimals(FieldMap fields, String name, List<?> values) {
        var numbers = new ArrayList<Double>();
        for (var value : values) {
            if (!(value instanceof Number number)) {
                throw fields.unexpected(name, "a list of numbers");
            }
            numbers.add(number.doubleValue());
        }
        return numbers;
    }
}
