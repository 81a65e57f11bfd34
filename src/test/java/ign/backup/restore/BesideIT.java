package ign.backup.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ign.backup.server.Plugin;
import ign.backup.testkit.Await;
import ign.backup.testkit.Failing;
import ign.backup.testkit.Neo4jServer;
import ign.backup.testkit.Neo4jVersion;
import ign.backup.testkit.PerVersion;
import ign.backup.testkit.ProbePlugin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
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
import org.neo4j.driver.Record;
import org.neo4j.driver.SessionConfig;
import org.neo4j.driver.exceptions.ClientException;
import org.neo4j.driver.exceptions.Neo4jException;
import org.neo4j.driver.exceptions.RetryableException;
import org.neo4j.driver.exceptions.TransientException;

/** What the clients of a database notice of a restore, and how it ends when something is wrong; the restore waits at a step meanwhile. */
class BesideIT {

    @RegisterExtension
    static final PerVersion<Prepared> SERVERS = new PerVersion<>(Prepared::make, prepared -> prepared.server.close());

    private static final SessionConfig ON_THE_DATABASE = SessionConfig.forDatabase(Neo4jServer.DATABASE);
    private static final Map<String, Object> CONFIRMED = Map.of("confirm", true);

    private record Prepared(Neo4jServer server, Plugin plugin, Failing failing) {

        static Prepared make(Neo4jVersion version) {
            var server =
                    Neo4jServer.of(version).plugin(ProbePlugin.failpointJar()).start();
            return new Prepared(server, Plugin.of(server), new Failing(server));
        }

        long count(String label) {
            return server.run("MATCH (n:" + label + ") RETURN count(n) AS n")
                    .get(0)
                    .get("n")
                    .asLong();
        }

        Record restore(String file, Map<String, Object> options) {
            return plugin.tryRestore(file, options);
        }

        Record rollback() {
            return plugin.tryRollback();
        }

        /** Asks something that takes a while, again and again; {@return how often it got no answer} */
        int askUntil(AtomicBoolean ended, AtomicLong asked) {
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
        Set<Bookmark> write(String statement) {
            try (var session = server.driver().session(ON_THE_DATABASE)) {
                session.run(statement).consume();
                return session.lastBookmarks();
            }
        }

        /** {@return the labels of all nodes, as a session with these bookmarks sees them} */
        List<String> labels(Set<Bookmark> seen) {
            var config = SessionConfig.builder()
                    .withDatabase(Neo4jServer.DATABASE)
                    .withBookmarks(seen)
                    .build();
            try (var session = server.driver().session(config)) {
                return session.run("MATCH (n) RETURN labels(n)[0] AS label ORDER BY label")
                        .list(row -> row.get("label").asString());
            }
        }

        Path folder(String name) {
            return server.home().resolve("data/databases").resolve(name);
        }

        /** Overwrites what no database starts without; {@return what it was, by name} */
        Map<String, byte[]> damage(String store) throws IOException {
            var whole = new HashMap<String, byte[]>();
            for (var name : List.of("neostore", "neostore.nodestore.db")) {
                var file = folder(store).resolve(name);
                whole.put(name, Files.readAllBytes(file));
                Files.write(file, new byte[] {1, 2, 3});
            }
            return whole;
        }

        void mend(String store, Map<String, byte[]> whole) throws IOException {
            for (var file : whole.entrySet()) {
                Files.write(folder(store).resolve(file.getKey()), file.getValue());
            }
        }

        void assertNothingIsLeft() {
            assertThat(Plugin.filesOf(server.home().resolve("data/databases")))
                    .isSubsetOf(Set.of("neo4j", "neo4j.ign-old", "neo4j.ign-kept", "system", "store_lock"));
            assertThat(Plugin.filesOf(server.home().resolve("data/transactions")))
                    .isSubsetOf(Set.of("neo4j", "neo4j.ign-old", "system"));
        }
    }

