package ign.backup.format;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ign.backup.model.BackupException;
import ign.backup.model.GraphDuration;
import ign.backup.model.GraphVisitor;
import ign.backup.model.Progress;
import ign.backup.model.StopSignal;
import java.util.ArrayList;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class TolerantReadingTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"$type\":\"Integer\",\"_value\":\"-7\"} | Long:-7",
                "{\"$type\":\"Integer\",\"_value\":7} | Long:7",
                "{\"_value\":\"1.5\",\"$type\":\"Float\"} | Double:3ff8000000000000",
                "{\"$type\":\"Float\",\"_value\":\"Infinity\"} | Double:7ff0000000000000",
                "{\"$type\":\"Float32\",\"_value\":\"0.1\"} | Float:3dcccccd",
                "{\"$type\":\"String\",\"_value\":\"x\"} | String:x",
                "{\"$type\":\"Boolean\",\"_value\":false} | Boolean:false",
                "{\"$type\":\"OffsetDateTime\",\"_value\":\"2020-01-01T00:00:00+01:00\"} | ZonedDateTime:2020-01-01T00:00+01:00",
                "{\"$type\":\"ZonedDateTime\",\"_value\":\"2020-01-01T00:00:00Z\"} | ZonedDateTime:2020-01-01T00:00Z",
                "{\"$type\":\"LocalTime\",\"_value\":\"12:00:00.000\"} | LocalTime:12:00",
                "{\"$type\":\"Char\",\"_value\":120} | Character:78",
                "{\"_value\":[1,\"2\"],\"$type\":\"Int[]\"} | int[][Integer:1, Integer:2]",
                "{\"_value\":\"AQAAAA==\",\"_encoding\":\"base64\",\"$type\":\"Int[]\"} | int[][Integer:1]",
                "{\"$type\":\"String[]\",\"_value\":[]} | String[][]",
                "{\"$type\":\"Boolean[]\",\"_value\":[true]} | boolean[][Boolean:true]",
                "1E2 | Double:4059000000000000",
                "-0 | Long:0",
                "\"\\u00e9\\/\" | String:é/",
            })
    void readsOtherSpellings(String json, String exact) {
        var value = requireNonNull(Documents.read(Documents.withValue("1.1.0", json))
                .nodes()
                .get(0)
                .properties()
                .get("p"));

        assertThat(SampleGraph.exact(value)).isEqualTo(exact);
    }

    @ParameterizedTest
    @CsvSource({
        "P1Y2M3DT4.000000005S, 14, 3, 4, 5",
        "P1W, 0, 7, 0, 0",
        "PT1H30M, 0, 0, 5400, 0",
        "PT-1M-0.5S, 0, 0, -61, 500000000",
        "PT-59M-59.999999999S, 0, 0, -3600, 1",
        "P-1M2DT-2.999999999S, -1, 2, -3, 1",
        "PT0S, 0, 0, 0, 0",
        "P+1D, 0, 1, 0, 0",
        "PT+0.5S, 0, 0, 0, 500000000"
    })
    void readsDurationsInEveryIsoForm(String text, long months, long days, long seconds, int nanos) {
        var json = "{\"$type\":\"Duration\",\"_value\":\"" + text + "\"}";

        assertThat(Documents.read(Documents.withValue("1.1.0", json))
                        .nodes()
                        .get(0)
                        .properties())
                .containsEntry("p", new GraphDuration(months, days, seconds, nanos));
    }

    @Test
    void refusesADurationBeyondItsRange() {
        var json = "{\"$type\":\"Duration\",\"_value\":\"P9223372036854775807Y\"}";

        assertThatThrownBy(() -> Documents.read(Documents.withValue("1.1.0", json)))
                .isInstanceOf(BackupException.Damaged.class)
                .hasMessage(
                        "line 3, node number 1, property 'p': 'P9223372036854775807Y' is no Duration: long overflow");
    }

    @Test
    void tellsItsProgress() {
        var told = new ArrayList<String>();
        var advanced = new long[1];
        var progress = new Progress() {
            @Override
            public void phase(String name, long total, String unit) {
                told.add(name + " " + total + " " + unit);
            }

            @Override
            public void advance(long amount) {
                advanced[0] += amount;
            }
        };

        new DocumentReader(Limits.DEFAULT)
                .read(
                        Documents.write(DocumentWriterTest.chain(3000)).open(),
                        new GraphVisitor() {},
                        StopSignal.NEVER,
                        progress);

        assertThat(told).containsExactly("nodes 3000 nodes", "relationships 2999 relationships");
        assertThat(advanced[0]).isEqualTo(5999);
    }

    @Test
    void showsTheFirstWarningsAndCountsTheRest() {
        var nodes = IntStream.range(0, 30)
                .mapToObj(
                        i -> "{\"t\":{\"$type\":\"ZonedDateTime\",\"_value\":\"2020-01-01T00:00+09:00[Europe/Paris]\"},"
                                + "\"_labels\":[],\"_id\":" + i + "}")
                .collect(Collectors.joining(",\n"));

        var warnings = Documents.reading(
                        Documents.stream(Documents.withNodes("1.1.0", nodes, 30)), new GraphVisitor() {})
                .warnings();

        assertThat(warnings).hasSize(21).last().isEqualTo("and 10 more of these");
    }

    @Test
    void refusesASettingOfAnIndexThatIsAMap() {
        var schema = "\"schema\":{\"indexes\":[{\"name\":\"i\",\"type\":\"POINT\",\"entity_type\":\"NODE\","
                + "\"labels_or_types\":[\"A\"],\"properties\":[\"p\"],\"config\":{\"a\":{}}}]},\"nodes\"";

        assertThatThrownBy(
                        () -> Documents.read(Documents.withNodes("1.1.0", "", 0).replace("\"nodes\"", schema)))
                .isInstanceOf(BackupException.Damaged.class)
                .hasMessage("expected a string, a boolean, a number or a list of numbers as field 'a' of"
                        + " 'schema' 'indexes' 'config', found an object");
    }
}
