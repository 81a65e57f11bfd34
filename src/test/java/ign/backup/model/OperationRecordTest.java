package ign.backup.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class OperationRecordTest {

    private static final Instant NOON = Instant.parse("2025-01-28T12:00:00Z");

    private static OperationRecord ended(ErrorCode code, OperationSubject subject) {
        return new OperationRecord(
                "create",
                new DatabaseName("neo4j"),
                "alice",
                NOON,
                NOON.plusMillis(1250),
                code,
                "the disk is\nfull",
                subject);
    }

    @Test
    void isOneLineWhateverTheReasonIs() {
        var asked = OperationSubject.asked(
                Optional.of(Tier.DAILY), Optional.of("night\n2025 ERROR not mine"), Optional.empty());

        assertThat(ended(ErrorCode.UNAVAILABLE, asked).line())
                .isEqualTo("create of database 'neo4j' by 'alice' for 'night 2025 ERROR not mine'"
                        + " ended 'unavailable' after 1.3 s: the disk is full");
        assertThat(ended(ErrorCode.OK, OperationSubject.UNKNOWN).line())
                .isEqualTo("create of database 'neo4j' by 'alice' ended 'ok' after 1.3 s: the disk is full");
    }

    @Test
    void whatIsPartlyDoneIsThere() {
        assertThat(ended(ErrorCode.OK, OperationSubject.UNKNOWN).succeeded()).isTrue();
        assertThat(ended(ErrorCode.PARTIAL, OperationSubject.UNKNOWN).succeeded())
                .isTrue();
        assertThat(ended(ErrorCode.DAMAGED, OperationSubject.UNKNOWN).succeeded())
                .isFalse();
    }
}
