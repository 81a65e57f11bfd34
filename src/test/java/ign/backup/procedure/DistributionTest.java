package ign.backup.procedure;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ign.backup.probe.FidelityProcedures;
import ign.backup.probe.ProbeProcedures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.neo4j.harness.Neo4jBuilders;

/** Making the bundled backup, in one process. */
@Timeout(600)
class DistributionTest extends InOneProcess {

    private static final String ROOT = "ign.backup.release_root";

    private Path home = Path.of("");
    private Path folder = Path.of("");

    @BeforeAll
    void start(@TempDir Path parent) throws IOException {
        home = parent.toRealPath();
        var release = Files.createDirectory(home.resolve("release"));
        System.setProperty(ROOT, release.toString());
        try {
            neo4j = Neo4jBuilders.newInProcessBuilder(home)
                    .withDisabledServer()
                    .withProcedure(BackupProcedures.class)
                    .withProcedure(DistributionProcedures.class)
                    .withProcedure(ProbeProcedures.class)
                    .withProcedure(FidelityProcedures.class)
                    .build();
        } finally {
            System.clearProperty(ROOT);
        }
        folder = Path.of(String.valueOf(row(graph(), "CALL ign.backup.status()").get("folder")));
    }

    @BeforeEach
    void clear() throws IOException {
        graph().executeTransactionally("MATCH (n) DETACH DELETE n");
        Files.deleteIfExists(bundle());
    }

    private Path bundle() {
        return folder.resolve("initial_backup.json");
    }

    @Test
    void theGraphBecomesABundledBackupThatIsInNoList() throws IOException {
        graph().executeTransactionally("CALL probe.fidelity.fill(10)");
        var before = row(graph(), "CALL probe.digest()");

        var made = row(graph(), "CALL ign.backup.init({reason: 'Release v1.5.0 distribution backup'})");

        assertThat(made)
                .containsEntry("success", true)
                .containsEntry("code", "ok")
                .containsEntry("file", "initial_backup.json")
                .containsEntry("path", bundle().toString())
                .containsEntry("release_path", null)
                .containsEntry("made_from", null)
                .containsEntry("backup_type", "initial")
                .containsEntry("tier", "initial")
                .containsEntry("compression", "none")
                .containsEntry("verified", true)
                .containsEntry("size_bytes", Files.size(bundle()));
        assertThat(Files.readString(bundle()))
                .contains(
                        "\"reason\":\"Release v1.5.0 distribution backup\"",
                        "\"backup_type\":\"initial\"",
                        "\"tier\":\"initial\"");
        assertThat(folder.resolve("initial_backup.json.sha256"))
                .hasContent(made.get("sha256") + "  initial_backup.json\n");
        assertThat(row(graph(), "CALL ign.backup.info('initial_backup.json')")).containsEntry("valid", true);
        assertThat(names()).doesNotContain("initial_backup.json");
        graph().executeTransactionally("MATCH (n) DETACH DELETE n");
        assertThat(row(system(), "CALL ign.backup.restore('initial_backup.json', {mode: 'into-empty', confirm: true})"))
                .containsEntry("state", "restored");
        assertThat(row(graph(), "CALL probe.digest()")).isEqualTo(before);
    }

    @Test
    void aStoredBackupBecomesOneWithEveryValueAndItsSchema() throws IOException {
        graph().executeTransactionally("CALL probe.fidelity.fill(10)");
        var before = row(graph(), "CALL probe.digest()");
        var stored = row(graph(), "CALL ign.backup.create('stored', {compression: 'zstd', pin: true})");
        graph().executeTransactionally("MATCH (n) DETACH DELETE n");

        var made =
                row(graph(), "CALL ign.backup.init({from: $file})", Map.of("file", requireNonNull(stored.get("file"))));

        assertThat(made)
                .containsEntry("success", true)
                .containsEntry("made_from", stored.get("file"))
                .containsEntry("node_count", stored.get("node_count"))
                .containsEntry("tx_id", stored.get("tx_id"))
                .containsEntry("snapshot_time", stored.get("snapshot_time"));
        assertThat(Files.readString(bundle()))
                .contains("\"reason\":\"stored\"", "\"backup_type\":\"initial\"", "\"tier\":\"initial\"");
        assertThat(row(system(), "CALL ign.backup.restore('initial_backup.json', {confirm: true})"))
                .containsEntry("state", "restored");
        assertThat(row(graph(), "CALL probe.digest()")).isEqualTo(before);
    }

