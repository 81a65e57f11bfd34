package ign.backup.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ign.backup.testkit.Await;
import ign.backup.testkit.InTurn;
import ign.backup.testkit.Neo4jServer;
import ign.backup.testkit.Neo4jVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.neo4j.driver.Record;
import org.neo4j.driver.exceptions.ClientException;
import org.neo4j.driver.exceptions.TransientException;

/** What the plugin does by itself on a server of which nobody takes care, and what it keeps over restarts. */
class AutomationIT {

    private static final Pattern DAILY_RUN = Pattern.compile("\"daily\":\"([^\"]*)\"");
    private static final String STATE = "data/ign-backup/state.json";
    private static final String AUTO_BACKUPS =
            "CALL ign.backup.list() YIELD file, tier WHERE tier = 'auto' RETURN file";

    private static Neo4jServer alone(Neo4jVersion version) {
        return Neo4jServer.of(version)
                .byItself()
                .environment("IGN_BACKUP_AUTO_QUIET", "5s")
                .environment("IGN_BACKUP_AUTO_MIN_INTERVAL", "10m")
                .start();
    }

    private static List<Record> autoBackups(Neo4jServer server) {
        return server.run(Neo4jServer.DATABASE, AUTO_BACKUPS, Map.of());
    }

    private static void fill(Neo4jServer server, int batches) {
        server.run(
                Neo4jServer.DATABASE,
                "UNWIND range(1, $batches) AS i CALL (i) { UNWIND range(1, 100) AS j CREATE (:Loaded {i: i, j: j})-[:TO]->(:End) }"
                        + " IN TRANSACTIONS OF 1 ROW",
                Map.of("batches", batches));
    }

    private static Map<String, Object> changes(Plugin plugin) {
        return plugin.status().get("changes").asMap();
    }

    private static void awaitIdle(Plugin plugin) {
        plugin.awaitStatus("nothing runs", row -> row.get("operation").isNull());
    }

    /** Two hundred commits, each of which alone reaches the thresholds. */
    @ParameterizedTest
    @EnumSource
    void aBulkLoadMakesOneBackupThatHoldsAllOfIt(Neo4jVersion version) {
        try (var server = alone(version)) {
            var plugin = Plugin.of(server);

            fill(server, 200);
            Await.until("an automatic backup", Plugin.LIMIT, () -> !autoBackups(server)
                    .isEmpty());
            awaitIdle(plugin);

            assertThat(autoBackups(server)).hasSize(1);
            Await.until("the log to tell of it", Plugin.LIMIT, () -> server.neo4jLog()
                    .contains("Auto-backup created due to significant changes"));
            var digest = server.probe().digest();
            assertThat(plugin.status().get("backup_recommended").asBoolean()).isFalse();
            assertThat(changes(plugin)).containsEntry("nodes_created", 0L).containsEntry("counted", true);
            server.run("MATCH (n:End) DETACH DELETE n");
            plugin.restore(autoBackups(server).get(0).get("file").asString());
            assertThat(server.probe().digest()).isEqualTo(digest);
        }
    }

    @ParameterizedTest
    @EnumSource
    void noCommitIsLostOverARestart(Neo4jVersion version) {
        try (var server = Neo4jServer.of(version).start()) {
            var plugin = Plugin.of(server);
            fill(server, 1);
            plugin.create(Map.of());
            server.run("MATCH (n:Loaded) WITH n LIMIT 7 SET n.changed = true");
            server.run("MATCH (n:Loaded) WHERE n.changed IS NULL WITH n LIMIT 3 DETACH DELETE n");
            server.run("UNWIND range(1, 5) AS i CREATE (:More)");
            Map<String, Object> expected = Map.of(
                    "nodes_created", 5L,
                    "nodes_deleted", 3L,
                    "nodes_changed", 7L,
                    "relationships_created", 0L,
                    "relationships_deleted", 3L,
                    "relationships_changed", 0L,
                    "counted", true);
            assertThat(changes(plugin)).isEqualTo(expected);

            server.restart();
            assertThat(changes(plugin)).isEqualTo(expected);
            server.run("UNWIND range(1, 2) AS i CREATE (:Again)");

            server.restart();
            assertThat(changes(plugin)).containsEntry("nodes_created", 7L).containsEntry("counted", true);
        }
    }

    /** What was committed after it was written down is known from the numbers of elements only, and the status says so. */
    @ParameterizedTest
    @EnumSource
    void afterACrashTheNumbersOfElementsTell(Neo4jVersion version) {
        try (var server = Neo4jServer.of(version).start()) {
            var plugin = Plugin.of(server);
            fill(server, 1);
            plugin.create(Map.of());
            server.run("UNWIND range(1, 9) AS i CREATE (:More)");
            server.run("MATCH (n:More) WITH n LIMIT 4 DELETE n");

            server.kill();
            server.start();

            assertThat(changes(plugin))
                    .containsEntry("nodes_created", 5L)
                    .containsEntry("nodes_deleted", 0L)
                    .containsEntry("counted", false);
        }
    }

