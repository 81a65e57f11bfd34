package ign.backup.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ign.backup.model.BackupException;
import ign.backup.model.DatabaseName;
import ign.backup.model.ErrorCode;
import ign.backup.model.HealthAlert;
import ign.backup.model.OperationRecord;
import ign.backup.model.OperationSubject;
import ign.backup.operation.Events;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class WebhookTest {

    private static final Delivery.Attempts QUICK =
            new Delivery.Attempts(3, Duration.ofSeconds(20), Duration.ofMillis(1));

    @TempDir
    private Path folder = Path.of("");

    private final List<String> said = new CopyOnWriteArrayList<>();

    private Delivery delivery(URI address, Optional<Secret> key, Set<Kind> wanted, Delivery.Attempts attempts) {
        return new Delivery(new Webhook(address, key, wanted), attempts, this::hear);
    }

    private void hear(Events.Event event) {
        if (event instanceof Events.Warned warned) {
            said.add("WARN " + warned.message());
        } else if (event instanceof Events.Noted noted) {
            said.add(noted.message());
        }
    }

    private Delivery all(URI address) {
        return delivery(address, Optional.empty(), EnumSet.allOf(Kind.class), QUICK);
    }

    /** Waits for what is still to be told. */
    private static void finish(Delivery delivery) {
        delivery.close();
    }

    @Test
    void tellsAllThatIsKnownOfABackup() throws IOException {
        try (var receiver = new Receiver();
                var delivery = all(receiver.address().resolve("/hooks/x"))) {
            delivery.tell(Ended.finished(Ended.good(Optional.of("trace-7"))));

            var request = receiver.next();
            assertThat(request.method()).isEqualTo("POST");
            assertThat(request.path()).isEqualTo("/hooks/x");
            assertThat(request.header("Content-Type")).isEqualTo("application/json");
            assertThat(request.headers()).doesNotContainKey("X-Ign-Signature");
            assertThat(request.text())
                    .isEqualTo("{\"event\":\"backup_operation\",\"operation\":\"create\",\"kind\":\"success\","
                            + "\"backup_success\":1,\"code\":\"ok\",\"message\":\"so it ended\",\"episode_count\":7,"
                            + "\"node_count\":10,\"relationship_count\":20,\"backup_size_mb\":1.5,"
                            + "\"backup_size_bytes\":1572864,\"duration_seconds\":12.5,\"tier\":\"daily\","
                            + "\"file\":\"neo4j-daily-20250128_120000.json\",\"reason\":\"every \\\"night\\\"\","
                            + "\"traceId\":\"trace-7\",\"user\":\"alice\",\"database\":\"neo4j\",\"alerts\":[],"
                            + "\"started\":\"2025-01-28T12:00:00Z\",\"time\":\"2025-01-28T12:00:12.500Z\"}");
        }
        assertThat(said).isEmpty();
    }

    @Test
    void signsWhatItSendsAndNeverShowsTheKey() throws IOException, GeneralSecurityException {
        var file = Files.writeString(folder.resolve("key"), "canary-of-the-key\n");
        var key = Secret.read(file);
        try (var receiver = new Receiver();
                var delivery = delivery(receiver.address(), Optional.of(key), EnumSet.of(Kind.FAILURE), QUICK)) {
            delivery.tell(Ended.failed());

            var request = receiver.next();
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec("canary-of-the-key".getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            assertThat(request.header("X-Ign-Signature"))
                    .isEqualTo("sha256=" + HexFormat.of().formatHex(mac.doFinal(request.body())));
            assertThat(request.text())
                    .contains("\"backup_success\":0", "\"code\":\"unavailable\"", "\"kind\":\"failure\"");
        }
        assertThat(key.toString()).doesNotContain("canary");
        assertThatThrownBy(() -> Secret.read(folder.resolve("none")))
                .isInstanceOf(BackupException.Unavailable.class)
                .hasMessageContaining("cannot be read");
        Files.writeString(file, " \n");
        assertThatThrownBy(() -> Secret.read(file)).hasMessage("'" + file + "' is empty");
    }

    @Test
    void tellsOnlyWhatIsWanted() throws IOException {
        try (var receiver = new Receiver();
                var delivery = delivery(receiver.address(), Optional.empty(), EnumSet.of(Kind.ALERT), QUICK)) {
            delivery.tell(Ended.finished(Ended.good(Optional.empty())));
            delivery.tell(Ended.failed());
            delivery.tell(Ended.finished(Ended.alarming()));

            assertThat(receiver.next().text()).contains("\"kind\":\"alert\"", "\"alerts\":[\"Missing episode data!\"]");
            finish(delivery);
            assertThat(receiver.waiting()).isZero();
        }
    }

    @Test
    void tellsOfAHealthCheckThatStandsOtherwise() throws IOException {
        var alert = new HealthAlert(
                new DatabaseName("neo4j"),
                "backups",
                "OK",
                "FAIL",
                "No backups found",
                Optional.of("Make one."),
                Instant.parse("2025-01-28T12:00:00Z"));
        try (var receiver = new Receiver();
                var delivery = all(receiver.address());
                var deaf = delivery(receiver.address(), Optional.empty(), EnumSet.of(Kind.SUCCESS), QUICK)) {
            deaf.tell(new Events.Alerted(alert));
            finish(deaf);
            delivery.tell(new Events.Alerted(alert));

            assertThat(receiver.next().text())
                    .isEqualTo("{\"event\":\"alert\",\"kind\":\"alert\",\"check\":\"backups\",\"status\":\"FAIL\","
                            + "\"before\":\"OK\",\"message\":\"No backups found\",\"hint\":\"Make one.\","
                            + "\"database\":\"neo4j\",\"time\":\"2025-01-28T12:00:00Z\"}");
            assertThat(receiver.waiting()).isZero();
        }
    }

    @Test
    void whatIsNoBackupHasNoScoreOfOne() throws IOException {
        try (var receiver = new Receiver();
                var delivery = all(receiver.address())) {
            OperationRecord verified = Ended.record("verify", ErrorCode.DAMAGED, OperationSubject.UNKNOWN);
            delivery.tell(Ended.finished(verified));

            assertThat(receiver.next().text())
                    .contains("\"operation\":\"verify\"", "\"kind\":\"failure\"", "\"code\":\"damaged\"")
                    .doesNotContain("backup_success");
        }
    }

    @Test
    void triesAgainWhatMayPass() throws IOException {
        try (var receiver = new Receiver(503, 429);
                var delivery = all(receiver.address())) {
            delivery.tell(Ended.finished(Ended.good(Optional.empty())));

            var first = receiver.next().text();
            assertThat(receiver.next().text()).isEqualTo(first);
            assertThat(receiver.next().text()).isEqualTo(first);
            finish(delivery);
            assertThat(receiver.waiting()).isZero();
        }
        assertThat(said).isEmpty();
    }

    @Test
    void givesUpAtOnceWhereItIsRefusedAndSaysItOncePerStreak() throws IOException {
        try (var receiver = new Receiver(403, 404, 302, 200, 410);
                var delivery = all(receiver.address())) {
            for (int i = 0; i < 5; i++) {
                delivery.tell(Ended.finished(Ended.good(Optional.empty())));
                receiver.next();
            }
            finish(delivery);
            assertThat(receiver.waiting()).isZero();
        }
        assertThat(said)
                .containsExactly(
                        "WARN the webhook at '127.0.0.1' could not be told of an operation: it answered with status 403",
                        "the webhook at '127.0.0.1' can be told again",
                        "WARN the webhook at '127.0.0.1' could not be told of an operation: it answered with status 410");
    }

    @Test
    void oneThatDoesNotAnswerIsLeftAfterATimeAndTriedAgain() throws IOException {
        var impatient = new Delivery.Attempts(2, Duration.ofMillis(300), Duration.ofMillis(1));
        try (var receiver = new Receiver(Receiver.NEVER, Receiver.NEVER);
                var delivery = delivery(receiver.address(), Optional.empty(), EnumSet.allOf(Kind.class), impatient)) {
            delivery.tell(Ended.finished(Ended.good(Optional.empty())));
            receiver.next();
            receiver.next();
            finish(delivery);
        }
        assertThat(said)
                .containsExactly(
                        "WARN the webhook at '127.0.0.1' could not be told of an operation: no answer within 300 ms,"
                                + " 2 times");
    }

    @Test
    void oneThatIsNotThereIsSaid() throws IOException {
        URI nobody;
        try (var receiver = new Receiver()) {
            nobody = receiver.address();
        }
        try (var delivery = all(nobody)) {
            delivery.tell(Ended.finished(Ended.good(Optional.empty())));
        }
        assertThat(said)
                .singleElement()
                .asString()
                .startsWith(
                        "WARN the webhook at '127.0.0.1' could not be told of an operation: java.net.ConnectException")
                .endsWith(", 3 times");
    }

    @Test
    void whoeverEndsAnOperationNeverWaits() throws IOException {
        var patient = new Delivery.Attempts(1, Duration.ofSeconds(50), Duration.ofMillis(1));
        try (var receiver = new Receiver(Receiver.NEVER)) {
            var delivery = delivery(receiver.address(), Optional.empty(), EnumSet.allOf(Kind.class), patient);
            for (int i = 0;
                    i < 150;
                    i++) { // while the first one hangs; would outlast the limit of this test if each waited
                delivery.tell(Ended.finished(Ended.good(Optional.empty())));
            }
            receiver.next();
            assertThat(said)
                    .containsExactly("WARN the webhook at '127.0.0.1' could not be told of an operation: more than 100"
                            + " messages are waiting");
            finish(delivery);
        }
    }
}
