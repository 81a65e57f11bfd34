package ign.backup.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ign.backup.testkit.Await;
import ign.backup.testkit.Failing;
import ign.backup.testkit.InTurn;
import ign.backup.testkit.Neo4jServer;
import ign.backup.testkit.Neo4jVersion;
import ign.backup.testkit.ProbePlugin;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.neo4j.driver.AuthTokens;
import org.neo4j.driver.GraphDatabase;
import org.neo4j.driver.SessionConfig;
import org.neo4j.driver.exceptions.Neo4jException;

/** Settings from each place, wrong ones, and those of Neo4j that could get in the way. */
class SettingsIT {

    private static final List<String> CALLS = List.of(
            "create()",
            "restore()",
            "verify()",
            "list()",
            "info('a.json')",
            "status()",
            "cancel()",
            "pin('a.json')",
            "unpin('a.json')",
            "rollback()",
            "init()",
            "help()");

    /** One server, started three times: with faults, with a file that cannot be read, and rightly. */
    @ParameterizedTest
    @InTurn
    void wrongSettingsDisableThePluginAndNotTheServer(Neo4jVersion version) throws IOException {
        try (var server = Neo4jServer.of(version)
                .systemProperty("ign.backup.source_name", "from a property")
                .systemProperty("ign.backup.backup_file_pattern", "by-property-{timestamp}.json")
                .environment("IGN_BACKUP_SOURCE_NAME", "from the environment")
                .build()) {
            var conf = server.home().resolve("conf/ign-backup.conf");
            Files.writeString(conf, "max_backups=0\nmax_backup=3\nfolder=backups-by-file\n");
            server.start();
            for (var call : CALLS) {
                var error = catchThrowableOfType(Neo4jException.class, () -> server.run("CALL ign.backup." + call));
                assertThat(error).as(call).isNotNull();
                assertThat(error.code()).isEqualTo("Neo.ClientError.Procedure.ProcedureCallFailed");
                assertThat(error.getMessage())
                        .as(call)
                        .contains("ign.backup is disabled: the configuration has 2 faults: ")
                        .contains(
                                "there is no setting 'max_backup' (file '" + conf + "'), the nearest is 'max_backups'")
                        .contains("'max_backups' (file '" + conf + "') is '0', expected is a whole number from 1")
                        .contains("HINT: Correct conf/ign-backup.conf (or the environment) and restart the server.");
            }
            assertThat(server.neo4jLog()).contains("ERROR [ign.backup] disabled: the configuration has 2 faults: ");
            assertThat(server.run("RETURN 1 AS one").get(0).get("one").asLong()).isEqualTo(1);

            Files.delete(conf);
            Files.createDirectory(conf);
            server.restart();
            var unreadable = catchThrowableOfType(Neo4jException.class, () -> server.run("CALL ign.backup.status()"));
            assertThat(unreadable.getMessage())
                    .contains("ign.backup is disabled: the configuration has a fault: file '" + conf
                            + "' cannot be read: ");

            Files.delete(conf);
            Files.writeString(
                    conf,
                    "max_backups=2\nign.backup.source_name=from the file\nfolder=backups-by-file\ncompression=gzip\n");
            server.restart();
            var plugin = Plugin.of(server);
            var row = plugin.tryCreate(Map.of());
            assertThat(row.get("file").asString()).matches("by-property-20[0-9]{6}_[0-9]{6}\\.json\\.gz");
            assertThat(row.get("path").asString())
                    .isEqualTo(server.home()
                            .resolve("backups-by-file")
                            .resolve(row.get("file").asString())
                            .toString());
            assertThat(plugin.row(
                                    "neo4j",
                                    "CALL ign.backup.info($file)",
                                    Map.of("file", row.get("file").asString()))
                            .get("source")
                            .asString())
                    .isEqualTo("from the environment");
        }
    }

