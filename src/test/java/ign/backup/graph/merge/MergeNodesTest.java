package ign.backup.graph.merge;

import static org.assertj.core.api.Assertions.assertThat;

import ign.backup.model.GraphDuration;
import ign.backup.model.GraphPoint;
import ign.backup.model.MergeCounts;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class MergeNodesTest extends IntoAGraph {

    private static final Map<String, ?> BY_ID = Map.of("P", "id");

    @Test
    void createsWhatTheDatabaseDoesNotHave() {
        var report = merge(new FileGraph().node(1, "P:Q", "id", 7L, "name", "Ada"), BY_ID);

        assertThat(report.nodes()).isEqualTo(new MergeCounts(1, 0, 0, 0));
        assertThat(report.conflicts()).isEmpty();
        assertThat(now()).containsExactly("(:P:Q id=7 name=Ada)");
    }

    @Test
    void addsAndOverwritesAndTakesNothingAway() {
        cypher("CREATE (:P:Own {id: 7, name: 'Bob', own: true})");

        var report = merge(new FileGraph().node(1, "P:Q", "id", 7L, "name", "Ada"), BY_ID);

        assertThat(report.nodes()).isEqualTo(new MergeCounts(0, 1, 0, 0));
        assertThat(now()).containsExactly("(:Own:P:Q id=7 name=Ada own=true Boolean)");
    }

    @Test
    void leavesAloneWhatHasAllOfTheFile() {
        cypher("CREATE (:P:Own {id: 7, name: 'Ada', own: 1})");
        var before = now();

        var report = merge(new FileGraph().node(1, "P", "id", 7L, "name", "Ada"), BY_ID);

        assertThat(report.nodes()).isEqualTo(new MergeCounts(0, 0, 1, 0));
        assertThat(now()).isEqualTo(before);
    }

    @Test
    void everyStoredTypeComesAndIsFoundUnchangedThen() {
        var file = new FileGraph()
                .node(1, "P", "id", 1L, "boolean", true, "byte", (byte) 1, "short", (short) 1, "int", 1)
                .node(2, "P", "id", 2L, "float", 0.1f, "double", -0.0, "nan", Double.NaN, "char", 'c', "text", "t")
                .node(3, "P", "id", 3L, "date", LocalDate.of(2020, 2, 29), "time", LocalTime.MAX)
                .node(
                        4,
                        "P",
                        "id",
                        4L,
                        "zoned",
                        OffsetTime.of(LocalTime.NOON, ZoneOffset.UTC),
                        "local",
                        LocalDateTime.MIN)
                .node(
                        5,
                        "P",
                        "id",
                        5L,
                        "at",
                        ZonedDateTime.of(LocalDateTime.of(2024, 1, 1, 1, 1), ZoneId.of("Europe/Rome")))
                .node(6, "P", "id", 6L, "for", new GraphDuration(1, 2, 3, 4), "in", new GraphPoint(4326, 1, -0.0))
                .node(7, "P", "id", 7L, "bytes", new byte[] {1}, "floats", new float[] {-0.0f}, "none", new short[0])
                .node(8, "P", "id", 8L, "texts", new String[] {"", "ß"}, "points", new GraphPoint[] {
                    new GraphPoint(7203, 1, 2)
                })
                .node(9, "P", "id", 9L, "durations", new GraphDuration[] {new GraphDuration(0, 0, -1, 999_999_999)});

        assertThat(merge(file, BY_ID).nodes()).isEqualTo(new MergeCounts(9, 0, 0, 0));
        assertThat(merge(file, BY_ID).nodes()).isEqualTo(new MergeCounts(0, 0, 9, 0));
    }

    @Test
    void anotherStoredTypeIsAChange() {
        cypher("CREATE (:P {id: 1, n: 7, f: 0.0, list: [0.0, 1.0]})");
        var file = new FileGraph().node(1, "P", "id", 1L, "n", (short) 7, "f", -0.0, "list", new double[] {-0.0, 1});

        assertThat(merge(file, BY_ID).nodes()).isEqualTo(new MergeCounts(0, 1, 0, 0));

        assertThat(now()).containsExactly("(:P f=-0.0 Double id=1 list=[-0.0, 1.0] double[] n=7 Short)");
        assertThat(merge(file, BY_ID).nodes()).isEqualTo(new MergeCounts(0, 0, 1, 0));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aKeyIsEqualWhateverItsStoredType(boolean indexed) {
        if (indexed) {
            index("CREATE INDEX of_key FOR (n:P) ON (n.id)");
        }
        cypher("CREATE (:P {id: 1}), (:P {id: 2.0}), (:P {id: 'c'}), (:P {id: date('2020-01-01')}), (:P {id: true})");
        var file = new FileGraph()
                .node(1, "P", "id", (short) 1)
                .node(2, "P", "id", 2)
                .node(3, "P", "id", 'c')
                .node(4, "P", "id", LocalDate.of(2020, 1, 1))
                .node(5, "P", "id", true);

        var report = merge(file, BY_ID);

        assertThat(report.nodes()).isEqualTo(new MergeCounts(0, 3, 2, 0));
        assertThat(report.warnings()).hasSize(indexed ? 0 : 1);
        assertThat(now()).contains("(:P id=1 Short)", "(:P id=2 Integer)", "(:P id=c Character)");
    }

    @Test
    void saysThatAnIndexIsMissingAndHowToMakeIt() {
        cypher("CREATE (:`a b` {id: 1, day: 1})");

        var report = merge(new FileGraph().node(1, "a b", "id", 1L, "day", 1L), Map.of("a b", List.of("id", "day")));

        assertThat(report.warnings())
                .containsExactly("there is no index for :a b(id, day): all these keys were read into memory, and what"
                        + " others create meanwhile is not seen; create one: CREATE INDEX FOR (n:`a b`) ON (n.id,"
                        + " n.day)");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aKeyMayHaveSeveralProperties(boolean indexed) {
        if (indexed) {
            index("CREATE INDEX of_key FOR (n:P) ON (n.day, n.id)");
        }
        cypher("CREATE (:P {id: 1, day: 1}), (:P {id: 1, day: 2, old: 1})");
        var file = new FileGraph().node(1, "P", "id", 1L, "day", 2L, "new", 1L).node(2, "P", "id", 2L, "day", 2L);

        var report = merge(file, Map.of("P", List.of("id", "day")));

        assertThat(report.nodes()).isEqualTo(new MergeCounts(1, 1, 0, 0));
        assertThat(now()).containsExactly("(:P day=1 id=1)", "(:P day=2 id=1 new=1 old=1)", "(:P day=2 id=2)");
    }

    @Test
    void leavesOutWhatHasNoKey() {
        var file = new FileGraph()
                .node(1, "", "id", 1L)
                .node(2, "Q", "id", 2L)
                .node(3, "P", "name", "x")
                .node(4, "P", "id", Double.NaN)
                .node(5, "P", "id", new long[] {5});

        var report = merge(file, BY_ID);

        assertThat(report.nodes()).isEqualTo(new MergeCounts(0, 0, 0, 5));
        assertThat(report.conflicts())
                .hasSize(5)
                .contains("node 1 without labels: none of its labels has a key, or a property of the key is missing")
                .contains("node 2 :Q: none of its labels has a key, or a property of the key is missing");
        assertThat(now()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void doesNotGuessWhichNodeIsMeant(boolean indexed) {
        if (indexed) {
            index("CREATE INDEX of_key FOR (n:P) ON (n.id)");
        }
        cypher("CREATE (:P {id: 1, a: 1}), (:P {id: 1, a: 2})");
        var before = now();

        var report = merge(new FileGraph().node(9, "P", "id", 1L, "a", 1L), BY_ID);

        assertThat(report.nodes()).isEqualTo(new MergeCounts(0, 0, 0, 1));
        assertThat(report.conflicts())
                .containsExactly("node 9 :P {id: 1}: the database has several nodes with this key");
        assertThat(now()).isEqualTo(before);
    }

    @Test
    void leavesOutBothOfTwoNodesWithTheSameKey() {
        var file = new FileGraph()
                .node(1, "P", "id", 1L)
                .node(2, "P", "id", (byte) 1)
                .node(3, "P", "id", 3L);

        var report = merge(file, BY_ID, file.options(false, 1), () -> {});

        assertThat(report.nodes()).isEqualTo(new MergeCounts(1, 0, 0, 2));
        assertThat(report.conflicts())
                .containsExactly(
                        "node 1 :P {id: 1}: the file has several nodes with this key",
                        "node 2 :P {id: 1}: the file has several nodes with this key");
        assertThat(now()).containsExactly("(:P id=3)");
    }

    @Test
    void keysOfSeveralLabelsMustAgree() {
        cypher("CREATE (:P {id: 1}), (:Q {uuid: 'b'}), (:P:Q {id: 3, uuid: 'c'})");
        var file = new FileGraph()
                .node(1, "P:Q", "id", 1L, "uuid", "b")
                .node(3, "P:Q", "id", 3L, "uuid", "x")
                .node(4, "Q", "uuid", "c");

        var report = merge(file, Map.of("P", "id", "Q", "uuid"));

        assertThat(report.nodes()).isEqualTo(new MergeCounts(1, 1, 0, 1));
        assertThat(report.conflicts())
                .containsExactly(
                        "node 1 :P {id: 1} and :Q {uuid: 'b'}: these keys are of different nodes in the database");
        assertThat(now()).containsExactly("(:P id=1)", "(:P:Q id=3 uuid=x)", "(:Q uuid=b)", "(:Q uuid=c)");
    }

    @Test
    void twoNodesOfTheFileAreNeverMergedIntoOne() {
        cypher("CREATE (:P:Q {id: 1, uuid: 'a'})");
        var file = new FileGraph().node(1, "P", "id", 1L).node(2, "Q", "uuid", "a");

        var report = merge(file, Map.of("P", "id", "Q", "uuid"));

        assertThat(report.nodes()).isEqualTo(new MergeCounts(0, 0, 1, 1));
        assertThat(report.conflicts())
                .containsExactly("node 2 :Q {uuid: 'a'}: another node of the file is the same node in the database");
    }

    @Test
    void tellsTwentyConflictsAndCountsAll() {
        var file = new FileGraph();
        for (int i = 0; i < 50; i++) {
            file.node(i, "X");
        }

        var report = merge(file, BY_ID, file.options(false, 7), () -> {});

        assertThat(report.nodes().conflicts()).isEqualTo(50);
        assertThat(report.conflicts()).hasSize(20);
    }
}
