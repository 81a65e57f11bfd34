package ign.backup.web;

import static org.assertj.core.api.Assertions.assertThat;

import ign.backup.testkit.Neo4jServer;
import ign.backup.testkit.Neo4jVersion;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a server gives to those who have not signed in: the files of the page, and nothing else. */
class PageFilesIT {

    private static final Path SOURCES = Path.of("src/main/resources/ign/backup/web/page");

    private final HttpClient client = HttpClient.newHttpClient();

    private HttpResponse<String> ask(Neo4jServer server, String method, String path, String... headers) {
        var request = HttpRequest.newBuilder(server.httpUri().resolve(path)).method(method, BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return client.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError(path + " is not answered", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    @ParameterizedTest
    @EnumSource
    void areForEverybodyAndNothingElseIs(Neo4jVersion version) throws IOException {
        try (var server =
                        Neo4jServer.of(version).password("only-for-these-tests").start();
                var files = Files.list(SOURCES)) {
            for (var file : files.toList()) {
                isServed(server, file);
            }
            isProtected(ask(server, "GET", "/ign/backup/"));
            assertThat(ask(server, "GET", "/ign/backup").headers().firstValue("Location"))
                    .hasValueSatisfying(place -> assertThat(place).endsWith("/ign/backup/"));
            for (var path : List.of(
                    "metrics", "PageFile.class", "page/main.js", "no-such.js", "..%2fPageFile.class", "%2e%2e/x.js")) {
                assertThat(ask(server, "GET", "/ign/backup/" + path).statusCode())
                        .as(path)
                        .isIn(400, 401);
            }
            assertThat(ask(server, "POST", "/ign/backup/main.js").statusCode()).isEqualTo(401);
            assertThat(ask(server, "GET", "/db/neo4j/main.js").statusCode()).isEqualTo(401);
            assertThat(ask(server, "POST", "/db/system/query/v2").statusCode()).isEqualTo(401);
        }
    }

    private void isServed(Neo4jServer server, Path file) throws IOException {
        var name = file.getFileName().toString();
        var path = "/ign/backup/" + (name.equals("index.html") ? "" : name);
        var answer = ask(server, "GET", path);
        assertThat(answer.statusCode()).as(path).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(Files.readString(file));
        assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-cache");

        var head = ask(server, "HEAD", path);
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();

        var tag = answer.headers().firstValue("ETag").orElseThrow();
        assertThat(ask(server, "GET", path, "If-None-Match", tag).statusCode()).isEqualTo(304);
        assertThat(ask(server, "GET", path, "If-None-Match", "\"another\"").statusCode())
                .isEqualTo(200);
    }

    /** No other place, no script in the text, no page around it. */
    private static void isProtected(HttpResponse<String> page) {
        var policy = page.headers().firstValue("Content-Security-Policy").orElseThrow();
        assertThat(policy.split("; ", -1))
                .contains("default-src 'none'", "script-src 'self'", "style-src 'self'", "connect-src 'self'")
                .contains("frame-ancestors 'none'", "form-action 'none'", "base-uri 'none'")
                .contains("require-trusted-types-for 'script'");
        assertThat(policy).doesNotContain("unsafe").doesNotContain("http");
        assertThat(page.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(page.headers().firstValue("Referrer-Policy")).hasValue("no-referrer");
        assertThat(page.body()).doesNotContain("http://").doesNotContain("https://");
    }
}
