package ign.backup.policy;

import static org.assertj.core.api.Assertions.assertThat;

import ign.backup.model.BackupHeader;
import ign.backup.model.ChangeCounts;
import ign.backup.model.GraphCounts;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(30)
class ChangeThresholdsTest {

    private final ChangeThresholds thresholds =
            new ChangeThresholds(50, 100, 0.1, OptionalLong.empty(), OptionalLong.empty());

    /** Counts that no threshold looks at unless it is set. */
    private static final ChangeCounts MUCH = new ChangeCounts(1000, 1000, 1000, 1000, 1000, 1000);

    private static GraphCounts counts(long nodes, long relationships) {
        return new GraphCounts(nodes, relationships, Map.of(), Map.of());
    }

    private static Optional<BackupHeader> last(long nodes, long relationships) {
        return Optional.of(new BackupHeader(
                "1.0.0",
                "20250128_143022",
                "2025-01-28T14:30:22.123456",
                "",
                nodes,
                relationships,
                "full",
                "",
                Optional.empty()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1195 | 3387 | 1245 | 3487 | 50 nodes more, the threshold is 50; 100 relationships more, the threshold is 100",
                "1195 | 3387 | 1244 | 3486 | ",
                "1195 | 3387 | 1245 | 3387 | 50 nodes more, the threshold is 50",
                "1195 | 3387 | 1195 | 3487 | 100 relationships more, the threshold is 100",
                "100  | 0    | 110  | 0    | 10.0 % more nodes, the threshold is 10.0 %",
                "100  | 0    | 109  | 0    | ",
                "0    | 0    | 49   | 0    | ",
                "0    | 0    | 50   | 0    | 50 nodes more, the threshold is 50",
                "1000 | 1000 | 0    | 0    | ",
                "10   | 10   | 10   | 10   | ",
            })
    void recommendsFromTheThresholdOn(long lastNodes, long lastRels, long nodes, long rels, String reasons) {
        var assessment = thresholds.assess(counts(nodes, rels), last(lastNodes, lastRels), MUCH);

        assertThat(assessment.nodeChange()).isEqualTo(nodes - lastNodes);
        assertThat(assessment.relationshipChange()).isEqualTo(rels - lastRels);
        if (reasons == null) {
            assertThat(assessment.recommended()).isFalse();
            assertThat(assessment.reasons()).singleElement().asString().startsWith("no threshold is reached: ");
        } else {
            assertThat(assessment.recommended()).isTrue();
            assertThat(String.join("; ", assessment.reasons())).isEqualTo(reasons);
        }
    }

    @Test
    void withoutABackupOneIsRecommended() {
        assertThat(thresholds.assess(counts(0, 0), Optional.empty(), ChangeCounts.NONE))
                .isEqualTo(new ChangeThresholds.Assessment(true, List.of("there is no backup yet"), 0, 0));
    }

    @Test
    void saysHowMuchChangedWhenNothingIsRecommended() {
        assertThat(thresholds.assess(counts(5, 30), last(10, 10), MUCH).reasons())
                .containsExactly("no threshold is reached: -5 nodes, +20 relationships");
    }

    private static ChangeThresholds with(long deletions, long modifications) {
        return new ChangeThresholds(
                50,
                100,
                0.1,
                deletions == 0 ? OptionalLong.empty() : OptionalLong.of(deletions),
                modifications == 0 ? OptionalLong.empty() : OptionalLong.of(modifications));
    }

    /** Thresholds (0 is none), deleted nodes and relationships, changed nodes and relationships, what is said. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "10 0  | 4 6  | 500 500 | 10 elements deleted, the threshold is 10",
                "10 0  | 4 5  | 500 500 | no threshold is reached: +0 nodes, +0 relationships, 9 deleted",
                "10 0  | 0 11 | 500 500 | 11 elements deleted, the threshold is 10",
                "0  20 | 9 9  | 15 5    | 20 elements changed, the threshold is 20",
                "0  20 | 9 9  | 15 4    | no threshold is reached: +0 nodes, +0 relationships, 19 changed",
                "1  1  | 0 1  | 1 0     | 1 elements deleted, the threshold is 1; 1 elements changed, the threshold is 1",
                "1  1  | 0 0  | 0 0     | no threshold is reached: +0 nodes, +0 relationships, 0 deleted, 0 changed",
            })
    void deletionsAndModificationsCountWhereTheyHaveAThreshold(
            String limits, String deleted, String changed, String reasons) {
        var limit = numbers(limits);
        var gone = numbers(deleted);
        var other = numbers(changed);
        var since = new ChangeCounts(700, 700, gone[0], gone[1], other[0], other[1]);

        var assessment = with(limit[0], limit[1]).assess(counts(10, 10), last(10, 10), since);

        assertThat(String.join("; ", assessment.reasons())).isEqualTo(reasons);
        assertThat(assessment.recommended()).isEqualTo(!reasons.startsWith("no threshold is reached"));
    }

    private static long[] numbers(String words) {
        return Stream.of(words.split(" +", -1)).mapToLong(Long::parseLong).toArray();
    }
}
