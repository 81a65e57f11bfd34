package ign.backup.procedure;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ign.backup.probe.FidelityProcedures;
import ign.backup.probe.ProbeProcedures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neo4j.harness.Neo4jBuilders;

/** Backup and restore in one process. The packaged plugin in real servers is what the integration tests are for. */
class InProcessTest extends InOneProcess {

    @TempDir
    private Path home = Path.of("");

    @BeforeAll
    void start() {
        neo4j = Neo4jBuilders.newInProcessBuilder(home)
                .withDisabledServer()
                .withProcedure(BackupProcedures.class)
                .withProcedure(ProbeProcedures.class)
                .withProcedure(FidelityProcedures.class)
                .build();
    }

    @BeforeEach
    void clear() {
        graph().executeTransactionally("MATCH (n) DETACH DELETE n");
    }

    @Test
    void everyValueComesBack() {
        graph().executeTransactionally("CALL probe.fidelity.fill(10)");
        var before = row(graph(), "CALL probe.digest()");

        var made = row(graph(), "CALL ign.backup.create('in process')");
        graph().executeTransactionally("MATCH (n) DETACH DELETE n");
        var restored = row(system(), "CALL ign.backup.restore(null, {confirm: true})");

        assertThat(made).containsEntry("success", true).containsEntry("verified", true);
        assertThat(restored).containsEntry("success", true).containsEntry("state", "restored");
        assertThat(row(graph(), "CALL probe.digest()")).isEqualTo(before);
    }

    @Test
    void aStoredTypeIsNotWidened() {
        try (var transaction = graph().beginTx()) {
            var node = transaction.createNode();
            node.setProperty("short", (short) 7);
            node.setProperty("float", 0.1f);
            node.setProperty("dates", new LocalDate[] {LocalDate.of(2020, 2, 29)});
            transaction.commit();
        }
        var made = row(graph(), "CALL ign.backup.create('types', {compression: 'zstd'})");

        assertThat(row(system(), "CALL ign.backup.restore($file, {confirm: true})", Map.of("file", made.get("file"))))
                .containsEntry("success", true);

        try (var transaction = graph().beginTx();
                var nodes = transaction.getAllNodes()) {
            assertThat(nodes.stream().toList()).singleElement().satisfies(node -> {
                assertThat(node.getProperty("short")).isEqualTo((short) 7);
                assertThat(node.getProperty("float")).isEqualTo(0.1f);
                assertThat(node.getProperty("dates")).isEqualTo(new LocalDate[] {LocalDate.of(2020, 2, 29)});
            });
        }
    }

    @Test
    void episodesAreCountedBeforeAndAfterwards() {
        var without = row(graph(), "CALL ign.backup.create('without')");
        graph().executeTransactionally(
                        "UNWIND range(1, 3) AS i CREATE (:Episodic {content: 'episode ' + i}), (:Entity)");

        var made = row(graph(), "CALL ign.backup.create('with', {pin: true})");

        assertThat(without).containsEntry("episodesBefore", null).containsEntry("episode_count", 0L);
        assertThat(without).containsEntry("warnings", List.of());
        assertThat(made).containsEntry("episodesBefore", 3L).containsEntry("episode_count", 3L);
        var file = Map.of("file", requireNonNull(made.get("file")));
        for (var call : List.of("verify($file)", "info($file)", "unpin($file)")) {
            assertThat(row(graph(), "CALL ign.backup." + call, file)).as(call).containsEntry("episode_count", 3L);
        }
        graph().executeTransactionally("MATCH (n) DETACH DELETE n");
        assertThat(row(graph(), "CALL ign.backup.create('emptied')"))
                .containsEntry("success", true)
                .containsEntry("episodesBefore", 0L)
                .containsEntry("warnings", List.of("WARNING: No episodes found"))
                .hasEntrySatisfying("message", m -> assertThat(m).asString().endsWith("; WARNING: No episodes found"));
    }

