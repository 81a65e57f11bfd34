package ign.backup.cli;

import ign.backup.cli.Answer.Row;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.neo4j.driver.Driver;
import org.neo4j.driver.SessionConfig;
import org.neo4j.driver.exceptions.Neo4jException;

/** A server with the plugin, connected. Calls may come from several threads. */
final class Server implements AutoCloseable {

    /** These know nothing of databases. */
    private static final Set<String> WITHOUT_OPTIONS = Set.of("help", "schedule", "configure");

    private final Driver driver;
    private final URI address;
    private final Optional<String> database;

    Server(Driver driver, URI address, Optional<String> database) {
        this.driver = driver;
        this.address = address;
        this.database = database;
    }

    /**
     * Calls a procedure, in a session on {@code system}, so that the graph can be exchanged meanwhile.
     *
     * @throws ign.backup.model.BackupException what the server said, of the kind that it named
     */
    Answer ask(Call call) {
        var options = new HashMap<>(call.options());
        if (!WITHOUT_OPTIONS.contains(call.procedure())) {
            database.ifPresent(name -> options.putIfAbsent("database", name));
        }
        var parameters = new HashMap<String, @Nullable Object>();
        for (int i = 0; i < call.arguments().size(); i++) {
            parameters.put("a" + i, call.arguments().get(i));
        }
        if (!options.isEmpty()) {
            parameters.put("a" + parameters.size(), options);
        }
        var places =
                IntStream.range(0, parameters.size()).mapToObj(i -> "$a" + i).collect(Collectors.joining(", "));
        try (var session = driver.session(SessionConfig.forDatabase("system"))) {
            var result = session.run("CALL ign.backup." + call.procedure() + "(" + places + ")", parameters);
            var columns = result.keys();
            List<Row> rows = result.list(line -> new Row(nullable(line.asMap())));
            return new Answer(columns, rows);
        } catch (Neo4jException e) {
            throw Failures.ofServer(e, call.procedure(), address);
        }
    }

    @SuppressWarnings("NullAway") // the driver's maps hold nulls, which its signatures do not say
    private static Map<String, @Nullable Object> nullable(Map<String, Object> values) {
        return new HashMap<>(values);
    }

    @Override
    public void close() {
        driver.close();
    }
}
