package ign.backup.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60)
@Tag("promise-E5")
class NameRoundTripTest {

    static List<String> names() {
        return List.of(
                "a b.c:d",
                "quote \" back \\ slash / tick ` '",
                "line\nbreak\r\ttab",
                "\ud83d\ude00 ärger 漢字 אב",
                "`) DETACH DELETE n //",
                "x".repeat(16_384),
                "é".repeat(65_536),
                "id",
                "type",
                "labels",
                "properties",
                "start",
                "end",
                "neo4jImportId",
                "_id",
                "__id",
                "___id",
                "_labels",
                "_type",
                "_start_id",
                "_end_id",
                "$type",
                "_$type",
                "$$",
                "_value",
                "_encoding",
                "_",
                "__",
                "$",
                "$param",
                "Case",
                "case",
                "CASE",
                "\u00e9",
                "e\u0301",
                "\u0085",
                "\u2028\u2029",
                "\u0001\u001f\u007f",
                " ",
                "nodes",
                "metadata",
                "\ufeff");
    }

    @ParameterizedTest
    @MethodSource("names")
    void comesBackAsLabelTypeAndKey(String name) {
        var graph = new SampleGraph();
        graph.nodes().add(new SampleGraph.Node(1, Set.of(name), Map.of(name, "value")));
        graph.relationships().add(new SampleGraph.Relationship(1, name, 1, 1, Map.of(name, 1L)));

        assertThat(Documents.read(Documents.write(graph).open()).lines()).isEqualTo(graph.lines());
    }

    @Test
    void allComeBackTogether() {
        var properties = new TreeMap<String, Object>();
        names().forEach(name -> properties.put(name, name));
        var graph = new SampleGraph();
        graph.nodes().add(new SampleGraph.Node(1, new TreeSet<>(names()), properties));
        graph.relationships().add(new SampleGraph.Relationship(1, "T", 1, 1, properties));

        assertThat(Documents.read(Documents.write(graph).open()).lines()).isEqualTo(graph.lines());
    }

    @Test
    void sparesOnlyTheFormatsOwnFieldsFromTheEscape() {
        var graph = new SampleGraph();
        graph.nodes().add(new SampleGraph.Node(5, Set.of(), new TreeMap<>(Map.of("$a", 1L, "_id", 2L, "a", 3L))));

        assertThat(Documents.write(graph).text()).contains("{\"_$a\":1,\"__id\":2,\"a\":3,\"_labels\":[],\"_id\":5}");
    }

    @Test
    void equalNamesAreTheSameObject() {
        var seen = new java.util.ArrayList<String>();
        Documents.reading(Documents.write(DocumentWriterTest.chain(3)).open(), new ign.backup.model.GraphVisitor() {
            @Override
            public void node(ign.backup.model.Element.Node node) {
                seen.add(node.key(0));
            }
        });

        assertThat(seen).hasSize(3);
        assertThat(seen.stream().distinct().count()).isLessThanOrEqualTo(2);
        assertThat(seen.stream()
                        .filter(name -> name.equals("n"))
                        .map(System::identityHashCode)
                        .distinct())
                .hasSizeLessThanOrEqualTo(1);
    }
}
