package ign.backup.server;

import static org.assertj.core.api.Assertions.assertThat;

import ign.backup.testkit.BuildFolder;
import ign.backup.testkit.Neo4jAdmin;
import ign.backup.testkit.Neo4jServer;
import ign.backup.testkit.Neo4jVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The Northwind example of Neo4j: data that was not made for these tests. */
class RealDataIT {

    private static final Path DUMP = Path.of("../shared/data/northwind-50.dump");

    @ParameterizedTest
    @EnumSource
    void northwindComesBackAsItWas(Neo4jVersion version) throws IOException {
        Assumptions.assumeTrue(Files.exists(DUMP), "the Northwind dump of Neo4j's examples is not beside the project");
        try (var server = Neo4jServer.of(version).build()) {
            load(server);
            server.start();
            var plugin = Plugin.of(server);
            var original = server.probe().digest();
            assertThat(original.nodes()).isEqualTo(1035);
            assertThat(original.relationships()).isEqualTo(3139);

            var file = plugin.create(Map.of("compression", "gzip"));
            server.clear();
            var row = plugin.restore(file);

            assertThat(server.probe().digest()).isEqualTo(original);
            assertThat(row.get("warnings").asList()).isEmpty();
            assertThat(server.run(
                                    "MATCH (:Customer)-[:PURCHASED]->(:Order)-[o:ORDERS]->(:Product) RETURN count(o) AS n")
                            .get(0)
                            .get("n")
                            .asLong())
                    .isEqualTo(2155);

            server.stop();
            Neo4jAdmin.run(server, "database", "check", Neo4jServer.DATABASE).expectSuccess();
        }
    }

    private static void load(Neo4jServer server) throws IOException {
        var folder = BuildFolder.fresh("northwind");
        Files.copy(DUMP, folder.resolve("neo4j.dump"));
        Neo4jAdmin.run(
                        server,
                        "database",
                        "load",
                        "--from-path=" + folder,
                        "--overwrite-destination=true",
                        Neo4jServer.DATABASE)
                .expectSuccess();
        Neo4jAdmin.run(server, "database", "migrate", Neo4jServer.DATABASE);
    }
}