    @Test
    void aFileOfAnotherToolBecomesOne() throws IOException {
        Files.writeString(folder.resolve("foreign.json"), """
                {"data": {"relationships": [{"_type": "KNOWS", "_id": 3, "_start_id": 7, "_end_id": 9}],
                          "nodes": [{"name": "a", "_labels": ["Person"], "_id": 7}, {"_labels": [], "_id": 9}]},
                 "metadata": {"version": "1.0.0", "node_count": 2, "relationship_count": 1, "datetime": "2025-01-28T14:30:22.5"}}
                """);

        var made = row(graph(), "CALL ign.backup.init({from: 'foreign.json'})");

        assertThat(made).containsEntry("success", true).containsEntry("tier", "initial");
        assertThat(String.valueOf(made.get("snapshot_time"))).startsWith("2025-01-28T14:30:22.5");
        assertThat(Files.readString(bundle()))
                .contains("\"reason\":\"Initial distribution backup\"", "\"version\":\"1.1.0\"");
        row(system(), "CALL ign.backup.restore('initial_backup.json', {confirm: true})");
        assertThat(row(graph(), "MATCH (:Person {name: 'a'})-[r:KNOWS]->() RETURN count(r) AS n"))
                .containsEntry("n", 1L);
        Files.delete(folder.resolve("foreign.json"));
    }

    @Test
    void anOlderOneIsReplacedOnlyByAWholeOne() throws IOException {
        graph().executeTransactionally("CREATE (:Old)");
        row(graph(), "CALL ign.backup.init()");
        var old = Files.readString(bundle());
        Files.writeString(folder.resolve("broken.json"), old.substring(0, old.length() - 20));

        for (var options : List.of("from: 'broken.json'", "from: 'missing.json'", "to: '/elsewhere'")) {
            var failed = row(graph(), "CALL ign.backup.init({" + options + "})");

            assertThat(failed).as(options).containsEntry("success", false).containsEntry("file", null);
            assertThat(failed.get("hint")).as(options).isNotNull();
            assertThat(Files.readString(bundle())).isEqualTo(old);
            assertThat(row(graph(), "CALL ign.backup.info('initial_backup.json')"))
                    .containsEntry("valid", true);
        }
        assertThatThrownBy(() -> row(graph(), "CALL ign.backup.init({from: 'broken.json', failOnError: true})"))
                .hasMessageContaining("backup 'broken.json' cannot be restored, and nothing was touched: ");
        Files.delete(folder.resolve("broken.json"));
        graph().executeTransactionally("CREATE (:New)");
        assertThat(row(graph(), "CALL ign.backup.init()")).containsEntry("node_count", 2L);
        assertThat(row(graph(), "CALL ign.backup.info('initial_backup.json')"))
                .containsEntry("valid", true)
                .containsEntry("node_count", 2L);
        try (var files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString())).noneMatch(name -> name.endsWith(".part"));
        }
    }

    @Test
    void aReleaseGetsTheSameFile() throws IOException {
        graph().executeTransactionally("CREATE (:Released)");
        var release = home.resolve("release/neo4j/fullbackup");

        var made = row(graph(), "CALL ign.backup.init({to: $to})", Map.of("to", release.toString()));

        var copy = release.resolve("initial_backup.json");
        assertThat(made).containsEntry("success", true).containsEntry("release_path", copy.toString());
        assertThat(copy).hasSameBinaryContentAs(bundle());
        assertThat(release.resolve("initial_backup.json.sha256"))
                .hasSameBinaryContentAs(folder.resolve("initial_backup.json.sha256"));
        assertThat(row(graph(), "CALL ign.backup.init({to: $to})", Map.of("to", home + "/other")))
                .containsEntry("code", "bad-request")
                .hasEntrySatisfying("hint", hint -> assertThat(hint).asString().contains("'release_root'"));
    }

    private List<Object> names() {
        return graph().executeTransactionally("CALL ign.backup.list() YIELD file", Map.of(), result -> result.stream()
                .map(found -> found.get("file"))
                .toList());
    }
}
