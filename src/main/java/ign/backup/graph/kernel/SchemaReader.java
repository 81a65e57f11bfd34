package ign.backup.graph.kernel;

import ign.backup.model.ConstraintDefinition;
import ign.backup.model.GraphSchema;
import ign.backup.model.IndexDefinition;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.neo4j.graphdb.Transaction;
import org.neo4j.kernel.impl.coreapi.InternalTransaction;

/** Reads all indexes and constraints that are complete, as Neo4j's own SHOW commands describe them. */
public final class SchemaReader {

    // The language is named, because Cypher 25 has other words for the same constraint types.
    private static final String INDEXES =
            "CYPHER 5 SHOW INDEXES YIELD name, type, entityType, labelsOrTypes, properties,"
                    + " indexProvider, owningConstraint, options, createStatement";
    private static final String CONSTRAINTS = "CYPHER 5 SHOW CONSTRAINTS YIELD name, type, entityType, labelsOrTypes,"
            + " properties, propertyType, createStatement";

    private SchemaReader() {}

    /** {@return the schema as that transaction sees it} */
    public static GraphSchema read(Transaction transaction) {
        var ofConstraints = namesOfConstraintIndexes(transaction);
        var indexes =
                rows(transaction, INDEXES).stream().map(SchemaReader::index).toList();
        var constraints = rows(transaction, CONSTRAINTS).stream()
                .map(SchemaReader::constraint)
                .toList();
        ofConstraints.addAll(namesOfConstraintIndexes(transaction));
        for (var constraint : constraints) {
            ofConstraints.remove(constraint.name());
        }
        return new GraphSchema(
                indexes.stream()
                        .filter(index -> !ofConstraints.contains(index.name()))
                        .toList(),
                constraints);
    }

    /**
     * The index of a constraint has its name. It is there before the constraint is, in a transaction of its own, and for a moment after
     * the constraint is gone; nobody else can make such an index.
     */
    private static Set<String> namesOfConstraintIndexes(Transaction transaction) {
        var schema = ((InternalTransaction) transaction).kernelTransaction().schemaRead();
        var names = new HashSet<String>();
        schema.indexesGetAll().forEachRemaining(index -> {
            if (index.isUnique()) {
                names.add(index.getName());
            }
        });
        return names;
    }

    private static List<Map<String, Object>> rows(Transaction transaction, String query) {
        try (var result = transaction.execute(query)) {
            return result.stream().toList();
        }
    }

    private static IndexDefinition index(Map<String, Object> row) {
        return new IndexDefinition(
                text(row, "name"),
                text(row, "type"),
                text(row, "entityType"),
                texts(row, "labelsOrTypes"),
                texts(row, "properties"),
                config(row),
                text(row, "indexProvider"),
                optionalText(row, "owningConstraint"),
                text(row, "createStatement"));
    }

    private static ConstraintDefinition constraint(Map<String, Object> row) {
        return new ConstraintDefinition(
                text(row, "name"),
                text(row, "type"),
                text(row, "entityType"),
                texts(row, "labelsOrTypes"),
                texts(row, "properties"),
                optionalText(row, "propertyType"),
                text(row, "createStatement"));
    }

    private static Map<String, Object> config(Map<String, Object> row) {
        if (row.get("options") instanceof Map<?, ?> options && options.get("indexConfig") instanceof Map<?, ?> config) {
            var settings = new TreeMap<String, Object>();
            config.forEach((name, value) -> settings.put(String.valueOf(name), plain(value)));
            return settings;
        }
        return Map.of();
    }

    /** Arrays as lists, whole numbers as long: what a file can say plainly. */
    private static Object plain(Object value) {
        if (value instanceof double[] numbers) {
            return Arrays.stream(numbers).boxed().toList();
        }
        if (value instanceof Integer number) {
            return number.longValue();
        }
        return value;
    }

    private static String text(Map<String, Object> row, String column) {
        return optionalText(row, column).orElse("");
    }

    private static Optional<String> optionalText(Map<String, Object> row, String column) {
        return Optional.ofNullable(row.get(column)).map(String::valueOf);
    }

    private static List<String> texts(Map<String, Object> row, String column) {
        var texts = new ArrayList<String>();
        if (row.get(column) instanceof List<?> values) {
            values.forEach(value -> texts.add(String.valueOf(value)));
        }
        return texts;
    }
}
