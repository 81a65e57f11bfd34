package ign.backup.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import ign.backup.notify.Receiver;
import ign.backup.testkit.Await;
import ign.backup.testkit.InTurn;
import ign.backup.testkit.Neo4jServer;
import ign.backup.testkit.Neo4jVersion;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.neo4j.driver.Record;

/** What a status compares a graph with, and what of its history and its health is told by itself. */
class AfterRestoreIT {

    private static void fill(Neo4jServer server, int nodes) {
        server.run(
                Neo4jServer.DATABASE, "UNWIND range(1, $nodes) AS i CREATE (:Episodic {i: i})", Map.of("nodes", nodes));
    }

    private static Record auto(Plugin plugin) {
        return plugin.row("system", "CALL ign.backup.auto()", Map.of());
    }

    /** A small graph, a big one, and the small one back: it must grow by the thresholds until the next backup, and not beyond the big one. */
    @ParameterizedTest
    @EnumSource
    void theRestoredBackupIsTheOneToCompareWith(Neo4jVersion version) {
        try (var server = Neo4jServer.of(version)
                .environment("IGN_BACKUP_PERCENTAGE_THRESHOLD", "1000%")
                .start()) {
            var plugin = Plugin.of(server);
            fill(server, 10);
            var small = plugin.create(Map.of("tier", "weekly"));
            fill(server, 1000);
            var big = plugin.create(Map.of("tier", "daily"));

            plugin.restore(small);

            assertThat(plugin.status().asMap())
                    .containsEntry("last_backup", small)
                    .containsEntry("last_backup_node_count", 10L)
                    .containsEntry("last_backup_episode_count", 10L)
                    .containsEntry("episode_count", 10L)
                    .containsEntry("node_change", 0L)
                    .containsEntry("backup_recommended", false);
            fill(server, 49);
            assertThat(plugin.status().asMap())
                    .containsEntry("node_change", 49L)
                    .containsEntry("episode_count", 59L)
                    .containsEntry("backup_recommended", false);
            assertThat(plugin.status().get("changes").asMap())
                    .containsEntry("nodes_created", 49L)
                    .containsEntry("counted", true);
            server.restart();
            assertThat(plugin.status().asMap())
                    .containsEntry("last_backup", small)
                    .containsEntry("node_change", 49L);
            assertThat(plugin.status().get("changes").asMap()).containsEntry("counted", true);
            assertThat(auto(plugin).get("created").asBoolean()).isFalse();

            fill(server, 1);
            assertThat(plugin.status().get("backup_recommended").asBoolean()).isTrue();
            var made = auto(plugin);
            assertThat(made.get("created").asBoolean()).isTrue();
            assertThat(made.get("reasons").asList(value -> value.asString()))
                    .containsExactly("50 nodes more, the threshold is 50");
            assertThat(plugin.status().asMap())
                    .containsEntry("last_backup", made.get("file").asString())
                    .containsEntry("node_change", 0L);

            plugin.tryRollback();
            assertThat(plugin.status().asMap())
                    .as("the store of the big one is back")
                    .containsEntry("last_backup", big)
                    .containsEntry("node_change", 0L);
        }
    }

    @ParameterizedTest
    @InTurn
    void theTrendGoesOverRemovedBackupsToo(Neo4jVersion version) {
        var server = Neo4jServer.shared(version);
        var plugin = Plugin.withEmptyFolder(server);
        server.run("MATCH (n) DETACH DELETE n");
        var first = plugin.create(Map.of());
        server.run("UNWIND range(1, 500) AS i CREATE (:Sized {i: i})");
        var second = plugin.create(Map.of());

        var trend = server.run("system", "CALL ign.backup.list({trend: true})", Map.of());

        assertThat(trend).extracting(row -> row.get("file").asString()).containsExactly(first, second);
        assertThat(trend).extracting(row -> row.get("state").asString()).containsExactly("removed", "good");
        assertThat(trend.get(0).get("growth_bytes").isNull()).isTrue();
        assertThat(trend.get(1).get("growth_since").asString()).isEqualTo(first);
        assertThat(trend.get(1).get("growth_bytes").asLong())
                .isEqualTo(trend.get(1).get("size_bytes").asLong()
                        - trend.get(0).get("size_bytes").asLong())
                .isPositive();
        assertThat(trend.get(1).get("growth_percent").asDouble()).isPositive();
        assertThat(plugin.listed(second).get("growth_bytes").isNull()).isTrue();
    }

    @ParameterizedTest
    @InTurn
    void infoTellsWhoHasAskedAndHowItWasVerified(Neo4jVersion version) {
        var server = Neo4jServer.shared(version);
        var plugin = Plugin.withEmptyFolder(server);
        var file = plugin.create(Map.of());
        plugin.verify(file);

        var info = plugin.row("system", "CALL ign.backup.info($file)", Map.of("file", file));

        var details = info.get("details").asMap();
        assertThat(details).containsKeys("created_by", "plugin_version", "neo4j_version", "store_id", "entered");
        assertThat(info.get("details").get("verifications").asList(value -> value.get("message")
                        .asString()))
                .containsExactly("Backup validation successful", "Backup validation successful");
        assertThat(info.get("markdown").asString())
                .contains("| File | `" + file + "` |", "| Reason | campaign |", "by " + details.get("created_by"));
    }

    @ParameterizedTest
    @InTurn // a schedule has no shorter time than a minute
    void aChangeOfHealthIsToldOnceAlsoOverARestart(Neo4jVersion version) throws IOException {
        version.assumeAvailable();
        try (var webhook = new Receiver();
                var server = Neo4jServer.of(version)
                        .environment("IGN_BACKUP_HEALTH_SCHEDULE", "* * * * *")
                        .environment("IGN_BACKUP_NOTIFY_WEBHOOK_EVENTS", "alert")
                        .environment(
                                "IGN_BACKUP_NOTIFY_WEBHOOK_URL",
                                webhook.address().toString())
                        .start()) {
            var plugin = Plugin.of(server);
            Await.until(
                    "the log to tell of it",
                    Plugin.LIMIT,
                    () -> server.neo4jLog()
                            .contains(
                                    "WARN  [ign.backup] health of database 'neo4j': backups is FAIL, was OK: No backups found. HINT: "));
            var told = new ObjectMapper().readTree(webhook.next().body());
            assertThat(told.get("event").asText()).isEqualTo("alert");
            assertThat(told.get("check").asText()).isEqualTo("backups");
            assertThat(told.get("status").asText()).isEqualTo("FAIL");
            assertThat(server.run("system", "CALL ign.backup.schedule()", Map.of()))
                    .anyMatch(row -> row.get("job").asString().equals("health")
                            && row.get("enabled").asBoolean());

            assertThat(server.neo4jLog().lines().filter(line -> line.contains("backups is FAIL, was OK")))
                    .hasSize(1);
            plugin.create(Map.of());
            server.restart();
            Await.until(
                    "the log to tell of the end",
                    Plugin.LIMIT,
                    () -> server.neo4jLog()
                            .contains(
                                    "INFO  [ign.backup] health of database 'neo4j': backups is OK, was FAIL: the latest backup is"));
            assertThat(server.neo4jLog()).as("the log since the restart").doesNotContain("backups is FAIL, was OK");
        }
    }
}
