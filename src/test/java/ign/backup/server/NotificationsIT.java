package ign.backup.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import ign.backup.notify.Receiver;
import ign.backup.testkit.Await;
import ign.backup.testkit.BuildFolder;
import ign.backup.testkit.InTurn;
import ign.backup.testkit.Neo4jServer;
import ign.backup.testkit.Neo4jVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;

/** What a webhook and Langfuse hear of a real server; stand-ins listen at addresses of this machine. */
@Tag("promise-I4")
class NotificationsIT {

    private static final String KEY = "canary-of-the-webhook";

    @ParameterizedTest
    @InTurn
    void bothAreToldAndTheKeyIsNowhereToBeSeen(Neo4jVersion version) throws IOException, GeneralSecurityException {
        version.assumeAvailable();
        var key = Files.writeString(BuildFolder.fresh("keys").resolve("webhook"), KEY + "\n");
        try (var webhook = new Receiver();
                var langfuse = new Receiver();
                var server = Neo4jServer.of(version)
                        .environment("IGN_BACKUP_NOTIFY_WEBHOOK_URL", webhook.address() + "/hook")
                        .environment(
                                "IGN_BACKUP_NOTIFY_WEBHOOK_SECRET_FILE",
                                key.toAbsolutePath().toString())
                        .environment(
                                "IGN_BACKUP_NOTIFY_LANGFUSE_URL",
                                langfuse.address().toString())
                        .environment("IGN_BACKUP_NOTIFY_LANGFUSE_PUBLIC_KEY", "pk-lf-1")
                        .environment(
                                "IGN_BACKUP_NOTIFY_LANGFUSE_SECRET_KEY_FILE",
                                key.toAbsolutePath().toString())
                        .start()) {
            var plugin = Plugin.of(server);
            server.run("CREATE (:Episodic {content: 'one'})");

            var made = plugin.tryCreate(Map.of("tier", "weekly", "traceId", "trace 7"));

            var told = webhook.next();
            var json = new ObjectMapper().readTree(told.body());
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(KEY.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            assertThat(told.header("X-Ign-Signature"))
                    .isEqualTo("sha256=" + HexFormat.of().formatHex(mac.doFinal(told.body())));
            assertThat(told.path()).isEqualTo("/hook");
            assertThat(json.get("event").asText()).isEqualTo("backup_operation");
            assertThat(json.get("backup_success").asInt()).isEqualTo(1);
            assertThat(json.get("episode_count").asInt()).isEqualTo(1);
            assertThat(json.get("backup_size_bytes").asLong())
                    .isEqualTo(made.get("size_bytes").asLong());
            assertThat(json.get("file").asText()).isEqualTo(made.get("file").asString());
            assertThat(json.get("message").asText())
                    .isEqualTo(made.get("message").asString());
            assertThat(json.get("tier").asText()).isEqualTo("weekly");
            assertThat(json.get("reason").asText()).isEqualTo("campaign");
            assertThat(json.get("traceId").asText()).isEqualTo("trace 7");
            assertThat(langfuse.next().path()).isEqualTo("/api/public/otel/v1/traces");
            assertThat(langfuse.next().path()).isEqualTo("/api/public/scores");

            plugin.verify(made.get("file").asString());
            assertThat(new ObjectMapper()
                            .readTree(webhook.next().body())
                            .get("operation")
                            .asText())
                    .isEqualTo("verify");
            plugin.restore(made.get("file").asString());
            assertThat(new ObjectMapper()
                            .readTree(webhook.next().body())
                            .get("unavailable_seconds")
                            .asDouble())
                    .isPositive();
            assertThat(langfuse.waiting()).isZero();
            assertThat(server.complaints()).isEmpty();
            server.stop();
            assertThat(server.neo4jLog() + server.debugLog() + server.consoleLog())
                    .doesNotContain("canary");
        }
    }

    @ParameterizedTest
    @InTurn
    void oneThatCannotBeToldSpoilsNothing(Neo4jVersion version) throws IOException {
        version.assumeAvailable();
        try (var webhook = new Receiver(500, Receiver.NEVER);
                var server = Neo4jServer.of(version)
                        .environment(
                                "IGN_BACKUP_NOTIFY_WEBHOOK_URL",
                                webhook.address().toString())
                        .environment("IGN_BACKUP_NOTIFY_ATTEMPTS", "1")
                        .environment("IGN_BACKUP_NOTIFY_LANGFUSE_URL", "http://127.0.0.1:1")
                        .start()) {
            var plugin = Plugin.of(server);

            plugin.create(Map.of());
            Await.until("the warning", Plugin.LIMIT, () -> server.neo4jLog()
                    .contains(
                            "WARN  [ign.backup] the webhook at '127.0.0.1' could not be told of an operation: it answered"
                                    + " with status 500"));
            plugin.create(Map.of());

            assertThat(plugin.outcome("create")).containsEntry("code", "ok");
            assertThat(plugin.status().get("notes").asList(value -> value.asString()))
                    .containsExactly(
                            "nobody is notified: 'notify.langfuse.url' is set and one of its keys is not. HINT: Set"
                                    + " 'notify.langfuse.public_key' and 'notify.langfuse.secret_key_file', too.");
        }
    }
}
