package ign.backup.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ign.backup.server.Plugin;
import ign.backup.testkit.Await;
import ign.backup.testkit.Neo4jServer;
import ign.backup.testkit.Neo4jVersion;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.neo4j.driver.SessionConfig;
import org.neo4j.driver.Transaction;
import org.neo4j.driver.TransactionConfig;
import org.neo4j.driver.exceptions.Neo4jException;
import org.neo4j.driver.exceptions.TransientException;

/** What else happens to a database while it is written to and backed up: the backups stay exact, the writers undisturbed. */
class UnderLoadIT {

    private static final int WRITERS = 4;

    /** Never two at once, and these in this order: so a set that is not among the states never was the schema. */
    private static final List<String> SCHEMA_CHANGES = List.of(
            "CREATE INDEX case_a FOR (n:Account) ON (n.balance)",
            "CREATE FULLTEXT INDEX case_b FOR (n:Text) ON EACH [n.content]",
            "CREATE CONSTRAINT case_c FOR (n:Account) REQUIRE n.key IS UNIQUE",
            "DROP INDEX case_a",
            "DROP INDEX case_b",
            "DROP CONSTRAINT case_c");

    private static final Set<Set<String>> SCHEMA_STATES = Set.of(
            Set.of(),
            Set.of("case_a"),
            Set.of("case_a", "case_b"),
            Set.of("case_a", "case_b", "case_c"),
            Set.of("case_b", "case_c"),
            Set.of("case_c"));

    private static final String SPOIL = """
            MATCH (c:Thing {key: 'counter-left'}) SET c.value = c.value + 1000000
            WITH c MATCH (a:Thing {key: 'account-7'})-[d:DEBT]->() SET a:On, a.balance = 0, d.balance = 0
            CREATE (:Doomed {key: 'doomed'})-[:DOOMED {key: 'doomed'}]->(a)
            """;

    private static Plugin filled(Neo4jServer server) {
        var plugin = Plugin.withEmptyFolder(server);
        Bank.create(server, WRITERS);
        return plugin;
    }

    private static void backUpForAWhile(Witness witness, Loop beside) {
        long begun = System.nanoTime();
        while (System.nanoTime() - begun < Extent.side().toNanos()) {
            witness.backUp(Map.of("compression", "zstd"));
        }
        assertThat(beside.rounds()).isPositive();
    }

    @ParameterizedTest
    @EnumSource
    void aBackupDuringSchemaChangesHoldsASchemaThatWas(Neo4jVersion version) {
        var server = Neo4jServer.shared(version);
        var plugin = filled(server);
        Set<Set<String>> seen = new HashSet<>();
        try (var writers = Writers.start(server, WRITERS);
                var changes = Loop.start(
                        "schema-changes", i -> server.run(SCHEMA_CHANGES.get((i - 1) % SCHEMA_CHANGES.size())))) {
            var witness = new Witness(plugin, writers);
            long begun = System.nanoTime();
            var last = witness.backUp(Map.of());
            while (System.nanoTime() - begun < Extent.side().toNanos() || changes.rounds() < SCHEMA_CHANGES.size()) {
                last = witness.backUp(Map.of());
                seen.add(schema(last));
            }
            changes.stop();
            writers.stop();
            witness.assertInstants();
            assertThat(SCHEMA_STATES).as("schemas that were").containsAll(seen);

            plugin.restore(last.file());
            assertThat(GraphImage.of(server).differencesFrom(new Expectation(WRITERS).after(last.transactions())))
                    .isEmpty();
            assertThat(cases(server)).isEqualTo(schema(last));
        }
    }

    private static Set<String> schema(Witness.Sighting backup) {
        var indexes = names(backup, "indexes");
        var constraints = names(backup, "constraints");
        assertThat(indexes.contains("case_c"))
                .as("%s: a constraint and its index", backup.file())
                .isEqualTo(constraints.contains("case_c"));
        indexes.addAll(constraints);
        return indexes;
    }

    private static Set<String> names(Witness.Sighting backup, String kind) {
        var names = new TreeSet<String>();
        for (var definition : (List<?>) backup.schema().getOrDefault(kind, List.of())) {
            var name = String.valueOf(((Map<?, ?>) definition).get("name"));
            if (name.startsWith("case_")) {
                names.add(name);
            }
        }
        return names;
    }

    private static Set<String> cases(Neo4jServer server) {
        var names = new TreeSet<String>();
        server.run("SHOW INDEXES YIELD name WHERE name STARTS WITH 'case_'")
                .forEach(row -> names.add(row.get("name").asString()));
        return names;
    }

