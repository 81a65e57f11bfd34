package ign.backup.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ign.backup.testkit.Await;
import ign.backup.testkit.BuildFolder;
import ign.backup.testkit.CypherShell;
import ign.backup.testkit.Neo4jServer;
import ign.backup.testkit.Neo4jVersion;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a distribution brings along for an empty database, from its making to the first start, and what becomes of the user's choice. */
@Timeout(600)
class DistributionIT {

    private static final String INITIAL_DATA = """
            // what a new installation begins with
            CREATE CONSTRAINT function_name FOR (f:Function) REQUIRE f.name IS UNIQUE;
            CREATE (:Function {name: 'system.tag.readBlocking; with an odd name'});
            CREATE (:Function {name: 'system.tag.writeBlocking'});
            MATCH (a:Function), (b:Function) WHERE a.name < b.name CREATE (a)-[:CO_OCCURS_WITH {confidence: 0.85}]->(b);
            """;

    private static Neo4jServer build(Neo4jVersion version) {
        return Neo4jServer.of(version)
                .environment("IGN_BACKUP_INITIAL_DATA", "initial_data.cypher")
                .environment("IGN_BACKUP_RELEASE_ROOT", "release")
                .environment("IGN_BACKUP_THREADS", "1")
                .environment("IGN_BACKUP_MAX_BYTES_PER_SECOND", "1m")
                .build();
    }

    private static void awaitLog(Neo4jServer server, String text) {
        Await.until("the log to say '" + text + "'", Plugin.LIMIT, () -> server.neo4jLog()
                .contains(text));
    }

    private static long nodes(Neo4jServer server) {
        return server.run("MATCH (n) RETURN count(n) AS n").get(0).get("n").asLong();
    }

    private static void assertFilled(Neo4jServer server) {
        assertThat(
                        server.run(
                                "MATCH (:Function)-[r:CO_OCCURS_WITH]->(:Function) RETURN count(r) AS n, r.confidence AS confidence"))
                .singleElement()
                .satisfies(row -> assertThat(row.get("n").asLong()).isEqualTo(1));
        assertThat(server.run("SHOW CONSTRAINTS YIELD name"))
                .extracting(row -> row.get("name").asString())
                .containsExactly("function_name");
    }

    /** One server for all of it, since each start takes its time. */
    @ParameterizedTest
    @EnumSource
    void initialDataFillAnEmptyDatabaseOnceAndOnlyWithoutABundleOrWhenThatIsDeclined(Neo4jVersion version)
            throws IOException, InterruptedException {
        try (var server = build(version)) {
            var plugin = Plugin.of(server);
            plugin.write("initial_data.cypher", (INITIAL_DATA + "CREATE (:Function {name: 1/0});\n").getBytes(UTF_8));

            server.start();
            awaitLog(server, "populate of database 'neo4j' by 'ign-backup' ended 'bad-request'");
            aFailureLeavesNothingAndIsTold(server, plugin);

            server.stop();
            plugin.write("initial_data.cypher", INITIAL_DATA.getBytes(UTF_8));
            plugin.write("initial_backup.json", bundle(version));
            server.start();
            awaitLog(server, "the bundled backup 'initial_backup.json' is there");
            assertThat(plugin.status().get("bundled_backup").asString()).isEqualTo("initial_backup.json");
            assertThat(nodes(server)).isZero();

            server.run("system", "CALL ign.backup.configure({initial_restore: 'off'})", Map.of());
            awaitLog(server, "populate of database 'neo4j' by 'ign-backup' ended 'ok' after ");
            assertFilled(server);
            assertThat(plugin.status().get("bundled_backup").isNull()).isTrue();
            assertThat(plugin.outcome("populate").get("message"))
                    .isEqualTo("'initial_data.cypher' was executed: 4 statements, 2 nodes and 1 relationships");

            theSameStoreIsNotFilledAgain(server, plugin);
            aBundleIsMadeForARelease(server, plugin);
            makingItCanBeCancelledAndLeavesTheOldOne(server, plugin);
        }
    }

    private static void aFailureLeavesNothingAndIsTold(Neo4jServer server, Plugin plugin) {
        var message = "statement 5 of 'initial_data.cypher', which begins in line 6, cannot be executed: / by zero";
        assertThat(nodes(server)).isZero();
        assertThat(server.run("SHOW CONSTRAINTS YIELD name")).isEmpty();
        assertThat(plugin.status().get("notes").asList())
                .containsExactly("database 'neo4j' was not filled with initial data: " + message);
        assertThat(
                        server.run(
                                "CALL ign.backup.health() YIELD check, status, message WHERE check = 'start' RETURN status, message"))
                .singleElement()
                .satisfies(row -> {
                    assertThat(row.get("status").asString()).isEqualTo("WARN");
                    assertThat(row.get("message").asString()).endsWith(message);
                });
    }

