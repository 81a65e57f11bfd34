package ign.backup.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ign.backup.model.BackupException;
import ign.backup.model.NodeNumbering;
import java.util.HashSet;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class GraphCheckTest {

    private static final String NODES =
            "\"nodes\":[\n{\"_id\":1,\"_labels\":[\"A\",\"B\"]},\n{\"_id\":5,\"_labels\":[\"A\"]}]";
    private static final String RELATIONSHIPS =
            "\"relationships\":[\n{\"_id\":9,\"_type\":\"T\",\"_start_id\":1,\"_end_id\":5}]";

    @Test
    void countsWhatItSees() {
        var check = new GraphCheck();
        var reading = Documents.reading(Documents.stream(document("1.1.0", 2, 1, NODES, RELATIONSHIPS)), check);

        check.check(reading);

        assertThat(check.counts().nodes()).isEqualTo(2);
        assertThat(check.counts().perLabel()).isEqualTo(Map.of("A", 2L, "B", 1L));
        assertThat(check.counts().perType()).isEqualTo(Map.of("T", 1L));
        assertThat(check.numbering().numberOf(5)).isEqualTo(1);
        assertThat(check.highestRelationshipId()).isEqualTo(9);
        assertThat(new GraphCheck().numbering().numberOf(0)).isEqualTo(NodeNumbering.ABSENT);
    }

    @Test
    void namesADuplicateId() {
        refuses(
                document("1.1.0", 2, 1, NODES.replace("5", "1"), RELATIONSHIPS),
                "line 4: node 1 has the '_id' of an earlier one");
        refuses(
                document(
                        "1.1.0",
                        2,
                        2,
                        NODES,
                        RELATIONSHIPS.replace("]", ",\n{\"_id\":9,\"_type\":\"T\",\"_start_id\":1,\"_end_id\":5}]")),
                "line 6: relationship 9 has the '_id' of an earlier one");
    }

    @Test
    void namesAMissingEnd() {
        refuses(
                document("1.1.0", 2, 1, NODES, RELATIONSHIPS.replace("\"_end_id\":5", "\"_end_id\":6")),
                "line 5: relationship 9 ends at node 6, which is not in the file");
        refuses(
                document("1.1.0", 2, 1, NODES, RELATIONSHIPS.replace("\"_start_id\":1", "\"_start_id\":4294967297")),
                "line 5: relationship 9 starts at node 4294967297, which is not in the file");
        refuses(
                document("1.1.0", 2, 1, RELATIONSHIPS.replace("\"_end_id\":5", "\"_end_id\":6"), NODES),
                "a relationship refers to node 6, which is not in the file");
        refuses(
                document("1.1.0", 0, 1, "\"nodes\":[]", RELATIONSHIPS),
                "a relationship refers to node 1, which is not in the file");
    }

    @Test
    void findsEndsThatComeAfterTheirRelationships() {
        var check = new GraphCheck();

        check.check(Documents.reading(Documents.stream(document("1.0.0", 2, 1, RELATIONSHIPS, NODES)), check));

        assertThat(check.counts().relationships()).isEqualTo(1);
    }

    @Test
    void namesEveryCountThatDiffers() {
        var statistics = "\"statistics\":{\"node_count\":1,\"relationship_count\":2,\"label_counts\":{\"A\":3,\"C\":1},"
                + "\"type_counts\":{}}";

        refuses(
                document("1.1.0", 3, 2, NODES, RELATIONSHIPS + "," + statistics),
                "'node_count' in 'metadata' states 3, the file holds 2; "
                        + "'relationship_count' in 'metadata' states 2, the file holds 1; "
                        + "'node_count' in 'statistics' states 1, the file holds 2; "
                        + "'relationship_count' in 'statistics' states 2, the file holds 1; "
                        + "the count of label 'A' in 'statistics' states 3, the file holds 2; "
                        + "the count of label 'B' in 'statistics' states 0, the file holds 1; "
                        + "the count of label 'C' in 'statistics' states 1, the file holds 0; "
                        + "the count of type 'T' in 'statistics' states 0, the file holds 1");
        refuses(
                document("1.0.0", 2, 2, NODES, RELATIONSHIPS + "," + statistics),
                "'relationship_count' in 'metadata' states 2, the file holds 1; "
                        + "'node_count' in 'statistics' states 1, the file holds 2; "
                        + "'relationship_count' in 'statistics' states 2, the file holds 1");
    }

    @Test
    void knowsIdsOfAnySize() {
        long seed = 42;
        var random = new SplittableRandom(seed);
        var ids = new IdSet();
        var expected = new HashSet<Long>();
        for (int i = 0; i < 100_000; i++) {
            long id = random.nextLong(1L << random.nextInt(1, 40));
            assertThat(ids.add(id)).as("seed " + seed).isEqualTo(expected.add(id));
        }
        for (int i = 0; i < 100_000; i++) {
            long id = random.nextLong(1L << random.nextInt(1, 40));
            assertThat(ids.contains(id)).as("seed " + seed).isEqualTo(expected.contains(id));
        }
        assertThat(ids.add(Long.MAX_VALUE)).isTrue();
        assertThat(ids.contains(Long.MAX_VALUE)).isTrue();
        assertThat(ids.highest()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void refusesIdsThatAreStrewnOverTheWholeRange() {
        var ids = new IdSet();

        assertThatThrownBy(() -> {
                    for (long id = 0; id < Long.MAX_VALUE >> 1; id += 1L << 33) {
                        ids.add(id);
                    }
                })
                .isInstanceOf(BackupException.Damaged.class)
                .hasMessage("the ids are strewn over more than 4096 ranges of four billion");
    }

    private static void refuses(String document, String message) {
        assertThatThrownBy(() -> Documents.read(document))
                .isInstanceOf(BackupException.Damaged.class)
                .hasMessage(message);
    }

    private static String document(String version, int nodes, int relationships, String first, String second) {
        return "{\"metadata\":{\"version\":\"" + version + "\",\"node_count\":" + nodes + ",\"relationship_count\":"
                + relationships + "},\n\"data\":{" + first + "," + second + "}}";
    }
}
