package ign.backup.restore;

import static org.assertj.core.api.Assertions.assertThat;

import ign.backup.server.Plugin;
import ign.backup.testkit.BuildFolder;
import ign.backup.testkit.Neo4jServer;
import ign.backup.testkit.Neo4jVersion;
import ign.backup.testkit.Probe.GraphDigest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The drills of docs/disaster-recovery.md, each from the disaster to the graph that is back. */
class DisasterIT {

    private static final String DAILY = "CALL ign.backup.create('Every night', {tier: 'daily'})";

    @ParameterizedTest
    @EnumSource
    void corruptStoreFiles(Neo4jVersion version) throws IOException {
        version.assumeAvailable();
        try (var server = filled(version)) {
            var plugin = Plugin.of(server);
            server.run(DAILY);
            var saved = server.probe().digest();
            server.run("CREATE (:SinceThen)");
            server.stop();
            var store = server.home().resolve("data/databases/neo4j");
            for (var name : new String[] {"neostore", "neostore.nodestore.db", "neostore.propertystore.db"}) {
                Files.write(store.resolve(name), new byte[] {4, 2});
            }
            server.startWithoutDatabase();
            assertThat(status(server)).isNotEqualTo("online");

            var row = plugin.row("system", "CALL ign.backup.restore(null, {confirm: true})", Map.of());

            assertThat(row.get("code").asString()).as("%s", row.asMap()).isEqualTo("ok");
            assertThat(row.get("previous_node_count").isNull()).isTrue();
            assertThat(server.probe().digest()).isEqualTo(saved);
            assertThat(status(server)).isEqualTo("online");
            server.restart();
            assertThat(server.probe().digest()).isEqualTo(saved);
        }
    }

    /** Neo4j's own log brings back all that was confirmed; no backup is needed. */
    @ParameterizedTest
    @EnumSource
    void aServerThatRunsOutOfMemoryLosesNothing(Neo4jVersion version) {
        version.assumeAvailable();
        try (var server = filled(version)) {
            server.run("CREATE (:Confirmed)");
            var saved = server.probe().digest();

            server.kill();
            server.start();

            assertThat(server.probe().digest()).isEqualTo(saved);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aDiskThatFailsIsReplacedFromTheCopyOnAnotherOne(Neo4jVersion version) throws IOException {
        version.assumeAvailable();
        var external = BuildFolder.fresh("external");
        String file;
        GraphDigest saved;
        try (var server = filled(version)) {
            var plugin = Plugin.of(server);
            file = server.run(DAILY).get(0).get("file").asString();
            saved = server.probe().digest();
            copy(plugin.folder(), external, file);
        }
        try (var server = Neo4jServer.of(version).start()) {
            var plugin = Plugin.of(server);
            plugin.create(Map.of()); // makes the folder
            copy(external, plugin.folder(), file);

            assertThat(plugin.restore(file).get("code").asString()).isEqualTo("ok");

            assertThat(server.probe().digest()).isEqualTo(saved);
        }
    }

    /** Nothing is left but the monthly archive, and the server is of the other version. */
    @ParameterizedTest
    @EnumSource
    void completeLoss(Neo4jVersion version) throws IOException {
        version.assumeAvailable();
        var archive = BuildFolder.fresh("archive");
        String file;
        GraphDigest saved;
        try (var server = filled(Neo4jVersion.V5_26)) {
            file = server.run("CALL ign.backup.create('Every month', {tier: 'monthly'})")
                    .get(0)
                    .get("file")
                    .asString();
            saved = server.probe().digest();
            Files.copy(Plugin.of(server).folder().resolve(file), archive.resolve(file));
        }
        try (var server = Neo4jServer.of(version).start()) {
            var folder = Plugin.of(server).folder();
            Files.createDirectories(folder);
            Files.copy(archive.resolve(file), folder.resolve(file)); // alone, without its digest

            assertThat(Plugin.of(server).restore(file).get("code").asString()).isEqualTo("ok");

            assertThat(server.probe().digest().content()).isEqualTo(saved.content());
        }
    }

    private static Neo4jServer filled(Neo4jVersion version) {
        var server = Neo4jServer.of(version).start();
        server.run("CREATE CONSTRAINT episode FOR (e:Episodic) REQUIRE e.uuid IS UNIQUE");
        server.run("UNWIND range(1, 2000) AS i CREATE (e:Episodic {uuid: 'e' + i, valid_at: datetime()})"
                + " CREATE (e)-[:MENTIONS]->(:Entity {name: 'n' + i})");
        return server;
    }

    private static String status(Neo4jServer server) {
        return server.run("system", "SHOW DATABASE neo4j YIELD currentStatus", Map.of())
                .get(0)
                .get("currentStatus")
                .asString();
    }

    private static void copy(Path from, Path to, String file) throws IOException {
        for (var name : new String[] {file, file + ".sha256"}) {
            Files.copy(from.resolve(name), to.resolve(name));
        }
    }
}
