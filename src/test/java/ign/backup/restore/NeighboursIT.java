package ign.backup.restore;

import static org.assertj.core.api.Assertions.assertThat;

import ign.backup.server.Plugin;
import ign.backup.testkit.Await;
import ign.backup.testkit.BuildFolder;
import ign.backup.testkit.Neo4jServer;
import ign.backup.testkit.Neo4jVersion;
import ign.backup.testkit.ProbePlugin;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What else works in the server goes on working with the restored store: triggers, and extensions of the HTTP side. */
class NeighboursIT {

    @Test
    void triggersOfApocWorkOnTheRestoredGraph() throws IOException {
        var builder = Neo4jServer.of(Neo4jVersion.V5_26)
                .setting("dbms.security.procedures.unrestricted", "apoc.*")
                .systemProperty("apoc.trigger.enabled", "true")
                .systemProperty("apoc.trigger.refresh", "500");
        try (var jars = Files.list(BuildFolder.library(Objects.requireNonNull(System.getProperty("ign.test.apoc"))))) {
            jars.forEach(builder::plugin);
        }
        try (var server = builder.start()) {
            var plugin = Plugin.of(server);
            for (var phase : new String[] {"before", "after", "afterAsync"}) {
                server.run(
                        "system",
                        "CALL apoc.trigger.install('neo4j', $phase, $statement, {phase: $phase})",
                        Map.of(
                                "phase",
                                phase,
                                "statement",
                                "UNWIND $createdNodes AS o WITH o WHERE o:Order CREATE (:Seen {phase: '" + phase
                                        + "', n: o.n})"));
            }
            awaitTriggers(server, 0);
            server.run("MATCH (n) DETACH DELETE n");
            server.run("CREATE (:Saved)");
            var file = plugin.create(Map.of("pin", true));

            for (int i = 1; i <= 2; i++) {
                assertThat(plugin.restore(file).get("code").asString()).isEqualTo("ok");
                awaitTriggers(server, i);
            }
            assertThat(plugin.tryRollback().get("success").asBoolean()).isTrue();
            awaitTriggers(server, 3);
        }
    }

    /** They come into force some time after they were installed. */
    private static void awaitTriggers(Neo4jServer server, int number) {
        Await.until("all triggers", Plugin.LIMIT, () -> {
            server.run("neo4j", "CREATE (:Order {n: $n})", Map.of("n", number));
            return server.run(
                                    "neo4j",
                                    "MATCH (s:Seen {n: $n}) RETURN count(DISTINCT s.phase) AS phases",
                                    Map.of("n", number))
                            .get(0)
                            .get("phases")
                            .asLong()
                    == 3;
        });
    }

    @ParameterizedTest
    @EnumSource
    void anUnmanagedExtensionSeesTheRestoredGraph(Neo4jVersion version) throws IOException, InterruptedException {
        version.assumeAvailable();
        try (var server = Neo4jServer.of(version)
                .plugin(ProbePlugin.failpointJar())
                .setting("server.unmanaged_extension_classes", "ign.backup.failpoint=/ext")
                .start()) {
            var plugin = Plugin.of(server);
            server.run("CREATE (:Saved)");
            var file = plugin.create(Map.of());
            server.run("CREATE (:Live)");
            assertThat(answer(server)).isEqualTo("2");

            plugin.restore(file);

            assertThat(answer(server)).isEqualTo("1");
        }
    }

    private static String answer(Neo4jServer server) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(server.httpUri() + "/ext/nodes"))
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