    /** {@return a server with an empty graph and an empty folder} */
    private static Prepared prepared(Neo4jVersion version) {
        var prepared = SERVERS.of(version);
        prepared.failing.clear();
        prepared.server.clear();
        Plugin.withEmptyFolder(prepared.server);
        return prepared;
    }

    @ParameterizedTest
    @EnumSource
    void clientsReadAndWriteWhileTheNewStoreIsBuilt(Neo4jVersion version) {
        var prepared = prepared(version);
        var server = prepared.server;
        server.run("CREATE (:Saved)-[:R]->(:Saved)");
        var file = prepared.plugin.create(Map.of());
        server.run("CREATE (:Live)");
        prepared.failing.waitAt("BUILDING");

        var call = Plugin.inBackground("restore", () -> prepared.restore(file, CONFIRMED));
        prepared.failing.awaitStep("BUILDING");
        for (int i = 0; i < 3; i++) {
            server.run("CREATE (:Live)");
        }
        assertThat(prepared.count("Live")).isEqualTo(4);
        assertThat(prepared.plugin.status().get("phase").asString()).isEqualTo("build");
        assertThat(prepared.plugin.tryCreate(Map.of()).get("code").asString()).isEqualTo("busy");
        assertThat(prepared.restore(file, CONFIRMED).get("code").asString()).isEqualTo("busy");
        prepared.failing.release();

        var row = Plugin.await(call);
        assertThat(row.get("code").asString()).isEqualTo("ok");
        assertThat(row.get("lost_transactions").asLong()).isEqualTo(3);
        assertThat(row.get("previous_node_count").asLong()).isEqualTo(3);
        assertThat(row.get("node_count").asLong()).isEqualTo(2);
        assertThat(row.get("store_bytes").asLong()).isPositive();
        assertThat(prepared.count("Live")).isZero();
        assertThat(prepared.count("Saved")).isEqualTo(2);
        prepared.assertNothingIsLeft();
    }