    /** A user who empties the graph wants it empty. */
    private static void theSameStoreIsNotFilledAgain(Neo4jServer server, Plugin plugin) {
        server.run("MATCH (n) DETACH DELETE n");

        server.restart();
        awaitLog(server, "'initial_data.cypher' was executed on this store before: it is not executed again");

        assertThat(nodes(server)).isZero();
        assertThat(plugin.status().get("last_operation").isNull()).isTrue();
    }

    private static void aBundleIsMadeForARelease(Neo4jServer server, Plugin plugin)
            throws IOException, InterruptedException {
        Files.createDirectories(server.home().resolve("release"));
        server.run("UNWIND range(1, 400) AS i CREATE (:Function {name: 'f' + i})-[:USED_IN]->(:Pattern {i: i})");
        var released = server.probe().digest();

        var made = plugin.row("system", "CALL ign.backup.init({to: 'release/neo4j/fullbackup'})", Map.of());

        assertThat(made.get("success").asBoolean()).as("%s", made.asMap()).isTrue();
        var file = server.home().resolve("release/neo4j/fullbackup/initial_backup.json");
        assertThat(made.get("release_path").asString()).isEqualTo(file.toString());
        assertThat(file).hasSameBinaryContentAs(plugin.folder().resolve("initial_backup.json"));
        assertThat(plugin.list()).noneMatch(row -> row.get("file").asString().startsWith("initial"));
        awaitLog(server, "init of database 'neo4j' by 'anonymous' ended 'ok' after ");
        theScriptMakesAPackage(server);
        server.run("MATCH (n) DETACH DELETE n");
        plugin.tryRestore("initial_backup.json", Map.of("mode", "into-empty", "confirm", true));
        assertThat(server.probe().digest()).isEqualTo(released);
    }

    private static void theScriptMakesAPackage(Neo4jServer server) throws IOException, InterruptedException {
        var tools = BuildFolder.fresh("release");
        CypherShell.makeCommand(tools);
        var release = server.home().resolve("release");
        var builder = new ProcessBuilder("examples/scripts/release.sh", "1.5.0", release.toString())
                .redirectErrorStream(true)
                .redirectOutput(tools.resolve("output").toFile());
        builder.environment().merge("PATH", tools.toString(), (path, first) -> first + File.pathSeparator + path);
        builder.environment().put("NEO4J_ADDRESS", server.boltUri().toString());
        var process = builder.start();
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();

        assertThat(process.exitValue())
                .as(Files.readString(tools.resolve("output")))
                .isZero();
        assertThat(release.resolve("release-v1.5.0.tar.gz")).isNotEmptyFile();
        assertThat(Files.readString(release.resolve("neo4j/fullbackup/initial_backup.json")))
                .contains("\"reason\":\"Release v1.5.0 distribution backup\"");
    }

    /** Of a server of its own, which is not that of the test. */
    private static byte[] bundle(Neo4jVersion version) throws IOException {
        var server = Neo4jServer.shared(version);
        var plugin = Plugin.withEmptyFolder(server);
        server.run("CREATE (:Bundled)");
        var row =
                plugin.row("system", "CALL ign.backup.init({reason: 'Release v1.5.0 distribution backup'})", Map.of());
        assertThat(plugin.row("system", "CALL ign.backup.init({to: 'release'})", Map.of())
                        .get("hint")
                        .asString())
                .startsWith("Set 'release_root' (IGN_BACKUP_RELEASE_ROOT) to the folder of your releases");
        return Files.readAllBytes(Path.of(row.get("path").asString()));
    }

    private static void makingItCanBeCancelledAndLeavesTheOldOne(Neo4jServer server, Plugin plugin) {
        var old = plugin.read("initial_backup.json");
        plugin.fillWithMuch(10); // which takes seconds at this rate

        var call = Plugin.inBackground(
                "init", () -> plugin.row("neo4j", "CALL ign.backup.init({reason: 'to be cancelled'})", Map.of()));
        plugin.awaitStatus("init runs", row -> row.get("operation").asString("").equals("init"));
        server.run("system", "CALL ign.backup.cancel()", Map.of());
        var ended = Plugin.await(call);

        assertThat(ended.get("code").asString()).as("%s", ended.asMap()).isEqualTo("cancelled");
        assertThat(plugin.read("initial_backup.json")).isEqualTo(old);
        assertThat(plugin.files()).noneMatch(name -> name.endsWith(".part"));
        awaitLog(server, "init of database 'neo4j' by 'anonymous' for 'to be cancelled' ended 'cancelled'");
    }
}
