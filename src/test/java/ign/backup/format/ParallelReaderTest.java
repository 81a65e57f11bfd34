package ign.backup.format;

import static org.assertj.core.api.Assertions.assertThat;

import ign.backup.codec.Codecs;
import ign.backup.model.BackupException;
import ign.backup.model.BlockCodec;
import ign.backup.model.Compression;
import ign.backup.model.GraphSchema;
import ign.backup.model.GraphVisitor;
import ign.backup.model.NodeNumbering;
import ign.backup.model.StopSignal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The parallel way reads our own documents, and accepts nothing that the reader in order would refuse or read otherwise. */
@Timeout(300)
@Tag("promise-B7")
class ParallelReaderTest {

    private static final String THREAD = "parallel-reader-test-";

    static final SampleGraph SMALL = small();

    private static SampleGraph small() {
        var graph = new SampleGraph(GoldenFormatTest.SCHEMA, new ArrayList<>(), new ArrayList<>());
        for (int i = 0; i < 4; i++) {
            var properties = new TreeMap<String, Object>();
            properties.put("name", "node é \"" + i + "\"");
            properties.put("_x", i / 3.0);
            properties.put("day", LocalDate.of(2020, 1, 1 + i));
            properties.put("v", new long[] {i, 2});
            properties.put("b", new byte[32]);
            graph.nodes().add(new SampleGraph.Node(i, Set.of("A", "B" + i % 2), properties));
            graph.relationships().add(new SampleGraph.Relationship(i, "T" + i % 2, i, i / 2, Map.of("w", i * 0.1)));
        }
        return graph;
    }

    /** What came out of one way of reading. */
    private record Outcome(Reading reading, GraphSchema schema, List<String> lines, String counts, List<Long> numbers) {

        static List<Long> numbers(NodeNumbering numbering) {
            return LongStream.range(0, 1_000).map(numbering::numberOf).boxed().toList();
        }
    }

    /** All that several threads see, and what they count. */
    private static final class Everything {
        private final SharedGraphCheck check = new SharedGraphCheck();
        private final List<SampleGraph> graphs = new ArrayList<>();

        synchronized GraphVisitor visitor() {
            var graph = new SampleGraph();
            graphs.add(graph);
            return Documents.both(check.get(), graph);
        }

        List<String> lines() {
            return graphs.stream()
                    .flatMap(graph -> graph.lines().stream())
                    .sorted()
                    .toList();
        }
    }

    private static Optional<Outcome> inParallel(byte[] stored, BlockCodec codec, int threads, int partBytes) {
        var seen = new Everything();
        var schemas = new ArrayList<GraphSchema>(List.of(GraphSchema.EMPTY));
        return new ParallelReader(Limits.DEFAULT, threads, THREAD, partBytes)
                .read(codec, new ByteArrayInputStream(stored), seen::visitor, schemas::add, StopSignal.NEVER)
                .filter(reading ->
                        GraphCheck.differences(reading, seen.check.counts()).isEmpty())
                .map(reading -> new Outcome(
                        reading,
                        schemas.get(schemas.size() - 1),
                        seen.lines(),
                        seen.check.counts().toString(),
                        Outcome.numbers(seen.check.numbering())));
    }

    /** {@return nothing for a document with any fault} */
    private static Optional<Outcome> inOrder(byte[] stored, BlockCodec codec) throws IOException {
        var check = new GraphCheck();
        var graph = new SampleGraph();
        var schemas = new ArrayList<GraphSchema>(List.of(GraphSchema.EMPTY));
        var keeper = new GraphVisitor() {
            @Override
            public void schema(GraphSchema schema) {
                schemas.add(schema);
            }
        };
        try (var document = codec.unpack(new ByteArrayInputStream(stored))) {
            var reading = Documents.reading(document, Documents.both(check, Documents.both(graph, keeper)));
            check.check(reading);
            return Optional.of(new Outcome(
                    reading,
                    schemas.get(schemas.size() - 1),
                    graph.lines(),
                    check.counts().toString(),
                    Outcome.numbers(check.numbering())));
        } catch (BackupException.Damaged | BackupException.BadRequest e) {
            return Optional.empty();
        }
    }

    private static void agree(String what, byte[] stored, BlockCodec codec, int threads, int partBytes)
            throws IOException {
        var parallel = inParallel(stored, codec, threads, partBytes);
        if (parallel.isPresent()) {
            assertThat(Optional.of(parallel.get())).as(what).isEqualTo(inOrder(stored, codec));
        }
    }

    private static void isReadInParallel(String what, byte[] stored, BlockCodec codec, int threads, int partBytes)
            throws IOException {
        assertThat(inParallel(stored, codec, threads, partBytes))
                .as(what)
                .isPresent()
                .isEqualTo(inOrder(stored, codec));
    }

