package ign.backup.policy;

import static org.assertj.core.api.Assertions.assertThat;

import ign.backup.model.BackupHeader;
import ign.backup.model.GraphCounts;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(30)
class ChangeThresholdsTest {

    private final ChangeThresholds thresholds = new ChangeThresholds(50, 100, 0.1);

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
        var assessment = thresholds.assess(counts(nodes, rels), last(lastNodes, lastRels));

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
        assertThat(thresholds.assess(counts(0, 0), Optional.empty()))
                .isEqualTo(new ChangeThresholds.Assessment(true, List.of("there is no backup yet"), 0, 0));
    }

    @Test
    void saysHowMuchChangedWhenNothingIsRecommended() {
        assertThat(thresholds.assess(counts(5, 30), last(10, 10)).reasons())
                .containsExactly("no threshold is reached: -5 nodes, +20 relationships");
    }
}
