package ign.backup.documents;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import ign.backup.documents.Workflow.Step;
import ign.backup.server.Plugin;
import ign.backup.testkit.BuildFolder;
import ign.backup.testkit.CypherShell;
import ign.backup.testkit.Distribution;
import ign.backup.testkit.Golden;
import ign.backup.testkit.InTurn;
import ign.backup.testkit.Jdk;
import ign.backup.testkit.Neo4jServer;
import ign.backup.testkit.Neo4jVersion;
import ign.backup.testkit.Program;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;

/** The scripts of the example for a pipeline, executed step by step as a runner does; only Docker has a stand-in. */
@Timeout(600)
class WorkflowIT {

    private static final String CONTAINER = "the-service";
    private static final String DOCKER = """
            #!/usr/bin/env bash
            # Does beside the server what is to be done in its container.
            set -euo pipefail
            case $1 in
              exec) while [ "$1" != "$CONTAINER" ]; do shift; done; shift; exec "$@" ;;
              cp) [ "$2" = "$CONTAINER:/backups" ]; cp -r "$BACKUPS_OF_THE_SERVER" "$3" ;;
              *) echo "docker $1 has no stand-in" >&2; exit 125 ;;
            esac
            """;

    private final Path workspace = BuildFolder.fresh("workflow");
    private final Path tools = BuildFolder.fresh("runner");
    private final Path outputs = tools.resolve("outputs");
    private final Path paths = tools.resolve("paths");

    /** How the job ended: the names of the steps that were done, and the one that failed, or empty. */
    private record Ended(List<String> done, String failed, String file) {}

    @BeforeEach
    void checkOut() throws IOException {
        Program.assumeAnswers("jq", "--version");
        CypherShell.makeCommand(tools);
        var docker = Files.writeString(tools.resolve("docker"), DOCKER);
        Files.setPosixFilePermissions(docker, PosixFilePermissions.fromString("rwxr-xr-x"));
        var archive = Distribution.archive();
        Files.createDirectories(workspace.resolve("tools"));
        Files.createSymbolicLink(workspace.resolve("tools").resolve(archive.getFileName()), archive.toAbsolutePath());
        migration("V1__kinds.cypher", "MATCH (f:Function) SET f.kind = 'tag';");
    }

    private void migration(String name, String statements) throws IOException {
        Files.writeString(
                Files.createDirectories(workspace.resolve("migrations")).resolve(name), statements);
    }

    private Ended run(Neo4jServer server) throws IOException {
        var workflow = Workflow.of(Path.of("examples/ci/migrate.yml"));
        var done = new ArrayList<String>();
        var failed = "";
        boolean isBackedUp = false;
        Files.writeString(outputs, "");
        Files.writeString(paths, "");
        for (var step : workflow.steps()) {
            if (!isDue(step, !failed.isEmpty(), isBackedUp)) {
                continue;
            }
            done.add(step.name());
            if (step.run() == null) {
                assertThat(filesOf(step)).as("what %s takes", step).isNotEmpty();
            } else if (!runs(server, workflow, step)) {
                failed = failed.isEmpty() ? step.name() : failed + ", " + step.name();
            } else if (step.id().equals("backup")) {
                isBackedUp = true;
            }
        }
        return new Ended(done, failed, output("file"));
    }

    private static boolean isDue(Step step, boolean isFailed, boolean isBackedUp) {
        return switch (step.condition()) {
            case "" -> !isFailed;
            case "failure() && steps.backup.outcome == 'success'" -> isFailed && isBackedUp;
            case "always() && steps.backup.outcome == 'success'" -> isBackedUp;
            default -> throw new AssertionError("not a known condition: " + step);
        };
    }

