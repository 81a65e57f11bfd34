package ign.backup.format;

import static org.assertj.core.api.Assertions.assertThat;

import ign.backup.codec.Codecs;
import ign.backup.model.Compression;
import ign.backup.model.ConstraintDefinition;
import ign.backup.model.GraphSchema;
import ign.backup.model.GraphVisitor;
import ign.backup.model.IndexDefinition;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Files of format 1.1 that stay in the tree for ever.
 *
 * <p>When the writer changes on purpose, the file of today is in {@code target/golden} after this test, beside whose golden
 * ancestors it then belongs: those are still read.
 */
@Tag("promise-B8")
class GoldenFormatTest {

    private static final String TEXT = ".base64";
    private static final byte[] LF = {'\n'};

    static final GraphSchema SCHEMA = new GraphSchema(
            List.of(
                    new IndexDefinition(
                            "lookup",
                            "LOOKUP",
                            "NODE",
                            List.of(),
                            List.of(),
                            Map.of(),
                            "token-lookup-1.0",
                            Optional.empty(),
                            "CREATE LOOKUP INDEX `lookup` FOR (n) ON EACH labels(n)"),
                    new IndexDefinition(
                            "vector `x`",
                            "VECTOR",
                            "NODE",
                            List.of("Entity"),
                            List.of("embedding"),
                            Map.of(
                                    "vector.dimensions",
                                    1024L,
                                    "vector.similarity_function",
                                    "COSINE",
                                    "vector.quantization.enabled",
                                    true,
                                    "vector.default_search_expansion_factor",
                                    1.5,
                                    "spatial.cartesian.min",
                                    List.of(-1000000.0, -1.5)),
                            "vector-2.0",
                            Optional.empty(),
                            "CREATE VECTOR INDEX …"),
                    new IndexDefinition(
                            "unique",
                            "RANGE",
                            "RELATIONSHIP",
                            List.of("A", "B"),
                            List.of("b", "a"),
                            Map.of(),
                            "range-1.0",
                            Optional.of("unique"),
                            "CREATE …")),
            List.of(
                    new ConstraintDefinition(
                            "unique",
                            "RELATIONSHIP_UNIQUENESS",
                            "RELATIONSHIP",
                            List.of("A"),
                            List.of("b", "a"),
                            Optional.empty(),
                            "CREATE …"),
                    new ConstraintDefinition(
                            "typed \"quoted\"",
                            "NODE_PROPERTY_TYPE",
                            "NODE",
                            List.of("A"),
                            List.of("p"),
                            Optional.of("LIST<STRING NOT NULL>"),
                            "CREATE …")));

    @Test
    void writesExactlyTheGoldenFile() throws IOException {
        var text = Documents.write(graph()).toByteArray();
        var target = Path.of("target", "golden");
        Files.createDirectories(target);
        Files.write(target.resolve("every-type.json"), text);
        for (var compression : Compression.values()) {
            var codec = Codecs.of(compression);
            Files.write(
                    target.resolve("every-type" + compression.ending() + TEXT),
                    Base64.getMimeEncoder(100, LF)
                            .encode(Documents.write(graph(), codec, 4096).toByteArray()));
        }

        try (var golden = golden("every-type.json")) {
            assertThat(new String(text, java.nio.charset.StandardCharsets.UTF_8))
                    .isEqualTo(new String(golden.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8));
        }
    }

    @ParameterizedTest
    @EnumSource
    void readsTheGoldenFile(Compression compression) throws IOException {
        try (var document = Codecs.of(compression).unpack(stored(compression))) {
            assertThat(Documents.read(document).lines()).isEqualTo(graph().lines());
        }
    }

    @Test
    void readsTheSchemaOfTheGoldenFile() {
        var schemas = new ArrayList<GraphSchema>();

        var reading = Documents.reading(golden("every-type.json"), new GraphVisitor() {
            @Override
            public void schema(GraphSchema schema) {
                schemas.add(schema);
            }
        });

        assertThat(schemas).containsExactly(SCHEMA);
        assertThat(reading.hasSchema()).isTrue();
        assertThat(reading.header())
                .isEqualTo(Documents.DRAFT.sealed(new ign.backup.model.GraphCounts(3, 2, Map.of(), Map.of()), 1234));
    }

    /** Compressed files are kept as text: the tree has no binaries. */
    private static InputStream stored(Compression compression) {
        var name = "every-type" + compression.ending();
        return compression == Compression.NONE
                ? golden(name)
                : Base64.getMimeDecoder().wrap(golden(name + TEXT));
    }

    private static SampleGraph graph() {
        var properties = new TreeMap<String, Object>(ValueSamples.all());
        properties.keySet().removeIf(name -> name.matches("long string .*|.* of (2|31|33|10000)"));
        var graph = new SampleGraph(SCHEMA, new ArrayList<>(), new ArrayList<>());
        graph.nodes().add(new SampleGraph.Node(0, Set.of(), Map.of()));
        graph.nodes()
                .add(new SampleGraph.Node(
                        1, new java.util.TreeSet<>(List.of("Entity", "`odd\n\"label\"")), properties));
        graph.nodes()
                .add(new SampleGraph.Node(
                        4_294_967_296L,
                        Set.of("_labels"),
                        new TreeMap<>(Map.of("_id", 1L, "__id", 2L, "$type", 3L, "id", 4L))));
        graph.relationships().add(new SampleGraph.Relationship(7, "TO", 1, 0, properties));
        graph.relationships().add(new SampleGraph.Relationship(8, "_type", 1, 1, Map.of("_type", "loop")));
        return graph;
    }

    private static InputStream golden(String name) {
        return Objects.requireNonNull(GoldenFormatTest.class.getResourceAsStream("/golden/format-1.1/" + name), name);
    }
}
