package ign.backup.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ign.backup.model.BackupException;
import ign.backup.model.BackupName;
import ign.backup.model.ChangeCounts;
import ign.backup.model.DatabaseName;
import ign.backup.model.SavedChanges;
import ign.backup.model.ServerState;
import ign.backup.model.StorePoint;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class StateJsonTest {

    private static final ServerState STATE = ServerState.EMPTY
            .withSettings(Map.of("node_threshold", "100", "tiers.daily.schedule", "0 1 * * *"))
            .with(
                    new DatabaseName("neo4j"),
                    new SavedChanges(
                            new StorePoint("18f-2a", 77),
                            new BackupName("backup.json.zst"),
                            new ChangeCounts(1, 2, 3, 4, 5, Long.MAX_VALUE)))
            .withRun("daily", Instant.parse("2026-03-29T01:00:00Z"))
            .withHealth("neo4j/disk", "WARN")
            .withFilled(new DatabaseName("neo4j"), "18f-2a");

    @Test
    void comesBackAsItWas() {
        assertThat(StateJson.read(StateJson.write(STATE))).isEqualTo(STATE);
        assertThat(StateJson.read(StateJson.write(ServerState.EMPTY))).isEqualTo(ServerState.EMPTY);
    }

    @Test
    void isReadableByPeople() {
        assertThat(new String(StateJson.write(STATE), StandardCharsets.UTF_8))
                .isEqualTo("{\"state_version\":1,"
                        + "\"settings\":{\"node_threshold\":\"100\",\"tiers.daily.schedule\":\"0 1 * * *\"},"
                        + "\"changes\":{\"neo4j\":{\"store_id\":\"18f-2a\",\"tx_id\":77,\"since\":\"backup.json.zst\","
                        + "\"created_nodes\":1,\"created_relationships\":2,\"deleted_nodes\":3,\"deleted_relationships\":4,"
                        + "\"changed_nodes\":5,\"changed_relationships\":9223372036854775807}},"
                        + "\"runs\":{\"daily\":\"2026-03-29T01:00:00Z\"},\"health\":{\"neo4j/disk\":\"WARN\"},"
                        + "\"filled\":{\"neo4j\":\"18f-2a\"}}\n");
    }

    @Test
    void whatIsWellAgainIsNotKept() {
        assertThat(STATE.withHealth("neo4j/disk", "OK").health()).isEmpty();
    }

    @Test
    void nothingThatIsCutOffIsTakenForWhole() {
        var bytes = StateJson.write(STATE);
        for (int length = 0; length < bytes.length - 1; length++) {
            var part = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> StateJson.read(part))
                    .as("%s bytes", length)
                    .isInstanceOf(BackupException.Damaged.class);
        }
    }
}