    @ParameterizedTest
    @InTurn
    void settingsThatAreChangedByACallCountAtOnceAndAfterARestart(Neo4jVersion version) {
        try (var server = Neo4jServer.of(version).start()) {
            var plugin = Plugin.of(server);
            plugin.create(Map.of());
            server.run("UNWIND range(1, 3) AS i CREATE (:New)");
            assertThat(plugin.row("system", "CALL ign.backup.auto()", Map.of())
                            .get("created")
                            .asBoolean())
                    .isFalse();

            configure(server, "{node_threshold: 3, `auto.quiet`: '3s'}");

            assertThat(plugin.status().get("backup_recommended").asBoolean()).isTrue();
            assertThat(plugin.status().get("text").asString()).contains("• Nodes: 3 new nodes");
            server.restart();
            assertThat(plugin.status().get("backup_recommended").asBoolean()).isTrue();
            var made = plugin.row("system", "CALL ign.backup.auto()", Map.of());
            assertThat(made.get("created").asBoolean()).isTrue();
            assertThat(made.get("reasons").asList()).containsExactly("3 nodes more, the threshold is 3");

            assertThatThrownBy(() -> configure(server, "{node_threshold: 4, rel_threshold: 'many'}"))
                    .isInstanceOf(ClientException.class)
                    .hasMessageContaining(
                            "'rel_threshold' (ign.backup.configure()) is 'many', expected is a whole number");
            assertThatThrownBy(() -> configure(server, "{folder: 'elsewhere'}"))
                    .isInstanceOf(ClientException.class)
                    .hasMessageContaining("'folder' is read only when the server starts");
            assertThatThrownBy(() -> configure(server, "{`tiers.daily.schedule`: '61 * * * *'}"))
                    .isInstanceOf(ClientException.class)
                    .hasMessageContaining(
                            "setting 'tiers.daily.schedule': the schedule '61 * * * *' cannot be followed");
            assertThat(inForce(server, "node_threshold")).isEqualTo("3 call");

            configure(server, "{node_threshold: null}");
            assertThat(inForce(server, "node_threshold")).isEqualTo("50 default");
        }
    }

    private static void configure(Neo4jServer server, String settings) {
        server.run("system", "CALL ign.backup.configure(" + settings + ")", Map.of());
    }

    private static String inForce(Neo4jServer server, String setting) {
        var row = server.run(
                        Neo4jServer.DATABASE,
                        "CALL ign.backup.configure() YIELD setting, value, origin WHERE setting = $name RETURN *",
                        Map.of("name", setting))
                .get(0);
        return row.get("value").asString() + " " + row.get("origin").asString();
    }

    /** The server was down when its daily backup was due, several times. */
    @ParameterizedTest
    @InTurn
    void whatWasMissedWhileTheServerWasDownIsMadeOnce(Neo4jVersion version) throws IOException {
        try (var server = Neo4jServer.of(version)
                .environment("IGN_BACKUP_TIERS_DAILY_ENABLED", "true")
                .start()) {
            var plugin = Plugin.of(server);
            var state = server.home().resolve(STATE);
            Await.until("the schedule's first look", Plugin.LIMIT, () -> Files.exists(state));
            server.run("CREATE (:Kept)");
            server.stop();
            var text = Files.readString(state);
            var daily = DAILY_RUN.matcher(text);
            assertThat(daily.find()).as(text).isTrue();
            var seen = Instant.parse(daily.group(1));
            Files.writeString(
                    state,
                    text.replace(daily.group(1), seen.minus(Duration.ofDays(5)).toString()));

            server.start();
            Await.until("the daily backup", Plugin.LIMIT, () -> plugin.list().stream()
                    .anyMatch(row -> row.get("tier").asString().equals("daily")));
            awaitIdle(plugin);
            server.restart();

            assertThat(plugin.list()).hasSize(1);
            var listed = plugin.list().get(0);
            assertThat(listed.get("file").asString()).startsWith("neo4j-daily-");
            assertThat(listed.get("reason").asString()).isEqualTo("Scheduled daily backup");
            var job =
                    server.run("system", "CALL ign.backup.schedule()", Map.of()).get(0);
            assertThat(job.get("job").asString()).isEqualTo("daily");
            assertThat(job.get("next_run").asZonedDateTime().toInstant()).isAfter(seen);
        }
    }

