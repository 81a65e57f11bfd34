package ign.backup.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ign.backup.testkit.BuildFolder;
import ign.backup.testkit.CypherShell;
import ign.backup.testkit.InTurn;
import ign.backup.testkit.Neo4jServer;
import ign.backup.testkit.Neo4jVersion;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.neo4j.driver.Driver;

/** The flow around an upgrade as an application plays it, by the examples that are to be copied into one. */
@Timeout(600)
class UpgradeIT {

    private static final Path EXAMPLES = Path.of("examples/upgrade");
    private static final List<String> ERRORS =
            List.of("Failed to create pre-upgrade backup", "Failed to rollback: ", "Backup failed: ");

    /** The example in Java, compiled as it stands. */
    private static final class Example {

        private final Object upgrade;

        Example(Driver driver) {
            var classes = BuildFolder.fresh("upgrade");
            var compiler = ToolProvider.getSystemJavaCompiler();
            var path = System.getProperty("java.class.path");
            var code = compiler.run(
                    null,
                    null,
                    null,
                    "-cp",
                    path,
                    "-d",
                    classes.toString(),
                    EXAMPLES.resolve("Upgrade.java").toString());
            assertThat(code).as("the example can be compiled").isZero();
            try {
                var loader = new URLClassLoader(
                        new URL[] {classes.toUri().toURL()}, getClass().getClassLoader());
                upgrade =
                        loader.loadClass("Upgrade").getConstructor(Driver.class).newInstance(driver);
            } catch (ReflectiveOperationException | MalformedURLException e) {
                throw new AssertionError(e);
            }
        }

        String beforeUpgrade(String version) {
            return (String) call("beforeUpgrade", String.class, version);
        }

        void rollbackUpgrade(String path) {
            call("rollbackUpgrade", String.class, path);
        }

        void riskyOperation(Runnable operation) {
            call("riskyOperation", Runnable.class, operation);
        }

        private Object call(String method, Class<?> type, Object argument) {
            try {
                return upgrade.getClass().getMethod(method, type).invoke(upgrade, argument);
            } catch (InvocationTargetException e) {
                if (e.getCause() instanceof RuntimeException failure) {
                    throw failure;
                }
                throw new AssertionError(e);
            } catch (ReflectiveOperationException e) {
                throw new LinkageError("the example has no such method", e);
            }
        }
    }

    private static Plugin withGraph(Neo4jServer server) {
        server.run("CREATE CONSTRAINT function_name FOR (f:Function) REQUIRE f.name IS UNIQUE");
        server.run("UNWIND range(1, 40) AS i CREATE (:Function {name: 'f' + i})-[:USED_IN]->(:Pattern {i: i})");
        return Plugin.withEmptyFolder(server);
    }

    /** What an upgrade does to schema and data, and what goes wrong with it. */
    private static void migrate(Neo4jServer server) {
        server.run("DROP CONSTRAINT function_name");
        server.run("CREATE INDEX function_kind FOR (f:Function) ON (f.kind)");
        server.run("MATCH (f:Function) SET f.kind = 'tag', f.name = NULL");
        server.run("MATCH (p:Pattern) WHERE p.i > 20 DETACH DELETE p");
    }

    @ParameterizedTest
    @InTurn
    void theExampleInJavaGoesBackAfterAFailedUpgrade(Neo4jVersion version) {
        var server = Neo4jServer.shared(version);
        var plugin = withGraph(server);
        var before = server.probe().digest();
        var example = new Example(server.driver());

        var path = example.beforeUpgrade("1.5.0");

        assertThat(Path.of(path)).exists().hasParent(plugin.folder());
        var file = Path.of(path).getFileName().toString();
        var listed = plugin.listed(file);
        assertThat(listed.get("reason").asString()).isEqualTo("Pre-upgrade backup before v1.5.0");
        assertThat(listed.get("tier").asString()).isEqualTo("pre-upgrade");
        assertThat(listed.get("pinned").asBoolean()).isTrue();
        migrate(server);
        plugin.create(Map.of());
        plugin.create(Map.of()); // what displaces manual ones leaves it
        example.rollbackUpgrade(path);
        assertThat(server.probe().digest()).isEqualTo(before);
    }