    @Test
    void aFileThatHasLostEpisodesGivesAlarm() throws IOException {
        graph().executeTransactionally("UNWIND range(1, 3) AS i CREATE (:Episodic {content: 'episode ' + i})");
        var made = row(graph(), "CALL ign.backup.create('whole')");
        var path = Path.of(String.valueOf(made.get("path")));
        Files.writeString(
                path,
                Files.readString(path)
                        .lines()
                        .filter(line -> !line.contains("episode 2"))
                        .collect(Collectors.joining("\n", "", "\n")));

        var verified = row(graph(), "CALL ign.backup.verify($file)", Map.of("file", requireNonNull(made.get("file"))));

        assertThat(verified)
                .containsEntry("valid", false)
                .containsEntry("episode_count", 2L)
                .containsEntry("warnings", List.of("Missing episode data!"));
    }

    @Test
    void whatIsNotConfirmedIsNotDone() {
        graph().executeTransactionally("CREATE (:A)-[:B]->(:C)");
        var file = row(graph(), "CALL ign.backup.create('before')").get("file");
        graph().executeTransactionally("CREATE (:D)");

        var refused = row(system(), "CALL ign.backup.restore()");

        assertThat(refused)
                .containsEntry("success", false)
                .containsEntry("state", "refused")
                .containsEntry("hint", "Call it again with {confirm:true}.");
        assertThat(refused.get("message"))
                .asString()
                .startsWith(
                        "not confirmed; nothing was done. This would replace 3 nodes and 1 relationships of database"
                                + " 'neo4j' by 2 nodes and 1 relationships of '" + file + "' (");
        assertThat(row(graph(), "MATCH (n) RETURN count(n) AS n")).containsEntry("n", 3L);
    }

    @Test
    void theStatusIsPrintedAsThePlanSays() {
        graph().executeTransactionally("UNWIND range(1, 1195) AS i CREATE (:F)");
        row(graph(), "CALL ign.backup.create('status')");
        graph().executeTransactionally("UNWIND range(1, 50) AS i CREATE (:F)");

        assertThat(row(graph(), "CALL ign.backup.status() YIELD text").get("text"))
                .isEqualTo("""
                        📊 Database Backup Status

                        Current Database:
                        • Nodes: 1,245
                        • Relationships: 0

                        Last Backup:
                        • Nodes: 1,195
                        • Relationships: 0
                        • Changes Since Last Backup:
                        • Nodes: +50
                        • Relationships: +0

                        Backup Recommendation: ⚠️ Backup recommended

                        ⚙️ Configuration
                        Auto-Backup Thresholds:
                        • Nodes: 50 new nodes
                        • Relationships: 100 new relationships
                        • Percentage: 10.0% increase
                        """);
    }

    @Test
    void aNameThatIsAPathIsRefused() {
        for (var name : List.of("../x.json", "/etc/x.json", "a/b.json", "x.json\u0000", "..json", "x.txt")) {
            assertThatThrownBy(() -> row(graph(), "CALL ign.backup.verify($name)", Map.of("name", name)))
                    .as(name)
                    .hasMessageContaining("is not the name of a backup file");
        }
    }

    @Test
    void anUnknownDatabaseIsRefusedByEveryProcedureThatTakesOne() {
        for (var call : List.of(
                "create('x', {database: 'nope'})",
                "restore(null, {database: 'nope'})",
                "verify('a.json', {database: 'nope'})",
                "list({database: 'nope'})",
                "info('a.json', {database: 'nope'})",
                "status({database: 'nope'})",
                "cancel({database: 'nope'})",
                "pin('a.json', {database: 'nope'})",
                "unpin('a.json', {database: 'nope'})")) {
            assertThatThrownBy(() -> row(system(), "CALL ign.backup." + call))
                    .as(call)
                    .hasMessageContaining("there is no database 'nope'");
        }
    }
}
