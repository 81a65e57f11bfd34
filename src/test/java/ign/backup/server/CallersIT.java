package ign.backup.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ign.backup.testkit.InTurn;
import ign.backup.testkit.Neo4jServer;
import ign.backup.testkit.Neo4jVersion;
import ign.backup.testkit.PerVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.neo4j.driver.SessionConfig;
import org.neo4j.driver.exceptions.ClientException;

/** Who calls a restore, from where, and what the other clients of the database notice. */
class CallersIT {

    @RegisterExtension
    static final PerVersion<Neo4jServer> SERVERS = new PerVersion<>(
            version -> Neo4jServer.of(version)
                    .environment("IGN_BACKUP_RESTORE_CALLER_GRACE", "2s")
                    .start(),
            Neo4jServer::close);

    private static final SessionConfig ON_THE_DATABASE = SessionConfig.forDatabase(Neo4jServer.DATABASE);

    /** One server per version, whose restores do not wait long for their caller. */
    private static Neo4jServer server(Neo4jVersion version) {
        var server = SERVERS.of(version);
        server.clear();
        return server;
    }

    @ParameterizedTest
    @EnumSource
    void onSystemTheCallReturnsWhenTheGraphIsThere(Neo4jVersion version) {
        var server = server(version);
        var plugin = Plugin.withEmptyFolder(server);
        var file = twoNodes(server, plugin);
        var original = server.probe().digest();
        server.run("CREATE (:Other), (:Other), (:Other)");

        var row = plugin.restore(file);

        assertThat(server.probe().digest()).isEqualTo(original);
        assertThat(row.get("state").asString()).isEqualTo("restored");
        assertThat(row.get("database").asString()).isEqualTo("neo4j");
        assertThat(row.get("previous_node_count").asLong()).isEqualTo(5);
        assertThat(row.get("code").asString()).isEqualTo("ok");
        assertThat(row.get("hint").isNull()).isTrue();
        assertThat(row.get("message").asString())
                .matches("Database 'neo4j' restored from '" + file
                        + "': 2 nodes and 1 relationships; not available for [0-9.]+ s");
        assertThat(plugin.outcome("restore"))
                .containsEntry("code", "ok")
                .containsEntry("message", row.get("message").asString());
    }

    @ParameterizedTest
    @EnumSource
    void onTheDatabaseItselfTheCallReturnsBeforeTheSwap(Neo4jVersion version) {
        var server = server(version);
        var plugin = Plugin.withEmptyFolder(server);
        var file = twoNodes(server, plugin);
        var original = server.probe().digest();
        server.run("CREATE (:Other)");

        var row = plugin.restoreFromWithin(file);

        assertThat(row.get("success").asBoolean()).isFalse();
        assertThat(row.get("state").asString()).isEqualTo("swapping");
        assertThat(row.get("message").asString())
                .matches("the new store is built and whole. 2 nodes and 1 relationships of '" + file
                        + "' \\(.*, 'campaign'\\)"
                        + " will replace 3 nodes and 1 relationships of database 'neo4j' as soon as this query has ended;"
                        + " CALL ign.backup.status\\(\\) on 'system' tells the end");
        assertThat(row.get("hint").asString()).isEqualTo("Call it in a session on 'system' to wait for the end.");
        assertThat(plugin.outcome("restore")).containsEntry("code", "ok");
        assertThat(server.probe().digest()).isEqualTo(original);
    }

    @ParameterizedTest
    @EnumSource
    void aCallerWhoKeepsItsTransactionOpenStopsTheRestoreAndNothingIsTouched(Neo4jVersion version) {
        var server = server(version);
        var plugin = Plugin.withEmptyFolder(server);
        var file = twoNodes(server, plugin);
        server.run("CREATE (:Other)");
        var before = server.probe().digest();

        try (var session = server.driver().session(ON_THE_DATABASE);
                var transaction = session.beginTransaction()) {
            var row = transaction
                    .run("CALL ign.backup.restore($file, {confirm: true})", Map.of("file", file))
                    .single();
            assertThat(row.get("state").asString()).isEqualTo("swapping");

            plugin.awaitPhase("waiting for the caller's query to end");
            assertThat(plugin.outcome("restore"))
                    .containsEntry("code", "unavailable")
                    .containsEntry(
                            "message",
                            "the transaction that asked for the restore was still open after 2 s; nothing was touched");
            assertThat(transaction
                            .run("MATCH (n) RETURN count(n) AS n")
                            .single()
                            .get("n")
                            .asLong())
                    .isEqualTo(3);
            transaction.commit();
        }
        assertThat(server.probe().digest()).isEqualTo(before);
    }