    /** A distribution brings it along. */
    @ParameterizedTest
    @InTurn
    void aBundledBackupIsOfferedToAnEmptyDatabaseOrRestoredByItself(Neo4jVersion version) throws IOException {
        var bundle = bundle(version);
        try (var server = Neo4jServer.of(version).build()) {
            var plugin = Plugin.of(server);
            Files.createDirectories(plugin.folder());
            Files.write(plugin.folder().resolve("initial_backup.json"), bundle);

            server.start();

            assertThat(plugin.status().get("bundled_backup").asString()).isEqualTo("initial_backup.json");
            assertThat(plugin.status().get("text").asString())
                    .contains(
                            "Offer: database 'neo4j' is empty, and the bundled backup 'initial_backup.json' is there");
            Await.until("the log to tell of it", Plugin.LIMIT, () -> server.neo4jLog()
                    .contains("the bundled backup 'initial_backup.json' is there"));
            assertThat(plugin.list()).isEmpty();
            server.run("CREATE (:Mine)");
            assertThat(plugin.status().get("bundled_backup").isNull()).isTrue();
            server.run("MATCH (n:Mine) DELETE n");

            server.stop();
            Files.writeString(server.home().resolve("conf/ign-backup.conf"), "initialRestore = auto\n");
            server.start();

            Await.until("the bundled graph", Plugin.LIMIT, () -> count(server, "Bundled") == 3);
            awaitIdle(plugin);
            assertThat(plugin.status().get("bundled_backup").isNull()).isTrue();
            server.run("MATCH (n:Bundled) WITH n LIMIT 1 DELETE n");
            server.restart();
            plugin.awaitStatus(
                    "the plugin has looked", row -> row.get("operation").isNull());
            assertThat(count(server, "Bundled")).isEqualTo(2);
        }
    }

    private static byte[] bundle(Neo4jVersion version) throws IOException {
        var server = Neo4jServer.shared(version);
        var plugin = Plugin.withEmptyFolder(server);
        server.run("UNWIND range(1, 3) AS i CREATE (:Bundled {i: i})");
        return Files.readAllBytes(plugin.folder().resolve(plugin.create(Map.of())));
    }

    private static long count(Neo4jServer server, String label) {
        try {
            return server.run("MATCH (n:" + label + ") RETURN count(n) AS n")
                    .get(0)
                    .get("n")
                    .asLong();
        } catch (TransientException away) { // while the stores are exchanged
            return -1;
        }
    }

    @ParameterizedTest
    @InTurn
    void createWithAutoSaysWhetherItWasNeeded(Neo4jVersion version) {
        var server = Neo4jServer.shared(version);
        var plugin = Plugin.withEmptyFolder(server);
        server.run("CREATE (:One)");

        var first = plugin.tryCreate(Map.of("auto", true));
        var second = plugin.tryCreate(Map.of("auto", true));

        assertThat(first.get("tier").asString()).isEqualTo("auto");
        assertThat(second.get("success").asBoolean()).isTrue();
        assertThat(second.get("code").asString()).isEqualTo("ok");
        assertThat(second.get("file").isNull()).isTrue();
        assertThat(second.get("message").asString())
                .isEqualTo("No backup is needed: no threshold is reached: +0 nodes, +0 relationships");
        assertThat(plugin.list()).hasSize(1);
    }

    @ParameterizedTest
    @InTurn
    void pruneSaysWhatBecomesOfEachBackupAndDoesIt(Neo4jVersion version) {
        var server = Neo4jServer.shared(version);
        var plugin = Plugin.withEmptyFolder(server);
        var pinned = plugin.create(Map.of("pin", true));
        var daily = plugin.create(Map.of("tier", "daily"));
        var last = plugin.create(Map.of());
        server.run("system", "CALL ign.backup.unpin($file)", Map.of("file", pinned));

        var preview = server.run("system", "CALL ign.backup.prune({dryRun: true})", Map.of());

        assertThat(preview).extracting(row -> row.get("file").asString()).containsExactly(last, daily, pinned);
        assertThat(preview).extracting(row -> row.get("action").asString()).containsExactly("keep", "keep", "remove");
        assertThat(preview.get(2).get("reason").asString())
                .isEqualTo("tier 'manual' keeps 1, and newer good ones are there");
        assertThat(plugin.list()).hasSize(3);

        var done = server.run("system", "CALL ign.backup.prune()", Map.of());

        assertThat(done).extracting(row -> row.get("action").asString()).containsExactly("keep", "keep", "removed");
        assertThat(plugin.list()).extracting(row -> row.get("file").asString()).containsExactly(last, daily);
    }

    @ParameterizedTest
    @InTurn
    void healthSaysWhatIsNotAsItShouldBe(Neo4jVersion version) throws IOException {
        var server = Neo4jServer.shared(version);
        var plugin = Plugin.withEmptyFolder(server);

        assertThat(health(server)).containsEntry("backups", "FAIL No backups found");

        var file = plugin.create(Map.of());
        assertThat(health(server))
                .containsEntry("backups", "OK the latest backup is '" + file + "' and 0 days old")
                .containsEntry("files", "OK all 1 backups are there, and none is known to be damaged")
                .containsEntry("automatic", "WARN automatic backups are off");

        Files.writeString(plugin.folder().resolve(file), "not a backup any more");
        plugin.verify(file);
        assertThat(health(server))
                .containsEntry("backups", "FAIL No backups found")
                .containsEntry("files", "FAIL 1 of 1 backups cannot be restored: " + file + " (damaged)");
    }

    private static Map<String, String> health(Neo4jServer server) {
        return server.run("system", "CALL ign.backup.health()", Map.of()).stream()
                .collect(Collectors.toMap(
                        row -> row.get("check").asString(),
                        row -> row.get("status").asString() + " "
                                + row.get("message").asString(),
                        (one, another) -> one));
    }
}
