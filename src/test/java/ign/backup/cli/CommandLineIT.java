package ign.backup.cli;

import static ign.backup.testkit.Distribution.inTerminal;
import static ign.backup.testkit.Distribution.run;
import static ign.backup.testkit.Distribution.shown;
import static org.assertj.core.api.Assertions.assertThat;

import ign.backup.server.Plugin;
import ign.backup.testkit.Await;
import ign.backup.testkit.BuildFolder;
import ign.backup.testkit.Distribution;
import ign.backup.testkit.Golden;
import ign.backup.testkit.InTurn;
import ign.backup.testkit.Neo4jServer;
import ign.backup.testkit.Neo4jVersion;
import ign.backup.testkit.PerVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The command line from the distribution archive, in a process and in a terminal, against a real server. */
@Timeout(300)
class CommandLineIT {

    private static final String PASSWORD = "a-test-password";

    /** One that is slow on demand, and asks for a password. */
    @RegisterExtension
    static final PerVersion<Neo4jServer> SERVERS = new PerVersion<>(
            version -> Neo4jServer.of(version)
                    .password(PASSWORD)
                    .environment("IGN_BACKUP_MAX_BYTES_PER_SECOND", "400k")
                    .start(),
            Neo4jServer::close);

    private static Map<String, String> as(Neo4jServer server, String password) {
        return Map.of("NEO4J_URI", server.boltUri().toString(), "NEO4J_PASSWORD", password);
    }

    @ParameterizedTest
    @EnumSource
    void theLinesOfTheManualWorkAsTheyAreWritten(Neo4jVersion version) {
        var server = Neo4jServer.shared(version);
        var plugin = Plugin.withEmptyFolder(server);
        server.run("UNWIND range(1, 60) AS i CREATE (:Function {name: 'f' + i})-[:USES]->(:Template)");

        var created = run(server, "backup", "create", "--reason", "Before major update");
        assertThat(created.exitCode()).as("%s", created).isZero();
        assertThat(created.out())
                .contains(
                        "created: 120 nodes and 60 relationships in ",
                        plugin.folder().toString());
        var file = plugin.list().get(0).get("file").asString();

        var auto = run(server, "backup", "create", "--auto");
        assertThat(auto.exitCode()).isZero();
        assertThat(auto.out()).contains("No backup is needed: no threshold is reached");
        assertThat(run(server, "backup", "auto").out()).contains("No backup is needed");

        assertThat(run(server, "backup", "list").out())
                .containsPattern("FILE +TIER +STATE +NODES +RELATIONSHIPS +SIZE +REASON")
                .containsPattern(file + " +manual +good +120 +60 +[0-9.]+ kB +Before major update");
        assertThat(run(server, "backup", "list", "--detailed").out()).contains("VERIFIED", version.number());
        assertThat(run(server, "backup", "list", "--trend").out())
                .containsPattern("MADE +TIER +STATE +SIZE +GROWTH +FILE");
        assertThat(run(server, "backup", "info", file, "--markdown").out())
                .contains("Before major update", "ign.backup.restore");
        assertThat(run(server, "backup", "info", file).out()).containsPattern(":Function +60");
        assertThat(run(server, "backup", "verify", file).out()).contains("Backup validation successful");

        var status = run(server, "backup", "status");
        assertThat(status.out())
                .startsWith("📊 Database Backup Status\n\nCurrent Database:\n• Nodes: 120\n• Relationships: 60\n")
                .contains("Backup Recommendation: ✅ Backup is up to date")
                .contains("• Percentage: 10.0% increase");
        assertThat(run(server, "backup", "status", "--plain").out())
                .startsWith("Database Backup Status\n\nCurrent Database:\n- Nodes: 120\n");

        assertThat(run(server, "backup", "pin", file).out()).contains(file + " is pinned");
        assertThat(run(server, "backup", "prune", "--dry-run").out()).contains("keep");
        assertThat(run(server, "backup", "unpin", file).out()).contains("is not pinned any more");
        assertThat(run(server, "backup", "cancel").out()).contains("nothing is running");
        assertThat(run(server, "backup", "schedule").out()).contains("JOB", "daily");
        assertThat(run(server, "backup", "configure", "node_threshold=70").out())
                .containsPattern("node_threshold +70");
        assertThat(run(server, "backup", "configure", "node_threshold=").out()).containsPattern("node_threshold +50");

        server.run("MATCH (n:Template) DETACH DELETE n");
        var restored = run(server, "backup", "restore", "--file", file, "--confirm");
        assertThat(restored.exitCode()).as("%s", restored).isZero();
        assertThat(restored.out()).contains("restored from '" + file + "'", "not available for ");
        var rolledBack = run(server, "backup", "rollback", "--confirm");
        assertThat(rolledBack.exitCode()).as("%s", rolledBack).isZero();
        assertThat(server.run("MATCH (n) RETURN count(n) AS n").get(0).get("n").asLong())
                .isEqualTo(60);
    }