    @ParameterizedTest
    @InTurn
    void withoutConfirmationNothingIsDone(Neo4jVersion version) {
        var server = server(version);
        var plugin = Plugin.withEmptyFolder(server);
        var file = twoNodes(server, plugin);
        server.run("CREATE (:Other)");
        var before = server.probe().digest();
        var files = plugin.files();

        for (var database : List.of(Neo4jServer.DATABASE, "system")) {
            var row = plugin.row(database, "CALL ign.backup.restore()", Map.of());
            assertThat(row.get("success").asBoolean()).isFalse();
            assertThat(row.get("state").asString()).isEqualTo("refused");
            assertThat(row.get("code").asString()).isEqualTo("bad-request");
            assertThat(row.get("message").asString())
                    .matches(
                            "not confirmed; nothing was done. This would replace 3 nodes and 1 relationships of database"
                                    + " 'neo4j' by 2 nodes and 1 relationships of '" + file + "' \\(.*, 'campaign'\\)");
            assertThat(row.get("hint").asString()).isEqualTo("Call it again with {confirm:true}.");
        }
        assertThat(server.probe().digest()).isEqualTo(before);
        assertThat(plugin.files()).isEqualTo(files);
    }

    @ParameterizedTest
    @InTurn
    void theDatabaseCanBeNamedAndSystemIsRefused(Neo4jVersion version) {
        var server = server(version);
        var plugin = Plugin.withEmptyFolder(server);
        var file = twoNodes(server, plugin);
        var original = server.probe().digest();

        var row = plugin.row(
                "system", "CALL ign.backup.restore($file, {confirm: true, database: 'NEO4J'})", Map.of("file", file));
        assertThat(row.get("success").asBoolean()).isTrue();
        assertThat(server.probe().digest()).isEqualTo(original);

        expect(server, "other", "there is no database 'other'\nHINT: The databases of this server are [neo4j].");
        expect(
                server,
                "system",
                "database 'system' cannot be backed up or restored"
                        + "\nHINT: Leave the option 'database' out, or name one of [neo4j].");
        expect(server, "", "a database name is empty\nHINT: Leave the option 'database' out, or name a database.");
        assertThat(server.probe().digest()).isEqualTo(original);
    }

    @ParameterizedTest
    @EnumSource
    void theStatusAnswersAtEveryMomentOfASwap(Neo4jVersion version) {
        var server = server(version);
        var plugin = Plugin.withEmptyFolder(server);
        var file = twoNodes(server, plugin);
        var stop = new AtomicBoolean();
        var polls = new ArrayList<CompletableFuture<Boolean>>();
        for (int i = 0; i < 3; i++) {
            polls.add(Plugin.inBackground("poll-" + i, () -> {
                while (!stop.get()) {
                    assertThat(plugin.status().get("database").asString()).isEqualTo("neo4j");
                }
                return true;
            }));
        }

        for (int i = 0; i < 12; i++) {
            plugin.restore(file);
        }

        stop.set(true);
        assertThat(polls).allMatch(Plugin::await);
        assertThat(server.run("MATCH (n) RETURN count(n) AS n").get(0).get("n").asLong())
                .isEqualTo(2);
    }

    private static void expect(Neo4jServer server, String database, String explanation) {
        var error = catchThrowableOfType(
                ClientException.class,
                () -> server.run(
                        "system",
                        "CALL ign.backup.restore(null, {confirm: true, database: $name})",
                        Map.of("name", database)));
        assertThat(error).hasMessageEndingWith(explanation);
    }

    private static String twoNodes(Neo4jServer server, Plugin plugin) {
        server.run("CREATE (:A {x: 1})-[:R]->(:B)");
        return plugin.create(Map.of());
    }
}
