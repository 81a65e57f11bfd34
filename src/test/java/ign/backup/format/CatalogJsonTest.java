package ign.backup.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ign.backup.model.BackupException;
import ign.backup.model.BackupHeader;
import ign.backup.model.BackupName;
import ign.backup.model.Catalog;
import ign.backup.model.CatalogEntry;
import ign.backup.model.CatalogEntry.State;
import ign.backup.model.CatalogEntry.Verification;
import ign.backup.model.Digest;
import ign.backup.model.GraphCounts;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
@Tag("promise-A8")
class CatalogJsonTest {

    private static final Instant NOON = Instant.parse("2025-01-28T12:00:00.5Z");
    private static final BackupHeader OWN = Documents.DRAFT.sealed(new GraphCounts(10, 20, Map.of(), Map.of()), 1234);
    private static final BackupHeader FOREIGN = new BackupHeader(
            "1.0.0",
            "20250101_000000",
            "2025-01-01T00:00:00",
            "with \"quotes\"\nand lines",
            1,
            2,
            "full",
            "other",
            Optional.empty());
    private static final CatalogEntry GOOD = new CatalogEntry(
            new BackupName("b.json.zst"),
            OWN,
            12345,
            Optional.of(new Digest("ab".repeat(32))),
            State.GOOD,
            true,
            NOON,
            Optional.of(new Verification(NOON, true, "Backup validation successful")),
            OptionalLong.of(7),
            List.of());
    private static final CatalogEntry UNPROVEN = new CatalogEntry(
            new BackupName("a.json"),
            FOREIGN,
            99,
            Optional.empty(),
            State.UNPROVEN,
            false,
            NOON,
            Optional.empty(),
            OptionalLong.empty(),
            List.of());

    private static final Catalog CATALOG =
            new Catalog(List.of(GOOD, UNPROVEN), List.of(UNPROVEN.in(State.REMOVED), GOOD.in(State.REMOVED)));

    @Test
    void comesBackAsItWas() {
        assertThat(CatalogJson.read(CatalogJson.write(CATALOG))).isEqualTo(CATALOG);
        assertThat(CatalogJson.read(CatalogJson.write(Catalog.EMPTY))).isEqualTo(Catalog.EMPTY);
    }

    @Test
    void keepsEarlierVerifications() {
        var earlier = List.of(
                new Verification(NOON.minusSeconds(60), false, "Backup validation failed: \"so\""),
                new Verification(NOON.minusSeconds(120), true, "Backup validation successful"));
        var entry = new CatalogEntry(
                GOOD.name(),
                OWN,
                12345,
                GOOD.sha256(),
                State.GOOD,
                true,
                NOON,
                GOOD.verification(),
                GOOD.episodes(),
                earlier);
        var catalog = new Catalog(List.of(entry), List.of());

        assertThat(CatalogJson.read(CatalogJson.write(catalog))).isEqualTo(catalog);
        assertThat(text(catalog).lines())
                .hasSameSizeAs(
                        text(new Catalog(List.of(GOOD), List.of())).lines().toList());
    }

    @Test
    void oneFileThatCannotBeReadDoesNotSpoilIt() {
        var nothing = new BackupHeader("", "", "", "", 0, 0, "", "", Optional.empty());
        var failure = new Verification(NOON, false, "Backup validation failed: line 1: the document ends too early");
        var broken = new CatalogEntry(
                new BackupName("broken.json"),
                nothing,
                0,
                Optional.empty(),
                State.DAMAGED,
                false,
                NOON,
                Optional.of(failure),
                OptionalLong.empty(),
                List.of());
        var catalog = CATALOG.with(broken);

        assertThat(CatalogJson.read(CatalogJson.write(catalog))).isEqualTo(catalog);
    }

    @ParameterizedTest
    @EnumSource
    void keepsEveryState(State state) {
        var catalog = new Catalog(List.of(GOOD.in(state)), List.of());

        assertThat(CatalogJson.read(CatalogJson.write(catalog))).isEqualTo(catalog);
    }

