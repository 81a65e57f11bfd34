package ign.backup.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ign.backup.model.BackupException;
import ign.backup.testkit.FreePort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class MetricsListenerTest {

    private final HttpClient client = HttpClient.newHttpClient();

    private HttpResponse<String> ask(int port, String method, String path) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .method(method, BodyPublishers.noBody())
                .build();
        return client.send(request, BodyHandlers.ofString());
    }

    private static InetSocketAddress at(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    @Test
    void hasTheMetricsAndNothingElse() throws IOException, InterruptedException {
        int port = FreePort.number();
        try (var listener = MetricsListener.open(at(port), () -> "some_metric 1\n")) {
            assertThat(listener).isNotNull();
            var answer = ask(port, "GET", "/metrics?name=x");
            assertThat(answer.body()).isEqualTo("some_metric 1\n");
            assertThat(answer.headers().firstValue("Content-Type"))
                    .contains("text/plain; version=0.0.4; charset=utf-8");
            for (var path : new String[] {"/", "/metrics/", "/metricsx", "/metrics/../x"}) {
                assertThat(ask(port, "GET", path).statusCode()).as(path).isEqualTo(404);
            }
            for (var method : new String[] {"POST", "PUT", "DELETE", "HEAD"}) {
                var refused = ask(port, method, "/metrics");
                assertThat(refused.statusCode()).as(method).isEqualTo(405);
                assertThat(refused.headers().firstValue("Allow")).contains("GET");
            }
        }
        assertThatThrownBy(() -> ask(port, "GET", "/metrics")).isInstanceOf(IOException.class);
    }

    @Test
    void saysWhichPortIsTaken() throws IOException {
        try (var other = FreePort.taken()) {
            assertThatThrownBy(() -> MetricsListener.open(at(other.getLocalPort()), () -> ""))
                    .isInstanceOfSatisfying(BackupException.Unavailable.class, e -> {
                        assertThat(e)
                                .hasMessageStartingWith("the metrics cannot be served at localhost:"
                                        + other.getLocalPort() + ": Address already in use");
                        assertThat(e.hint())
                                .isEqualTo(
                                        "Set 'metrics.port' to a free port (Neo4j Enterprise's own metrics have the same"
                                                + " default), or read /ign/backup/metrics at the server's HTTP port.");
                    });
        }
    }

    @Test
    void saysThatThereIsNoSuchHost() {
        var nowhere = InetSocketAddress.createUnresolved("no-such-host.invalid", 2004);

        assertThatThrownBy(() -> MetricsListener.open(nowhere, () -> ""))
                .isInstanceOf(BackupException.Unavailable.class)
                .hasMessageStartingWith("the metrics cannot be served at no-such-host.invalid:2004: ");
    }
}