    private boolean runs(Neo4jServer server, Workflow workflow, Step step) throws IOException {
        var environment = new TreeMap<>(workflow.environment());
        environment.putAll(step.environment());
        environment.replaceAll((name, value) -> Workflow.evaluate(value, this::value));
        environment.put("NEO4J_URI", server.boltUri().toString());
        environment.put("BACKUPS_OF_THE_SERVER", Plugin.of(server).folder().toString());
        environment.put("JAVA_HOME", Jdk.ours().home().toString());
        environment.put("RUNNER_TEMP", tools.toString());
        environment.put("GITHUB_OUTPUT", outputs.toString());
        environment.put("GITHUB_PATH", paths.toString());
        var first = new ArrayList<>(List.of(tools));
        Files.readAllLines(paths).forEach(line -> first.add(Path.of(line)));
        environment.put("PATH", Program.path(first.toArray(Path[]::new)));
        var result = Program.run(workspace, environment, "bash", "-e", "-c", requireNonNull(step.run()));
        Files.writeString(
                tools.resolve("log"),
                step.name() + ": " + result + "\n",
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
        return result.exitCode() == 0;
    }

    private String value(String expression) {
        return switch (expression) {
            case "secrets.NEO4J_PASSWORD" -> "a-secret";
            case "job.services.neo4j.id" -> CONTAINER;
            case "github.ref_name" -> "v1.5.0";
            case "steps.backup.outputs.file" -> output("file");
            default -> throw new AssertionError("not a known expression: " + expression);
        };
    }

    private String output(String name) {
        return Golden.read(outputs)
                .lines()
                .filter(line -> line.startsWith(name + "="))
                .map(line -> line.substring(name.length() + 1))
                .findFirst()
                .orElse("");
    }

    /** {@return the files that a step gives away; for one that brings some, those that it would bring} */
    private List<Path> filesOf(Step step) throws IOException {
        var pattern = step.with().getOrDefault("path", "migrations/*");
        var parts = Workflow.evaluate(pattern, this::value).split("/", 2);
        var found = new ArrayList<Path>();
        try (var files = Files.newDirectoryStream(workspace.resolve(parts[0]), parts[1])) {
            files.forEach(found::add);
        }
        return found;
    }

    @ParameterizedTest
    @InTurn
    void aMigrationThatWorksIsKeptAndItsBackup(Neo4jVersion version) throws IOException {
        var server = Neo4jServer.shared(version);
        var plugin = UpgradeScene.withGraph(server);

        var ended = run(server);

        assertThat(ended.failed()).as(log()).isEmpty();
        assertThat(ended.done())
                .containsExactly(
                        "actions/checkout@v5",
                        "Unpack the command line",
                        "Make a backup",
                        "Migrate",
                        "Look whether all is well",
                        "Take the backup out of the container",
                        "Keep the backup");
        assertThat(server.run("MATCH (f:Function {kind: 'tag'}) RETURN f")).hasSize(40);
        var listed = plugin.listed(ended.file());
        assertThat(listed.get("reason").asString()).isEqualTo("Pre-upgrade backup before v1.5.0");
        assertThat(listed.get("tier").asString()).isEqualTo("pre-upgrade");
        assertThat(listed.get("pinned").asBoolean()).isTrue();
        assertThat(workspace.resolve("backups").resolve(ended.file()))
                .hasSameBinaryContentAs(plugin.folder().resolve(ended.file()));
    }

    @ParameterizedTest
    @InTurn
    void aMigrationThatFailsIsTakenBackAndTheBackupKept(Neo4jVersion version) throws IOException {
        var server = Neo4jServer.shared(version);
        UpgradeScene.withGraph(server);
        var before = server.probe().digest();
        migration("V2__broken.cypher", "MATCH (p:Pattern) DETACH DELETE p;\nRETURN 1 / 0;");

        var ended = run(server);

        assertThat(ended.failed()).as(log()).isEqualTo("Migrate");
        assertThat(ended.done())
                .doesNotContain("Look whether all is well")
                .endsWith("Migrate", "Go back", "Take the backup out of the container", "Keep the backup");
        assertThat(log()).contains("/ by zero", "restored from '" + ended.file() + "'");
        assertThat(server.probe().digest()).isEqualTo(before);
        assertThat(workspace.resolve("backups").resolve(ended.file())).isNotEmptyFile();
    }

    @ParameterizedTest
    @InTurn
    void nothingIsMigratedWithoutABackup(Neo4jVersion version) {
        var server = Neo4jServer.shared(version);
        var plugin = UpgradeScene.withGraph(server);

        plugin.withoutFolder(() -> {
            try {
                var ended = run(server);
                assertThat(ended.failed()).as(log()).isEqualTo("Make a backup");
                assertThat(ended.done()).endsWith("Make a backup");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });

        assertThat(server.run("MATCH (f:Function {kind: 'tag'}) RETURN f")).isEmpty();
    }

    private String log() {
        return Golden.read(tools.resolve("log"));
    }
}
