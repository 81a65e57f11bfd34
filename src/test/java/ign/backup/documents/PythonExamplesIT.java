package ign.backup.documents;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import ign.backup.server.Plugin;
import ign.backup.testkit.BuildFolder;
import ign.backup.testkit.Distribution;
import ign.backup.testkit.InTurn;
import ign.backup.testkit.Jdk;
import ign.backup.testkit.Neo4jServer;
import ign.backup.testkit.Neo4jVersion;
import ign.backup.testkit.Program;
import ign.backup.testkit.ToolResult;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;

/**
 * The examples in Python against a real server: with Neo4j's driver where Python has it, and everywhere with a module that stands in for it and
 * passes all statements on by HTTP.
 */
@Timeout(600)
class PythonExamplesIT {

    private static final Path HERE = Path.of("");
    private static final Path TESTS = Path.of("src/test/python").toAbsolutePath();
    private static final Path EXAMPLES = Path.of("examples/upgrade");
    private static final Path UPGRADE = EXAMPLES.resolve("upgrade.py");
    private static final Path TRACING = Path.of("examples/scripts/backup_with_tracing.py");

    private final Path calls = BuildFolder.fresh("python").resolve("calls");

    @BeforeEach
    void needsPython() {
        Program.assumeAnswers("python3", "--version");
    }

    /** {@return an environment in which Python finds what is in these folders} */
    private Map<String, String> modulesOf(Path... folders) {
        var paths = new ArrayList<String>();
        for (var folder : folders) {
            paths.add(folder.toAbsolutePath().toString());
        }
        var environment = new TreeMap<String, String>();
        environment.put("PYTHONPATH", String.join(File.pathSeparator, paths));
        environment.put("PYTHONDONTWRITEBYTECODE", "1");
        environment.put("STAND_IN_CALLS", calls.toString());
        return environment;
    }

    private static ToolResult python(Map<String, String> environment, Path script, String... words) {
        var command = new ArrayList<>(List.of("python3", script.toString()));
        command.addAll(List.of(words));
        return Program.run(HERE, environment, command.toArray(String[]::new));
    }

    private List<JsonNode> calls() throws IOException {
        var mapper = new ObjectMapper();
        var read = new ArrayList<JsonNode>();
        for (var line : Files.readAllLines(calls)) {
            read.add(mapper.readTree(line));
        }
        return read;
    }

    @ParameterizedTest
    @InTurn
    void theUpgradeWorksWithNeo4jsDriver(Neo4jVersion version) {
        Assumptions.assumeTrue(
                Program.answers("python3", "-c", "import neo4j"), "Python has no Neo4j driver here: pip install neo4j");
        theUpgradeWorks(Neo4jServer.shared(version), modulesOf(EXAMPLES));
    }

    @ParameterizedTest
    @InTurn
    void theUpgradeWorksWithoutADriver(Neo4jVersion version) throws IOException {
        var server = Neo4jServer.shared(version);
        var environment = modulesOf(TESTS.resolve("neo4j_stand_in"), EXAMPLES);
        environment.put("STAND_IN_HTTP", server.httpUri().toString());

        theUpgradeWorks(server, environment);

        var ofTheExample = calls().stream()
                .filter(call -> call.get("statement").asText().contains("ign.backup"))
                .toList();
        assertThat(ofTheExample)
                .hasSizeGreaterThan(5)
                .allSatisfy(call -> assertThat(call.get("database").asText()).isEqualTo("system"));
        assertThat(ofTheExample.get(0))
                .hasToString("{\"database\":\"system\",\"statement\":\"CALL ign.backup.create($reason, $options)\","
                        + "\"parameters\":{\"reason\":\"Pre-upgrade backup before v1.5.0\","
                        + "\"options\":{\"tier\":\"pre-upgrade\",\"pin\":true}}}");
    }

