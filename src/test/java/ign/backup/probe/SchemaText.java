package ign.backup.probe;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.StreamSupport;
import org.neo4j.graphdb.Label;
import org.neo4j.graphdb.RelationshipType;
import org.neo4j.graphdb.schema.ConstraintDefinition;
import org.neo4j.graphdb.schema.IndexDefinition;
import org.neo4j.graphdb.schema.IndexSetting;
import org.neo4j.graphdb.schema.IndexType;
import org.neo4j.graphdb.schema.Schema;

/** The schema, one line per index and constraint; nothing that the target of a restore chooses for itself. */
final class SchemaText {

    /** A setting that only the newer server has, and fills in by itself. */
    private static final String NOT_IN_EVERY_VERSION = "vector.default_search_expansion_factor";

    /** What the newer server makes of {@code vector.quantization.enabled}. */
    private static final String QUANTIZATION_TYPE = "vector.quantization.type";

    private SchemaText() {}

    static String of(Schema schema) {
        var lines = new TreeSet<String>();
        for (var index : schema.getIndexes()) {
            if (!index.isConstraintIndex()) {
                lines.add(line(index));
            }
        }
        for (var constraint : schema.getConstraints()) {
            lines.add(line(constraint));
        }
        return String.join("\n", lines);
    }

    private static String line(IndexDefinition index) {
        var tokens = index.isNodeIndex() ? labels(index) : types(index);
        var properties = index.getIndexType() == IndexType.LOOKUP ? List.of() : list(index.getPropertyKeys());
        return "INDEX " + quote(index.getName()) + " " + index.getIndexType()
                + (index.isNodeIndex() ? " node " : " relationship ") + tokens + " " + properties + " "
                + settings(index.getIndexConfiguration());
    }

    private static String line(ConstraintDefinition constraint) {
        var node = constraint.getConstraintType().name().startsWith("RELATIONSHIP")
                ? " relationship [" + quote(constraint.getRelationshipType().name())
                : " node [" + quote(constraint.getLabel().name());
        return "CONSTRAINT " + quote(constraint.getName()) + " " + constraint.getConstraintType() + node + "] "
                + list(constraint.getPropertyKeys());
    }

    private static List<String> labels(IndexDefinition index) {
        return index.getIndexType() == IndexType.LOOKUP
                ? List.of()
                : StreamSupport.stream(index.getLabels().spliterator(), false)
                        .map(Label::name)
                        .map(SchemaText::quote)
                        .toList();
    }

    private static List<String> types(IndexDefinition index) {
        return index.getIndexType() == IndexType.LOOKUP
                ? List.of()
                : StreamSupport.stream(index.getRelationshipTypes().spliterator(), false)
                        .map(RelationshipType::name)
                        .map(SchemaText::quote)
                        .toList();
    }

    private static List<String> list(Iterable<String> names) {
        var all = new ArrayList<String>();
        names.forEach(name -> all.add(quote(name)));
        return all;
    }

    private static Map<String, String> settings(Map<IndexSetting, Object> settings) {
        var all = new TreeMap<String, String>();
        settings.forEach((setting, value) -> all.put(setting.getSettingName(), text(value)));
        all.remove(NOT_IN_EVERY_VERSION);
        var quantization = all.remove(QUANTIZATION_TYPE);
        if (quantization != null) {
            all.put("vector.quantization.enabled", String.valueOf(!"NONE".equalsIgnoreCase(quantization)));
        }
        return all;
    }

    private static String text(Object value) {
        return value instanceof double[] numbers ? Arrays.toString(numbers) : String.valueOf(value);
    }

    private static String quote(String name) {
        return "'" + name.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r") + "'";
    }
}
