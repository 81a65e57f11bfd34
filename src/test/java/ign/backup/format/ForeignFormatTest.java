package ign.backup.format;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ign.backup.model.BackupException;
import ign.backup.model.BackupHeader;
import ign.backup.model.GraphVisitor;
import ign.backup.model.Progress;
import ign.backup.model.StopSignal;
import java.io.InputStream;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of format 1.0, as other tools write them. */
@Timeout(60)
@Tag("promise-B8")
class ForeignFormatTest {

    @Test
    void readsTheExampleOfThePlan() {
        var graph = Documents.read(golden("plan.json"));

        assertThat(graph.nodes().get(0))
                .isEqualTo(new SampleGraph.Node(
                        1234,
                        Set.of("Function"),
                        Map.of(
                                "name",
                                "system.tag.readBlocking",
                                "category",
                                "tag_operations",
                                "description",
                                "Read tag values with blocking behavior",
                                "usage_count",
                                142L)));
        assertThat(SampleGraph.exact(
                        requireNonNull(graph.relationships().get(0).properties().get("confidence"))))
                .isEqualTo(SampleGraph.exact(0.85));
        assertThat(graph.relationships().get(0).properties()).containsEntry("created_at", "2025-01-28T14:30:22");
    }

    @Test
    void readsWhatOnlyOtherToolsWrite() {
        var properties = Documents.read(golden("plan.json")).nodes().get(1).properties();

        assertThat(properties.keySet())
                .as("keys as they stand, and a null is an absent property")
                .containsExactlyInAnyOrder("weights", "empty", "_private", "$dollar");
        assertThat(properties.get("weights")).isEqualTo(new double[] {1, 2.5});
        assertThat(properties.get("empty")).isEqualTo(new String[0]);
    }

    @Test
    void tellsTheHeaderOfThePlan() {
        assertThat(new DocumentReader(Limits.DEFAULT).readHeader(golden("plan.json")))
                .isEqualTo(new BackupHeader(
                        "1.0.0",
                        "20250128_143022",
                        "2025-01-28T14:30:22.123456",
                        "Manual backup before deployment",
                        2,
                        1,
                        "full",
                        "IGN Scripts Learning System",
                        Optional.empty()));
    }

    @Test
    void readsMetadataThatComesLast() {
        var reader = new DocumentReader(Limits.DEFAULT);
        var graph = Documents.read(golden("metadata-last.json"));
        var reading = Documents.reading(golden("metadata-last.json"), new GraphVisitor() {});

        assertThat(graph.nodes()).hasSize(2);
        assertThat(graph.relationships()).containsExactly(new SampleGraph.Relationship(7, "KNOWS", 1, 2, Map.of()));
        assertThat(reader.readHeader(golden("metadata-last.json")).nodeCount()).isEqualTo(2);
        assertThat(reading.relationshipsFirst()).isTrue();
        assertThat(reading.hasSchema()).isFalse();
        assertThat(reading.statistics()).isEmpty();
    }

    @Test
    void readsOnlyTheNodesWhereRelationshipsComeFirst() {
        var nodes = new SampleGraph();
        var reader = new DocumentReader(Limits.DEFAULT);
        reader.readOnly(Section.NODES, golden("metadata-last.json"), nodes, StopSignal.NEVER, Progress.NONE);
        var relationships = new SampleGraph();
        reader.readOnly(
                Section.RELATIONSHIPS, golden("metadata-last.json"), relationships, StopSignal.NEVER, Progress.NONE);

        assertThat(nodes.nodes()).hasSize(2);
        assertThat(nodes.relationships()).isEmpty();
        assertThat(relationships.nodes()).isEmpty();
        assertThat(relationships.relationships()).hasSize(1);
    }

    @Test
    void readsAByteOrderMarkAndWindowsLineEnds() {
        assertThat(Documents.read(golden("byte-order-mark-and-crlf.json"))
                        .nodes()
                        .get(0)
                        .properties())
                .containsExactly(Map.entry("text", "café é \ud83d\ude00"));
    }

    @Test
    void readsTypedValues() {
        assertThat(Documents.read(golden("typed.json")).nodes().get(0).properties())
                .containsExactly(Map.entry("day", java.time.LocalDate.of(2025, 1, 28)));
    }

    @ParameterizedTest
    @CsvSource({"2.0.0", "2.0", "10.1.3", "0.9.0"})
    void refusesAnotherMajorVersionByName(String version) {
        assertThatThrownBy(() -> Documents.read(Documents.withNodes(version, "", 0)))
                .isInstanceOf(BackupException.BadRequest.class)
                .hasMessage(
                        "the backup has format version '" + version + "', and this version of the plugin reads 1.x");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "1.", "v1.0", "1.0.0-rc", "one", "1.0.0.0", "99999999.0"})
    void refusesWhatIsNoVersion(String version) {
        assertThatThrownBy(() -> Documents.read(Documents.withNodes(version, "", 0)))
                .isInstanceOf(BackupException.Damaged.class)
                .hasMessage("'" + version + "' is not a format version, expected one like '1.1.0'");
    }

    @Test
    void ignoresNewFieldsOfALaterMinorVersion() {
        var document =
                Documents.withNodes("1.7.0", "{\"_new\":{\"a\":[1]},\"__x\":1,\"$y\":2,\"_labels\":[],\"_id\":1}", 1);

        assertThat(Documents.read(document).nodes().get(0).properties()).isEqualTo(Map.of("_x", 1L));
    }

    @Test
    void refusesMetadataThatComesTooLateToSayHowToRead() {
        var document = "{\"data\":{\"nodes\":[{\"__x\":1,\"_labels\":[],\"_id\":1}],\"relationships\":[]},"
                + "\"metadata\":{\"version\":\"1.1.0\",\"node_count\":1,\"relationship_count\":0}}";

        assertThatThrownBy(() -> Documents.read(document))
                .isInstanceOf(BackupException.Damaged.class)
                .hasMessage("line 1: the metadata with version '1.1.0' stands after the data, and so did not say how to"
                        + " read this: line 1, node number 1, key '__x'");
        assertThat(Documents.read(document.replace("__x", "x")).nodes()).hasSize(1);
        assertThat(Documents.read(document.replace("1.1.0", "1.0.0"))
                        .nodes()
                        .get(0)
                        .properties())
                .isEqualTo(Map.of("__x", 1L));
    }

    private static InputStream golden(String name) {
        return Objects.requireNonNull(ForeignFormatTest.class.getResourceAsStream("/golden/format-1.0/" + name), name);
    }
}