    @ParameterizedTest
    @EnumSource
    void whatFailsSaysWhatToDoAndHasItsExitCode(Neo4jVersion version) throws IOException {
        var server = Neo4jServer.shared(version);
        var plugin = Plugin.withEmptyFolder(server);

        var alarm = run(server, "backup", "health");
        assertThat(alarm.exitCode()).isEqualTo(4);
        assertThat(alarm.out()).contains("No backups found");
        assertThat(run(server, "backup", "verify", "unknown.json").exitCode()).isEqualTo(10);
        assertThat(run(server, "backup", "info", "unknown.json").exitCode()).isEqualTo(10);
        var restore = run(server, "backup", "restore", "--file", "unknown.json", "--confirm");
        assertThat(restore.exitCode()).isEqualTo(10);
        assertThat(restore.err()).contains("ERROR: there is no backup 'unknown.json'", "HINT: ");
        var tier = run(server, "backup", "create", "--tier", "hourly");
        assertThat(tier.exitCode()).isEqualTo(2);
        assertThat(tier.err()).contains("ERROR: tier 'hourly' is not known", "HINT: ");

        var file = plugin.create(Map.of());
        var unconfirmed = run(server, "backup", "restore");
        assertThat(unconfirmed.exitCode()).isEqualTo(2);
        assertThat(unconfirmed.err()).contains("This would replace", "say --confirm if this is what you want");
        Files.writeString(plugin.folder().resolve(file), "not a backup any more");
        var damaged = run(server, "backup", "verify", file);
        assertThat(damaged.exitCode()).isEqualTo(14);
        assertThat(damaged.err()).contains("PROBLEM: ");
    }

    @ParameterizedTest
    @InTurn
    void jsonIsForScripts(Neo4jVersion version) throws IOException {
        try (var server = Neo4jServer.of(version).start()) { // what others have done to the shared one would be seen
            Golden.compare(Path.of("src/test/resources/golden/command-line.txt"), shapes(server));
        }
    }

    private static String shapes(Neo4jServer server) throws IOException {
        var plugin = Plugin.of(server);
        var file = plugin.create(Map.of("pin", true));
        plugin.create(Map.of("tier", "daily"));
        var commands = List.of(
                "auto",
                "configure",
                "create",
                "health",
                "info " + file,
                "init",
                "list",
                "list --detailed --trend",
                "pin " + file,
                "prune --dry-run",
                "restore --dry-run",
                "schedule",
                "status",
                "verify");
        var shapes = new StringBuilder();
        for (var command : commands) {
            var words = Stream.of("backup " + command + " --json").flatMap(line -> Stream.of(line.split(" ", -1)));
            var answer = run(server, words.toArray(String[]::new));
            assertThat(answer.exitCode()).as("%s: %s", command, answer).isZero();
            shapes.append(JsonShape.of("ign backup " + command.replace(file, "FILE") + " --json", answer.out()));
        }
        return shapes.toString();
    }

    @ParameterizedTest
    @InTurn
    void aPasswordIsTakenFromTheEnvironmentOrAskedFor(Neo4jVersion version) {
        var server = SERVERS.of(version);

        assertThat(run(as(server, PASSWORD), "backup", "status").exitCode()).isZero();
        var wrong = run(as(server, "wrong-password"), "backup", "status");
        assertThat(wrong.exitCode()).isEqualTo(2);
        assertThat(wrong.err())
                .contains("ERROR: the server at " + server.boltUri() + " does not accept this user or password")
                .contains("HINT: Set NEO4J_USERNAME and NEO4J_PASSWORD, or use -u and -p.");
        var nobodyToAsk = run(server, "backup", "status");
        assertThat(nobodyToAsk.exitCode()).isEqualTo(2);
        assertThat(nobodyToAsk.err()).contains("asks for a password, and none was given");

        var asked = inTerminal(server, "Password of neo4j: ", PASSWORD + "\n", "ign backup list");
        assertThat(asked.exitCode()).as("%s", asked).isZero();
        assertThat(asked.out()).contains("Password of neo4j: ").doesNotContain(PASSWORD);
    }