    @Test
    void hasOneLinePerEntry() {
        assertThat(text(CATALOG).lines().toList())
                .containsExactly(
                        "{",
                        "\"catalog_version\": 1,",
                        "\"backups\": [",
                        "{\"name\":\"b.json.zst\",\"timestamp\":\"20250128_143022\",\"datetime\":\"2025-01-28T14:30:22.123456\","
                                + "\"reason\":\"Manual backup before deployment\",\"node_count\":10,\"relationship_count\":20,"
                                + "\"version\":\"1.1.0\",\"backup_type\":\"full\",\"source\":\"IGN Scripts Learning System\","
                                + "\"database\":\"neo4j\",\"neo4j_version\":\"5.26.30\",\"plugin_version\":\"0.1.0\","
                                + "\"store_id\":\"store-1\",\"snapshot_time\":\"2025-01-28T14:30:22.123456+01:00\",\"tx_id\":4711,"
                                + "\"tier\":\"daily\",\"duration_ms\":1234,\"size_bytes\":12345,\"episode_count\":7,\"sha256\":\""
                                + "ab".repeat(32)
                                + "\",\"state\":\"good\",\"pinned\":true,\"entered\":\"2025-01-28T12:00:00.500Z\","
                                + "\"verification\":{\"time\":\"2025-01-28T12:00:00.500Z\",\"valid\":true,"
                                + "\"message\":\"Backup validation successful\"}},",
                        "{\"name\":\"a.json\",\"timestamp\":\"20250101_000000\",\"datetime\":\"2025-01-01T00:00:00\","
                                + "\"reason\":\"with \\\"quotes\\\"\\nand lines\",\"node_count\":1,\"relationship_count\":2,"
                                + "\"version\":\"1.0.0\",\"backup_type\":\"full\",\"source\":\"other\",\"size_bytes\":99,"
                                + "\"state\":\"unproven\",\"pinned\":false,\"entered\":\"2025-01-28T12:00:00.500Z\"}",
                        "],",
                        "\"history\": [",
                        text(CATALOG).lines().toList().get(4).replace("unproven", "removed") + ",",
                        text(CATALOG)
                                .lines()
                                .toList()
                                .get(3)
                                .replace("\"good\"", "\"removed\"")
                                .replaceFirst(",$", ""),
                        "]",
                        "}");
    }

    @Test
    void ignoresFieldsItDoesNotKnow() {
        var text = text(CATALOG)
                .replace("\"catalog_version\": 1", "\"new\":{\"a\":[1,null,{}]},\"catalog_version\":1")
                .replace("\"pinned\":true", "\"pinned\":true,\"more\":[{}]");

        assertThat(read(text.replace("[1,null,{}]", "[1,{}]"))).isEqualTo(CATALOG);
    }

    @Test
    void refusesANewerVersion() {
        assertThatThrownBy(() -> read(text(CATALOG).replace("\"catalog_version\": 1", "\"catalog_version\": 2")))
                .isInstanceOf(BackupException.BadRequest.class)
                .hasMessage("backup_metadata.json has version 2, and this version of the plugin knows 1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"name\":\"a.json\" | \"name\":\"../a.json\"",
                "\"name\":\"a.json\" | \"name\":\"b.json.zst\"",
                "\"name\":\"a.json\" | \"name\":7",
                "\"state\":\"good\" | \"state\":\"gold\"",
                "\"state\":\"good\" | \"stale\":\"good\"",
                "\"pinned\":true | \"pinned\":\"true\"",
                "\"pinned\":true | \"penned\":true",
                "\"size_bytes\":99 | \"size_bytes\":-99",
                "\"entered\":\"2025 | \"entered\":\"x2025",
                "\"sha256\":\"ab | \"sha256\":\"xb",
                "\"tier\":\"daily\" | \"tier\":\"hourly\"",
                "\"node_count\":10 | \"node_count\":1e1",
                "\"catalog_version\": 1 | \"catalog\": 1",
            })
    void refusesWhatIsNoCatalog(String sound, String damaged) {
        assertThat(text(CATALOG)).contains(sound);

        assertThatThrownBy(() -> read(text(CATALOG).replace(sound, damaged)))
                .isInstanceOf(BackupException.Damaged.class)
                .message()
                .containsAnyOf("backup_metadata.json", "'entered'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "[]", "{", "null", "{}", "{\"catalog_version\":1}x", "{\"catalog_version\":1,\"backups\":{}}"
            })
    void refusesWhatIsNotEvenClose(String text) {
        assertThatThrownBy(() -> read(text)).isInstanceOf(BackupException.Damaged.class);
    }

    @Test
    void everyChangedByteIsRefusedOrReadWithoutAnyOtherError() {
        var bytes = CatalogJson.write(CATALOG);
        for (int position = 0; position < bytes.length; position++) {
            for (int mask : new int[] {1, 2, 0x80}) {
                var damaged = bytes.clone();
                damaged[position] ^= (byte) mask;
                try {
                    assertThat(CatalogJson.read(damaged).backups()).hasSizeLessThanOrEqualTo(2);
                } catch (BackupException e) {
                    assertThat(e.hint()).isNotBlank();
                }
            }
        }
    }

    private static String text(Catalog catalog) {
        return new String(CatalogJson.write(catalog), StandardCharsets.UTF_8);
    }

    private static Catalog read(String text) {
        return CatalogJson.read(text.getBytes(StandardCharsets.UTF_8));
    }
}
