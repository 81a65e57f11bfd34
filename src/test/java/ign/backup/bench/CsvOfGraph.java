package ign.backup.bench;

import ign.backup.testkit.BuildFolder;
import ign.backup.testkit.Neo4jAdmin;
import ign.backup.testkit.Neo4jServer;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.neo4j.driver.Record;
import org.neo4j.driver.SessionConfig;

/** A {@link FunctionGraph} as {@code neo4j-admin database import} reads it. */
final class CsvOfGraph {

    private final Path nodes;
    private final Path relationships;

    private CsvOfGraph(Path folder) {
        this.nodes = folder.resolve("nodes.csv");
        this.relationships = folder.resolve("relationships.csv");
    }

    /** Writes the graph of a server. */
    static CsvOfGraph of(Neo4jServer server) throws IOException {
        var csv = new CsvOfGraph(BuildFolder.fresh("csv"));
        csv.write(
                server,
                csv.nodes,
                "id:ID,:LABEL,name,category,description,usage_count:long,score:double,created_at:datetime",
                "MATCH (n) RETURN id(n), labels(n)[0], n.name, n.category, n.description, n.usage_count, n.score,"
                        + " toString(n.created_at)");
        csv.write(
                server,
                csv.relationships,
                ":START_ID,:END_ID,:TYPE,confidence:double,support:double,created_at",
                "MATCH (a)-[r]->(b) RETURN id(a), id(b), type(r), r.confidence, r.support, r.created_at");
        return csv;
    }

    private void write(Neo4jServer server, Path file, String header, String query) throws IOException {
        try (var out = Files.newBufferedWriter(file);
                var session = server.driver().session(SessionConfig.forDatabase(Neo4jServer.DATABASE))) {
            out.write(header + "\n");
            var result = session.run(query);
            while (result.hasNext()) {
                line(out, result.next());
            }
        }
    }

    private static void line(BufferedWriter out, Record row) throws IOException {
        for (int i = 0; i < row.size(); i++) {
            if (i > 0) {
                out.write(',');
            }
            var value = row.get(i).asObject();
            out.write(value instanceof String text && text.indexOf(',') >= 0 ? '"' + text + '"' : value.toString());
        }
        out.write('\n');
    }

    /** Imports it in place of the store of a stopped server; {@return the seconds, with the start of the command} */
    double importInto(Neo4jServer server) {
        long began = System.nanoTime();
        Neo4jAdmin.run(
                        server,
                        "database",
                        "import",
                        "full",
                        Neo4jServer.DATABASE,
                        "--overwrite-destination",
                        "--id-type=integer",
                        "--nodes=" + nodes,
                        "--relationships=" + relationships)
                .expectSuccess();
        return (System.nanoTime() - began) / 1e9;
    }
}
