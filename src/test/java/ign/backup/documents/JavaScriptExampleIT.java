package ign.backup.documents;

import static org.assertj.core.api.Assertions.assertThat;

import ign.backup.testkit.BuildFolder;
import ign.backup.testkit.InTurn;
import ign.backup.testkit.Neo4jServer;
import ign.backup.testkit.Neo4jVersion;
import ign.backup.testkit.Program;
import ign.backup.testkit.ToolResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;

/** The example in JavaScript, with Neo4j's driver from npm, against a real server; only where Node.js is and npm reaches its registry. */
@Timeout(600)
class JavaScriptExampleIT {

    private static final Path EXAMPLE = Path.of("examples/javascript");
    /** What npm says when there is no network; anything else is a fault of the example. */
    private static final Pattern NO_NETWORK =
            Pattern.compile("ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ENETUNREACH|ETIMEDOUT|ENOTCACHED");

    private static Path folder = Path.of("");

    @BeforeAll
    static void install() throws IOException {
        Program.assumeAnswers("node", "--version");
        Program.assumeAnswers("npm", "--version");
        folder = BuildFolder.fresh("javascript");
        for (var file : List.of("package.json", "backup.mjs", "upgrade.mjs")) {
            Files.copy(EXAMPLE.resolve(file), folder.resolve(file));
        }
        Files.copy(Path.of("src/test/javascript/risky.mjs"), folder.resolve("risky.mjs"));
        var npm = Program.run(
                folder,
                Map.of(),
                "npm",
                "install",
                "--ignore-scripts",
                "--no-audit",
                "--no-fund",
                "--no-package-lock",
                "--prefer-offline");
        Program.assume(
                npm.exitCode() == 0 || !NO_NETWORK.matcher(npm.errors()).find(),
                "npm does not reach its registry: " + npm.errors());
        npm.expectSuccess();
    }

    private static ToolResult node(String... words) {
        var command = new ArrayList<>(List.of("node"));
        command.addAll(List.of(words));
        return Program.run(folder, Map.of("NEO4J_PASSWORD", "none"), command.toArray(String[]::new));
    }

    @ParameterizedTest
    @InTurn
    void goesBackAfterAFailedUpgrade(Neo4jVersion version) {
        var server = Neo4jServer.shared(version);
        var plugin = UpgradeScene.withGraph(server);
        var before = server.probe().digest();
        var address = server.boltUri().toString();

        var path = node("upgrade.mjs", address, "before", "1.5.0")
                .expectSuccess()
                .output()
                .strip();

        assertThat(Path.of(path)).exists().hasParent(plugin.folder());
        var listed = plugin.listed(Path.of(path).getFileName().toString());
        assertThat(listed.get("reason").asString()).isEqualTo("Pre-upgrade backup before v1.5.0");
        assertThat(listed.get("tier").asString()).isEqualTo("pre-upgrade");
        assertThat(listed.get("pinned").asBoolean()).isTrue();
        UpgradeScene.migrate(server);
        node("upgrade.mjs", address, "rollback", path).expectSuccess();
        assertThat(server.probe().digest()).isEqualTo(before);
        assertThat(node("upgrade.mjs", address, "forward", "1.5.0").exitCode()).isEqualTo(2);
    }

    @ParameterizedTest
    @InTurn
    void guardsARiskyOperation(Neo4jVersion version) {
        var server = Neo4jServer.shared(version);
        var plugin = UpgradeScene.withGraph(server);
        var before = server.probe().digest();
        var address = server.boltUri().toString();

        var failed = node("risky.mjs", address, "badly");
        assertThat(failed.exitCode()).isEqualTo(1);
        assertThat(failed.errors()).contains("Error: the analysis has failed");
        assertThat(server.probe().digest()).isEqualTo(before);
        assertThat(plugin.list().get(0).get("reason").asString()).isEqualTo("Before pattern analysis update");

        node("risky.mjs", address, "well").expectSuccess();
        assertThat(server.run("MATCH (d:Done) RETURN d")).hasSize(1);
    }

    @ParameterizedTest
    @InTurn
    void isLoudWhenABackupOrARollbackFails(Neo4jVersion version) {
        var server = Neo4jServer.shared(version);
        var plugin = UpgradeScene.withGraph(server);
        var address = server.boltUri().toString();
        var noFolder = "'" + plugin.folder() + "' is not a folder. Move it away, or set 'folder' to another place.";

        plugin.withoutFolder(() -> {
            var upgrade = node("upgrade.mjs", address, "before", "1.5.0");
            assertThat(upgrade.exitCode()).isEqualTo(1);
            assertThat(upgrade.errors()).contains("UpgradeError: Failed to create pre-upgrade backup", noFolder);
            var risky = node("risky.mjs", address, "well");
            assertThat(risky.exitCode()).isEqualTo(1);
            assertThat(risky.errors()).contains("Error: Backup failed: " + noFolder);
        });

        assertThat(server.run("MATCH (d:Done) RETURN d")).isEmpty();
        var gone = node("upgrade.mjs", address, "rollback", plugin.folder() + "/gone.json");
        assertThat(gone.exitCode()).isEqualTo(1);
        assertThat(gone.errors()).contains("RollbackError: Failed to rollback: there is no backup 'gone.json' in '");
    }
}
