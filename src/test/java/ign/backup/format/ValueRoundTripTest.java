package ign.backup.format;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import ign.backup.codec.Codecs;
import ign.backup.model.Compression;
import java.io.IOException;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60)
@Tag("promise-E5")
class ValueRoundTripTest {

    static Stream<Arguments> values() {
        return ValueSamples.all().entrySet().stream().map(entry -> Arguments.of(entry.getKey(), entry.getValue()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("values")
    void comesBackWithItsClassAndItsBits(String what, Object value) {
        var graph = SampleGraph.ofProperties(Map.of("p", value));

        assertThat(Documents.read(Documents.write(graph).open()).lines())
                .as(what)
                .isEqualTo(graph.lines());
    }

    @ParameterizedTest
    @EnumSource
    void allComeBackTogether(Compression compression) {
        var codec = Codecs.of(compression);
        var graph = SampleGraph.ofProperties(new TreeMap<>(ValueSamples.all()));

        var output = Documents.write(graph, codec, 1 << 20);

        assertThat(Documents.read(codec.unpack(output.open())).lines()).isEqualTo(graph.lines());
    }

    @Test
    void isValidJsonWithOneElementPerLine() throws IOException {
        var graph = SampleGraph.ofProperties(new TreeMap<>(ValueSamples.all()));
        var text = Documents.write(graph).text();

        assertThat(text.chars().filter(c -> c == '\n').count()).isEqualTo(13);
        assertThat(text).doesNotContain("\r");
        try (var parser = JsonFactory.builder()
                .enable(com.fasterxml.jackson.core.StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .build()
                .createParser(text)) {
            var token = parser.nextToken();
            while (token != null) {
                token = parser.nextToken();
            }
        }
    }

    @Test
    void decimalsComeBackWhateverTheirBits() {
        long seed = 20250128;
        var random = new SplittableRandom(seed);
        var properties = new TreeMap<String, Object>();
        for (int i = 0; i < 20_000; i++) {
            properties.put("bits" + i, Double.longBitsToDouble(random.nextLong()));
            properties.put("single" + i, Float.intBitsToFloat(random.nextInt()));
            properties.put("price" + i, random.nextInt(-1_000_000, 1_000_000) / 100.0);
            properties.put("share" + i, random.nextDouble());
            properties.put("rounded" + i, Math.rint(random.nextDouble() * 1e9) / Math.pow(10, random.nextInt(10)));
        }
        var graph = SampleGraph.ofProperties(properties);

        assertThat(Documents.read(Documents.write(graph).open()).lines())
                .as("seed " + seed)
                .isEqualTo(graph.lines());
    }

    @Test
    void writesAHalfSurrogatePairAsNeo4jStoresIt() {
        var text = Documents.write(SampleGraph.ofProperties(Map.of("p", "a\ud800b")));

        assertThat(Documents.read(text.open()).nodes().get(0).properties()).containsEntry("p", "a?b");
    }
}