    private static void theUpgradeWorks(Neo4jServer server, Map<String, String> environment) {
        var plugin = UpgradeScene.withGraph(server);
        var before = server.probe().digest();
        var address = server.boltUri().toString();

        var path = python(environment, UPGRADE, address, "before", "1.5.0")
                .expectSuccess()
                .output()
                .strip();

        assertThat(Path.of(path)).exists().hasParent(plugin.folder());
        var listed = plugin.listed(Path.of(path).getFileName().toString());
        assertThat(listed.get("reason").asString()).isEqualTo("Pre-upgrade backup before v1.5.0");
        assertThat(listed.get("pinned").asBoolean()).isTrue();
        UpgradeScene.migrate(server);
        python(environment, UPGRADE, address, "rollback", path).expectSuccess();
        assertThat(server.probe().digest()).isEqualTo(before);

        var gone = python(environment, UPGRADE, address, "rollback", "/nowhere/gone.json");
        assertThat(gone.exitCode()).isEqualTo(1);
        assertThat(gone.errors()).contains("RollbackError: Failed to rollback: there is no backup 'gone.json' in '");
        riskyOperationsAreGuarded(server, plugin, environment);
    }

    private static void riskyOperationsAreGuarded(Neo4jServer server, Plugin plugin, Map<String, String> environment) {
        var before = server.probe().digest();
        var risky = TESTS.resolve("risky.py");
        var address = server.boltUri().toString();

        var failed = python(environment, risky, address, "badly");
        assertThat(failed.exitCode()).isEqualTo(1);
        assertThat(failed.errors()).contains("ValueError: the analysis has failed");
        assertThat(server.probe().digest()).isEqualTo(before);
        assertThat(plugin.list().get(0).get("reason").asString()).isEqualTo("Before pattern analysis update");

        python(environment, risky, address, "well").expectSuccess();
        assertThat(server.run("MATCH (d:Done) RETURN d")).hasSize(1);

        plugin.withoutFolder(() -> {
            var loud = python(environment, risky, address, "well");
            assertThat(loud.exitCode()).isEqualTo(1);
            assertThat(loud.errors()).contains("Exception: Backup failed: '" + plugin.folder() + "' is not a folder. ");
            assertThat(python(environment, UPGRADE, address, "before", "1.5.0").errors())
                    .contains("UpgradeError: Failed to create pre-upgrade backup");
        });
        assertThat(server.run("MATCH (d:Done) RETURN d")).hasSize(1);
    }

    @ParameterizedTest
    @InTurn
    void aBackupIsReportedToLangfuse(Neo4jVersion version) throws IOException {
        var server = Neo4jServer.shared(version);
        server.run("CREATE (:Episodic {uuid: 'e-1'}), (:Entity)");
        var plugin = Plugin.withEmptyFolder(server);
        var environment = modulesOf(TESTS.resolve("langfuse_stand_in"));
        environment.put("NEO4J_URI", server.boltUri().toString());
        environment.put("PATH", Program.path(Distribution.bin()));
        environment.put("JAVA_HOME", Jdk.ours().home().toString());

        python(environment, TRACING, "weekly").expectSuccess();

        var made = plugin.list().get(0);
        var file = made.get("file").asString();
        assertThat(made.get("tier").asString()).isEqualTo("weekly");
        var info = plugin.row("system", "CALL ign.backup.info($file)", Map.of("file", file));
        assertThat(info.get("details").get("trace_id").asString()).isEqualTo("0123456789abcdef0123456789abcdef");
        var told = calls();
        assertThat(told).hasSize(4);
        assertThat(told.get(0)).hasToString("{\"call\":\"observe\",\"name\":\"backup_operation\"}");
        var figures = told.get(1).get("metadata");
        assertThat(figures.get("file").asText()).isEqualTo(file);
        assertThat(figures.get("episodes_before").asLong()).isEqualTo(1);
        assertThat(figures.get("episode_count").asLong()).isEqualTo(1);
        assertThat(figures.get("backup_size_mb").asDouble())
                .isEqualTo(made.get("size_bytes").asLong() / 1024.0 / 1024.0);
        assertThat(figures.get("duration_seconds").asDouble()).isPositive();
        assertThat(told.get(2))
                .hasToString("{\"call\":\"score_current_trace\",\"name\":\"backup_success\",\"value\":1,"
                        + "\"data_type\":\"BOOLEAN\",\"comment\":\"weekly\"}");
        assertThat(told.get(3)).hasToString("{\"call\":\"flush\"}");

        var unknown = python(environment, TRACING, "hourly");
        assertThat(unknown.exitCode()).isEqualTo(2);
        assertThat(unknown.errors()).contains("ERROR: tier 'hourly' is not known");
        assertThat(calls().get(6).get("value").asInt()).isZero();
    }
}
