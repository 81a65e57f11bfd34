package ign.backup.testkit;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Looks at the graph of a server from inside, by code that shares nothing with the plugin. */
public final class Probe {

    private final Neo4jServer server;

    Probe(Neo4jServer server) {
        this.server = server;
    }

    /**
     * What two graphs have in common when they are the same up to ids.
     *
     * @param content of labels, properties with their exact types, relationships and their ends
     * @param schema one line per index and constraint, sorted
     */
    public record GraphDigest(long nodes, long relationships, String content, String schema) {}

    /** {@return the digest of the whole graph} */
    public GraphDigest digest() {
        var row = server.run("CALL probe.digest()").get(0);
        return new GraphDigest(
                row.get("nodes").asLong(),
                row.get("relationships").asLong(),
                row.get("digest").asString(),
                row.get("schema").asString());
    }

    /** Creates one node and one relationship for each value that can be stored, and every odd structure and name. */
    public void fillWithEveryValue(int hubDegree) {
        server.run(Neo4jServer.DATABASE, "CALL probe.fidelity.fill($degree)", Map.of("degree", hubDegree));
    }

    /** Creates an index or constraint of each kind. */
    public void createEverySchema() {
        server.run("CALL probe.fidelity.schema()");
        server.run("CALL db.awaitIndexes()");
    }

    /** Drops the index that finds nodes by label, which a new database has. */
    public void dropLookupIndex() {
        server.run("CALL probe.fidelity.dropLookup()");
    }

    /** Creates an index that cannot be built, and waits until it has failed. */
    public void createFailedIndex() {
        server.run("CALL probe.fidelity.failedIndex()");
        Await.until("an index to fail", Duration.ofSeconds(60), () -> !server.run(
                        "SHOW INDEXES YIELD state WHERE state = 'FAILED'")
                .isEmpty());
    }

    /** {@return the classes of all listeners of the database's transactions, sorted} */
    public List<String> listeners() {
        return names("CALL probe.listeners()");
    }

    /** {@return the names of all threads of the server, sorted} */
    public List<String> threads() {
        return names("CALL probe.threads()");
    }

    private List<String> names(String statement) {
        return server.run(statement).stream()
                .map(row -> row.get("name").asString())
                .sorted()
                .toList();
    }

    /** {@return one line per property and per bare element, sorted, so that two graphs can be compared line by line} */
    public List<String> dump() {
        return server.run("CALL probe.fidelity.dump()").stream()
                .map(row -> Stream.of("element", "key", "type", "value")
                        .map(column -> row.get(column).asString())
                        .collect(Collectors.joining(" | ")))
                .sorted()
                .toList();
    }
}