    @ParameterizedTest
    @EnumSource
    void blockedWritesFailUntilTheSwapAndNotAfterIt(Neo4jVersion version) {
        var prepared = prepared(version);
        var server = prepared.server;
        server.run("CREATE (:Saved)");
        var file = prepared.plugin.create(Map.of());
        prepared.failing.waitAt("BUILDING");

        var call = Plugin.inBackground(
                "restore", () -> prepared.restore(file, Map.of("confirm", true, "blockWrites", true)));
        prepared.failing.awaitStep("BUILDING");
        assertThatThrownBy(() -> server.run("CREATE (:Late)"))
                .isInstanceOf(ClientException.class)
                .hasMessageContaining("read-only");
        assertThat(prepared.count("Saved")).isEqualTo(1);
        prepared.failing.release();

        assertThat(Plugin.await(call).get("lost_transactions").asLong()).isZero();
        server.run("CREATE (:Late)");
        assertThat(prepared.count("Late")).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void writesAreNotBlockedAnyMoreWhenTheRestoreFails(Neo4jVersion version) throws IOException {
        var prepared = prepared(version);
        prepared.server.run("CREATE (:Saved)");
        var file = prepared.plugin.create(Map.of());
        var path = prepared.plugin.folder().resolve(file);
        Files.writeString(path, Files.readString(path).replace("Saved", "Sawed"));

        var row = prepared.restore(file, Map.of("confirm", true, "blockWrites", true));

        assertThat(row.get("code").asString()).isEqualTo("damaged");
        prepared.server.run("CREATE (:Late)");
        assertThat(prepared.count("Late")).isEqualTo(1);
        prepared.assertNothingIsLeft();
    }

    @ParameterizedTest
    @EnumSource
    void untilTheRestoreIsFinalClientsReadTheNewGraphAndCannotWrite(Neo4jVersion version) {
        var prepared = prepared(version);
        var server = prepared.server;
        server.run("CREATE (:Saved)");
        var file = prepared.plugin.create(Map.of());
        server.run("CREATE (:Live)");
        prepared.failing.waitAt("STARTED");
        try (var session = server.driver().session(ON_THE_DATABASE);
                var early = session.beginTransaction()) {
            early.run("CREATE (:Slipped)").consume();

            var call = Plugin.inBackground("restore", () -> prepared.restore(file, CONFIRMED));
            prepared.failing.awaitStep("STARTED");
            assertThat(prepared.count("Saved")).isEqualTo(1);
            assertThat(prepared.count("Live")).isZero();
            var refused = catchThrowableOfType(TransientException.class, () -> server.run("CREATE (:Slipped)"));
            assertThat(refused)
                    .hasMessageContaining("database 'neo4j' is being restored; nothing was written, try again later");
            var late = catchThrowableOfType(RuntimeException.class, early::commit);
            assertThat(late).isInstanceOf(RetryableException.class);
            prepared.failing.release();

            assertThat(Plugin.await(call).get("code").asString()).isEqualTo("ok");
        }
        server.run("CREATE (:Slipped)");
        assertThat(prepared.count("Slipped")).isEqualTo(1);
    }

    /** Neo4j would stop without its end, and what it gave back afterwards would be taken for part of the new store. */
    @ParameterizedTest
    @EnumSource
    void aTransactionWhoseClientDoesNothingIsEndedBeforeTheSwap(Neo4jVersion version) {
        var prepared = prepared(version);
        var server = prepared.server;
        server.run("CREATE (:Saved)");
        var file = prepared.plugin.create(Map.of());
        server.run("CREATE (:Live)");
        try (var session = server.driver().session(ON_THE_DATABASE);
                var idle = session.beginTransaction()) {
            idle.run("CREATE (:Slipped)").consume();

            assertThat(prepared.restore(file, CONFIRMED).get("code").asString()).isEqualTo("ok");

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
        var prepared = prepared(version);
        prepared.server.run("CREATE (:Saved)");
        var file = prepared.plugin.create(Map.of());
        prepared.server.run("CREATE (:Live)");
        prepared.failing.holdTransaction();

        var row = prepared.restore(file, CONFIRMED);

        assertThat(row.get("code").asString()).isEqualTo("unavailable");
        assertThat(row.get("message").asString())
                .startsWith("the database cannot be stopped: transaction '")
                .endsWith(" did not end in 10 s after it was terminated; the database is as it was before");
        prepared.server.run("CREATE (:Live)");
        assertThat(prepared.count("Live")).isEqualTo(2);
        prepared.failing.clear();
        assertThat(prepared.restore(file, CONFIRMED).get("code").asString()).isEqualTo("ok");
        assertThat(prepared.count("Saved")).isEqualTo(1);
        prepared.assertNothingIsLeft();
    }

    /** Their queries take longer than the gate is closed, and they come back at once when these are ended. */
    @ParameterizedTest
    @EnumSource
    void clientsThatComeBackAtOnceDoNotKeepTheSwapWaiting(Neo4jVersion version) {
        var prepared = prepared(version);
        prepared.server.run("CREATE (:Saved)");
        var file = prepared.plugin.create(Map.of());
        prepared.server.run("CREATE (:Live)");
        var ended = new AtomicBoolean();
        var asked = new AtomicLong();
        var clients = Stream.of("first", "second", "third")
                .map(name -> Plugin.inBackground(name, () -> prepared.askUntil(ended, asked)))
                .toList();
        Await.until("their first questions", Plugin.LIMIT, () -> asked.get() >= clients.size());
        try {
            assertThat(prepared.restore(file, CONFIRMED).get("code").asString()).isEqualTo("ok");
        } finally {
            ended.set(true);
        }

        assertThat(clients.stream().mapToInt(Plugin::await).sum()).isPositive();
        assertThat(prepared.count("Saved")).isEqualTo(1);
        prepared.assertNothingIsLeft();
    }

    /** The wait is Neo4j's, a second by default; here it is longer, so that the speed of the machine does not matter. */
    @ParameterizedTest
    @EnumSource
    void whoComesDuringTheSwapWaitsAndReadsTheNewGraph(Neo4jVersion version) {
        version.assumeAvailable();
        try (var server = Neo4jServer.of(version)
                .plugin(ProbePlugin.failpointJar())
                .setting("internal.dbms.transaction_start_timeout", "2m")
                .start()) {
            var prepared = new Prepared(server, Plugin.of(server), new Failing(server));
            server.run("CREATE (:Saved)");
            var file = prepared.plugin.create(Map.of());
            server.run("CREATE (:Live)");
            prepared.failing.waitAt("STOPPED");

            var restore = Plugin.inBackground("restore", () -> prepared.restore(file, CONFIRMED));
            prepared.failing.awaitStep("STOPPED");
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
            prepared.failing.release();

            assertThat(Plugin.await(restore).get("code").asString()).isEqualTo("ok");
            assertThat(Plugin.await(read)).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void managedTransactionsAndBookmarksSurviveTenRestores(Neo4jVersion version) {
        var prepared = prepared(version);
        var server = prepared.server;
        server.run("CREATE (:Counter {n: 0})");
        server.run("CREATE INDEX counters FOR (c:Counter) ON (c.n)");
        var file = prepared.plugin.create(Map.of("compression", "zstd", "pin", true));
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
            assertThat(prepared.restore(file, CONFIRMED).get("code").asString()).isEqualTo("ok");
            long before = counted.get();
            Await.until("a write after a restore", Plugin.LIMIT, () -> counted.get() > before || writer.isDone());
        }
        stop.set(true);

        assertThat(Plugin.await(writer)).isTrue();
        assertThat(prepared.count("Counter")).isEqualTo(1);
        var shown = server.run("system", "SHOW DATABASE neo4j YIELD name, currentStatus, statusMessage", Map.of())
                .get(0);
        assertThat(shown.get("currentStatus").asString()).isEqualTo("online");
        assertThat(server.run("SHOW INDEXES YIELD state RETURN DISTINCT state"))
                .extracting(row -> row.get("state").asString())
                .containsExactly("ONLINE");
        prepared.assertNothingIsLeft();
    }

    /** Plans of queries have numbers of labels and properties in them, and the new store gives these anew. */
    @ParameterizedTest
    @EnumSource
    void afterARestoreNothingIsRememberedOfTheOldGraph(Neo4jVersion version) {
        var prepared = prepared(version);
        var server = prepared.server;
        server.run("CREATE (:Kept {number: 1, name: 'one'})-[:TO]->(:Kept {number: 2, name: 'two'})");
        var file = prepared.plugin.create(Map.of());
        server.run("CREATE (:Added {number: 1})-[:OTHER]->(:Kept {number: 3, name: 'three'})");
        var query = "MATCH (n:Kept) WHERE n.number > 0 RETURN n.name AS name ORDER BY n.number";
        for (int i = 0; i < 3; i++) {
            assertThat(server.run(query))
                    .extracting(row -> row.get("name").asString())
                    .containsExactly("one", "two", "three");
        }

        assertThat(prepared.restore(file, CONFIRMED).get("code").asString()).isEqualTo("ok");

        assertThat(server.run(query))
                .extracting(row -> row.get("name").asString())
                .containsExactly("one", "two");
        assertThat(names(server, "CALL db.labels() YIELD label AS name")).containsExactly("Kept");
        assertThat(names(server, "CALL db.relationshipTypes() YIELD relationshipType AS name"))
                .containsExactly("TO");
        assertThat(names(server, "CALL db.propertyKeys() YIELD propertyKey AS name"))
                .containsExactly("name", "number");
        assertThat(prepared.count("Kept")).isEqualTo(2);
        assertThat(prepared.count("Added")).isZero();
        var status = prepared.plugin.status();
        assertThat(status.get("node_count").asLong()).isEqualTo(2);
        assertThat(status.get("relationship_count").asLong()).isEqualTo(1);
        assertThat(status.get("node_change").asLong()).isZero();
        assertThat(status.get("relationship_change").asLong()).isZero();
        assertThat(status.get("backup_recommended").asBoolean()).isFalse();

        server.run("CREATE (:Kept {number: 4, name: 'four'})");
        assertThat(prepared.plugin.status().get("node_change").asLong()).isEqualTo(1);
        var next = prepared.plugin.create(Map.of());
        assertThat(prepared.restore(next, CONFIRMED).get("node_count").asLong()).isEqualTo(3);
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
        var prepared = prepared(version);
        prepared.server.run("CREATE (:Saved)");
        var file = prepared.plugin.create(Map.of());
        var seen = prepared.write("CREATE (:Live)");

        prepared.restore(file, CONFIRMED);

        assertThat(prepared.labels(seen)).containsExactly("Saved");
    }

    @ParameterizedTest
    @EnumSource
    void aRollbackBringsTheOldGraphBackAndASecondOneTheNew(Neo4jVersion version) {
        var prepared = prepared(version);
        prepared.server.run("CREATE (:Saved)");
        var file = prepared.plugin.create(Map.of());
        prepared.server.run("CREATE (:Live), (:Live)");
        prepared.restore(file, CONFIRMED);
        var kept = prepared.plugin.status().get("old_store");
        assertThat(kept.get("replaced_by").asString()).isEqualTo(file);
        assertThat(kept.get("size_bytes").asLong()).isPositive();

        var back = prepared.rollback();

        assertThat(back.get("success").asBoolean()).as("%s", back.asMap()).isTrue();
        assertThat(back.get("state").asString()).isEqualTo("rolled-back");
        assertThat(back.get("node_count").asLong()).isEqualTo(3);
        assertThat(back.get("previous_node_count").asLong()).isEqualTo(1);
        assertThat(back.get("message").asString())
                .matches("Database 'neo4j' has the store from before '" + file
                        + "' \\(20[0-9T:.-]+Z\\) again: 3 nodes and 0 relationships; not available for [0-9.]+ s."
                        + " The other store is kept instead");
        assertThat(prepared.count("Live")).isEqualTo(2);
        prepared.server.run("CREATE (:Live)");

        assertThat(prepared.rollback().get("node_count").asLong()).isEqualTo(1);
        assertThat(prepared.rollback().get("node_count").asLong()).isEqualTo(4);
        prepared.assertNothingIsLeft();
    }

    @ParameterizedTest
    @EnumSource
    void withoutASafetyBackupThereIsNothingToRollBackTo(Neo4jVersion version) {
        var prepared = prepared(version);
        prepared.server.run("CREATE (:Saved)");
        var file = prepared.plugin.create(Map.of());
        prepared.restore(file, CONFIRMED);

        prepared.restore(file, Map.of("confirm", true, "safetyBackup", false));

        assertThat(prepared.plugin.status().get("old_store").isNull()).isTrue();
        var row = prepared.rollback();
        assertThat(row.get("success").asBoolean()).isFalse();
        assertThat(row.get("code").asString()).isEqualTo("not-found");
        assertThat(row.get("message").asString()).isEqualTo("no store is kept for database 'neo4j'");
        prepared.assertNothingIsLeft();
    }

    @ParameterizedTest
    @EnumSource
    void calledOnTheDatabaseItselfARollbackBeginsWhenTheCallerHasLeft(Neo4jVersion version) {
        var prepared = prepared(version);
        prepared.server.run("CREATE (:Saved)");
        var file = prepared.plugin.create(Map.of());
        prepared.server.run("CREATE (:Live)");
        prepared.restore(file, CONFIRMED);

        var row = prepared.plugin.row(Neo4jServer.DATABASE, "CALL ign.backup.rollback()", Map.of());

        assertThat(row.get("success").asBoolean()).isFalse();
        assertThat(row.get("state").asString()).isEqualTo("swapping");
        assertThat(prepared.plugin.outcome("rollback")).containsEntry("code", "ok");
        assertThat(prepared.count("Live")).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void aDryRunAndADrillTouchNothing(Neo4jVersion version) {
        var prepared = prepared(version);
        prepared.server.probe().fillWithEveryValue(30);
        prepared.server.probe().createEverySchema();
        var file = prepared.plugin.create(Map.of("compression", "zstd"));
        prepared.server.run("CREATE (:Live)");
        var before = prepared.server.probe().digest();

        var dry = prepared.restore(file, Map.of("dryRun", true, "check", true));
        var drill = prepared.plugin.row(
                "system", "CALL ign.backup.verify($file, {level: 'restore'})", Map.of("file", file));

        assertThat(dry.get("success").asBoolean()).as("%s", dry.asMap()).isTrue();
        assertThat(dry.get("state").asString()).isEqualTo("checked");
        assertThat(dry.get("message").asString()).startsWith("dry run; nothing was touched. A store of ");
        assertThat(dry.get("store_bytes").asLong()).isPositive();
        assertThat(drill.get("valid").asBoolean()).isTrue();
        assertThat(drill.get("level").asString()).isEqualTo("restore");
        assertThat(drill.get("state").asString()).isEqualTo("good");
        assertThat(prepared.server.probe().digest()).isEqualTo(before);
        prepared.assertNothingIsLeft();
    }

    @ParameterizedTest
    @EnumSource
    void intoEmptyRefusesAGraph(Neo4jVersion version) {
        var prepared = prepared(version);
        prepared.server.run("CREATE (:Saved)");
        var file = prepared.plugin.create(Map.of());

        var refused = prepared.restore(file, Map.of("confirm", true, "mode", "into-empty"));
        prepared.server.run("MATCH (n) DELETE n");
        var restored = prepared.restore(file, Map.of("confirm", true, "mode", "into-empty", "warmup", true));
        var replaced = prepared.restore(file, Map.of("confirm", true, "warmup", true));

        assertThat(refused.get("code").asString()).isEqualTo("bad-request");
        assertThat(refused.get("message").asString())
                .isEqualTo("mode 'into-empty' restores only into a database without nodes, and 'neo4j' has 1");
        assertThat(restored.get("code").asString()).isEqualTo("ok");
        assertThat(prepared.count("Saved")).isEqualTo(1);
        assertThat(restored.get("warmup").get("files").asLong()).isPositive();
        assertThat(replaced.get("warmup").get("bytes").asLong()).isPositive();
    }

    /** The new store is damaged when it stands in its place, before the database starts on it. */
    @ParameterizedTest
    @EnumSource
    void aNewStoreThatDoesNotStartBringsTheOldOneBack(Neo4jVersion version) throws IOException {
        var prepared = prepared(version);
        prepared.server.run("CREATE (:Saved)");
        var file = prepared.plugin.create(Map.of());
        prepared.server.run("CREATE (:Live)");
        prepared.failing.waitAt("NEW_STORE_IN_PLACE");

        var call = Plugin.inBackground("restore", () -> prepared.restore(file, CONFIRMED));
        prepared.failing.awaitStep("NEW_STORE_IN_PLACE");
        prepared.damage("neo4j");
        prepared.failing.release();

        var row = Plugin.await(call);
        assertThat(row.get("code").asString()).isEqualTo("unavailable");
        assertThat(row.get("message").asString())
                .startsWith("database 'neo4j' does not start: ")
                .endsWith("; the database is as it was before");
        assertThat(prepared.count("Live")).isEqualTo(1);
        assertThat(prepared.restore(file, CONFIRMED).get("code").asString()).isEqualTo("ok");
        prepared.assertNothingIsLeft();
    }

    @ParameterizedTest
    @EnumSource
    void aNewStoreThatCannotBeMovedToItsPlaceBringsTheOldOneBack(Neo4jVersion version) throws IOException {
        var prepared = prepared(version);
        prepared.server.run("CREATE (:Saved)");
        var file = prepared.plugin.create(Map.of());
        prepared.server.run("CREATE (:Live)");
        prepared.failing.waitAt("OLD_LOGS_ASIDE");

        var call = Plugin.inBackground("restore", () -> prepared.restore(file, CONFIRMED));
        prepared.failing.awaitStep("OLD_LOGS_ASIDE");
        Files.move(prepared.folder("neo4j.ign-new"), prepared.server.home().resolve("away"));
        prepared.failing.release();

        var row = Plugin.await(call);
        assertThat(row.get("code").asString()).isEqualTo("unavailable");
        assertThat(row.get("message").asString())
                .startsWith("cannot rename '" + prepared.folder("neo4j.ign-new") + "' to '")
                .endsWith("; the database is as it was before");
        assertThat(prepared.count("Live")).isEqualTo(1);
        prepared.assertNothingIsLeft();
    }

    /** Then nothing runs, and the message says so; nothing is lost. */
    @ParameterizedTest
    @EnumSource
    void anOldStoreThatIsPutBackAndDoesNotStartWaitsForTheNextStart(Neo4jVersion version) throws IOException {
        var prepared = prepared(version);
        prepared.server.run("CREATE (:Saved)");
        var file = prepared.plugin.create(Map.of());
        prepared.server.run("CREATE (:Live)");
        prepared.failing.waitAt("NEW_STORE_IN_PLACE");

        var call = Plugin.inBackground("restore", () -> prepared.restore(file, CONFIRMED));
        prepared.failing.awaitStep("NEW_STORE_IN_PLACE");
        prepared.damage("neo4j");
        var whole = prepared.damage("neo4j.ign-aside");
        prepared.failing.release();

        var row = Plugin.await(call);
        assertThat(row.get("code").asString()).isEqualTo("unavailable");
        assertThat(row.get("message").asString())
                .startsWith("database 'neo4j' does not start: ")
                .endsWith("; the store that served before is back in its place, but does not run; restart the server,"
                        + " which starts it");
        prepared.server.stop();
        prepared.mend("neo4j", whole);
        prepared.server.start();
        assertThat(prepared.count("Live")).isEqualTo(1);
        prepared.assertNothingIsLeft();
        assertThat(prepared.restore(file, CONFIRMED).get("code").asString()).isEqualTo("ok");
    }

    @ParameterizedTest
    @EnumSource
    void aKeptStoreThatDoesNotStartIsKeptAndTheOtherOneServesOn(Neo4jVersion version) throws IOException {
        var prepared = prepared(version);
        prepared.server.run("CREATE (:Saved)");
        var file = prepared.plugin.create(Map.of());
        prepared.server.run("CREATE (:Live)");
        assertThat(prepared.restore(file, CONFIRMED).get("code").asString()).isEqualTo("ok");
        var whole = prepared.damage("neo4j.ign-old");

        var row = prepared.rollback();

        assertThat(row.get("code").asString()).isEqualTo("unavailable");
        assertThat(row.get("message").asString())
                .startsWith("database 'neo4j' does not start: ")
                .endsWith("; the database is as it was before");
        assertThat(prepared.count("Saved")).isEqualTo(1);
        prepared.mend("neo4j.ign-old", whole);
        assertThat(prepared.rollback().get("state").asString()).isEqualTo("rolled-back");
        assertThat(prepared.count("Live")).isEqualTo(1);
        prepared.assertNothingIsLeft();
    }

    @ParameterizedTest
    @EnumSource
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
}
