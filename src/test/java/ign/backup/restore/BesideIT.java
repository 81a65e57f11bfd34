package ign.backup.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ign.backup.server.Plugin;
import ign.backup.testkit.Await;
import ign.backup.testkit.InTurn;
import ign.backup.testkit.Neo4jServer;
import ign.backup.testkit.Neo4jVersion;
import ign.backup.testkit.PerVersion;
import ign.backup.testkit.ProbePlugin;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.neo4j.driver.Bookmark;
import org.neo4j.driver.SessionConfig;
import org.neo4j.driver.exceptions.ClientException;
import org.neo4j.driver.exceptions.Neo4jException;
import org.neo4j.driver.exceptions.RetryableException;
import org.neo4j.driver.exceptions.TransientException;

/** What the clients of a database notice of a restore, and how it ends when something is wrong; the restore waits at a step meanwhile. */
class BesideIT {

    @RegisterExtension
    static final PerVersion<WatchedServer> SERVERS = new PerVersion<>(WatchedServer::start, WatchedServer::close);

    private static final SessionConfig ON_THE_DATABASE = SessionConfig.forDatabase(Neo4jServer.DATABASE);

    /** {@return a server with an empty graph and an empty folder} */
    private static WatchedServer watched(Neo4jVersion version) {
        var watched = SERVERS.of(version);
        watched.reset();
        return watched;
    }

    @ParameterizedTest
    @EnumSource
    void clientsReadAndWriteWhileTheNewStoreIsBuilt(Neo4jVersion version) {
        var watched = watched(version);
        var server = watched.server();
        server.run("CREATE (:Saved)-[:R]->(:Saved)");
        var file = watched.plugin().create(Map.of());
        server.run("CREATE (:Live)");
        var restore = watched.restoreUpTo("BUILDING", file);
        for (int i = 0; i < 3; i++) {
            server.run("CREATE (:Live)");
        }
        assertThat(watched.count("Live")).isEqualTo(4);
        assertThat(watched.plugin().status().get("phase").asString()).isEqualTo("build");
        assertThat(watched.plugin().tryCreate(Map.of()).get("code").asString()).isEqualTo("busy");
        assertThat(watched.restore(file).get("code").asString()).isEqualTo("busy");

        var row = restore.goOn();

        assertThat(row.get("code").asString()).isEqualTo("ok");
        assertThat(row.get("lost_transactions").asLong()).isEqualTo(3);
        assertThat(row.get("previous_node_count").asLong()).isEqualTo(3);
        assertThat(row.get("node_count").asLong()).isEqualTo(2);
        assertThat(row.get("store_bytes").asLong()).isPositive();
        assertThat(watched.count("Live")).isZero();
        assertThat(watched.count("Saved")).isEqualTo(2);
        watched.assertNothingIsLeft();
    }

