package ign.backup.format;

import ign.backup.model.GraphCounts;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/** The {@code statistics} of a document, as far as it has them; files of other tools may leave any of them out. */
public record Statistics(
        OptionalLong nodes,
        OptionalLong relationships,
        Optional<Map<String, Long>> perLabel,
        Optional<Map<String, Long>> perType) {

    static void write(JsonBytes out, GraphCounts counts) {
        new ObjectWriter(out)
                .field("node_count", counts.nodes())
                .field("relationship_count", counts.relationships())
                .field("label_counts", counts.perLabel())
                .field("type_counts", counts.perType())
                .end();
    }

    static Statistics of(FieldMap fields) {
        return new Statistics(
                fields.optionalCount("node_count"),
                fields.optionalCount("relationship_count"),
                fields.optionalFields("label_counts").map(Statistics::counts),
                fields.optionalFields("type_counts").map(Statistics::counts));
    }

    private static Map<String, Long> counts(FieldMap fields) {
        var counts = new TreeMap<String, Long>();
        fields.names().forEach(name -> counts.put(name, fields.count(name)));
        return counts;
    }
}
