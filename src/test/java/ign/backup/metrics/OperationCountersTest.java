package ign.backup.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import ign.backup.model.BackupException;
import ign.backup.model.DatabaseName;
import ign.backup.model.ErrorCode;
import ign.backup.model.OperationRecord;
import ign.backup.model.OperationSubject;
import ign.backup.model.Tier;
import ign.backup.operation.Events;
import ign.backup.storage.StateFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class OperationCountersTest {

    private static final Instant NOON = Instant.parse("2025-01-28T12:00:00Z");
    private static final OperationSubject DAILY =
            OperationSubject.asked(Optional.of(Tier.DAILY), Optional.of("night"), Optional.empty());

    @TempDir
    private Path folder = Path.of("");

    private final List<String> said = new ArrayList<>();

    private Path file() {
        return folder.resolve("ign-backup").resolve("metrics.json");
    }

    private OperationCounters counters() {
        return new OperationCounters(
                new StateFile(folder.resolve("ign-backup"), "metrics.json"),
                event -> said.add(((Events.Warned) event).message()));
    }

    private static OperationRecord ended(String operation, ErrorCode code, OperationSubject subject) {
        return new OperationRecord(
                operation, new DatabaseName("neo4j"), "alice", NOON, NOON.plusSeconds(12), code, "so it was", subject);
    }

    private static Events.Event finished(String operation, ErrorCode code, OperationSubject subject) {
        return new Events.Finished(ended(operation, code, subject));
    }

    private static Events.Event damaged() {
        return new Events.Failed(
                ended("create", ErrorCode.DAMAGED, DAILY), new BackupException.Damaged("did not pass", "Try again."));
    }

    @Test
    void countsHowOperationsEndAndGoesOnAfterARestart() {
        var counters = counters();
        counters.tell(finished("create", ErrorCode.OK, DAILY));
        counters.tell(damaged());
        counters.tell(finished("verify", ErrorCode.OK, OperationSubject.UNKNOWN));
        counters.tell(finished("verify", ErrorCode.DAMAGED, OperationSubject.UNKNOWN));
        counters.tell(finished("verify", ErrorCode.OK, DAILY.withAlerts(List.of("Missing episode data!"))));
        counters.tell(finished("restore", ErrorCode.BAD_REQUEST, OperationSubject.UNKNOWN));
        counters.tell(finished("restore", ErrorCode.OK, DAILY.withUnavailable(Duration.ofMillis(400))));
        counters.tell(new Events.Started("create", new DatabaseName("neo4j"), "alice"));

        var expected = Map.of(
                "operations/create/ok", 1.0,
                "operations/create/damaged", 1.0,
                "operations/verify/ok", 2.0,
                "operations/verify/damaged", 1.0,
                "operations/restore/bad-request", 1.0,
                "operations/restore/ok", 1.0,
                "success/daily", 0.0,
                "verify_failures", 3.0,
                "last_verify", 1_738_065_612.0,
                "restore_downtime", 0.4);
        assertThat(counters.counts().values()).containsAllEntriesOf(expected).containsEntry("restore_duration", 12.0);
        counters.close();
        assertThat(counters().counts()).isEqualTo(counters.counts());
        assertThat(said).isEmpty();
    }

    @Test
    void aHookThatFailsIsNoVerificationThatDoes() {
        var counters = counters();
        var hooks = List.of("the hook before the backup failed", "the hook after the backup failed");

        counters.tell(finished("create", ErrorCode.OK, DAILY.withHookFailures(hooks)));
        assertThat(counters.counts().values())
                .containsEntry("hook_failures", 2.0)
                .doesNotContainKey("verify_failures");
        counters.tell(finished(
                "create",
                ErrorCode.OK,
                DAILY.withAlerts(List.of("WARNING: No episodes found")).withHookFailures(hooks)));

        assertThat(counters.counts().values())
                .containsEntry("hook_failures", 4.0)
                .containsEntry("verify_failures", 1.0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "{\"operations/create/ok\":1",
                "{\"operations/create/ok\":-1}",
                "{\"operations/create/ok\":\"1\"}",
                "{\"operations/create/ok\":NaN}",
                "{\"operations/create\":1}",
                "{\"operations/create/ok\":1}{}",
                "\u0000\u0001"
            })
    void beginsAtZeroWhenTheFileIsDamagedAndSaysSo(String content) throws IOException {
        Files.createDirectories(file().getParent());
        Files.writeString(file(), content);

        var counters = counters();

        assertThat(counters.counts()).isEqualTo(Counts.NONE);
        assertThat(said).singleElement().asString().startsWith("the counters of the metrics begin at zero: '" + file());
        counters.tell(finished("create", ErrorCode.OK, DAILY));
        assertThat(counters().counts().values()).containsEntry("operations/create/ok", 1.0);
        assertThat(said).hasSize(1);
    }

    @Test
    void saysOnceThatTheFileCannotBeWrittenAndTriesAgain() throws IOException {
        var inTheWay = Files.writeString(folder.resolve("ign-backup"), "a file where a folder should be");
        var counters = counters();
        said.clear();

        counters.tell(finished("create", ErrorCode.OK, DAILY));
        counters.tell(finished("create", ErrorCode.OK, DAILY));

        assertThat(said)
                .singleElement()
                .asString()
                .startsWith("the counters of the metrics will not survive a restart: ")
                .contains("'" + file() + "'");
        Files.delete(inTheWay);
        counters.close();
        assertThat(counters().counts().values()).containsEntry("operations/create/ok", 2.0);
    }
}
