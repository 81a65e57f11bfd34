package ign.backup.graph.merge;

import static org.assertj.core.api.Assertions.assertThat;

import ign.backup.model.MergeCounts;
import ign.backup.model.MergeKeys;
import ign.backup.model.Progress;
import ign.backup.model.StopSignal;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class MergeRelationshipsTest extends IntoAGraph {

    private static final Map<String, ?> BY_PLACE = Map.of("P", "id");
    private static final Map<String, ?> BY_KEY = Map.of("P", "id", "T", "uuid");

    @BeforeEach
    void twoNodes() {
        cypher("CREATE (:P {id: 1}), (:P {id: 2})");
    }

    private static FileGraph nodes() {
        return new FileGraph().node(11, "P", "id", 1L).node(12, "P", "id", 2L);
    }

    private void live(String relationships) {
        cypher("MATCH (a:P {id: 1}), (b:P {id: 2}) CREATE " + relationships);
    }

    @Test
    void createsWhatTheDatabaseDoesNotHave() {
        var file = nodes().node(13, "P", "id", 3L)
                .relationship(1, 11, "T", 12, "p", 1L)
                .relationship(2, 13, "T", 13)
                .relationship(3, 13, "T", 11);

        var report = merge(file, BY_PLACE);

        assertThat(report.relationships()).isEqualTo(new MergeCounts(3, 0, 0, 0));
        assertThat(now())
                .contains("(:P id=1)-[:T p=1]->(:P id=2)", "(:P id=3)-[:T]->(:P id=3)", "(:P id=3)-[:T]->(:P id=1)");
        assertThat(merge(file, BY_PLACE).relationships()).isEqualTo(new MergeCounts(0, 0, 3, 0));
    }

    @Test
    void theOnlyOneAtAPlaceIsUpdated() {
        live("(a)-[:T {p: 0, own: 1}]->(b), (b)-[:T {p: 5}]->(a), (a)-[:U {p: 6}]->(b)");

        var report = merge(nodes().relationship(1, 11, "T", 12, "p", 1L, "q", 1L), BY_PLACE);

        assertThat(report.relationships()).isEqualTo(new MergeCounts(0, 1, 0, 0));
        assertThat(now())
                .contains(
                        "(:P id=1)-[:T own=1 p=1 q=1]->(:P id=2)",
                        "(:P id=2)-[:T p=5]->(:P id=1)",
                        "(:P id=1)-[:U p=6]->(:P id=2)")
                .hasSize(5);
    }

    @Test
    void oneOfManyIsKnownByBeingEqual() {
        live("(a)-[:T {p: 0}]->(b), (a)-[:T {p: 1}]->(b), (a)-[:T {p: 2}]->(b)");

        var report = merge(nodes().relationship(1, 11, "T", 12, "p", 1L), BY_PLACE);

        assertThat(report.relationships()).isEqualTo(new MergeCounts(0, 0, 1, 0));
    }

    @Test
    void oneOfManyIsNotGuessed() {
        live("(a)-[:T {p: 0}]->(b), (a)-[:T {p: 1}]->(b)");
        var before = now();

        var report = merge(nodes().relationship(1, 11, "T", 12, "p", 2L), BY_PLACE);

        assertThat(report.relationships()).isEqualTo(new MergeCounts(0, 0, 0, 1));
        assertThat(report.conflicts())
                .containsExactly("relationship 1 :T from node 11 to node 12: the database has 2 others of this type"
                        + " between these nodes; only a key for the type can tell which is which");
        assertThat(now()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 100})
    void ofParallelOnesTheLastPairIsUpdated(int batchSize) {
        live("(a)-[:T {p: 1, q: 1}]->(b), (a)-[:T {p: 0, own: 1}]->(b), (a)-[:T {p: 3}]->(b)");
        var file = nodes().relationship(1, 11, "T", 12, "p", 7L)
                .relationship(2, 11, "T", 12, "p", 3L)
                .relationship(3, 11, "T", 12, "p", 1L, "q", 1L);

        var report = merge(file, BY_PLACE, file.options(false, batchSize), StopSignal.NEVER);

        assertThat(report.relationships()).isEqualTo(new MergeCounts(0, 1, 2, 0));
        assertThat(now())
                .contains("(:P id=1)-[:T own=1 p=7]->(:P id=2)", "(:P id=1)-[:T p=1 q=1]->(:P id=2)")
                .hasSize(5);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 100})
    void ofParallelOnesTheRestIsCreated(int batchSize) {
        live("(a)-[:T {p: 3}]->(b), (a)-[:T {p: 3}]->(b)");
        var file = nodes().relationship(1, 11, "T", 12, "p", 7L)
                .relationship(2, 11, "T", 12, "p", 3L)
                .relationship(3, 11, "T", 12, "p", 3L)
                .relationship(4, 11, "T", 12, "p", 3L)
                .relationship(5, 11, "T", 12, "p", 7L);

        var report = merge(file, BY_PLACE, file.options(false, batchSize), StopSignal.NEVER);

        assertThat(report.relationships()).isEqualTo(new MergeCounts(3, 0, 2, 0));
        assertThat(now()).hasSize(2 + 5);
        assertThat(merge(file, BY_PLACE).relationships()).isEqualTo(new MergeCounts(0, 0, 5, 0));
    }

    @Test
    void parallelOnesThatCouldBeAnyAreConflicts() {
        live("(a)-[:T {p: 0}]->(b), (a)-[:T {p: 1}]->(b)");
        var before = now();
        var file = nodes().relationship(1, 11, "T", 12, "p", 7L).relationship(2, 11, "T", 12, "p", 8L);

        var report = merge(file, BY_PLACE);

        assertThat(report.relationships()).isEqualTo(new MergeCounts(0, 0, 0, 2));
        assertThat(now()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aKeyTellsParallelOnesApart(boolean indexed) {
        if (indexed) {
            index("CREATE INDEX of_key FOR ()-[r:T]-() ON (r.uuid)");
        }
        live("(a)-[:T {uuid: 'a', p: 0}]->(b), (a)-[:T {uuid: 'b', p: 0}]->(b)");
        var file = nodes().relationship(1, 11, "T", 12, "uuid", "a", "p", 1L)
                .relationship(2, 11, "T", 12, "uuid", "b", "p", 0L)
                .relationship(3, 11, "T", 12, "uuid", "c", "p", 3L);

        var report = merge(file, BY_KEY);

        assertThat(report.relationships()).isEqualTo(new MergeCounts(1, 1, 1, 0));
        assertThat(report.warnings()).hasSize(indexed ? 1 : 2);
        assertThat(now())
                .contains(
                        "(:P id=1)-[:T p=1 uuid=a]->(:P id=2)",
                        "(:P id=1)-[:T p=0 uuid=b]->(:P id=2)",
                        "(:P id=1)-[:T p=3 uuid=c]->(:P id=2)")
                .hasSize(5);
    }

    @Test
    void aKeyWithoutAnIndexGivesTheStatementThatMakesIt() {
        live("(a)-[:T {uuid: 'a'}]->(b)");

        var report = merge(nodes().relationship(1, 11, "T", 12, "uuid", "a"), BY_KEY);

        assertThat(report.warnings().get(1)).endsWith("create one: CREATE INDEX FOR ()-[r:T]-() ON (r.uuid)");
    }

    @Test
    void aKeyThatIsNotUniqueOrElsewhereIsAConflict() {
        live("(a)-[:T {uuid: 'a'}]->(b), (a)-[:T {uuid: 'a'}]->(b), (b)-[:T {uuid: 'b'}]->(a)");
        var before = now();
        var file = nodes().relationship(1, 11, "T", 12, "uuid", "a")
                .relationship(2, 11, "T", 12, "uuid", "b")
                .relationship(3, 11, "T", 12)
                .relationship(4, 11, "T", 12, "uuid", "d")
                .relationship(5, 11, "T", 11, "uuid", "d");

        var report = merge(file, BY_KEY);

        assertThat(report.relationships()).isEqualTo(new MergeCounts(0, 0, 0, 5));
        assertThat(report.conflicts())
                .containsExactly(
                        "relationship 1 :T from node 11 to node 12 {uuid: 'a'}: the database has several relationships"
                                + " with this key",
                        "relationship 2 :T from node 11 to node 12 {uuid: 'b'}: the relationship with this key is"
                                + " between other nodes in the database",
                        "relationship 3 :T from node 11 to node 12: a property of the key of its type is missing",
                        "relationship 4 :T from node 11 to node 12 {uuid: 'd'}: the file has several relationships"
                                + " with this key",
                        "relationship 5 :T from node 11 to node 11 {uuid: 'd'}: the file has several relationships"
                                + " with this key");
        assertThat(now()).isEqualTo(before);
    }

    @Test
    void relationshipsOfANodeThatWasLeftOutAreLeftOut() {
        var file = nodes().node(13, "X").relationship(1, 11, "T", 13).relationship(2, 13, "T", 12);

        var report = merge(file, BY_PLACE);

        assertThat(report.relationships()).isEqualTo(new MergeCounts(0, 0, 0, 2));
        assertThat(report.conflicts())
                .contains(
                        "relationship 1 :T from node 11 to node 13: node 13 was left out",
                        "relationship 2 :T from node 13 to node 12: node 13 was left out");
    }

    @Test
    void aNodeThatIsDeletedMeanwhileGetsNoRelationship() {
        var file = nodes().relationship(1, 11, "T", 12).relationship(2, 11, "T", 11);
        var survey = new MergeSurvey(MergeKeys.of(BY_PLACE));
        file.showTo(survey);

        try (var merge = GraphMerge.begin(graph(), survey, file.options(false, 1), Progress.NONE, StopSignal.NEVER)) {
            file.showNodesTo(merge);
            cypher("MATCH (n:P {id: 2}) DELETE n");
            cypher("CREATE (:Other)");
            file.showRelationshipsTo(merge);
            var report = merge.finish();

            assertThat(report.relationships()).isEqualTo(new MergeCounts(1, 0, 0, 1));
            assertThat(report.conflicts())
                    .containsExactly(
                            "relationship 1 :T from node 11 to node 12: one of its nodes was deleted meanwhile");
        }
    }

    @Test
    void relationshipsOfAHubAreFoundFromItsNeighbours() {
        cypher("MATCH (a:P {id: 1}) UNWIND range(1000, 1199) AS i CREATE (a)-[:T {i: i}]->(:P {id: i})");
        var file = nodes();
        for (int i = 1000; i < 1200; i++) {
            file.node(i, "P", "id", (long) i).relationship(i, 11, "T", i, "i", (long) i + i % 2);
        }

        var report = merge(file, BY_PLACE);

        assertThat(report.relationships()).isEqualTo(new MergeCounts(0, 100, 100, 0));
    }
}
