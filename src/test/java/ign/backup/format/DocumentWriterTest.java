package ign.backup.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ign.backup.codec.Codecs;
import ign.backup.model.BackupException;
import ign.backup.model.Compression;
import ign.backup.model.GraphSink.Name;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class DocumentWriterTest {

    @Test
    void writesOneElementPerLine() {
        var graph = new SampleGraph();
        graph.nodes().add(new SampleGraph.Node(1, Set.of("A"), Map.of("name", "x")));
        graph.nodes().add(new SampleGraph.Node(2, Set.of(), Map.of()));
        graph.relationships().add(new SampleGraph.Relationship(3, "TO", 1, 2, Map.of("since", 2020L)));

        assertThat(Documents.write(graph).text().lines().skip(2).toList())
                .containsExactly(
                        "\"data\": {",
                        "\"schema\": {\"indexes\":[],\"constraints\":[]},",
                        "\"nodes\": [",
                        "{\"name\":\"x\",\"_labels\":[\"A\"],\"_id\":1},",
                        "{\"_labels\":[],\"_id\":2}",
                        "],",
                        "\"relationships\": [",
                        "{\"since\":2020,\"_type\":\"TO\",\"_id\":3,\"_start_id\":1,\"_end_id\":2}",
                        "],",
                        "\"statistics\": {\"node_count\":2,\"relationship_count\":1,\"label_counts\":{\"A\":1},\"type_counts\":{\"TO\":1}}",
                        "}",
                        "}");
    }

    @ParameterizedTest
    @EnumSource
    void keepsAnEmptyGraph(Compression compression) {
        var codec = Codecs.of(compression);
        var output = Documents.write(new SampleGraph(), codec, 1 << 20);

        assertThat(Documents.read(codec.unpack(output.open())).lines()).isEmpty();
        assertThat(new DocumentReader(Limits.DEFAULT).readHeader(codec.unpack(output.open())))
                .isEqualTo(Documents.DRAFT.sealed(ign.backup.model.GraphCounts.EMPTY, 1234));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 10, 100, 1000, 1 << 20})
    void keepsEveryElementWhateverTheSizeOfABlock(int blockSize) {
        var graph = chain(500);
        for (var compression : Compression.values()) {
            var codec = Codecs.of(compression);
            var output = Documents.write(graph, codec, blockSize);
            assertThat(Documents.read(codec.unpack(output.open())).lines()).isEqualTo(graph.lines());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "plain", "\"quoted\" \\", "\u0000\u001F\n\t\r\b\f", "ä€𝄞", "a\nä\n€\"", "\n", "\u007F\u0080"
            })
    void writesTheSameForUtf8AsForText(String text) {
        var asText = new JsonBytes(16);
        asText.string(text);
        var asUtf8 = new JsonBytes(16);
        asUtf8.utf8(text.getBytes(StandardCharsets.UTF_8));

        assertThat(Arrays.copyOf(asUtf8.array(), asUtf8.size()))
                .isEqualTo(Arrays.copyOf(asText.array(), asText.size()));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 100, 1 << 20})
    void takesElementsThatWereEncodedAheadOfTheirPlace(int blockSize) {
        var graph = chain(300);
        var codec = Codecs.of(Compression.ZSTD);
        var output = new MemoryOutput();
        var writer = new DocumentWriter(codec, output, Documents.DRAFT, blockSize);
        var nodes = new ArrayList<byte[]>();
        var relationships = new ArrayList<byte[]>();
        var ahead = writer.ahead(
                (source, offset, length) -> nodes.add(Arrays.copyOfRange(source, offset, offset + length)),
                (source, offset, length) -> relationships.add(Arrays.copyOfRange(source, offset, offset + length)));
        for (var relationship : graph.relationships()) { // before the section of nodes is open
            try (var early = ahead.relationships()) {
                SampleGraph.write(writer, early, relationship);
            }
        }
        try (var section = writer.nodes()) {
            for (var node : graph.nodes().subList(0, 100)) {
                SampleGraph.write(writer, section, node);
            }
            try (var early = ahead.nodes()) {
                for (var node : graph.nodes().subList(100, 300)) {
                    SampleGraph.write(writer, early, node);
                }
            }
            nodes.forEach(bytes -> section.encoded(bytes, 0, bytes.length));
        }
        try (var section = writer.relationships()) {
            relationships.forEach(bytes -> section.encoded(bytes, 0, bytes.length));
        }
        ahead.adopt();
        var counts = writer.finish();
        writer.seal(Documents.DRAFT.sealed(counts, 1234));

        assertThat(counts.nodes()).isEqualTo(graph.nodes().size());
        assertThat(Documents.read(codec.unpack(output.open())).lines()).isEqualTo(graph.lines());
    }

    @Test
    void keepsEveryElementOfWritersOnSeveralThreads() throws InterruptedException {
        var graph = chain(20_000);
        var codec = Codecs.of(Compression.ZSTD);
        var output = new MemoryOutput();
        var writer = new DocumentWriter(codec, output, Documents.DRAFT, 4096);
        inParallel(4, part -> {
            try (var nodes = writer.nodes()) {
                for (int i = part; i < graph.nodes().size(); i += 4) {
                    SampleGraph.write(writer, nodes, graph.nodes().get(i));
                }
            }
        });
        inParallel(4, part -> {
            try (var relationships = writer.relationships()) {
                for (int i = part; i < graph.relationships().size(); i += 4) {
                    SampleGraph.write(
                            writer, relationships, graph.relationships().get(i));
                }
            }
        });
        Documents.seal(writer);

        assertThat(output.appends()).isGreaterThan(100);
        assertThat(Documents.read(codec.unpack(output.open())).lines()).isEqualTo(graph.lines());
    }

    @Test
    void countsPerLabelAndType() {
        var graph = chain(10);
        var output = new MemoryOutput();
        var writer = new DocumentWriter(Codecs.of(Compression.NONE), output, Documents.DRAFT);
        graph.showTo(writer);

        var counts = writer.finish();

        assertThat(counts.nodes()).isEqualTo(10);
        assertThat(counts.relationships()).isEqualTo(9);
        assertThat(counts.perLabel()).containsExactlyInAnyOrderEntriesOf(Map.of("Even", 5L, "Odd", 5L, "All", 10L));
        assertThat(counts.perType()).containsExactlyInAnyOrderEntriesOf(Map.of("NEXT", 9L));
    }

    @Test
    void leavesOutWhatWasForgotten() {
        var output = new MemoryOutput();
        var writer = new DocumentWriter(Codecs.of(Compression.NONE), output, Documents.DRAFT);
        try (var nodes = writer.nodes()) {
            nodes.property(writer.key("a"), "thrown away");
            nodes.forget();
            nodes.property(writer.key("b"), "kept");
            nodes.node(1, new Name[0], 0);
            nodes.property(writer.key("c"), "never ended");
        }
        Documents.seal(writer);

        assertThat(Documents.read(output.open()).nodes())
                .containsExactly(new SampleGraph.Node(1, Set.of(), Map.of("b", "kept")));
    }

    @Test
    void keepsElementsFarLargerThanABlock() {
        var properties = new TreeMap<String, Object>();
        properties.put("large", "äx\n".repeat(10_000_000));
        for (int i = 0; i < 1000; i++) {
            properties.put("key" + i, (long) i);
        }
        var graph = SampleGraph.ofProperties(properties);
        var codec = Codecs.of(Compression.ZSTD);

        var read = Documents.read(
                codec.unpack(Documents.write(graph, codec, 1 << 20).open()));

        assertThat(read.nodes()).isEqualTo(graph.nodes());
        assertThat(read.relationships()).isEqualTo(graph.relationships());
    }

    @Test
    void reservesLittleMoreThanTheHeaderNeeds() {
        var header = Documents.write(new SampleGraph())
                .text()
                .lines()
                .skip(1)
                .findFirst()
                .orElseThrow();

        assertThat(header)
                .startsWith("\"metadata\": {\"timestamp\":\"20250128_143022\"")
                .endsWith(" ,");
        assertThat(header.length() - header.stripTrailing().length() + header.lastIndexOf('}'))
                .isGreaterThan(header.length() - 80);
    }

    @Test
    void keepsCountsOfAnyWidthInItsHeader() {
        var output = new MemoryOutput();
        var writer = new DocumentWriter(Codecs.of(Compression.ZSTD), output, Documents.DRAFT);
        chain(1000).showTo(writer);

        writer.seal(Documents.DRAFT.sealed(writer.finish(), Long.MAX_VALUE));

        assertThat(new DocumentReader(Limits.DEFAULT)
                        .readHeader(Codecs.of(Compression.ZSTD).unpack(output.open()))
                        .origin()
                        .orElseThrow()
                        .durationMillis())
                .hasValue(Long.MAX_VALUE);
    }

    @Test
    void refusesStepsOutOfOrder() {
        var writer = new DocumentWriter(Codecs.of(Compression.NONE), new MemoryOutput(), Documents.DRAFT);
        var open = writer.nodes();

        assertThatThrownBy(writer::relationships)
                .isInstanceOf(BackupException.Defect.class)
                .hasMessage("1 element writers are still open");
        assertThatThrownBy(() -> open.relationship(1, writer.type("T"), 1, 1))
                .isInstanceOf(BackupException.Defect.class)
                .hasMessage("a writer for nodes was given a relationship");
        open.close();
        writer.finish();
        assertThatThrownBy(() -> writer.seal(
                        Documents.DRAFT.sealed(new ign.backup.model.GraphCounts(1, 0, Map.of(), Map.of()), 1)))
                .isInstanceOf(BackupException.Defect.class)
                .hasMessage("the header states other counts than were written");
    }

    static SampleGraph chain(int length) {
        var graph = new SampleGraph();
        for (int i = 0; i < length; i++) {
            graph.nodes()
                    .add(new SampleGraph.Node(
                            i, Set.of("All", i % 2 == 0 ? "Even" : "Odd"), Map.of("name", "node " + i, "n", (long) i)));
            if (i > 0) {
                graph.relationships().add(new SampleGraph.Relationship(i, "NEXT", i - 1, i, Map.of("weight", i / 7.0)));
            }
        }
        return graph;
    }

    private static void inParallel(int count, java.util.function.IntConsumer work) throws InterruptedException {
        var threads = java.util.stream.IntStream.range(0, count)
                .mapToObj(part -> new Thread(() -> work.accept(part), "writer-" + part))
                .toList();
        threads.forEach(Thread::start);
        for (var thread : List.copyOf(threads)) {
            thread.join();
        }
    }
}
