package ign.backup.proof;

import static org.assertj.core.api.Assertions.assertThat;

import ign.backup.server.Plugin;
import ign.backup.testkit.InTurn;
import ign.backup.testkit.Neo4jServer;
import ign.backup.testkit.Neo4jVersion;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.neo4j.driver.SessionConfig;

/** Transactions of unusual size: each is in a backup as a whole or not at all. */
class WholeTransactionsIT {

    private static final int BATCHES = 80;
    private static final int BATCH = 250;
    private static final int ATTEMPTS = 10;

    private static final int DEGREE = Extent.isLong() ? 300_000 : 100_000;
    private static final int VECTORS = 50;
    private static final int LARGE = 20_000_000;

    /** A batch has members all over the store, and relationships only among them. */
    private static final String FILL_BATCHES = """
            UNWIND range(0, $batches * $batch - 1) AS i
            CREATE (:Item {key: 'item-' + i, i: i, batch: i % $batches})
            """;

    private static final String LINK_BATCHES = """
            MATCH (a:Item) MATCH (b:Item {i: (a.i + $batches) % ($batches * $batch)})
            CREATE (a)-[:NEXT {key: 'next-' + a.i, batch: a.batch}]->(b)
            """;

    @ParameterizedTest
    @EnumSource
    void aGraphThatIsBeingDeletedInBatchesHasWholeBatches(Neo4jVersion version) {
        var server = Neo4jServer.shared(version);
        var plugin = Plugin.withEmptyFolder(server);
        server.run("CREATE INDEX FOR (n:Item) ON (n.i)");
        var sizes = Map.<String, Object>of("batches", BATCHES, "batch", BATCH);
        int between = 0;
        for (int attempt = 0; between < 2 && attempt < ATTEMPTS; attempt++) {
            server.run(Neo4jServer.DATABASE, FILL_BATCHES, sizes);
            server.run(Neo4jServer.DATABASE, LINK_BATCHES, sizes);
            var deletion = Plugin.inBackground(
                    "deletion",
                    () -> server.run("MATCH (n:Item) WITH n ORDER BY n.batch"
                            + " CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF " + BATCH + " ROWS"));
            while (!deletion.isDone()) {
                long batches = wholeBatches(plugin.folder().resolve(plugin.create(Map.of())));
                between += batches > 0 && batches < BATCHES ? 1 : 0;
            }
            Plugin.await(deletion);
        }
        assertThat(between).as("backups in the middle of a deletion").isPositive();
    }

    /** {@return how many batches there are: each complete, and those that are gone are the first ones} */
    private static long wholeBatches(Path file) {
        var graph = BackupFile.read(file).graph();
        var expected = new HashMap<Object, Long>();
        long left = graph.nodes().size() / BATCH;
        LongStream.range(BATCHES - left, BATCHES).forEach(batch -> expected.put(batch, (long) BATCH));
        assertThat(sizes(graph.nodes())).as("nodes by batch in %s", file).isEqualTo(expected);
        assertThat(sizes(graph.relationships()))
                .as("relationships by batch in %s", file)
                .isEqualTo(expected);
        return left;
    }

    private static Map<Object, Long> sizes(Map<String, Map<String, Object>> elements) {
        var sizes = new HashMap<Object, Long>();
        elements.values().forEach(element -> sizes.merge(String.valueOf(element.get("batch")), 1L, Long::sum));
        var byNumber = new HashMap<Object, Long>();
        sizes.forEach((batch, size) -> byNumber.put(Long.valueOf(String.valueOf(batch)), size));
        return byNumber;
    }

    /**
     * One transaction changes, deletes and creates a third of the graph each, over and over. Its number stands in everything that
     * it leaves, so a backup in which two numbers meet holds a part of one.
     */
    @ParameterizedTest
    @EnumSource
    void aTransactionOfManyElementsIsThereOrNot(Neo4jVersion version) {
        try (var server = Neo4jServer.of(version).heap("1g").start()) {
            var plugin = Plugin.of(server);
            int third = Extent.largeTransaction() / 3;
            var size = Map.<String, Object>of("third", third);
            server.run(
                    Neo4jServer.DATABASE,
                    "UNWIND range(1, $third) AS i CREATE (:Kept {key: 'kept-' + i, at: 0})",
                    size);
            server.run(
                    Neo4jServer.DATABASE,
                    "UNWIND range(1, $third) AS i CREATE (:Made {key: 'made-' + i, at: 0})",
                    size);
            try (var changes = Loop.start(
                    "large-transactions",
                    i -> server.run(Neo4jServer.DATABASE, """
                    MATCH (kept:Kept) SET kept.at = $at
                    WITH count(*) AS changed MATCH (made:Made) DETACH DELETE made
                    WITH count(*) AS deleted UNWIND range(1, $third) AS i
                    CREATE (:Made {key: 'made-' + i, at: $at})
                    """, Map.of("at", i, "third", third)))) {
                while (changes.rounds() < 2) {
                    int before = changes.rounds();
                    var file = plugin.create(Map.of("compression", "zstd"));
                    long at = number(
                            file, BackupFile.read(plugin.folder().resolve(file)).graph(), third);
                    assertThat(at).as("the transaction that %s holds", file).isGreaterThanOrEqualTo(before);
                }
                changes.stop();
            }
        }
    }

