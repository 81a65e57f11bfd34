package ign.backup.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ign.backup.testkit.CompiledExample;
import ign.backup.testkit.CypherShell;
import ign.backup.testkit.InTurn;
import ign.backup.testkit.Neo4jServer;
import ign.backup.testkit.Neo4jVersion;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.neo4j.driver.Driver;

/** The flow around an upgrade as an application plays it, by the examples that are to be copied into one. */
@Timeout(600)
class UpgradeIT {

    private static final Path EXAMPLES = Path.of("examples/upgrade");

    /** The example in Java, as an application has it. */
    private record Example(CompiledExample upgrade) {

        static Example of(Driver driver) {
            return new Example(CompiledExample.of(EXAMPLES.resolve("Upgrade.java"), driver));
        }

        String beforeUpgrade(String version) {
            return (String) upgrade.call("beforeUpgrade", String.class, version);
        }

        void rollbackUpgrade(String path) {
            upgrade.call("rollbackUpgrade", String.class, path);
        }

        void riskyOperation(Runnable operation) {
            upgrade.call("riskyOperation", Runnable.class, operation);
        }
    }

    @ParameterizedTest
    @InTurn
    void theExampleInJavaGoesBackAfterAFailedUpgrade(Neo4jVersion version) {
        var server = Neo4jServer.shared(version);
        var plugin = UpgradeScene.withGraph(server);
        var before = server.probe().digest();
        var example = Example.of(server.driver());

        var path = example.beforeUpgrade("1.5.0");

        assertThat(Path.of(path)).exists().hasParent(plugin.folder());
        var file = Path.of(path).getFileName().toString();
        var listed = plugin.listed(file);
        assertThat(listed.get("reason").asString()).isEqualTo("Pre-upgrade backup before v1.5.0");
        assertThat(listed.get("tier").asString()).isEqualTo("pre-upgrade");
        assertThat(listed.get("pinned").asBoolean()).isTrue();
        UpgradeScene.migrate(server);
        plugin.create(Map.of());
        plugin.create(Map.of()); // what displaces manual ones leaves it
        example.rollbackUpgrade(path);
        assertThat(server.probe().digest()).isEqualTo(before);
    }

    @ParameterizedTest
    @InTurn
    void theExampleInJavaGuardsARiskyOperation(Neo4jVersion version) {
        var server = Neo4jServer.shared(version);
        var plugin = UpgradeScene.withGraph(server);
        var before = server.probe().digest();
        var example = Example.of(server.driver());

        assertThatThrownBy(() -> example.riskyOperation(() -> {
                    UpgradeScene.migrate(server);
                    throw new IllegalStateException("the analysis has failed");
                }))
                .hasMessage("the analysis has failed");
        assertThat(server.probe().digest()).isEqualTo(before);
        assertThat(plugin.list().get(0).get("reason").asString()).isEqualTo("Before pattern analysis update");

        example.riskyOperation(() -> server.run("CREATE (:Done)"));
        assertThat(server.run("MATCH (d:Done) RETURN d")).hasSize(1);
    }

    @ParameterizedTest
    @InTurn
    void theExampleInJavaIsLoudWhenABackupOrARollbackFails(Neo4jVersion version) {
        var server = Neo4jServer.shared(version);
        var plugin = UpgradeScene.withGraph(server);
        var example = Example.of(server.driver());
        var operated = new AtomicBoolean();

        plugin.withoutFolder(() -> {
            assertThatThrownBy(() -> example.beforeUpgrade("1.5.0"))
                    .hasMessage("Failed to create pre-upgrade backup")
                    .satisfies(e -> assertThat(e.getClass().getSimpleName()).isEqualTo("UpgradeError"))
                    .hasRootCauseMessage("'" + plugin.folder()
                            + "' is not a folder. Move it away, or set 'folder' to another place.");
            assertThatThrownBy(() -> example.riskyOperation(() -> operated.set(true)))
                    .hasMessage("Backup failed: '" + plugin.folder()
                            + "' is not a folder. Move it away, or set 'folder' to another place.");
        });
        assertThat(operated).isFalse();
        assertThatThrownBy(() -> example.rollbackUpgrade(plugin.folder() + "/gone.json"))
                .hasMessageStartingWith(
                        "Failed to rollback: there is no backup 'gone.json' in '" + plugin.folder() + "'")
                .satisfies(e -> assertThat(e.getClass().getSimpleName()).isEqualTo("RollbackError"));
    }

    @ParameterizedTest
    @InTurn
    void theExamplesInCypherDoTheSame(Neo4jVersion version) {
        var server = Neo4jServer.shared(version);
        var plugin = UpgradeScene.withGraph(server);
        var before = server.probe().digest();
        var database = Neo4jServer.DATABASE;
        var beforeUpgrade = EXAMPLES.resolve("before-upgrade.cypher");

        var said = CypherShell.runFile(server, database, beforeUpgrade, "-P", "{version: '1.5.0'}")
                .expectSuccess();

        var file = plugin.list().get(0).get("file").asString();
        assertThat(said.output()).contains(file);
        assertThat(plugin.listed(file).get("reason").asString()).isEqualTo("Pre-upgrade backup before v1.5.0");
        assertThat(plugin.listed(file).get("pinned").asBoolean()).isTrue();
        UpgradeScene.migrate(server);
        CypherShell.runFile(server, database, EXAMPLES.resolve("risky-operation.cypher"))
                .expectSuccess();
        assertThat(server.run("MATCH (p:Pattern) WHERE p.analysed RETURN p")).hasSize(20);
        CypherShell.runFile(server, "system", EXAMPLES.resolve("rollback.cypher"), "-P", "{file: '" + file + "'}")
                .expectSuccess();
        assertThat(server.probe().digest()).isEqualTo(before);

        plugin.withoutFolder(() -> {
            var failed = CypherShell.runFile(server, database, beforeUpgrade, "-P", "{version: '1.5.0'}");
            assertThat(failed.exitCode()).isEqualTo(1);
            assertThat(failed.errors()).contains("is not a folder");
            assertThat(CypherShell.runFile(server, database, EXAMPLES.resolve("risky-operation.cypher"))
                            .exitCode())
                    .isEqualTo(1);
        });
        assertThat(server.run("MATCH (p:Pattern) WHERE p.analysed RETURN p")).isEmpty();
    }
}
