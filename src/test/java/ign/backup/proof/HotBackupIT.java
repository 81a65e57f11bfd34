package ign.backup.proof;

import static org.assertj.core.api.Assertions.assertThat;

import ign.backup.server.Plugin;
import ign.backup.testkit.Neo4jServer;
import ign.backup.testkit.Neo4jVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The promise: a backup contains exactly the transactions that had begun to commit before one instant, whole, and nothing else;
 * writers neither wait nor fail.
 */
class HotBackupIT {

    private static final int WRITERS = 5;

    /** Each finds something only when a transaction is there in part. */
    private static final Map<String, String> NOTHING_BY_CYPHER = Map.of(
            "the sum of all money has changed",
            "CALL () { MATCH (a:Account) RETURN sum(a.balance) AS inAccounts, count(a) AS accounts }"
                    + " CALL () { MATCH ()-[d:DEBT]->() RETURN sum(d.balance) AS inDebts, count(d) AS debts }"
                    + " WITH * WHERE inAccounts + inDebts <> (accounts + debts) * 1000000 RETURN inAccounts, inDebts",
            "the two counters differ",
            "MATCH (a:Counter {key: 'counter-left'}), (b:Counter {key: 'counter-right'})"
                    + " WHERE a.value <> b.value RETURN a.value",
            "one of two relationships is missing",
            "MATCH ()-[r:left|right]->() WITH substring(r.key, 0, size(r.key) - size(type(r))) AS pair, count(r) AS n"
                    + " WHERE n <> 2 RETURN pair",
            "one of two nodes has the label",
            "MATCH (a:Lamp) WHERE a.key ENDS WITH '-left'"
                    + " MATCH (b:Thing {key: replace(a.key, '-left', '-right')}) WHERE a:On <> b:On RETURN a.key",
            "one of two texts, or the text between them, differs",
            "MATCH (a:Text)-[note:NOTE]->(b:Text)"
                    + " WHERE a.content <> b.content OR a.content <> note.content OR a.numbers <> b.numbers RETURN a.key",
            "a transaction has no log, or its log no relationships",
            "MATCH (w:Writer) UNWIND range(CASE WHEN w.n < 20 THEN 1 ELSE w.n - 19 END, w.n) AS n"
                    + " OPTIONAL MATCH (w)-[:wrote]->(log:Log {n: n})-[:in]->(:Hub) WITH w, n, count(log) AS logs"
                    + " WHERE logs <> 1 RETURN w.key, n",
            "a log is left that should be gone",
            "MATCH (w:Writer)-[:wrote]->(log) WHERE log.n > w.n OR log.n <= w.n - 20 RETURN log.key");

    @ParameterizedTest
    @EnumSource
    void everyBackupUnderLoadIsTheGraphOfOneInstant(Neo4jVersion version) {
        var server = Neo4jServer.shared(version);
        var plugin = Plugin.withEmptyFolder(server);
        Bank.create(server, WRITERS);
        List<Witness.Sighting> kept = new ArrayList<>();
        Witness witness;
        try (var writers = Writers.start(server, WRITERS)) {
            witness = new Witness(plugin, writers);
            var load = Extent.load().toNanos();
            long begun = System.nanoTime();
            for (int i = 0; System.nanoTime() - begun < load; i++) {
                // The others are removed by retention, once the next one has been verified.
                boolean keep = System.nanoTime() - begun >= load / Extent.restores() * kept.size();
                var sighting = witness.backUp(Map.of("compression", i % 2 == 0 ? "none" : "zstd", "pin", keep));
                if (keep) {
                    kept.add(sighting);
                }
            }
            writers.stop();
            witness.assertInstants();

            // If this fails, what failed is the load and not a backup.
            assertThat(GraphImage.of(server).differencesFrom(new Expectation(WRITERS).after(writers.acknowledged())))
                    .isEmpty();
        }
        for (var sighting : kept) {
            plugin.restore(sighting.file());
            assertThat(GraphImage.of(server).differencesFrom(new Expectation(WRITERS).after(sighting.transactions())))
                    .as("%s, restored", sighting.file())
                    .isEmpty();
            NOTHING_BY_CYPHER.forEach((fault, statement) ->
                    assertThat(server.run(statement)).as(fault).isEmpty());
        }
        System.out.println("Neo4j " + version.number() + ": " + witness.summary() + ", " + kept.size() + " restored");
    }
}
