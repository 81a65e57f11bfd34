package ign.backup.documents;

import static org.assertj.core.api.Assertions.assertThat;

import ign.backup.testkit.BuildFolder;
import ign.backup.testkit.Jdk;
import ign.backup.testkit.Neo4jVersion;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Runs the quick start as a newcomer does, with what the build has assembled already. */
class QuickstartIT {

    @ParameterizedTest
    @EnumSource
    void showsABackupAndARestore(Neo4jVersion version) throws IOException, InterruptedException {
        version.assumeAvailable();

        var run = run(version, Map.of());

        assertThat(run.said())
                .contains("Neo4j Community " + version.number())
                .contains("is up to date")
                .contains("target/servers/" + version.number() + " is there")
                .contains("733 nodes and 2516 relationships")
                .contains("→ Backup 'ign_scripts_db_backup_")
                .contains("   | \"metadata\": {\"timestamp\":")
                .contains("   0 nodes and 0 relationships")
                .contains("→ Database 'neo4j' restored from 'ign_scripts_db_backup_")
                .contains("answers about labels, types, values, indexes and constraints are as before")
                .contains("2025-03-30T00:30:07.123456789+01:00[Europe/Berlin]")
                .contains("Backup Recommendation: ✅ Backup is up to date")
                .contains("The server has stopped");
        assertThat(run.exitCode()).isZero();
        assertThat(Path.of("target/quickstart/neo4j-" + version.number() + "/server.pid"))
                .doesNotExist();
    }

    @Test
    void saysThatAPortIsTaken() throws IOException, InterruptedException {
        try (var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var port = String.valueOf(other.getLocalPort());

            var run = run(Neo4jVersion.V5_26, Map.of("BOLT_PORT", port));

            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.said())
                    .contains("quick start failed: port " + port + " (BOLT_PORT) on 127.0.0.1 is taken")
                    .contains("Set BOLT_PORT to another one, or leave it out.");
        }
    }

    @Test
    void saysThatThereIsNoJdk() throws IOException, InterruptedException {
        var run = run(Neo4jVersion.V5_26, Map.of("JAVA_HOME", "/nowhere"));

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.said()).contains("quick start failed: there is no JDK in /nowhere");
    }

    @Test
    void saysThatAServerNeedsANewerJdk() throws IOException, InterruptedException {
        if (Jdk.ours().feature() >= 21) {
            return; // then there is nothing to say
        }
        var run = run(Neo4jVersion.V5_26, Map.of("NEO4J_VERSION", "2026.08.1"));

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.said()).contains("quick start failed: Neo4j 2026.08.1 needs a JDK from 21 on");
    }

    private record Run(int exitCode, String said) {}

    private static Run run(Neo4jVersion version, Map<String, String> environment)
            throws IOException, InterruptedException {
        var output = BuildFolder.fresh("quickstart").resolve("output");
        var builder = new ProcessBuilder("examples/quickstart.sh")
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().put("JAVA_HOME", version.jdk().home().toString());
        builder.environment().put("NEO4J_VERSION", version.number());
        builder.environment().putAll(environment);
        var process = builder.start();
        process.getOutputStream().close();
        if (!process.waitFor(240, TimeUnit.SECONDS)) {
            process.destroy(); // its trap stops the server
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        }
        return new Run(process.exitValue(), Files.readString(output));
    }
}
