package ign.backup.bench;

import static ign.backup.bench.Report.megabytes;
import static ign.backup.bench.Report.number;
import static org.assertj.core.api.Assertions.assertThat;

import ign.backup.testkit.BuildFolder;
import ign.backup.testkit.Neo4jServer;
import ign.backup.testkit.Neo4jVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.neo4j.driver.Record;

/**
 * Restores of one million nodes and three million relationships beside {@code neo4j-admin database import} and APOC's import, and
 * how long a client is without answers meanwhile.
 *
 * <p>{@code -Dbench.nodes=20000} makes the graph smaller; there are always three times as many relationships.
 */
class RestoreBench {

    private static final FunctionGraph GRAPH = FunctionGraph.of(Long.getLong("bench.nodes", 1_000_000));
    private static final FunctionGraph TENTH = FunctionGraph.of(GRAPH.nodes() / 10);
    private static final String HEAP = "1g";
    private static final String SMALL_HEAP = "512m";
    private static final int ROUNDS = 3;
    private static final String EVERYTHING = "MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 10000 ROWS";

    private final Report report = new Report("restore");

    @Test
    @Timeout(value = 120, unit = TimeUnit.MINUTES)
    void restoreBesideOthers() throws IOException {
        for (var version : Neo4jVersion.values()) {
            if (version.isAvailable()) {
                restoreBesideOthers(version);
            } else {
                report.paragraph("Neo4j " + version.number() + " was not measured: there is no JDK for it.");
            }
        }
    }

    private void restoreBesideOthers(Neo4jVersion version) throws IOException {
        try (var server = server(version)) {
            server.start();
            TENTH.fill(server);
            var tenth = backup(server);
            server.run(EVERYTHING);
            GRAPH.fill(server);
            var whole = backup(server);

            report.heading("Restore with Neo4j " + version.number() + ": " + number(GRAPH.nodes()) + " nodes, "
                    + number(GRAPH.relationships()) + " relationships");
            restores(server, whole, tenth);
            smallHeap(server, whole);
            if (version == Neo4jVersion.V5_26) {
                peers(server);
            }
        }
    }

    private static Neo4jServer server(Neo4jVersion version) throws IOException {
        var builder = Neo4jServer.of(version)
                .heap(HEAP)
                .setting("server.memory.pagecache.size", "2g")
                .setting("dbms.security.procedures.unrestricted", "apoc.*")
                .jvmFlag("-XX:TieredStopAtLevel=4")
                .systemProperty("apoc.export.file.enabled", "true")
                .systemProperty("apoc.import.file.enabled", "true")
                .systemProperty("apoc.import.file.use_neo4j_config", "false");
        if (version == Neo4jVersion.V5_26) {
            var apoc = Objects.requireNonNull(System.getProperty("ign.test.apoc"));
            try (var jars = Files.list(BuildFolder.library(apoc))) {
                jars.forEach(builder::plugin);
            }
        }
        return builder.build();
    }

    private static String backup(Neo4jServer server) {
        return Creation.create(server, Map.of("compression", "zstd", "pin", true))
                .get("file")
                .asString();
    }

    private void restores(Neo4jServer server, String whole, String tenth) {
        report.table(
                "what",
                "judging, s",
                "building, s",
                "stopped, s",
                "in all, s",
                "elements/s",
                "longest wait of a client, ms (repeated queries)",
                "most heap in use, MB (idle before)");
        for (int round = 1; round <= ROUNDS; round++) {
            row("restore, round " + round, server, whole, GRAPH);
        }
        row("restore of a tenth", server, tenth, TENTH);
        assertThat(FunctionGraph.in(server)).isEqualTo(TENTH);
        for (int round = 1; round <= 2; round++) {
            rollback(server);
        }
        row("restore, once more", server, whole, GRAPH);
        assertThat(FunctionGraph.in(server)).isEqualTo(GRAPH);
    }

    private void row(String what, Neo4jServer server, String file, FunctionGraph graph) {
        var heap = new ServerHeap(server);
        long idle = heap.idle();
        try (var watch = heap.watch();
                var gaps = QueryGaps.watch(server)) {
            var row = call(server, "CALL ign.backup.restore($file, {confirm: true})", Map.of("file", file));
            double all = row.get("duration_ms").asLong() / 1e3;
            report.row(
                    what,
                    number(row.get("judge_ms").asLong() / 1e3, 2),
                    number(row.get("build_ms").asLong() / 1e3, 2),
                    number(row.get("unavailable_ms").asLong() / 1e3, 2),
                    number(all, 2),
                    number(graph.elements() / all, 0),
                    gaps.longestMillis() + " (" + gaps.repeated() + ")",
                    megabytes(watch.most()) + " (" + megabytes(idle) + ")");
        }
    }

    private void rollback(Neo4jServer server) {
        try (var gaps = QueryGaps.watch(server)) {
            var row = call(server, "CALL ign.backup.rollback()", Map.of());
            report.row(
                    "rollback to " + number(row.get("node_count").asLong()) + " nodes",
                    "",
                    "",
                    number(row.get("unavailable_ms").asLong() / 1e3, 2),
                    number(row.get("duration_ms").asLong() / 1e3, 2),
                    "",
                    gaps.longestMillis() + " (" + gaps.repeated() + ")",
                    "");
        }
    }

    private static Record call(Neo4jServer server, String statement, Map<String, Object> parameters) {
        var row = server.run("system", statement, parameters).get(0);
        assertThat(row.get("success").asBoolean()).as("%s", row.asMap()).isTrue();
        return row;
    }

    private void smallHeap(Neo4jServer server, String whole) {
        server.stop();
        server.heap(SMALL_HEAP);
        server.start();
        row("restore, server with -Xmx" + SMALL_HEAP, server, whole, GRAPH);
        assertThat(FunctionGraph.in(server)).isEqualTo(GRAPH);
        server.stop();
        server.heap(HEAP);
        server.start();
    }

    private void peers(Neo4jServer server) throws IOException {
        var csv = CsvOfGraph.of(server);
        server.stop();
        double imported = csv.importInto(server);
        server.start();
        assertThat(FunctionGraph.in(server)).isEqualTo(GRAPH);
        report.row(
                "`neo4j-admin database import full` from CSV; server stopped",
                "",
                "",
                number(imported, 1),
                number(imported, 1),
                number(GRAPH.elements() / imported, 0),
                "",
                "");
        apocImport(server);
    }

    /** A fortieth of the graph: at its rate all of it would take most of an hour. */
    private void apocImport(Neo4jServer server) {
        var part = FunctionGraph.of(GRAPH.nodes() / 40);
        server.run(EVERYTHING);
        part.fill(server);
        var file = server.home().resolve("bench.json");
        server.run(Neo4jServer.DATABASE, "CALL apoc.export.json.all($file, {})", Map.of("file", file.toString()));
        server.run(EVERYTHING);
        for (var label : FunctionGraph.LABELS) {
            server.run("CREATE CONSTRAINT FOR (n:" + label + ") REQUIRE n.neo4jImportId IS UNIQUE");
        }
        long began = System.nanoTime();
        server.run(
                Neo4jServer.DATABASE,
                "CALL apoc.import.json($file, {})",
                Map.of("file", file.toUri().toString()));
        double seconds = (System.nanoTime() - began) / 1e9;
        long missing = part.elements() - FunctionGraph.in(server).elements();
        report.row(
                "`apoc.import.json`, a fortieth of the graph"
                        + (missing == 0 ? "" : "; " + number(missing) + " elements are missing"),
                "",
                "",
                "",
                number(seconds, 1),
                number(part.elements() / seconds, 0),
                "",
                "");
    }
}
