package ign.backup.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ign.backup.testkit.Await;
import ign.backup.testkit.Failing;
import ign.backup.testkit.InTurn;
import ign.backup.testkit.Neo4jServer;
import ign.backup.testkit.Neo4jVersion;
import ign.backup.testkit.PerVersion;
import ign.backup.testkit.Probe.GraphDigest;
import ign.backup.testkit.ProbePlugin;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.neo4j.driver.Record;
import org.neo4j.driver.exceptions.Neo4jException;

/** Work that is under way: seen, cancelled, terminated, stopped and killed. */
class OperationsIT {

    @RegisterExtension
    static final PerVersion<Prepared> SERVERS = new PerVersion<>(Prepared::make, prepared -> prepared.server.close());

    /** A server with a graph that takes a while to write and to read, and one good backup of it. */
    private record Prepared(Neo4jServer server, Plugin plugin, Failing failing, String backup, GraphDigest graph) {

        static Prepared make(Neo4jVersion version) {
            var server = Neo4jServer.of(version)
                    .environment("IGN_BACKUP_THREADS", "1")
                    .environment("IGN_BACKUP_MAX_BYTES_PER_SECOND", "1m")
                    .plugin(ProbePlugin.failpointJar())
                    .start();
            var plugin = Plugin.of(server);
            plugin.fillWithMuch(40);
            server.run("CREATE INDEX much FOR (n:Much) ON (n.i)");
            server.run("CALL db.awaitIndexes()");
            var backup = plugin.create(Map.of("compression", "zstd", "pin", true));
            return new Prepared(
                    server, plugin, new Failing(server), backup, server.probe().digest());
        }

        /** Starts a backup that takes long, and waits until it writes. */
        CompletableFuture<Record> beginCreate() {
            var call = Plugin.inBackground("create", () -> plugin.tryCreate(Map.of("compression", "none")));
            plugin.awaitStatus(
                    "writing of a backup",
                    row -> row.get("phase").asString("").equals("nodes")
                            && row.get("done").asLong() > 0);
            return call;
        }

        /** Starts a restore, which waits once it writes. */
        CompletableFuture<Record> beginRestore() {
            failing.waitAt("BUILDING");
            var call = Plugin.inBackground("restore", () -> plugin.tryRestore(backup));
            failing.awaitStep("BUILDING");
            return call;
        }

        /** The graph, the backup and the folder are as they were. */
        void assertUntouched() {
            assertThat(plugin.files())
                    .filteredOn(name -> !name.equals(".ign-backup.holder")) // of a killed server, until the next claim
                    .containsExactly(
                            ".gitkeep",
                            ".ign-backup.lock",
                            "README.md",
                            "backup_metadata.json",
                            "backup_metadata.json.copy",
                            backup,
                            backup + ".sha256");
            assertThat(plugin.verify(backup).get("state").asString()).isEqualTo("good");
            assertThat(server.probe().digest()).isEqualTo(graph);
            assertThat(Plugin.filesOf(server.home().resolve("data/databases")))
                    .noneMatch(name ->
                            name.contains("ign-aside") || name.contains("ign-new") || name.contains("ign-restore"));
        }
    }

    private static Prepared prepared(Neo4jVersion version) {
        var prepared = SERVERS.of(version);
        prepared.server.start();
        return prepared;
    }