    /** Each of them has changed what the witness looks at when it fails, most of them so late that the commit had begun. */
    @ParameterizedTest
    @EnumSource
    void nothingOfATransactionThatFailsIsInABackup(Neo4jVersion version) {
        var server = Neo4jServer.shared(version);
        var plugin = filled(server);
        try (var writers = Writers.start(server, WRITERS);
                var failing = Loop.start("failing-transactions", i -> fail(server, i))) {
            var witness = new Witness(plugin, writers);
            backUpForAWhile(witness, failing);
            failing.stop();
            writers.stop();
            witness.assertInstants();
            assertThat(GraphImage.of(server).differencesFrom(new Expectation(WRITERS).after(writers.acknowledged())))
                    .isEmpty();
        }
    }

    private static void fail(Neo4jServer server, int round) {
        // Only the commit finds out that a node with relationships was deleted: after every listener's beforeCommit.
        var late = SPOIL + " WITH DISTINCT a DELETE a";
        switch (round % 5) {
            case 0 -> rollBack(server);
            case 1 ->
                assertFails(server, TransactionConfig.empty(), transaction -> {
                    transaction.run(late).consume();
                    transaction.commit();
                });
            case 2 ->
                assertFails(server, TransactionConfig.empty(), transaction -> {
                    transaction.run(SPOIL).consume();
                    transaction.run("CREATE (:Thing {key: 'hub'})").consume();
                    transaction.commit();
                });
            case 3 ->
                assertFails(
                        server,
                        TransactionConfig.builder()
                                .withTimeout(Duration.ofMillis(1 + round % 20))
                                .build(),
                        transaction -> {
                            transaction.run(late).consume();
                            transaction.commit();
                        });
            default -> terminateAtCommit(server, late, round);
        }
    }

    private static void terminateAtCommit(Neo4jServer server, String statement, int round) {
        var marked =
                TransactionConfig.builder().withMetadata(Map.of("round", round)).build();
        assertFails(server, marked, transaction -> {
            transaction.run(statement).consume();
            var id = server.run(
                            "system",
                            "SHOW TRANSACTIONS YIELD transactionId, metaData WHERE metaData.round = $round",
                            Map.of("round", round))
                    .get(0)
                    .get("transactionId")
                    .asString();
            var terminating = Plugin.inBackground(
                    "terminate", () -> server.run("system", "TERMINATE TRANSACTION $id", Map.of("id", id)));
            try {
                transaction.commit();
            } finally {
                Plugin.await(terminating);
            }
        });
    }

    private interface Work {
        void in(Transaction transaction);
    }

    private static void rollBack(Neo4jServer server) {
        within(server, TransactionConfig.empty(), transaction -> {
            try {
                transaction.run(SPOIL).consume();
                transaction.rollback();
            } catch (TransientException deadlock) {
                transaction.close(); // a writer came first: then this rolls it back
            }
        });
    }

    private static void assertFails(Neo4jServer server, TransactionConfig config, Work work) {
        assertThatThrownBy(() -> within(server, config, work)).isInstanceOf(Neo4jException.class);
    }

    private static void within(Neo4jServer server, TransactionConfig config, Work work) {
        try (var session = server.driver().session(SessionConfig.forDatabase(Neo4jServer.DATABASE));
                var transaction = session.beginTransaction(config)) {
            work.in(transaction);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aCancelledBackupLeavesNothingBehindAndTheNextOneIsExact(Neo4jVersion version) {
        var server = Neo4jServer.shared(version);
        var plugin = filled(server);
        try (var writers = Writers.start(server, WRITERS)) {
            var witness = new Witness(plugin, writers);
            var kept = witness.backUp(Map.of("pin", true)).file();
            var listeners = server.probe().listeners();
            var files = plugin.files();

            Await.until("a backup to be cancelled in time", Plugin.LIMIT, () -> cancelled(plugin));

            writers.awaitProgress();
            assertThat(plugin.files()).isEqualTo(files);
            assertThat(server.probe().listeners()).isEqualTo(listeners);
            Await.until("the end of its threads", Plugin.LIMIT, () -> server.probe().threads().stream()
                    .noneMatch(name -> name.startsWith("ign-backup-export")));

            var next = witness.backUp(Map.of("pin", true)).file();
            writers.stop();
            witness.assertInstants();
            assertThat(plugin.files()).contains(kept, next).hasSize(files.size() + 2);
            assertThat(server.probe().listeners()).isEqualTo(listeners);
        }
    }

    /** {@return whether a backup was cancelled; it may have been quicker} */
    private static boolean cancelled(Plugin plugin) {
        var create = Plugin.inBackground("create", () -> plugin.tryCreate(Map.of("compression", "gzip")));
        Await.until(
                "a backup to begin",
                Plugin.LIMIT,
                () -> create.isDone()
                        || plugin.status().get("operation").asString("").equals("create"));
        plugin.row("system", "CALL ign.backup.cancel()", Map.of());
        var row = Plugin.await(create);
        if (row.get("success").asBoolean()) {
            plugin.discard(row.get("file").asString());
            return false;
        }
        return row.get("code").asString().equals("cancelled");
    }
}