    private static long number(String file, GraphImage graph, int third) {
        var numbers = graph.nodes().values().stream()
                .map(node -> node.get("at"))
                .distinct()
                .toList();
        assertThat(numbers).as("transactions in %s", file).hasSize(1);
        assertThat(graph.nodes()).as(file).hasSize(2 * third);
        return (Long) numbers.get(0);
    }

    /**
     * A hub, texts that are larger than any buffer, and long vectors, under the smallest heap: each transaction replaces both
     * texts and all vectors and two relationships of the hub.
     */
    @ParameterizedTest
    @InTurn
    void largeElementsThatChangeFitIntoASmallHeap(Neo4jVersion version) {
        try (var server = Neo4jServer.of(version).start()) { // -Xmx512m, and nothing that other tests have left there
            largeElementsChangeBesideBackups(server);
        }
    }

    private static void largeElementsChangeBesideBackups(Neo4jServer server) {
        var plugin = Plugin.of(server);
        server.run("CREATE CONSTRAINT thing FOR (n:Thing) REQUIRE n.key IS UNIQUE");
        server.run("CREATE (:Thing {key: 'large-left', text: '', at: 0})");
        server.run("UNWIND range(1, " + VECTORS + ") AS i CREATE (:Vector {key: 'vector-' + i})");
        server.run("CREATE (:Thing {key: 'hub', at: 0})");
        server.run("UNWIND range(1, 1000) AS i CREATE (:Thing:Leaf {key: 'leaf-' + i})");
        server.run("UNWIND range(1, " + DEGREE + ") AS i"
                + " MATCH (hub:Thing {key: 'hub'}), (leaf:Thing {key: 'leaf-' + (1 + i % 1000)})"
                + " CREATE (hub)-[:SPOKE {key: 'spoke-' + i, i: i, at: 0}]->(leaf)");
        server.run("CREATE (:Thing {key: 'large-right', text: '', at: 0})");
        server.run("CREATE INDEX FOR ()-[r:SPOKE]-() ON (r.i)");
        server.run("CALL db.awaitIndexes()");
        try (var changes = Loop.start("large-elements", i -> change(server, i))) {
            long begun = System.nanoTime();
            while (System.nanoTime() - begun < Extent.side().toNanos() || changes.rounds() < 2) {
                int before = changes.rounds();
                var file = plugin.create(Map.of("compression", "zstd"));
                assertThat(largeElements(
                                file,
                                BackupFile.read(plugin.folder().resolve(file)).graph()))
                        .as(file)
                        .isGreaterThanOrEqualTo(before);
            }
            changes.stop();
        }
    }

    private static String large(long at) {
        return String.valueOf(at % 10).repeat(LARGE);
    }

    private static void change(Neo4jServer server, long at) {
        try (var session = server.driver().session(SessionConfig.forDatabase(Neo4jServer.DATABASE));
                var transaction = session.beginTransaction()) {
            transaction
                    .run(
                            "UNWIND ['left', 'right'] AS side MATCH (n:Thing {key: 'large-' + side})"
                                    + " SET n.text = $text, n.at = $at",
                            Map.of("text", large(at), "at", at))
                    .consume();
            transaction
                    .run("MATCH (v:Vector) SET v.embedding = [i IN range(1, 1536) | i * 0.25 + $at]", Map.of("at", at))
                    .consume();
            transaction.run("""
                            MATCH (hub:Thing {key: 'hub'}) SET hub.at = $at
                            WITH hub MATCH ()-[old:SPOKE WHERE old.i IN [2 * $at - 1, 2 * $at]]->(leaf)
                            WITH hub, leaf, old, old.i AS i DELETE old
                            CREATE (hub)-[:SPOKE {key: 'again-' + i, at: $at}]->(leaf)
                            """, Map.of("at", at)).consume();
            transaction.commit();
        }
    }

    /** {@return the number of the last transaction in it, of which everything must be there and of later ones nothing} */
    private static long largeElements(String file, GraphImage graph) {
        long at = (Long) graph.property("hub", "at");
        for (var side : Bank.sides()) {
            assertThat(graph.property("large-" + side, "at")).as(file).isEqualTo(at);
            assertThat(graph.property("large-" + side, "text").equals(at == 0 ? "" : large(at)))
                    .as("%s: the text of transaction %s", file, at)
                    .isTrue();
        }
        for (int i = 1; i <= VECTORS && at > 0; i++) {
            assertThat(((List<?>) graph.property("vector-" + i, "embedding")).get(0))
                    .as(file)
                    .isEqualTo(0.25 + at);
        }
        assertThat(graph.relationships()).as(file).hasSize(DEGREE);
        for (long i = 1; i <= DEGREE; i++) {
            assertThat(graph.relationships()).as(file).containsKey((i <= 2 * at ? "again-" : "spoke-") + i);
        }
        return at;
    }
}