    @Tag("promise-C1")
    @ParameterizedTest
    @InTurn
    void aSecondCallerHearsWhatRunsAndCancelLeavesNothing(Neo4jVersion version) {
        var prepared = prepared(version);
        var plugin = prepared.plugin;
        var first = prepared.beginCreate();

        var second = plugin.tryCreate(Map.of());
        var status = plugin.status();
        var details = statusDetails(prepared.server);
        var cancelled = plugin.row("system", "CALL ign.backup.cancel()", Map.of());

        assertThat(second.get("success").asBoolean()).isFalse();
        assertThat(second.get("code").asString()).isEqualTo("busy");
        assertThat(second.get("message").asString())
                .matches(
                        "'create' of database 'neo4j' by 'anonymous' since 20[0-9T:.-]+Z is running"
                                + " \\(ign.backup.create: nodes [0-9,]+ of 40,000 nodes \\([0-9]+ %\\)(, about [0-9]+ s left)?\\)");
        assertThat(second.get("hint").asString())
                .isEqualTo(
                        "Wait for its end, which CALL ign.backup.status() tells, or end it with CALL ign.backup.cancel().");
        assertThat(status.get("operation").asString()).isEqualTo("create");
        assertThat(status.get("phase").asString()).isEqualTo("nodes");
        assertThat(status.get("total").asLong()).isEqualTo(40_000);
        assertThat(status.get("done").asLong()).isPositive();
        assertThat(status.get("percent").asDouble()).isPositive().isLessThanOrEqualTo(100);
        assertThat(status.get("rate_per_second").asDouble()).isPositive();
        assertThat(status.get("text").asString()).contains("\nRunning: ign.backup.create: nodes ");
        assertThat(details).startsWith("ign.backup.create: nodes ").contains(" of 40,000 nodes (");
        assertThat(cancelled.get("success").asBoolean()).isTrue();
        assertThat(cancelled.get("message").asString())
                .matches("'create' of database 'neo4j' by 'anonymous' since 20[0-9T:.-]+Z was stopped");

        var row = Plugin.await(first);
        assertThat(row.get("success").asBoolean()).isFalse();
        assertThat(row.get("code").asString()).isEqualTo("cancelled");
        assertThat(row.get("message").asString()).isEqualTo("cancelled by 'anonymous'");
        assertThat(row.get("hint").asString()).isEqualTo("Nothing was left behind; start it again when you like.");
        assertThat(plugin.outcome("create")).containsEntry("code", "cancelled");
        prepared.assertUntouched();
        assertThat(plugin.row("system", "CALL ign.backup.cancel()", Map.of()).asMap())
                .isEqualTo(Map.of("success", false, "message", "nothing is running"));
    }

    @ParameterizedTest
    @InTurn
    void terminatingTheCallersTransactionStopsTheWork(Neo4jVersion version) {
        var prepared = prepared(version);
        var call = prepared.beginCreate();

        var id = callers(prepared.server).get(0).get("transactionId").asString();
        prepared.server.run("system", "TERMINATE TRANSACTION $id", Map.of("id", id));

        assertThatThrownBy(() -> Plugin.await(call)).isInstanceOf(Neo4jException.class);
        assertThat(prepared.plugin.outcome("create"))
                .containsEntry("code", "cancelled")
                .containsEntry("message", "the query that asked for it was terminated");
        prepared.assertUntouched();
    }

    @ParameterizedTest
    @InTurn
    void aRestoreThatIsCancelledWhileItLoadsLeavesTheOldGraph(Neo4jVersion version) {
        var prepared = prepared(version);
        var call = prepared.beginRestore();

        var status = prepared.plugin.status();
        var cancel = Plugin.inBackground(
                "cancel", () -> prepared.plugin.row("system", "CALL ign.backup.cancel()", Map.of()));
        prepared.failing.release();
        assertThat(Plugin.await(cancel).get("success").asBoolean()).isTrue();

        var row = Plugin.await(call);
        assertThat(status.get("operation").asString()).isEqualTo("restore");
        assertThat(status.get("total").asLong()).isEqualTo(80_000);
        assertThat(row.get("success").asBoolean()).isFalse();
        assertThat(row.get("state").asString()).isEqualTo("failed");
        assertThat(row.get("message").asString()).isEqualTo("cancelled by 'anonymous'");
        prepared.assertUntouched();
    }

