package ign.backup.bench;

import ign.backup.testkit.Neo4jServer;
import java.util.List;
import java.util.Map;

/**
 * Functions, templates, patterns, sessions and tags: nodes with one label and six properties (strings, an integer, a float, a zoned
 * datetime), relationships between random ones with three.
 */
record FunctionGraph(long nodes, long relationships) {

    static final List<String> LABELS = List.of("Function", "Template", "Pattern", "Session", "Tag");

    /** {@return a graph of the usual density} */
    static FunctionGraph of(long nodes) {
        return new FunctionGraph(nodes, 3 * nodes);
    }

    long elements() {
        return nodes + relationships;
    }

    /** Creates it in the empty database of a server. */
    void fill(Neo4jServer server) {
        server.run(Neo4jServer.DATABASE, """
                UNWIND range(0, $nodes - 1) AS i
                CALL (i) {
                  CREATE (:$($labels[i % 5]) {
                    name: 'system.tag.function_' + i, category: 'cat_' + (i % 37),
                    description: 'Read tag values with blocking behavior, variant ' + i + ' of the function',
                    usage_count: toInteger(rand() * 100000), score: rand(),
                    created_at: datetime({year: 2025, month: 1, day: 1 + (i % 28), hour: i % 24, timezone: 'UTC'})})
                } IN TRANSACTIONS OF 20000 ROWS
                """, Map.of("nodes", nodes, "labels", LABELS));
        server.run(Neo4jServer.DATABASE, """
                MATCH (first) WITH min(id(first)) AS first
                UNWIND range(0, $relationships - 1) AS i
                CALL (i, first) {
                  MATCH (a) WHERE id(a) = first + toInteger(rand() * $nodes)
                  MATCH (b) WHERE id(b) = first + toInteger(rand() * $nodes)
                  CREATE (a)-[:$(['CO_OCCURS_WITH', 'USES', 'CALLS', 'CONTAINS'][i % 4]) {
                    confidence: rand(), support: rand(), created_at: '2025-01-28T14:30:22'}]->(b)
                } IN TRANSACTIONS OF 20000 ROWS
                """, Map.of("nodes", nodes, "relationships", relationships));
    }

    /** {@return how many nodes and relationships a server has} */
    static FunctionGraph in(Neo4jServer server) {
        return new FunctionGraph(
                count(server, "MATCH (n) RETURN count(n) AS n"),
                count(server, "MATCH ()-[r]->() RETURN count(r) AS n"));
    }

    private static long count(Neo4jServer server, String statement) {
        return server.run(statement).get(0).get("n").asLong();
    }
}
