package ign.backup.graph.merge;

import static org.assertj.core.api.Assertions.assertThat;

import ign.backup.model.MergeCounts;
import ign.backup.model.StopSignal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the database refuses is left out, and nothing else; a dry run knows it before. */
@Timeout(120)
class MergeConstraintsTest extends IntoAGraph {

    private static final Map<String, ?> KEYS = Map.of("P", "id", "K", "uuid");

    @ParameterizedTest
    @ValueSource(ints = {1, 100})
    void aValueThatAnotherNodeHasIsAConflict(int batchSize) {
        cypher("CREATE CONSTRAINT mail FOR (n:P) REQUIRE n.mail IS UNIQUE");
        cypher("CREATE (:P {id: 1, mail: 'a'}), (:P {id: 2, mail: 'b'}), (:P {id: 6, mail: 'f'})");
        var file = new FileGraph()
                .node(1, "P", "id", 1L, "mail", "b")
                .node(3, "P", "id", 3L, "mail", "a")
                .node(4, "P", "id", 4L, "mail", "d")
                .node(5, "P", "id", 5L, "mail", "d")
                .node(6, "P", "id", 6L, "mail", "g")
                .node(7, "P", "id", 7L, "mail", "f")
                .relationship(1, 4, "T", 5);

        var foretold = merge(file, KEYS, file.options(true, batchSize), StopSignal.NEVER);
        var report = merge(file, KEYS, file.options(false, batchSize), StopSignal.NEVER);

        assertThat(report.nodes()).isEqualTo(new MergeCounts(2, 1, 0, 3));
        assertThat(report.conflicts())
                .containsExactly(
                        "node 1 :P {id: 1}: constraint 'mail' allows {mail: 'b'} once, and another has it",
                        "node 3 :P {id: 3}: constraint 'mail' allows {mail: 'a'} once, and another has it",
                        "node 5 :P {id: 5}: constraint 'mail' allows {mail: 'd'} once, and another has it",
                        "relationship 1 :T from node 4 to node 5: node 5 was left out");
        assertThat(now())
                .containsExactly(
                        "(:P id=1 mail=a)",
                        "(:P id=2 mail=b)",
                        "(:P id=4 mail=d)",
                        "(:P id=6 mail=g)",
                        "(:P id=7 mail=f)");
        assertThat(foretold).isEqualTo(report);
    }

    @Test
    void aLabelThatBringsAConstraintIsLookedAt() {
        cypher("CREATE CONSTRAINT mail FOR (n:Q) REQUIRE n.mail IS UNIQUE");
        cypher("CREATE (:P {id: 1, mail: 'a'}), (:Q {mail: 'a'})");
        var file = new FileGraph().node(1, "P:Q", "id", 1L);

        var foretold = dryRun(file, KEYS);
        var report = merge(file, KEYS);

        assertThat(report.nodes()).isEqualTo(new MergeCounts(0, 0, 0, 1));
        assertThat(foretold.nodes()).isEqualTo(report.nodes());
    }

    @Test
    void theIndexOfAConstraintServesAsIndexOfTheKey() {
        cypher("CREATE CONSTRAINT id FOR (n:P) REQUIRE n.id IS UNIQUE");
        cypher("CREATE (:P {id: 1})");

        var report = merge(new FileGraph().node(1, "P", "id", 1L).node(2, "P", "id", 2L), KEYS);

        assertThat(report.nodes()).isEqualTo(new MergeCounts(1, 0, 1, 0));
        assertThat(report.warnings()).isEmpty();
    }

    @Test
    void relationshipsHaveConstraintsToo() {
        cypher("CREATE CONSTRAINT place FOR ()-[r:T]-() REQUIRE r.place IS UNIQUE");
        cypher("CREATE (a:P {id: 1})-[:T {place: 1}]->(:P {id: 2}), (a)-[:K {uuid: 'k', place: 1}]->(a)");
        var file = new FileGraph()
                .node(1, "P", "id", 1L)
                .node(2, "P", "id", 2L)
                .relationship(1, 2, "T", 1, "place", 1L)
                .relationship(2, 2, "T", 2, "place", 2L)
                .relationship(3, 1, "T", 1, "place", 2L)
                .relationship(4, 1, "K", 1, "uuid", "k", "place", 2L);

        var foretold = dryRun(file, KEYS);
        var report = merge(file, KEYS);

        assertThat(report.relationships()).isEqualTo(new MergeCounts(1, 1, 0, 2));
        assertThat(foretold).isEqualTo(report);
    }

    /** Nobody can know it before: what an index takes depends on it. */
    @Test
    void aValueThatIsTooLargeForAnIndexIsAConflictOfItsNodeAlone() {
        index("CREATE INDEX of_key FOR (n:P) ON (n.text)");
        var file = new FileGraph();
        for (int i = 0; i < 20; i++) {
            file.node(i, "P", "id", (long) i, "text", i == 7 || i == 19 ? "x".repeat(100_000) : "short");
        }

        var report = merge(file, KEYS);

        assertThat(report.nodes()).isEqualTo(new MergeCounts(18, 0, 0, 2));
        assertThat(report.conflicts()).hasSize(2).allMatch(conflict -> conflict.contains(": Neo4j refuses it: "));
        assertThat(now()).hasSize(18);
    }

    @Test
    void aDryRunWritesNothingAtAll() {
        cypher("CREATE (:P {id: 1, name: 'Ada'})-[:T {p: 1}]->(:P {id: 2})");
        var before = now();
        var words = words();
        var file = new FileGraph()
                .node(1, "P:NewLabel", "id", 1L, "newKey", 1L)
                .node(2, "P", "id", 2L)
                .node(3, "P", "id", 3L, "otherKey", 1L)
                .relationship(1, 1, "T", 2, "p", 2L, "newerKey", 1L)
                .relationship(2, 1, "NEW_TYPE", 3)
                .relationship(3, 3, "NEW_TYPE", 3)
                .relationship(4, 3, "K", 3, "uuid", "x");

        var foretold = dryRun(file, KEYS);

        assertThat(now()).isEqualTo(before);
        assertThat(words()).isEqualTo(words);
        assertThat(foretold.nodes()).isEqualTo(new MergeCounts(1, 1, 1, 0));
        assertThat(foretold.relationships()).isEqualTo(new MergeCounts(3, 1, 0, 0));
        assertThat(foretold).isEqualTo(merge(file, KEYS));
    }

    /** Labels, keys and types, those that nothing uses, too: each of them is there for ever once it has been created. */
    private List<String> words() {
        try (var transaction = graph().beginTx()) {
            var words = new ArrayList<String>();
            transaction.getAllLabels().forEach(label -> words.add(label.name()));
            transaction.getAllPropertyKeys().forEach(words::add);
            transaction.getAllRelationshipTypes().forEach(type -> words.add(type.name()));
            return words;
        }
    }
}