    @ParameterizedTest
    @InTurn
    void aServerThatStopsDuringABackupOrARestoreCleansUpAndStartsAgain(Neo4jVersion version) {
        var prepared = prepared(version);
        var server = prepared.server;

        var create = prepared.beginCreate();
        terminate(server);
        assertThat(create.handle((row, failure) ->
                                failure != null || !row.get("success").asBoolean())
                        .join())
                .isTrue();
        assertThat(server.neo4jLog())
                .contains("Stopped.")
                .containsPattern(
                        "create of database 'neo4j' by 'anonymous' for 'campaign' ended 'cancelled' after [0-9.]+ s: the (server is stopping|query that asked for it was terminated)");
        assertThat(prepared.plugin.files()).noneMatch(name -> name.endsWith(".part"));
        server.start();
        prepared.assertUntouched();

        var restore = prepared.beginRestore();
        terminate(server);
        assertThat(restore.handle((row, failure) ->
                                failure != null || !row.get("success").asBoolean())
                        .join())
                .isTrue();
        assertThat(server.neo4jLog())
                .contains("Stopped.")
                .containsPattern(
                        "restore of database 'neo4j' by 'anonymous' ended 'cancelled' after [0-9.]+ s: the (server is stopping|query that asked for it was terminated)");
        server.start();
        prepared.assertUntouched();
    }

    /** As {@link Neo4jServer#stop}, but clients are still there. */
    private static void terminate(Neo4jServer server) {
        var process = ProcessHandle.of(server.pid()).orElseThrow();
        process.destroy();
        Await.until("the end of the server", Plugin.LIMIT, () -> !process.isAlive());
        server.stop();
    }

    /** As {@link Neo4jServer#kill}, but clients are still there. */
    private static void kill(Neo4jServer server) {
        var process = ProcessHandle.of(server.pid()).orElseThrow();
        process.destroyForcibly();
        Await.until("the end of the server", Plugin.LIMIT, () -> !process.isAlive());
        server.kill();
    }

    @Tag("promise-A2")
    @Tag("promise-A6")
    @ParameterizedTest
    @InTurn
    void aServerThatIsKilledDuringABackupSweepsItsRestAtTheNextStart(Neo4jVersion version) {
        var prepared = prepared(version);

        var create = prepared.beginCreate();
        kill(prepared.server);
        assertThatThrownBy(() -> Plugin.await(create)).isInstanceOf(RuntimeException.class);
        assertThat(prepared.plugin.files()).anyMatch(name -> name.endsWith(".part"));

        prepared.server.start();
        Await.until("the sweep", Plugin.LIMIT, () -> prepared.plugin.files().stream()
                .noneMatch(name -> name.endsWith(".part")));
        assertThat(prepared.server.neo4jLog())
                .containsPattern(
                        "removed '\\.ign-backup-.*\\.part' \\([0-9]+ bytes\\): its writer ended before it was complete");
        prepared.assertUntouched();
    }

    @Tag("promise-A2")
    @ParameterizedTest
    @InTurn
    void aServerThatIsKilledDuringARestoreHasTheOldGraphAfterTheNextStart(Neo4jVersion version) {
        var prepared = prepared(version);
        prepared.server.run("MATCH (n:Much {i: 1}) SET n.text = 'changed'");
        var changed = prepared.server.probe().digest();

        var restore = prepared.beginRestore();
        kill(prepared.server);
        assertThatThrownBy(() -> Plugin.await(restore)).isInstanceOf(RuntimeException.class);
        assertThat(Plugin.filesOf(prepared.server.home().resolve("data/databases")))
                .contains("neo4j.ign-new");

        prepared.server.start();
        assertThat(prepared.server.probe().digest()).isEqualTo(changed);
        var notes = prepared.plugin.status().get("notes").asList(value -> value.asString());
        assertThat(notes)
                .isNotEmpty()
                .allMatch(note -> note.startsWith("removed '")
                        && note.endsWith(" bytes), which a restore that did not end has left"));
        assertThat(prepared.server.neo4jLog()).contains(notes.get(0));

        prepared.plugin.restore(prepared.backup);
        prepared.assertUntouched();
    }

    private static List<Record> callers(Neo4jServer server) {
        return server.run(
                "system",
                "SHOW TRANSACTIONS YIELD transactionId, currentQuery, statusDetails"
                        + " WHERE currentQuery CONTAINS 'ign.backup.create(\\'campaign\\''",
                Map.of());
    }

    private static String statusDetails(Neo4jServer server) {
        return Await.untilPresent("status details", Plugin.LIMIT, () -> callers(server).stream()
                .map(row ->
                        Optional.ofNullable(Plugin.text(row, "statusDetails")).orElse(""))
                .filter(text -> text.contains(" of "))
                .findFirst());
    }
}
