package ign.backup.server;

import static org.assertj.core.api.Assertions.assertThat;

import ign.backup.testkit.Certificate;
import ign.backup.testkit.Distribution;
import ign.backup.testkit.FreePort;
import ign.backup.testkit.InTurn;
import ign.backup.testkit.Neo4jServer;
import ign.backup.testkit.Neo4jVersion;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;

/** The command line and the page at a server that speaks TLS, and has no HTTP without it. */
@Timeout(300)
class EncryptedIT {

    private static final String PASSWORD = "only-for-these-tests";

    @ParameterizedTest
    @InTurn
    void theCommandLineAndThePageAreThere(Neo4jVersion version) throws IOException, InterruptedException {
        int https = FreePort.number();
        var builder = Neo4jServer.of(version)
                .password(PASSWORD)
                .setting("server.bolt.tls_level", "OPTIONAL") // the test's own driver speaks without
                .setting("server.http.enabled", "false")
                .setting("server.https.enabled", "true")
                .setting("server.https.listen_address", "127.0.0.1:" + https);
        for (var connector : new String[] {"bolt", "https"}) {
            builder.setting("dbms.ssl.policy." + connector + ".enabled", "true")
                    .setting("dbms.ssl.policy." + connector + ".base_directory", "certificates")
                    .setting("dbms.ssl.policy." + connector + ".client_auth", "NONE");
        }
        var certificate = Certificate.make();
        try (var server = builder.build()) {
            certificate.writeTo(server.home().resolve("certificates"));
            server.start();
            theCommandLineTrustsWhatItIsToldTo(server, certificate);
            thePageIsThere(https, certificate);
        }
    }

    private static void theCommandLineTrustsWhatItIsToldTo(Neo4jServer server, Certificate certificate) {
        var place = server.boltUri().getAuthority();
        assertThat(status("bolt+ssc://" + place, Map.of()).out()).contains("Database Backup Status");
        assertThat(status("neo4j+ssc://" + place, Map.of()).exitCode()).isZero();

        var distrusted = status("bolt+s://" + place, Map.of());
        assertThat(distrusted.exitCode()).isEqualTo(13);
        assertThat(distrusted.err()).contains("ERROR: ", place, "+ssc");

        var trusting = "-Djavax.net.ssl.trustStore=" + certificate.store() + " -Djavax.net.ssl.trustStorePassword="
                + Certificate.PASSWORD;
        assertThat(status("bolt+s://" + place, Map.of("JAVA_TOOL_OPTIONS", trusting))
                        .exitCode())
                .isZero();
        assertThat(status("neo4j+s://" + place, Map.of("JAVA_TOOL_OPTIONS", trusting))
                        .exitCode())
                .isZero();
    }

    private static Distribution.Run status(String address, Map<String, String> more) {
        var environment = new TreeMap<>(more);
        environment.put("NEO4J_PASSWORD", PASSWORD);
        return Distribution.run(environment, "backup", "status", "-a", address);
    }

    private static void thePageIsThere(int port, Certificate certificate) throws IOException, InterruptedException {
        var client = HttpClient.newBuilder().sslContext(certificate.trusting()).build();
        var page = HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + port + "/ign/backup/"))
                .build();
        assertThat(client.send(page, BodyHandlers.ofString()).body()).contains("<title>IGN Backup</title>");
        var metrics = HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + port + "/ign/backup/metrics"))
                .build();
        assertThat(client.send(metrics, BodyHandlers.ofString()).statusCode()).isEqualTo(401);
    }
}