    @ParameterizedTest
    @EnumSource
    void blockedWritesFailUntilTheSwapAndNotAfterIt(Neo4jVersion version) {
        var watched = watched(version);
        var server = watched.server();
        server.run("CREATE (:Saved)");
        var file = watched.plugin().create(Map.of());

        var restore = watched.restoreUpTo("BUILDING", file, Map.of("confirm", true, "blockWrites", true));
        assertThatThrownBy(() -> server.run("CREATE (:Late)"))
                .isInstanceOf(ClientException.class)
                .hasMessageContaining("read-only");
        assertThat(watched.count("Saved")).isEqualTo(1);

        assertThat(restore.goOn().get("lost_transactions").asLong()).isZero();
        server.run("CREATE (:Late)");
        assertThat(watched.count("Late")).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void writesAreNotBlockedAnyMoreWhenTheRestoreFails(Neo4jVersion version) throws IOException {
        var watched = watched(version);
        watched.server().run("CREATE (:Saved)");
        var file = watched.plugin().create(Map.of());
        var path = watched.plugin().folder().resolve(file);
        Files.writeString(path, Files.readString(path).replace("Saved", "Sawed"));

        var row = watched.plugin().tryRestore(file, Map.of("confirm", true, "blockWrites", true));

        assertThat(row.get("code").asString()).isEqualTo("damaged");
        watched.server().run("CREATE (:Late)");
        assertThat(watched.count("Late")).isEqualTo(1);
        watched.assertNothingIsLeft();
    }

    @ParameterizedTest
    @EnumSource
    void untilTheRestoreIsFinalClientsReadTheNewGraphAndCannotWrite(Neo4jVersion version) {
        var watched = watched(version);
        var server = watched.server();
        var file = watched.backUpAndGoOn();
        try (var session = server.driver().session(ON_THE_DATABASE);
                var early = session.beginTransaction()) {
            early.run("CREATE (:Slipped)").consume();

            var restore = watched.restoreUpTo("STARTED", file);
            assertThat(watched.count("Saved")).isEqualTo(1);
            assertThat(watched.count("Live")).isZero();
            var refused = catchThrowableOfType(TransientException.class, () -> server.run("CREATE (:Slipped)"));
            assertThat(refused)
                    .hasMessageContaining("database 'neo4j' is being restored; nothing was written, try again later");
            var late = catchThrowableOfType(RuntimeException.class, early::commit);
            assertThat(late).isInstanceOf(RetryableException.class);

            assertThat(restore.goOn().get("code").asString()).isEqualTo("ok");
        }
        server.run("CREATE (:Slipped)");
        assertThat(watched.count("Slipped")).isEqualTo(1);
    }

    /** Neo4j would stop without its end, and what it gave back afterwards would be taken for part of the new store. */
    @ParameterizedTest
    @EnumSource
    void aTransactionWhoseClientDoesNothingIsEndedBeforeTheSwap(Neo4jVersion version) {
        var watched = watched(version);
        var server = watched.server();
        var file = watched.backUpAndGoOn();
        try (var session = server.driver().session(ON_THE_DATABASE);
                var idle = session.beginTransaction()) {
            idle.run("CREATE (:Slipped)").consume();

            assertThat(watched.restore(file).get("code").asString()).isEqualTo("ok");

            assertThat(catchThrowableOfType(RuntimeException.class, idle::commit))
                    .isInstanceOf(RetryableException.class);
        }
        server.run("CREATE (:After)");
        assertThat(server.run("MATCH (n) WHERE id(n) >= 0 RETURN labels(n)[0] AS label ORDER BY label"))
                .extracting(row -> row.get("label").asString())
                .containsExactly("After", "Saved");
        assertThat(server.run("MATCH (n) RETURN count(n) AS n").get(0).get("n").asLong())
                .isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource
    void aTransactionThatDoesNotEndStopsTheSwapAndNotTheDatabase(Neo4jVersion version) {
        var watched = watched(version);
        var file = watched.backUpAndGoOn();
        watched.failing().holdTransaction();

        var row = watched.restore(file);

        assertThat(row.get("code").asString()).isEqualTo("unavailable");
        assertThat(row.get("message").asString())
                .startsWith("the database cannot be stopped: transaction '")
                .endsWith(" did not end in 10 s after it was terminated; the database is as it was before");
        watched.server().run("CREATE (:Live)");
        assertThat(watched.count("Live")).isEqualTo(2);
        watched.failing().clear();
        assertThat(watched.restore(file).get("code").asString()).isEqualTo("ok");
        assertThat(watched.count("Saved")).isEqualTo(1);
        watched.assertNothingIsLeft();
    }

    /** One of their queries is nearly always open; whoever's is ended for the swap comes back at once. */
    @ParameterizedTest
    @EnumSource
    void clientsThatComeBackAtOnceDoNotKeepTheSwapWaiting(Neo4jVersion version) {
        var watched = watched(version);
        var file = watched.backUpAndGoOn();
        var ended = new AtomicBoolean();
        var asked = new AtomicLong();
        var clients = Stream.of("first", "second", "third")
                .map(name -> Plugin.inBackground(name, () -> askUntil(watched.server(), ended, asked)))
                .toList();
        Await.until("their first questions", Plugin.LIMIT, () -> asked.get() >= clients.size());
        try {
            assertThat(watched.restore(file).get("code").asString()).isEqualTo("ok");
        } finally {
            ended.set(true);
        }

        clients.forEach(Plugin::await);
        assertThat(watched.count("Saved")).isEqualTo(1);
        watched.assertNothingIsLeft();
    }

    /** The wait is Neo4j's, a second by default; here it is longer, so that the speed of the machine does not matter. */
    @ParameterizedTest
    @InTurn
    void whoComesDuringTheSwapWaitsAndReadsTheNewGraph(Neo4jVersion version) {
        version.assumeAvailable();
        try (var server = Neo4jServer.of(version)
                .plugin(ProbePlugin.failpointJar())
                .setting("internal.dbms.transaction_start_timeout", "2m")
                .start()) {
            var watched = WatchedServer.of(server);
            var file = watched.backUpAndGoOn();
            var restore = watched.restoreUpTo("STOPPED", file);
            var asked = new AtomicBoolean();
            var read = Plugin.inBackground("read", () -> {
                try (var session = server.driver().session(ON_THE_DATABASE)) {
                    asked.set(true);
                    return session.run("MATCH (n:Live) RETURN count(n) AS n") // the driver does not repeat this
                            .single()
                            .get("n")
                            .asLong();
                }
            });
            Await.until("the question", Plugin.LIMIT, asked::get);

            assertThat(restore.goOn().get("code").asString()).isEqualTo("ok");
            assertThat(Plugin.await(read)).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void managedTransactionsAndBookmarksSurviveTenRestores(Neo4jVersion version) {
        var watched = watched(version);
        var server = watched.server();
        server.run("CREATE (:Counter {n: 0})");
        server.run("CREATE INDEX counters FOR (c:Counter) ON (c.n)");
        var file = watched.plugin().create(Map.of("compression", "zstd", "pin", true));
        var stop = new AtomicBoolean();
        var counted = new AtomicLong();
        var writer = Plugin.inBackground("writer", () -> {
            try (var session = server.driver().session(ON_THE_DATABASE)) { // each transaction waits for the one before
                while (!stop.get()) {
                    session.executeWriteWithoutResult(transaction -> transaction
                            .run("MATCH (c:Counter) SET c.n = c.n + 1")
                            .consume());
                    counted.incrementAndGet();
                }
            }
            return true;
        });

        for (int i = 0; i < 10; i++) {
            assertThat(watched.restore(file).get("code").asString()).isEqualTo("ok");
            long before = counted.get();
            Await.until("a write after a restore", Plugin.LIMIT, () -> counted.get() > before || writer.isDone());
        }
        stop.set(true);

        assertThat(Plugin.await(writer)).isTrue();
        assertThat(watched.count("Counter")).isEqualTo(1);
        var shown = server.run("system", "SHOW DATABASE neo4j YIELD name, currentStatus, statusMessage", Map.of())
                .get(0);
        assertThat(shown.get("currentStatus").asString()).isEqualTo("online");
        assertThat(server.run("SHOW INDEXES YIELD state RETURN DISTINCT state"))
                .extracting(row -> row.get("state").asString())
                .containsExactly("ONLINE");
        watched.assertNothingIsLeft();
    }

    /** Plans of queries have numbers of labels and properties in them, and the new store gives these anew. */
    @ParameterizedTest
    @EnumSource
    void afterARestoreNothingIsRememberedOfTheOldGraph(Neo4jVersion version) {
        var watched = watched(version);
        var server = watched.server();
        server.run("CREATE (:Kept {number: 1, name: 'one'})-[:TO]->(:Kept {number: 2, name: 'two'})");
        var file = watched.plugin().create(Map.of());
        server.run("CREATE (:Added {number: 1})-[:OTHER]->(:Kept {number: 3, name: 'three'})");
        var query = "MATCH (n:Kept) WHERE n.number > 0 RETURN n.name AS name ORDER BY n.number";
        for (int i = 0; i < 3; i++) {
            assertThat(server.run(query))
                    .extracting(row -> row.get("name").asString())
                    .containsExactly("one", "two", "three");
        }

        assertThat(watched.restore(file).get("code").asString()).isEqualTo("ok");

        assertThat(server.run(query))
                .extracting(row -> row.get("name").asString())
                .containsExactly("one", "two");
        assertThat(names(server, "CALL db.labels() YIELD label AS name")).containsExactly("Kept");
        assertThat(names(server, "CALL db.relationshipTypes() YIELD relationshipType AS name"))
                .containsExactly("TO");
        assertThat(names(server, "CALL db.propertyKeys() YIELD propertyKey AS name"))
                .containsExactly("name", "number");
        assertThat(watched.count("Kept")).isEqualTo(2);
        assertThat(watched.count("Added")).isZero();
        var status = watched.plugin().status();
        assertThat(status.get("node_count").asLong()).isEqualTo(2);
        assertThat(status.get("relationship_count").asLong()).isEqualTo(1);
        assertThat(status.get("node_change").asLong()).isZero();
        assertThat(status.get("relationship_change").asLong()).isZero();
        assertThat(status.get("backup_recommended").asBoolean()).isFalse();

        server.run("CREATE (:Kept {number: 4, name: 'four'})");
        assertThat(watched.plugin().status().get("node_change").asLong()).isEqualTo(1);
        var next = watched.plugin().create(Map.of());
        assertThat(watched.restore(next).get("node_count").asLong()).isEqualTo(3);
        assertThat(server.run(query))
                .extracting(row -> row.get("name").asString())
                .containsExactly("one", "two", "four");
    }

    private static List<String> names(Neo4jServer server, String call) {
        return server.run(call + " RETURN name ORDER BY name").stream()
                .map(row -> row.get("name").asString())
                .toList();
    }

    @ParameterizedTest
    @EnumSource
    void aBookmarkFromBeforeARestoreIsReached(Neo4jVersion version) {
        var watched = watched(version);
        watched.server().run("CREATE (:Saved)");
        var file = watched.plugin().create(Map.of());
        var seen = bookmarksOf(watched.server(), "CREATE (:Live)");

        watched.restore(file);

        assertThat(labels(watched.server(), seen)).containsExactly("Saved");
    }

    @ParameterizedTest
    @EnumSource
    void aRollbackBringsTheOldGraphBackAndASecondOneTheNew(Neo4jVersion version) {
        var watched = watched(version);
        watched.server().run("CREATE (:Saved)");
        var file = watched.plugin().create(Map.of());
        watched.server().run("CREATE (:Live), (:Live)");
        watched.restore(file);
        var kept = watched.plugin().status().get("old_store");
        assertThat(kept.get("replaced_by").asString()).isEqualTo(file);
        assertThat(kept.get("size_bytes").asLong()).isPositive();

        var back = watched.plugin().tryRollback();

        assertThat(back.get("success").asBoolean()).as("%s", back.asMap()).isTrue();
        assertThat(back.get("state").asString()).isEqualTo("rolled-back");
        assertThat(back.get("node_count").asLong()).isEqualTo(3);
        assertThat(back.get("previous_node_count").asLong()).isEqualTo(1);
        assertThat(back.get("message").asString())
                .matches("Database 'neo4j' has the store from before '" + file
                        + "' \\(20[0-9T:.-]+Z\\) again: 3 nodes and 0 relationships; not available for [0-9.]+ s."
                        + " The other store is kept instead");
        assertThat(watched.count("Live")).isEqualTo(2);
        watched.server().run("CREATE (:Live)");

        assertThat(watched.plugin().tryRollback().get("node_count").asLong()).isEqualTo(1);
        assertThat(watched.plugin().tryRollback().get("node_count").asLong()).isEqualTo(4);
        watched.assertNothingIsLeft();
    }

    @ParameterizedTest
    @EnumSource
    void withoutASafetyBackupThereIsNothingToRollBackTo(Neo4jVersion version) {
        var watched = watched(version);
        watched.server().run("CREATE (:Saved)");
        var file = watched.plugin().create(Map.of());
        watched.restore(file);

        watched.plugin().tryRestore(file, Map.of("confirm", true, "safetyBackup", false));

        assertThat(watched.plugin().status().get("old_store").isNull()).isTrue();
        var row = watched.plugin().tryRollback();
        assertThat(row.get("success").asBoolean()).isFalse();
        assertThat(row.get("code").asString()).isEqualTo("not-found");
        assertThat(row.get("message").asString()).isEqualTo("no store is kept for database 'neo4j'");
        watched.assertNothingIsLeft();
    }

    @ParameterizedTest
    @EnumSource
    void calledOnTheDatabaseItselfARollbackBeginsWhenTheCallerHasLeft(Neo4jVersion version) {
        var watched = watched(version);
        var file = watched.backUpAndGoOn();
        watched.restore(file);

        var row = watched.plugin().row(Neo4jServer.DATABASE, "CALL ign.backup.rollback()", Map.of());

        assertThat(row.get("success").asBoolean()).isFalse();
        assertThat(row.get("state").asString()).isEqualTo("swapping");
        assertThat(watched.plugin().outcome("rollback")).containsEntry("code", "ok");
        assertThat(watched.count("Live")).isEqualTo(1);
    }

    @ParameterizedTest
    @InTurn
    void aDryRunAndADrillTouchNothing(Neo4jVersion version) {
        var watched = watched(version);
        watched.server().probe().fillWithEveryValue(30);
        watched.server().probe().createEverySchema();
        var file = watched.plugin().create(Map.of("compression", "zstd"));
        watched.server().run("CREATE (:Live)");
        var before = watched.server().probe().digest();

        var dry = watched.plugin().tryRestore(file, Map.of("dryRun", true, "check", true));
        var drill = watched.plugin()
                .row("system", "CALL ign.backup.verify($file, {level: 'restore'})", Map.of("file", file));

        assertThat(dry.get("success").asBoolean()).as("%s", dry.asMap()).isTrue();
        assertThat(dry.get("state").asString()).isEqualTo("checked");
        assertThat(dry.get("message").asString()).startsWith("dry run; nothing was touched. A store of ");
        assertThat(dry.get("store_bytes").asLong()).isPositive();
        assertThat(drill.get("valid").asBoolean()).isTrue();
        assertThat(drill.get("level").asString()).isEqualTo("restore");
        assertThat(drill.get("state").asString()).isEqualTo("good");
        assertThat(watched.server().probe().digest()).isEqualTo(before);
        watched.assertNothingIsLeft();
    }

    @ParameterizedTest
    @EnumSource
    void intoEmptyRefusesAGraph(Neo4jVersion version) {
        var watched = watched(version);
        watched.server().run("CREATE (:Saved)");
        var file = watched.plugin().create(Map.of());

        var refused = watched.plugin().tryRestore(file, Map.of("confirm", true, "mode", "into-empty"));
        watched.server().run("MATCH (n) DELETE n");
        var restored = watched.plugin().tryRestore(file, Map.of("confirm", true, "mode", "into-empty", "warmup", true));
        var replaced = watched.plugin().tryRestore(file, Map.of("confirm", true, "warmup", true));

        assertThat(refused.get("code").asString()).isEqualTo("bad-request");
        assertThat(refused.get("message").asString())
                .isEqualTo("mode 'into-empty' restores only into a database without nodes, and 'neo4j' has 1");
        assertThat(restored.get("code").asString()).isEqualTo("ok");
        assertThat(watched.count("Saved")).isEqualTo(1);
        assertThat(restored.get("warmup").get("files").asLong()).isPositive();
        assertThat(replaced.get("warmup").get("bytes").asLong()).isPositive();
    }

    /** The new store is damaged when it stands in its place, before the database starts on it. */
    @ParameterizedTest
    @EnumSource
    void aNewStoreThatDoesNotStartBringsTheOldOneBack(Neo4jVersion version) throws IOException {
        var watched = watched(version);
        var file = watched.backUpAndGoOn();
        var restore = watched.restoreUpTo("NEW_STORE_IN_PLACE", file);
        watched.damage("neo4j");

        var row = restore.goOn();

        assertThat(row.get("code").asString()).isEqualTo("unavailable");
        assertThat(row.get("message").asString())
                .startsWith("database 'neo4j' does not start: ")
                .endsWith("; the database is as it was before");
        assertThat(watched.count("Live")).isEqualTo(1);
        assertThat(watched.restore(file).get("code").asString()).isEqualTo("ok");
        watched.assertNothingIsLeft();
    }

    @ParameterizedTest
    @EnumSource
    void aNewStoreThatCannotBeMovedToItsPlaceBringsTheOldOneBack(Neo4jVersion version) throws IOException {
        var watched = watched(version);
        var file = watched.backUpAndGoOn();
        var restore = watched.restoreUpTo("OLD_LOGS_ASIDE", file);
        Files.move(watched.store("neo4j.ign-new"), watched.server().home().resolve("away"));

        var row = restore.goOn();

        assertThat(row.get("code").asString()).isEqualTo("unavailable");
        assertThat(row.get("message").asString())
                .startsWith("cannot rename '" + watched.store("neo4j.ign-new") + "' to '")
                .endsWith("; the database is as it was before");
        assertThat(watched.count("Live")).isEqualTo(1);
        watched.assertNothingIsLeft();
    }

    /** Then nothing runs, and the message says so; nothing is lost. */
    @ParameterizedTest
    @EnumSource
    void anOldStoreThatIsPutBackAndDoesNotStartWaitsForTheNextStart(Neo4jVersion version) throws IOException {
        var watched = watched(version);
        var file = watched.backUpAndGoOn();
        var restore = watched.restoreUpTo("NEW_STORE_IN_PLACE", file);
        watched.damage("neo4j");
        var whole = watched.damage("neo4j.ign-aside");

        var row = restore.goOn();

        assertThat(row.get("code").asString()).isEqualTo("unavailable");
        assertThat(row.get("message").asString())
                .startsWith("database 'neo4j' does not start: ")
                .endsWith("; the store that served before is back in its place, but does not run; restart the server,"
                        + " which starts it");
        watched.server().stop();
        watched.mend("neo4j", whole);
        watched.server().start();
        assertThat(watched.count("Live")).isEqualTo(1);
        watched.assertNothingIsLeft();
        assertThat(watched.restore(file).get("code").asString()).isEqualTo("ok");
    }

    @ParameterizedTest
    @EnumSource
    void aKeptStoreThatDoesNotStartIsKeptAndTheOtherOneServesOn(Neo4jVersion version) throws IOException {
        var watched = watched(version);
        var file = watched.backUpAndGoOn();
        assertThat(watched.restore(file).get("code").asString()).isEqualTo("ok");
        var whole = watched.damage("neo4j.ign-old");

        var row = watched.plugin().tryRollback();

        assertThat(row.get("code").asString()).isEqualTo("unavailable");
        assertThat(row.get("message").asString())
                .startsWith("database 'neo4j' does not start: ")
                .endsWith("; the database is as it was before");
        assertThat(watched.count("Saved")).isEqualTo(1);
        watched.mend("neo4j.ign-old", whole);
        assertThat(watched.plugin().tryRollback().get("state").asString()).isEqualTo("rolled-back");
        assertThat(watched.count("Live")).isEqualTo(1);
        watched.assertNothingIsLeft();
    }

    @ParameterizedTest
    @InTurn
    void aRestoreIntoAReadOnlyDatabaseIsRefused(Neo4jVersion version) {
        version.assumeAvailable();
        try (var server = Neo4jServer.of(version).start()) {
            server.run("CREATE (:Saved)");
            var plugin = Plugin.of(server);
            var file = plugin.create(Map.of());
            server.stop();
            server.configure("server.databases.read_only", "neo4j");
            server.start();

            var row = plugin.tryRestore(file);

            assertThat(row.get("code").asString()).isEqualTo("bad-request");
            assertThat(row.get("message").asString())
                    .isEqualTo("database 'neo4j' is read-only by 'server.databases.read_only', so that it cannot be"
                            + " replaced");
        }
    }

    /** Asks something that takes a while, again and again; {@return how often it was turned away, never if there was a quiet moment} */
    private static int askUntil(Neo4jServer server, AtomicBoolean ended, AtomicLong asked) {
        int turnedAway = 0;
        while (!ended.get()) {
            asked.incrementAndGet();
            try (var session = server.driver().session(ON_THE_DATABASE)) {
                session.run("UNWIND range(1, 2000000) AS i WITH i % 1000 AS k RETURN count(DISTINCT k) AS n")
                        .consume();
            } catch (Neo4jException endedOrRefused) {
                turnedAway++;
            }
        }
        return turnedAway;
    }

    /** {@return the bookmarks of a session that has run this statement} */
    private static Set<Bookmark> bookmarksOf(Neo4jServer server, String statement) {
        try (var session = server.driver().session(ON_THE_DATABASE)) {
            session.run(statement).consume();
            return session.lastBookmarks();
        }
    }

    /** {@return the labels of all nodes, as a session with these bookmarks sees them} */
    private static List<String> labels(Neo4jServer server, Set<Bookmark> seen) {
        var config = SessionConfig.builder()
                .withDatabase(Neo4jServer.DATABASE)
                .withBookmarks(seen)
                .build();
        try (var session = server.driver().session(config)) {
            return session.run("MATCH (n) RETURN labels(n)[0] AS label ORDER BY label")
                    .list(row -> row.get("label").asString());
        }
    }
}