    @AfterEach
    void noThreadIsLeft() {
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().startsWith(THREAD));
    }

    @ParameterizedTest
    @EnumSource
    void readsEveryGraphAsTheReaderInOrderDoes(Compression compression) throws IOException {
        var codec = Codecs.of(compression);
        for (long seed = 1; seed <= 60; seed++) {
            var random = new SplittableRandom(seed);
            var stored = Documents.write(RandomGraph.of(seed), codec, random.nextInt(1, 3000))
                    .toByteArray();
            isReadInParallel("seed " + seed, stored, codec, random.nextInt(1, 6), random.nextInt(1, 3000));
        }
    }

    @Test
    void readsEveryValue() throws IOException {
        var codec = Codecs.of(Compression.NONE);
        var stored = Documents.write(SampleGraph.ofProperties(new TreeMap<>(ValueSamples.all())))
                .toByteArray();
        isReadInParallel("all values", stored, codec, 2, 1 << 20);
    }

    @ParameterizedTest
    @EnumSource
    void readsAnEmptyGraphWithMoreThreadsThanParts(Compression compression) throws IOException {
        var codec = Codecs.of(compression);
        isReadInParallel("empty", Documents.write(new SampleGraph(), codec, 1).toByteArray(), codec, 9, 1);
    }

    @Test
    void readsPartsOfAnyLength() throws IOException {
        var codec = Codecs.of(Compression.NONE);
        var stored = Documents.write(SMALL).toByteArray();
        for (int length = 1; length <= stored.length + 1; length += 1 + length / 200) {
            isReadInParallel("parts of " + length, stored, codec, 3, length);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"ZSTD", "GZIP"})
    void readsBlocksThatEndAfterAnyLine(Compression compression) throws IOException {
        var codec = Codecs.of(compression);
        var lines = Documents.write(SMALL).text().split("(?<=\n)", -1);
        for (int first = 0; first <= lines.length; first++) {
            for (int second = first; second <= lines.length; second += 4) {
                var stored = packed(
                        codec, join(lines, 0, first), join(lines, first, second), join(lines, second, lines.length));
                isReadInParallel("cut before lines " + first + " and " + second, stored, codec, 2, 1);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"ZSTD", "GZIP"})
    void leavesBlocksThatEndWithinLinesToTheReaderInOrder(Compression compression) throws IOException {
        var codec = Codecs.of(compression);
        var text = Documents.write(SMALL).text();
        for (int cut = 1; cut < text.length(); cut += 7) {
            agree("cut at " + cut, packed(codec, text.substring(0, cut), text.substring(cut)), codec, 2, 1);
        }
    }

    @ParameterizedTest
    @EnumSource
    @Tag("promise-B1")
    void acceptsNoChangedByteThatTheReaderInOrderRefuses(Compression compression) throws IOException {
        var codec = Codecs.of(compression);
        var stored = Documents.write(SMALL, codec, 300).toByteArray();
        for (int position = 0; position < stored.length; position++) {
            for (int mask : new int[] {1 << position % 8, 0xFF}) {
                var damaged = stored.clone();
                damaged[position] ^= (byte) mask;
                agree("byte " + position + " xor " + mask, damaged, codec, 1 + position % 3, 200);
            }
        }
    }

    @Test
    void acceptsNoByteInThePlaceOfAnotherThatTheReaderInOrderRefuses() throws IOException {
        var codec = Codecs.of(Compression.NONE);
        var stored = Documents.write(SMALL).toByteArray();
        var others = "{}[]\",:\\ \n0-.eE_$atn=é".getBytes(StandardCharsets.UTF_8);
        for (int position = 0; position < stored.length; position++) {
            for (int i = 0; i < 5; i++) {
                var damaged = stored.clone();
                damaged[position] = others[(position + 5 * i) % others.length];
                agree("byte " + position + " is " + damaged[position], damaged, codec, 2, 400);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    @Tag("promise-B2")
    void acceptsNoCutThatTheReaderInOrderRefuses(Compression compression) throws IOException {
        var codec = Codecs.of(compression);
        var stored = Documents.write(SMALL, codec, 300).toByteArray();
        for (int length = 0; length < stored.length; length++) {
            agree("cut to " + length, Arrays.copyOf(stored, length), codec, 2, 200);
        }
    }

    @Test
    void acceptsNoGarbageThatTheReaderInOrderRefuses() throws IOException {
        var codec = Codecs.of(Compression.NONE);
        for (long seed = 1; seed <= 1_000; seed++) {
            var random = new SplittableRandom(seed);
            var stored = Documents.write(RandomGraph.of(seed % 50)).toByteArray();
            for (int i = random.nextInt(1, 4); i > 0; i--) {
                int at = random.nextInt(stored.length);
                int from = random.nextInt(stored.length);
                int count = Math.min(random.nextInt(60), stored.length - Math.max(at, from));
                System.arraycopy(stored, from, stored, at, count);
            }
            agree("seed " + seed, stored, codec, random.nextInt(1, 4), random.nextInt(1, 2000));
        }
    }

    @Test
    void acceptsNoLineThatIsMissingTwiceOrElsewhereUnlessTheReaderInOrderDoes() throws IOException {
        var codec = Codecs.of(Compression.NONE);
        var lines = Documents.write(SMALL).text().split("(?<=\n)");
        for (int one = 0; one < lines.length; one++) {
            for (int other = one % 3; other < lines.length; other += 3) {
                var moved = new ArrayList<>(List.of(lines));
                moved.add(other, lines[one]);
                agree("line " + one + " again at " + other, packed(codec, String.join("", moved)), codec, 2, 100);
                moved.remove(one < other ? one : one + 1);
                agree("line " + one + " moved to " + other, packed(codec, String.join("", moved)), codec, 2, 100);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.0.0", "1.1.0", "1.2.0", "2.0.0"})
    void readsLinesOfEveryVersionAsTheReaderInOrderDoes(String version) throws IOException {
        var codec = Codecs.of(Compression.NONE);
        var text = Documents.write(SMALL).text().replace("\"version\":\"1.1.0\"", "\"version\":\"" + version + "\"");
        agree(version, packed(codec, text), codec, 2, 100);
        for (var field :
                List.of("\"p\":null", "\"_new\":[{}]", "\"p\":[1,2.5]", "\"$p\":1", "\"__p\":1", "\"n\\u0061me\":1")) {
            agree(version + " with " + field, packed(codec, text.replace("{\"", "{" + field + ",\"")), codec, 2, 100);
        }
    }

    /** Lines that look like a section, in the place of something else. */
    @Test
    void isNotDeceivedByLinesThatLookLikeASection() throws IOException {
        var codec = Codecs.of(Compression.NONE);
        var text = Documents.write(SMALL).text();
        int nodes = text.indexOf("\"nodes\": [\n");
        int relationships = text.indexOf("],\n\"relationships\": [\n");
        int statistics = text.indexOf("],\n\"statistics\"");
        var elements = text.substring(nodes, statistics + 3);
        var begin = text.substring(0, nodes);
        var end = text.substring(statistics + 3);
        var decoy = "\"nodes\":[],\"relationships\":[],\n";
        assertThat(relationships).isPositive();

        for (var other : List.of(
                begin + "\"x\": {\n" + elements + "\"y\":1},\n" + decoy + end,
                begin + decoy + "\"x\": {\n" + elements + "\"y\":1},\n" + end,
                begin.replace("\"data\": {", "\"x\": {") + elements + "\"y\":1},\n\"data\": {\n" + decoy + end,
                begin + elements + "\"nodes\":[],\n" + end,
                begin + "\"schema\":{},\n" + elements + end,
                "{\n\"data\": {\n" + elements + "\"y\":1},\n" + text.substring(2, text.indexOf(",\n\"data\""))
                        + "\n}\n",
                begin + elements.replace("\"nodes\": [\n", "\"nodes\": [\n\"nodes\": [\n") + end)) {
            var stored = packed(codec, other);
            agree(other, stored, codec, 2, 100);
            assertThat(inParallel(stored, codec, 2, 100)).as(other).isEmpty();
        }
    }

    @Test
    void leavesWhatIsTooLargeToTheReaderInOrder() {
        var plain = Codecs.of(Compression.NONE);
        var long1 = "x".repeat(9 << 20);
        var graph = SampleGraph.ofProperties(Map.of("p", long1));
        assertThat(inParallel(Documents.write(graph).toByteArray(), plain, 2, 1 << 20))
                .isEmpty();

        for (var compression : List.of(Compression.ZSTD, Compression.GZIP)) {
            var codec = Codecs.of(compression);
            var text = Documents.write(SMALL).text();
            assertThat(inParallel(packed(codec, text, " ".repeat(20 << 20)), codec, 2, 1))
                    .isEmpty();
        }
    }

    private static String join(String[] lines, int from, int to) {
        return String.join("", Arrays.asList(lines).subList(from, to));
    }

    private static byte[] packed(BlockCodec codec, String... blocks) {
        var all = new ByteArrayOutputStream();
        for (var block : blocks) {
            var bytes = block.getBytes(StandardCharsets.UTF_8);
            var packed = codec.pack(bytes, 0, bytes.length);
            all.write(packed.array(), packed.arrayOffset() + packed.position(), packed.remaining());
        }
        return all.toByteArray();
    }
}
