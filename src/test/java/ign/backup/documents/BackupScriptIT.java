package ign.backup.documents;

import static org.assertj.core.api.Assertions.assertThat;

import ign.backup.server.Plugin;
import ign.backup.testkit.Distribution;
import ign.backup.testkit.InTurn;
import ign.backup.testkit.Jdk;
import ign.backup.testkit.Neo4jServer;
import ign.backup.testkit.Neo4jVersion;
import ign.backup.testkit.Program;
import ign.backup.testkit.ToolResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;

/** The script for schedulers, with the command line of the distribution, against a real server. */
@Timeout(300)
class BackupScriptIT {

    private static ToolResult backup(String uri, String... words) {
        var command = new ArrayList<>(
                List.of(Path.of("examples/scripts/backup.sh").toAbsolutePath().toString()));
        command.addAll(List.of(words));
        var environment = Map.of(
                "NEO4J_URI", uri,
                "PATH", Program.path(Distribution.bin()),
                "JAVA_HOME", Jdk.ours().home().toString());
        return Program.run(Path.of(""), environment, command.toArray(String[]::new));
    }

    @ParameterizedTest
    @InTurn
    void aTierIsBackedUp(Neo4jVersion version) {
        var server = Neo4jServer.shared(version);
        server.run("CREATE (:Function)");
        var plugin = Plugin.withEmptyFolder(server);
        var uri = server.boltUri().toString();

        assertThat(backup(uri, "daily").expectSuccess().output()).startsWith("Backup 'neo4j-daily-");
        var daily = plugin.list().get(0);
        assertThat(daily.get("tier").asString()).isEqualTo("daily");
        assertThat(daily.get("reason").asString()).isEqualTo("backup.sh daily");

        backup(uri, "pre-upgrade", "--pin", "--quiet").expectSuccess();
        var pinned = plugin.list().get(0);
        assertThat(pinned.get("tier").asString()).isEqualTo("pre-upgrade");
        assertThat(pinned.get("pinned").asBoolean()).isTrue();
    }

    @ParameterizedTest
    @InTurn
    void whatFailsHasTheExitCodeOfTheCommand(Neo4jVersion version) {
        var server = Neo4jServer.shared(version);
        var plugin = Plugin.withEmptyFolder(server);
        var uri = server.boltUri().toString();

        for (var words : List.of(List.<String>of(), List.of(""), List.of("--quiet"))) {
            var usage = backup(uri, words.toArray(String[]::new));
            assertThat(usage.exitCode()).as("%s", words).isEqualTo(2);
            assertThat(usage.errors()).startsWith("usage: backup.sh <manual | auto | daily | weekly");
        }
        var unknown = backup(uri, "hourly");
        assertThat(unknown.exitCode()).isEqualTo(2);
        assertThat(unknown.errors()).contains("ERROR: tier 'hourly' is not known", "HINT: ");
        assertThat(backup("bolt://127.0.0.1:1", "daily").exitCode()).isEqualTo(13);
        plugin.withoutFolder(() -> assertThat(backup(uri, "daily").exitCode()).isEqualTo(13));
        assertThat(plugin.list()).isEmpty();
    }
}