    @ParameterizedTest
    @InTurn
    void theExampleInJavaGuardsARiskyOperation(Neo4jVersion version) {
        var server = Neo4jServer.shared(version);
        var plugin = withGraph(server);
        var before = server.probe().digest();
        var example = new Example(server.driver());

        assertThatThrownBy(() -> example.riskyOperation(() -> {
                    migrate(server);
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
    void theExampleInJavaIsLoudWhenABackupOrARollbackFails(Neo4jVersion version) throws IOException {
        var server = Neo4jServer.shared(version);
        var plugin = withGraph(server);
        var example = new Example(server.driver());
        var operated = new AtomicBoolean();

        withoutFolder(plugin, () -> {
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

    /** A file in the place of the folder: whoever runs the tests may write everywhere. */
    private static void withoutFolder(Plugin plugin, Runnable work) throws IOException {
        var away = plugin.folder().resolveSibling("fullbackup-away");
        Files.createDirectories(plugin.folder());
        Files.move(plugin.folder(), away);
        try {
            Files.writeString(plugin.folder(), "in the way");
            work.run();
        } finally {
            Files.delete(plugin.folder());
            Files.move(away, plugin.folder());
        }
    }

    @ParameterizedTest
    @InTurn
    void theExamplesInCypherDoTheSame(Neo4jVersion version) throws IOException {
        var server = Neo4jServer.shared(version);
        var plugin = withGraph(server);
        var before = server.probe().digest();
        var database = Neo4jServer.DATABASE;
        var beforeUpgrade = EXAMPLES.resolve("before-upgrade.cypher");

        var said = CypherShell.runFile(server, database, beforeUpgrade, "-P", "{version: '1.5.0'}")
                .expectSuccess();

        var file = plugin.list().get(0).get("file").asString();
        assertThat(said.output()).contains(file);
        assertThat(plugin.listed(file).get("reason").asString()).isEqualTo("Pre-upgrade backup before v1.5.0");
        assertThat(plugin.listed(file).get("pinned").asBoolean()).isTrue();
        migrate(server);
        CypherShell.runFile(server, database, EXAMPLES.resolve("risky-operation.cypher"))
                .expectSuccess();
        assertThat(server.run("MATCH (p:Pattern) WHERE p.analysed RETURN p")).hasSize(20);
        CypherShell.runFile(server, "system", EXAMPLES.resolve("rollback.cypher"), "-P", "{file: '" + file + "'}")
                .expectSuccess();
        assertThat(server.probe().digest()).isEqualTo(before);

        withoutFolder(plugin, () -> {
            var failed = CypherShell.runFile(server, database, beforeUpgrade, "-P", "{version: '1.5.0'}");
            assertThat(failed.exitCode()).isEqualTo(1);
            assertThat(failed.errors()).contains("is not a folder");
            assertThat(CypherShell.runFile(server, database, EXAMPLES.resolve("risky-operation.cypher"))
                            .exitCode())
                    .isEqualTo(1);
        });
        assertThat(server.run("MATCH (p:Pattern) WHERE p.analysed RETURN p")).isEmpty();
    }

    /** Where Python has Neo4j's driver it is run; elsewhere it is compiled, and where there is no Python it is read. */
    @ParameterizedTest
    @InTurn
    void theExampleInPythonDoesTheSame(Neo4jVersion version) throws IOException, InterruptedException {
        var script = EXAMPLES.resolve("upgrade.py");
        assertThat(Files.readString(script)).contains(ERRORS);
        if (!python("-c", "pass")) {
            return;
        }
        assertThat(python("-c", "compile(open('" + script + "').read(), 'upgrade.py', 'exec')"))
                .as("the example can be compiled")
                .isTrue();
        if (!python("-c", "import neo4j")) {
            return;
        }
        var server = Neo4jServer.shared(version);
        var plugin = withGraph(server);
        var before = server.probe().digest();
        var address = server.boltUri().toString();

        assertThat(python(script.toString(), address, "before", "1.5.0")).isTrue();
        var file = plugin.list().get(0).get("file").asString();
        assertThat(plugin.listed(file).get("pinned").asBoolean()).isTrue();
        migrate(server);
        assertThat(python(script.toString(), address, "rollback", plugin.folder() + "/" + file))
                .isTrue();
        assertThat(server.probe().digest()).isEqualTo(before);
        assertThat(python(script.toString(), address, "rollback", "gone.json")).isFalse();
    }

    /** {@return whether it ended well; false, too, where there is no Python} */
    private static boolean python(String... words) throws IOException, InterruptedException {
        var command = new ArrayList<String>(List.of("env", "python3"));
        command.addAll(List.of(words));
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(BuildFolder.fresh("python").resolve("output").toFile())
                .start();
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        return process.exitValue() == 0;
    }
}
