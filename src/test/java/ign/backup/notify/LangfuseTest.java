package ign.backup.notify;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import ign.backup.model.ErrorCode;
import ign.backup.model.OperationSubject;
import ign.backup.operation.Events;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class LangfuseTest {

    private static final Delivery.Attempts QUICK =
            new Delivery.Attempts(3, Duration.ofSeconds(20), Duration.ofMillis(1));

    @TempDir
    private Path folder = Path.of("");

    private final List<Events.Event> said = new CopyOnWriteArrayList<>();

    private Delivery delivery(Receiver receiver) throws IOException {
        var key = Secret.read(Files.writeString(folder.resolve("key"), "sk-lf-canary\n"));
        return new Delivery(new Langfuse(receiver.address().resolve("/"), "pk-lf-1", key), QUICK, said::add);
    }

    private static JsonNode json(Receiver.Request request) throws IOException {
        return new ObjectMapper().readTree(request.body());
    }

    private static void expectLogin(Receiver.Request request) {
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.header("Content-Type")).isEqualTo("application/json");
        assertThat(request.header("Authorization"))
                .isEqualTo("Basic "
                        + Base64.getEncoder().encodeToString("pk-lf-1:sk-lf-canary".getBytes(StandardCharsets.UTF_8)));
        assertThat(request.text()).doesNotContain("canary");
    }

    private static Map<String, String> attributes(JsonNode span) {
        var found = new TreeMap<String, String>();
        span.get("attributes")
                .forEach(attribute -> found.put(
                        attribute.get("key").asText(), attribute.get("value").toString()));
        return found;
    }

    /** Waits for what is still to be told. */
    private static void finish(Delivery delivery) {
        delivery.close();
    }

    @Test
    void aBackupBecomesATraceWithAScore() throws IOException {
        try (var receiver = new Receiver();
                var delivery = delivery(receiver)) {
            delivery.tell(Ended.finished(Ended.good(Optional.empty())));

            var trace = receiver.next();
            expectLogin(trace);
            assertThat(trace.path()).isEqualTo("/api/public/otel/v1/traces");
            assertThat(trace.header("x-langfuse-ingestion-version")).isEqualTo("4");
            var resource = json(trace).at("/resourceSpans/0");
            assertThat(resource.at("/resource/attributes/0/key").asText()).isEqualTo("service.name");
            var span = resource.at("/scopeSpans/0/spans/0");
            assertThat(span.get("name").asText()).isEqualTo("backup_operation");
            assertThat(span.get("traceId").asText()).matches("[0-9a-f]{32}");
            assertThat(span.get("spanId").asText()).matches("[0-9a-f]{16}");
            assertThat(span.get("startTimeUnixNano").asText()).isEqualTo("1738065600000000000");
            assertThat(span.get("endTimeUnixNano").asText()).isEqualTo("1738065612500000000");
            assertThat(span.at("/status/code").asInt()).isEqualTo(1);
            assertThat(attributes(span))
                    .containsEntry("langfuse.trace.name", "{\"stringValue\":\"backup_operation\"}")
                    .containsEntry("langfuse.observation.metadata.episode_count", "{\"intValue\":\"7\"}")
                    .containsEntry("langfuse.observation.metadata.backup_size_mb", "{\"doubleValue\":1.5}")
                    .containsEntry("langfuse.trace.metadata.duration_seconds", "{\"doubleValue\":12.5}")
                    .containsEntry("user.id", "{\"stringValue\":\"alice\"}");

            var score = receiver.next();
            expectLogin(score);
            assertThat(score.path()).isEqualTo("/api/public/scores");
            var body = json(score);
            assertThat(body.get("traceId")).isEqualTo(span.get("traceId"));
            assertThat(body.get("name").asText()).isEqualTo("backup_success");
            assertThat(body.get("value").asInt()).isEqualTo(1);
            assertThat(body.get("dataType").asText()).isEqualTo("NUMERIC");
            assertThat(body.get("metadata").get("episode_count").asInt()).isEqualTo(7);
            assertThat(body.get("metadata").get("backup_size_mb").asDouble()).isEqualTo(1.5);
            assertThat(body.get("metadata").get("duration_seconds").asDouble()).isEqualTo(12.5);
        }
        assertThat(said).isEmpty();
    }

    @Test
    void aFailedOneHasTheScoreZero() throws IOException {
        try (var receiver = new Receiver();
                var delivery = delivery(receiver)) {
            delivery.tell(Ended.failed());

            var span = json(receiver.next()).at("/resourceSpans/0/scopeSpans/0/spans/0");
            assertThat(span.at("/status/code").asInt()).isEqualTo(2);
            assertThat(span.at("/status/message").asText()).isEqualTo("so it ended");
            assertThat(json(receiver.next()).get("value").asInt()).isZero();
        }
    }

    @Test
    void theTraceOfTheCallerIsUsed() throws IOException {
        var own = "0af7651916cd43dd8448eb211c80319c";
        try (var receiver = new Receiver();
                var delivery = delivery(receiver)) {
            delivery.tell(Ended.finished(Ended.good(Optional.of(own))));
            delivery.tell(Ended.finished(Ended.good(Optional.of("my trace"))));

            var span = json(receiver.next()).at("/resourceSpans/0/scopeSpans/0/spans/0");
            assertThat(span.get("traceId").asText()).isEqualTo(own);
            assertThat(attributes(span)).doesNotContainKey("langfuse.trace.name");
            assertThat(json(receiver.next()).get("traceId").asText()).isEqualTo(own);
            // the first half of the SHA-256 of the seed, as Langfuse.create_trace_id(seed="my trace") makes it
            assertThat(json(receiver.next())
                            .at("/resourceSpans/0/scopeSpans/0/spans/0/traceId")
                            .asText())
                    .isEqualTo("59a35532f7322d301500ce91cbbdb56b");
        }
    }

    @Test
    void whatIsToldTwiceMeansTheSame() throws IOException {
        try (var receiver = new Receiver(500, 200, 502);
                var delivery = delivery(receiver)) {
            delivery.tell(Ended.finished(Ended.good(Optional.empty())));

            assertThat(json(receiver.next())).isEqualTo(json(receiver.next()));
            var score = json(receiver.next());
            assertThat(json(receiver.next())).isEqualTo(score);
            assertThat(score.get("id").asText()).isNotEmpty();
        }
        assertThat(said).isEmpty();
    }

    @Test
    void onlyBackupsAreTold() throws IOException {
        try (var receiver = new Receiver();
                var delivery = delivery(receiver)) {
            delivery.tell(Ended.finished(Ended.record("verify", ErrorCode.OK, OperationSubject.UNKNOWN)));
            finish(delivery);

            assertThat(receiver.waiting()).isZero();
        }
    }

    @Test
    void wrongKeysAreSaidWithoutThem() throws IOException {
        try (var receiver = new Receiver(401);
                var delivery = delivery(receiver)) {
            delivery.tell(Ended.finished(Ended.good(Optional.empty())));
            receiver.next();
            finish(delivery);

            assertThat(receiver.waiting()).isZero();
            assertThat(said)
                    .containsExactly(new Events.Warned("Langfuse at '127.0.0.1' could not be told of an operation: it"
                            + " answered with status 401"));
        }
    }
}