    @ParameterizedTest
    @InTurn
    void inATerminalItAsksBeforeItRestores(Neo4jVersion version) {
        var server = Neo4jServer.shared(version);
        var plugin = Plugin.withEmptyFolder(server);
        server.run("CREATE (:Saved)");
        plugin.create(Map.of());
        server.run("CREATE (:Live)");

        var declined = inTerminal(server, "Do it? [y/N]", "n\n", "ign backup restore");
        assertThat(declined.exitCode()).as("%s", declined).isEqualTo(130);
        assertThat(declined.out()).contains("This would replace 2 nodes", "Do it? [y/N]", "nothing was restored");
        assertThat(server.run("MATCH (n) RETURN n")).hasSize(2);

        var agreed = inTerminal(server, "Do it? [y/N]", "y\n", "ign backup restore");
        assertThat(agreed.exitCode()).as("%s", agreed).isZero();
        assertThat(server.run("MATCH (n) RETURN n")).hasSize(1);
    }

    @ParameterizedTest
    @InTurn
    void inATerminalABarMovesAndCtrlCEndsTheWorkOnTheServer(Neo4jVersion version)
            throws IOException, InterruptedException {
        var server = SERVERS.of(version);
        var plugin = Plugin.withEmptyFolder(server);
        plugin.fillWithMuch(40);
        var screen = BuildFolder.fresh("terminal").resolve("screen");

        var process = Distribution.startInTerminal(
                server, screen, "ign backup create -p " + PASSWORD + " --compression none");
        Await.until("a bar", Plugin.LIMIT, () -> shown(screen).contains("%"));
        process.getOutputStream().write(3); // Ctrl-C
        process.getOutputStream().flush();

        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(shown(screen)).contains("create: ", "Cancelling on the server", "cancelled");
        assertThat(process.exitValue()).isEqualTo(130);
        assertThat(plugin.outcome("create")).containsEntry("code", "cancelled");
        assertThat(plugin.list()).isEmpty();
    }

    @ParameterizedTest
    @InTurn
    void anEmptyDatabaseGetsTheBundledBackupOrNot(Neo4jVersion version) {
        var server = Neo4jServer.shared(version);
        var plugin = Plugin.withEmptyFolder(server);
        assertThat(run(server, "backup", "init-database").out()).contains("There is no bundled backup in ");
        server.run("UNWIND range(1, 3) AS i CREATE (:Bundled)");
        var made = run(server, "backup", "init");
        assertThat(made.exitCode()).as("%s", made).isZero();
        assertThat(plugin.files()).contains("initial_backup.json");
        assertThat(run(server, "backup", "init-database").out())
                .contains("The database has 3 nodes and is left as it is.");
        server.run("MATCH (n) DELETE n");

        assertThat(run(server, "backup", "init-database").exitCode()).isEqualTo(2);
        var declined = run(server, "backup", "init-database", "--no");
        assertThat(declined.out()).contains("Declined.");
        assertThat(run(server, "backup", "configure").out()).containsPattern("initial_restore +off +call");
        run(server, "backup", "configure", "initial_restore=");
        var agreed = inTerminal(
                server, "Restore initial data from bundled backup? [y/N]", "y\n", "ign backup init-database");
        assertThat(agreed.exitCode()).as("%s", agreed).isZero();
        assertThat(server.run("MATCH (n:Bundled) RETURN n")).hasSize(3);
        Plugin.withEmptyFolder(server);
    }

    @ParameterizedTest
    @InTurn
    void aServerWithoutThePluginIsNamed(Neo4jVersion version) {
        try (var server = Neo4jServer.of(version).withoutPlugins().start()) {
            var absent = run(server, "backup", "status");

            assertThat(absent.exitCode()).isEqualTo(13);
            assertThat(absent.err())
                    .contains("has no procedure ign.backup.status")
                    .contains("HINT: Put the JAR ign-backup-")
                    .contains(" into its plugins folder, and restart it.");
        }
    }
}
