package ign.backup.format;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import ign.backup.model.ValueType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@code docs/format.md} shows is what the code does. */
@Timeout(60)
class FormatPageTest {

    private static final Pattern JSON = Pattern.compile("```json\n(.*?)```", Pattern.DOTALL);
    private static final Pattern VALUE = Pattern.compile("\\| ([A-Z_]+) \\| `(.*)` \\|");
    private static final Pattern LIMIT = Pattern.compile("\\| [a-z][^|]* \\| (\\d+)[^|]*\\|");

    static Stream<Arguments> values() {
        return page().lines()
                .map(VALUE::matcher)
                .filter(row -> row.matches())
                .map(row -> Arguments.of(row.group(1), row.group(2)));
    }

    @ParameterizedTest
    @MethodSource("values")
    void eachValueOfTheTableIsReadAndWrittenSo(String type, String json) {
        var value = requireNonNull(Documents.read(Documents.withValue("1.1.0", json))
                .nodes()
                .get(0)
                .properties()
                .get("p"));

        assertThat(ValueType.of(value)).map(ValueType::name).hasValue(type);
        assertThat(Documents.write(SampleGraph.ofProperties(Map.of("p", value))).text())
                .contains("{\"p\":" + json + ",");
    }

    @Test
    void theTableHasEveryType() {
        assertThat(values().map(row -> (String) row.get()[0]).distinct())
                .containsExactlyInAnyOrder(
                        Stream.of(ValueType.values()).map(ValueType::name).toArray(String[]::new));
    }

    @Test
    void theExamplesAreSound() {
        var examples = examples();

        assertThat(examples).hasSize(3);
        assertThat(Documents.read(examples.get(0)).relationships()).hasSize(1);
        assertThat(Documents.read(examples.get(1)).nodes().get(0).properties()).containsOnlyKeys("scores", "_hidden");
        assertThat(new String(
                        CatalogJson.write(CatalogJson.read(examples.get(2).getBytes(StandardCharsets.UTF_8))),
                        StandardCharsets.UTF_8))
                .isEqualTo(examples.get(2));
    }

    @Test
    void theFirstExampleIsWhatTheWriterWrites() {
        var example = examples().get(0);
        var graph = new SampleGraph();
        Documents.reading(Documents.stream(example), graph);
        var written = Documents.write(graph).text();

        assertThat(written.substring(written.indexOf("\"nodes\"")))
                .isEqualTo(example.substring(example.indexOf("\"nodes\"")));
    }

    @Test
    void theLimitsAreThoseOfTheCode() {
        var limits = Limits.DEFAULT;

        assertThat(page().lines()
                        .map(LIMIT::matcher)
                        .filter(row -> row.matches())
                        .map(row -> Long.valueOf(row.group(1))))
                .containsExactly(
                        (long) limits.nesting(),
                        (long) limits.stringLength(),
                        (long) limits.nameLength(),
                        (long) limits.names(),
                        (long) limits.properties(),
                        (long) limits.labels(),
                        limits.elementBytes(),
                        limits.metadataBytes(),
                        limits.schemaBytes(),
                        limits.documentBytes());
    }

    private static List<String> examples() {
        return JSON.matcher(page()).results().map(match -> match.group(1)).toList();
    }

    private static String page() {
        try {
            return Files.readString(Path.of("docs", "format.md"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
