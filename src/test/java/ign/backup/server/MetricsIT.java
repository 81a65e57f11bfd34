package ign.backup.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ign.backup.testkit.FreePort;
import ign.backup.testkit.InTurn;
import ign.backup.testkit.Neo4jServer;
import ign.backup.testkit.Neo4jVersion;
import ign.backup.testkit.PrometheusText;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a Prometheus finds at a real server, both ways. */
@Tag("promise-I3")
class MetricsIT {

    private static final String PASSWORD = "only-for-these-tests";
    private static final Pattern METRIC = Pattern.compile("neo4j_backup_[a-z_]+");

    private final HttpClient client = HttpClient.newHttpClient();

    /** A server, and the port at which it shows its metrics without a password. */
    private record Scraped(Neo4jServer server, int port) {}

    private HttpResponse<String> get(URI address, String... header) {
        var request = HttpRequest.newBuilder(address);
        if (header.length > 0) {
            request.headers(header);
        }
        try {
            return client.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError(address + " does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    private static URI atHttpPort(Neo4jServer server) {
        return server.httpUri().resolve("/ign/backup/metrics");
    }

    private HttpResponse<String> getWithPassword(Neo4jServer server, String password) {
        var credentials = Base64.getEncoder().encodeToString(("neo4j:" + password).getBytes(StandardCharsets.UTF_8));
        return get(atHttpPort(server), "Authorization", "Basic " + credentials);
    }

    /** {@return what both ways show; they must not differ but in what time changes} */
    private PrometheusText scrape(Scraped scraped) {
        var behindThePassword = getWithPassword(scraped.server, PASSWORD);
        var atItsOwnPort = get(URI.create("http://127.0.0.1:" + scraped.port + "/metrics"));
        assertThat(behindThePassword.statusCode()).isEqualTo(200);
        assertThat(atItsOwnPort.statusCode()).isEqualTo(200);
        for (var answer : new HttpResponse<?>[] {behindThePassword, atItsOwnPort}) {
            var type = answer.headers().firstValue("Content-Type").orElse("").toLowerCase(Locale.ROOT);
            assertThat(type.split("; ?", -1)).containsExactlyInAnyOrder("text/plain", "version=0.0.4", "charset=utf-8");
        }
        var metrics = PrometheusText.of(behindThePassword.body());
        var same = PrometheusText.of(atItsOwnPort.body());
        assertThat(lasting(same)).isEqualTo(lasting(metrics));
        assertThat(same.types()).isEqualTo(metrics.types());
        return metrics;
    }

    @ParameterizedTest
    @InTurn
    void showsWhatHappenedAndStillDoesAfterARestart(Neo4jVersion version) throws IOException {
        int port = FreePort.number();
        try (var server = Neo4jServer.of(version)
                .password(PASSWORD)
                .environment("IGN_BACKUP_METRICS_ENABLED", "true")
                .environment("IGN_BACKUP_METRICS_PORT", String.valueOf(port))
                .start()) {
            var scraped = new Scraped(server, port);
            var plugin = Plugin.of(server);
            assertThat(get(atHttpPort(server)).statusCode()).isEqualTo(401);
            assertThat(getWithPassword(server, "wrong").statusCode()).isEqualTo(401);
            assertThat(get(atHttpPort(server)).body()).doesNotContain("neo4j_backup");
            assertThat(scrape(scraped).require("neo4j_backup_verify_failures_total"))
                    .isZero();

            server.run("UNWIND range(1, 3) AS i CREATE (:Episodic {content: 'e' + i})-[:MENTIONS]->(:Entity)");
            long before = System.currentTimeMillis();
            var made = plugin.tryCreate(Map.of("tier", "daily"));
            long after = System.currentTimeMillis();
            var file = made.get("file").asString();
            plugin.verify(file);
            var restored = plugin.restore(file);

            var metrics = scrape(scraped);
            assertThat(metrics.require("neo4j_backup_last_success_timestamp{tier=\"daily\"}"))
                    .isBetween(before / 1000.0 - 0.001, after / 1000.0 + 0.001);
            assertThat(metrics.require("neo4j_backup_size_bytes{tier=\"daily\"}"))
                    .isEqualTo((double) made.get("size_bytes").asLong());
            assertThat(metrics.require("neo4j_backup_duration_seconds{tier=\"daily\"}"))
                    .isPositive()
                    .isLessThanOrEqualTo(made.get("duration_ms").asLong() / 1000.0);
            assertThat(metrics.require("neo4j_backup_episodes_count{tier=\"daily\"}"))
                    .isEqualTo(3);
            assertThat(metrics.require("neo4j_backup_success{tier=\"daily\"}")).isEqualTo(1);
            assertThat(metrics.require("neo4j_backup_age_seconds")).isPositive();
            for (var operation : new String[] {"create", "verify", "restore"}) {
                assertThat(metrics.require(
                                "neo4j_backup_operations_total{operation=\"" + operation + "\",outcome=\"ok\"}"))
                        .isEqualTo(1);
                assertThat(metrics.require("neo4j_backup_running{operation=\"" + operation + "\"}"))
                        .isZero();
            }
            assertThat(metrics.require("neo4j_backup_last_verify_timestamp")).isGreaterThan(after / 1000.0 - 0.001);
            assertThat(metrics.require("neo4j_backup_restore_downtime_seconds"))
                    .isCloseTo(restored.get("unavailable_ms").asLong() / 1000.0, within(0.001));
            assertThat(metrics.require("neo4j_backup_restore_duration_seconds"))
                    .isGreaterThanOrEqualTo(metrics.require("neo4j_backup_restore_downtime_seconds"));

            server.run("CREATE (:Later)-[:TO]->(:Later)");
            server.run("MATCH (n:Entity) DETACH DELETE n");
            server.run("MATCH (n:Episodic) SET n.content = 'other'");
            var changed = scrape(scraped);
            assertThat(changed.require(changes("nodes", "created"))).isEqualTo(2);
            assertThat(changed.require(changes("relationships", "created"))).isEqualTo(1);
            assertThat(changed.require(changes("nodes", "deleted"))).isEqualTo(3);
            assertThat(changed.require(changes("relationships", "deleted"))).isEqualTo(3);
            assertThat(changed.require(changes("nodes", "changed"))).isEqualTo(3);
            assertThat(changed.require(changes("relationships", "changed"))).isZero();

            plugin.write(file, "damaged".getBytes(StandardCharsets.UTF_8));
            assertThat(plugin.verify(file).get("valid").asBoolean()).isFalse();
            assertThat(scrape(scraped).require("neo4j_backup_verify_failures_total"))
                    .isEqualTo(1);
            plugin.create(Map.of("tier", "weekly"));

            var last = scrape(scraped);
            server.restart();
            assertThat(lasting(scrape(scraped))).isEqualTo(lasting(last));
            assertThat(last.types().keySet()).containsAll(namesIn("docs/monitoring.md"));
            assertThat(last.types().keySet()).containsAll(namesIn("examples/prometheus-alerts.yml"));
            assertThat(last.types().keySet()).containsAll(namesIn("examples/grafana-dashboard.json"));
            assertThat(namesIn("docs/monitoring.md")).containsAll(last.types().keySet());
        }
    }

    private static String changes(String element, String change) {
        return "neo4j_backup_changes_since_last_backup{change=\"" + change + "\",element=\"" + element + "\"}";
    }

    /** {@return what does not change by itself} */
    private static Map<String, Double> lasting(PrometheusText metrics) {
        var samples = new TreeMap<>(metrics.samples());
        samples.remove("neo4j_backup_age_seconds");
        return samples;
    }

    private static Set<String> namesIn(String file) throws IOException {
        var names = new TreeSet<String>();
        METRIC.matcher(Files.readString(Path.of(file))).results().forEach(found -> names.add(found.group()));
        assertThat(names).as(file).isNotEmpty();
        return names;
    }

    @ParameterizedTest
    @InTurn
    void aTakenPortIsSaidAndKeepsNothingFromWorking(Neo4jVersion version) throws IOException {
        version.assumeAvailable();
        try (var other = FreePort.taken();
                var server = Neo4jServer.of(version)
                        .environment("IGN_BACKUP_METRICS_ENABLED", "true")
                        .environment("IGN_BACKUP_METRICS_PORT", String.valueOf(other.getLocalPort()))
                        .start()) {
            var note = "the metrics cannot be served at 127.0.0.1:" + other.getLocalPort()
                    + ": Address already in use. HINT: Set 'metrics.port' to a free port (Neo4j Enterprise's own metrics"
                    + " have the same default), or read /ign/backup/metrics at the server's HTTP port.";

            assertThat(server.neo4jLog()).contains("WARN  [ign.backup] " + note);
            assertThat(Plugin.of(server).status().get("notes").asList(value -> value.asString()))
                    .containsExactly(note);
            Plugin.of(server).create(Map.of());
            assertThat(get(atHttpPort(server)).body()).contains("neo4j_backup_success{tier=\"manual\"} 1.0");
        }
    }

    @ParameterizedTest
    @EnumSource
    void withoutHttpThereAreNoMetricsThereAndNoComplaint(Neo4jVersion version) {
        try (var server =
                Neo4jServer.of(version).setting("server.http.enabled", "false").start()) {
            assertThat(server.complaints()).isEmpty();
            Plugin.of(server).create(Map.of());
        }
    }
}
