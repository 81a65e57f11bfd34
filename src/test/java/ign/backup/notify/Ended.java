package ign.backup.notify;

import ign.backup.model.BackupException;
import ign.backup.model.BackupName;
import ign.backup.model.DatabaseName;
import ign.backup.model.ErrorCode;
import ign.backup.model.OperationRecord;
import ign.backup.model.OperationSubject;
import ign.backup.model.Tier;
import ign.backup.operation.Events;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Operations that have ended, to be told of. */
final class Ended {

    static final Instant BEGIN = Instant.parse("2025-01-28T12:00:00Z");

    private Ended() {}

    static OperationSubject asked(Optional<String> traceId) {
        return OperationSubject.asked(Optional.of(Tier.DAILY), Optional.of("every \"night\""), traceId);
    }

    static OperationRecord create(ErrorCode code, OperationSubject subject) {
        return record("create", code, subject);
    }

    static OperationRecord record(String operation, ErrorCode code, OperationSubject subject) {
        return new OperationRecord(
                operation,
                new DatabaseName("neo4j"),
                "alice",
                BEGIN,
                BEGIN.plusMillis(12_500),
                code,
                "so it ended",
                subject);
    }

    static OperationRecord good(Optional<String> traceId) {
        return create(
                ErrorCode.OK,
                asked(traceId)
                        .with(
                                new BackupName("neo4j-daily-20250128_120000.json"),
                                new OperationSubject.Content(
                                        OptionalLong.of(3 << 19),
                                        OptionalLong.of(10),
                                        OptionalLong.of(20),
                                        OptionalLong.of(7))));
    }

    static OperationRecord alarming() {
        return create(ErrorCode.OK, asked(Optional.empty()).withAlerts(List.of("Missing episode data!")));
    }

    static Events.Event finished(OperationRecord operation) {
        return new Events.Finished(operation);
    }

    static Events.Event failed() {
        return new Events.Failed(
                create(ErrorCode.UNAVAILABLE, asked(Optional.of("my trace"))),
                new BackupException.Unavailable("the disk is full", "Free some space."));
    }
}
