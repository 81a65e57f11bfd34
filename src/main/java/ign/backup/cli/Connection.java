package ign.backup.cli;

import ign.backup.model.BackupException;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.neo4j.driver.AuthToken;
import org.neo4j.driver.AuthTokens;
import org.neo4j.driver.Config;
import org.neo4j.driver.Driver;
import org.neo4j.driver.GraphDatabase;
import org.neo4j.driver.Logging;
import org.neo4j.driver.exceptions.AuthenticationException;
import org.neo4j.driver.exceptions.Neo4jException;
import picocli.CommandLine.Option;

/** Where the server is and who asks, said as to {@code cypher-shell}: options before environment. */
final class Connection {

    private static final String DEFAULT_ADDRESS = "bolt://localhost:7687";
    private static final int DEFAULT_PORT = 7687;

    @Option(
            names = {"-a", "--address", "--uri"},
            paramLabel = "ADDRESS",
            description = "Address of the server: neo4j://, bolt:// (also with +s or +ssc), or host:port."
                    + " Or NEO4J_URI. Default: " + DEFAULT_ADDRESS)
    private @Nullable String address;

    @Option(
            names = {"-u", "--username"},
            paramLabel = "NAME",
            description = "User. Or NEO4J_USERNAME. Default: neo4j")
    private @Nullable String username;

    @Option(
            names = {"-p", "--password"},
            paramLabel = "PASSWORD",
            description = "Password; better NEO4J_PASSWORD, since others can read a command line. Asked for if needed.")
    private @Nullable String password;

    @Option(
            names = {"-d", "--database"},
            paramLabel = "DATABASE",
            description = "Database to back up, where there are several. Or NEO4J_DATABASE.")
    private @Nullable String database;

    /** Connects; asks for a password when the server wants one and somebody is there to be asked. */
    Server open(Terminal terminal) {
        var uri = uri();
        var known = Optional.ofNullable(password).or(() -> variable("NEO4J_PASSWORD"));
        try {
            return connected(uri, known.map(this::token).orElse(AuthTokens.none()));
        } catch (AuthenticationException refused) {
            var asked = known.isPresent() ? Optional.<String>empty() : terminal.secret("Password of " + user() + ": ");
            try {
                return connected(uri, token(asked.orElseThrow(() -> refusal(refused, uri, known.isPresent()))));
            } catch (AuthenticationException again) {
                throw Failures.ofConnection(again, uri);
            }
        }
    }

    private static BackupException refusal(AuthenticationException refused, URI uri, boolean hasPassword) {
        return hasPassword
                ? Failures.ofConnection(refused, uri)
                : new BackupException.BadRequest(
                        "the server at " + uri + " asks for a password, and none was given",
                        "Set NEO4J_USERNAME and NEO4J_PASSWORD, or use -u and -p.",
                        refused);
    }

    private Server connected(URI uri, AuthToken token) {
        var driver = driver(uri, token);
        try {
            driver.verifyConnectivity();
            return new Server(driver, uri, Optional.ofNullable(database).or(() -> variable("NEO4J_DATABASE")));
        } catch (AuthenticationException e) {
            driver.close();
            throw e;
        } catch (Neo4jException e) {
            driver.close();
            throw Failures.ofConnection(e, uri);
        }
    }

    private static Driver driver(URI uri, AuthToken token) {
        var config = Config.builder()
                .withLogging(Logging.none())
                .withConnectionTimeout(10, TimeUnit.SECONDS)
                .withUserAgent("ign/" + Version.number())
                .build();
        try {
            return GraphDatabase.driver(uri, token, config);
        } catch (IllegalArgumentException e) {
            throw new BackupException.BadRequest(
                    "address '" + uri + "' cannot be used: " + e.getMessage(),
                    "Write it as bolt://host:7687 or neo4j+s://host.",
                    e);
        }
    }

    private AuthToken token(String secret) {
        return AuthTokens.basic(user(), secret);
    }

    private String user() {
        return Optional.ofNullable(username)
                .or(() -> variable("NEO4J_USERNAME"))
                .orElse("neo4j");
    }

    private URI uri() {
        var text = Optional.ofNullable(address)
                .or(() -> variable("NEO4J_URI"))
                .or(() -> variable("NEO4J_ADDRESS"))
                .orElse(DEFAULT_ADDRESS);
        var whole = text.contains("://") ? text : "bolt://" + text;
        try {
            var uri = URI.create(whole);
            return uri.getPort() < 0 && uri.getHost() != null ? URI.create(whole + ":" + DEFAULT_PORT) : uri;
        } catch (IllegalArgumentException e) {
            throw new BackupException.BadRequest(
                    "'" + text + "' is no address of a server", "Write it as bolt://host:7687 or neo4j+s://host.", e);
        }
    }

    private static Optional<String> variable(String name) {
        return Optional.ofNullable(System.getenv(name)).filter(value -> !value.isEmpty());
    }
}
