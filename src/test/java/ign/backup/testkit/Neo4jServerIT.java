package ign.backup.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.neo4j.driver.AuthTokens;
import org.neo4j.driver.GraphDatabase;
import org.neo4j.driver.exceptions.AuthenticationException;

class Neo4jServerIT {

    @ParameterizedTest
    @EnumSource
    void answersTheDriverAndTheShell(Neo4jVersion version) {
        var server = Neo4jServer.shared(version);

        server.run(Neo4jServer.DATABASE, "CREATE (:A {name: $name})", Map.of("name", "one"));
        var shell = CypherShell.run(server, "MATCH (n:A) RETURN n.name AS name, count(*) AS number");

        assertThat(server.run("CALL dbms.components() YIELD versions RETURN versions[0] AS version")
                        .get(0)
                        .get("version")
                        .asString())
                .isEqualTo(version.number());
        assertThat(shell.expectSuccess().lines()).containsExactly("name, number", "\"one\", 1");
    }

    @ParameterizedTest
    @InTurn
    void theShellTellsAWrongStatement(Neo4jVersion version) {
        var shell = CypherShell.run(Neo4jServer.shared(version), "RETURN nonsense");

        assertThat(shell.exitCode()).isEqualTo(1);
        assertThat(shell.errors()).contains("Variable `nonsense` not defined");
    }

    @ParameterizedTest
    @InTurn
    void isGivenOutEmpty(Neo4jVersion version) {
        var server = Neo4jServer.shared(version);
        var before = server.probe().digest();
        server.run("CREATE (:A)-[:R]->(:B)");
        server.run("CREATE INDEX odd FOR (n:A) ON (n.x)");
        server.run("CREATE CONSTRAINT FOR (n:A) REQUIRE n.y IS UNIQUE");

        assertThat(Neo4jServer.shared(version).probe().digest()).isEqualTo(before);
        assertThat(before.nodes()).isZero();
        assertThat(before.schema().lines()).hasSize(2).allMatch(line -> line.contains(" LOOKUP "));
    }

    @ParameterizedTest
    @InTurn
    void listensOnLoopbackOnly(Neo4jVersion version) throws IOException {
        var server = Neo4jServer.shared(version);

        for (var network : NetworkInterface.networkInterfaces().toList()) {
            for (var address : network.inetAddresses().toList()) {
                for (var port :
                        new int[] {server.boltUri().getPort(), server.httpUri().getPort()}) {
                    var reached = reaches(new InetSocketAddress(address, port));
                    assertThat(reached).as("%s", address).isEqualTo("127.0.0.1".equals(address.getHostAddress()));
                }
            }
        }
    }

    private static boolean reaches(InetSocketAddress address) {
        try (var socket = new Socket()) {
            socket.connect(address, 1000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** One server for all of this, since each start takes seconds. */
    @ParameterizedTest
    @InTurn
    void takesSettingsAsksForThePasswordAndKeepsItsDataOverAKill(Neo4jVersion version) {
        try (var server = Neo4jServer.of(version)
                .heap("400m")
                .password("a-test-password")
                .setting("db.transaction.timeout", "77s")
                .systemProperty("ign.test", "from the flags")
                .start()) {
            assertThat(CypherShell.run(server, "CREATE (:A) RETURN 1 AS one")
                            .expectSuccess()
                            .lines())
                    .containsExactly("one", "1");
            assertThat(server.run("SHOW SETTINGS 'db.transaction.timeout' YIELD value")
                            .get(0)
                            .get("value")
                            .asString())
                    .isEqualTo("1m17s");
            var first = ProcessHandle.of(server.pid()).orElseThrow();
            assertThat(first.info().arguments().orElseThrow()).contains("-Dign.test=from the flags", "-Xmx400m");
            try (var stranger = GraphDatabase.driver(server.boltUri(), AuthTokens.none())) {
                assertThatThrownBy(stranger::verifyConnectivity).isInstanceOf(AuthenticationException.class);
            }

            server.kill();
            assertThat(first.isAlive()).isFalse();
            assertThat(server.neo4jLog()).doesNotContain("Stopped.");

            server.start();
            assertThat(server.probe().digest().nodes()).isEqualTo(1);
            server.stop();
            assertThat(server.isRunning()).isFalse();
            assertThat(server.neo4jLog()).contains("Stopped.");
            Neo4jAdmin.run(server, "database", "check", Neo4jServer.DATABASE).expectSuccess();
        }
    }

    @Test
    void aProcessEndsWithTheOneThatStartedIt() throws IOException {
        var folder = BuildFolder.fresh("parent");
        var parent = new ProcessBuilder("sleep", "100").start();
        var agent = ProbePlugin.watchJar() + "=" + parent.pid();
        var child = new ProcessBuilder(
                        Jdk.ours().java().toString(),
                        "-javaagent:" + agent,
                        "-cp",
                        BuildFolder.testClasses().toString(),
                        Endless.class.getName())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("child.log").toFile())
                .start();
        try {
            Await.until("the child to run", Duration.ofMinutes(1), () -> saysReady(folder));
            parent.destroyForcibly();
            Await.until("the child to end", Duration.ofMinutes(1), () -> !child.isAlive());
            assertThat(child.exitValue()).isEqualTo(137);
        } finally {
            parent.destroyForcibly();
            child.destroyForcibly();
        }
    }

    private static boolean saysReady(Path folder) {
        try {
            return Files.readString(folder.resolve("child.log")).contains("ready");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