    @ParameterizedTest
    @InTurn
    void onlyTheUsersNamedMayCallAnything(Neo4jVersion version) {
        try (var server = Neo4jServer.of(version)
                .password("a-test-password")
                .environment("IGN_BACKUP_ALLOWED_USERS", "neo4j, operator")
                .start()) {
            server.run("system", "CREATE USER stranger SET PASSWORD 'another-password' CHANGE NOT REQUIRED", Map.of());
            var plugin = Plugin.of(server);
            var file = plugin.create(Map.of());
            var files = plugin.files();

            try (var driver =
                    GraphDatabase.driver(server.boltUri(), AuthTokens.basic("stranger", "another-password"))) {
                for (var call : CALLS) {
                    // The wrong option is not even looked at.
                    var statement = "CALL ign.backup."
                            + call.replace("()", call.startsWith("create") ? "('x', {wrong: 1})" : "()");
                    var error = catchThrowableOfType(Neo4jException.class, () -> {
                        try (var session = driver.session(SessionConfig.forDatabase("neo4j"))) {
                            session.run(statement).consume();
                        }
                    });
                    assertThat(error).as(call).isNotNull();
                    assertThat(error.getMessage())
                            .as(call)
                            .endsWith("user 'stranger' may not call ign.backup"
                                    + "\nHINT: An administrator can add the name to the setting 'allowed_users'.");
                }
            }
            assertThat(plugin.files()).isEqualTo(files);
            assertThat(plugin.restore(file).get("state").asString()).isEqualTo("restored");
            assertThat(plugin.outcome("restore")).containsEntry("code", "ok");
        }
    }

    /** The work has transactions of its own, without a limit; the caller's has one, and the work ends with its caller. */
    @ParameterizedTest
    @InTurn
    void theTimeoutOfTransactionsEndsTheCallAndTheWorkCleanly(Neo4jVersion version) throws IOException {
        try (var server = Neo4jServer.of(version)
                .plugin(ProbePlugin.failpointJar())
                .setting("db.transaction.monitor.check.interval", "100ms")
                .environment("IGN_BACKUP_MAX_BYTES_PER_SECOND", "64k")
                .start()) {
            var plugin = Plugin.of(server);
            server.run("CREATE (:Saved)");
            var good = plugin.create(Map.of());
            plugin.fillWithMuch(20); // a backup of it takes longer than the time limit
            var files = plugin.files();
            server.configure("db.transaction.timeout", "10s");
            server.restart();

            var created =
                    catchThrowableOfType(Neo4jException.class, () -> plugin.tryCreate(Map.of("compression", "gzip")));
            assertThat(created).hasMessageContaining("The transaction has not completed within the timeout specified");
            assertThat(plugin.outcome("create"))
                    .containsEntry("code", "cancelled")
                    .containsEntry("message", "the query that asked for it was terminated");
            assertThat(plugin.files()).isEqualTo(files);

            var failing = new Failing(server);
            failing.waitAt("BUILDING");
            var restore = Plugin.inBackground("restore", () -> plugin.tryRestore(good));
            failing.awaitStep("BUILDING");
            Await.until("the end of the caller's transaction", Plugin.LIMIT, () -> !server.run(
                            "system",
                            "SHOW TRANSACTIONS YIELD currentQuery, status"
                                    + " WHERE currentQuery CONTAINS 'ign.backup.restore(' AND status STARTS WITH 'Terminated'",
                            Map.of())
                    .isEmpty());
            failing.release();
            var restored = catchThrowableOfType(Neo4jException.class, () -> Plugin.await(restore));
            assertThat(restored).hasMessageContaining("The transaction has not completed within the timeout specified");
            assertThat(plugin.outcome("restore")).containsEntry("code", "cancelled");
            assertThat(server.run("MATCH (n) RETURN count(n) AS n")
                            .get(0)
                            .get("n")
                            .asLong())
                    .isEqualTo(20_001);
        }
    }
}
