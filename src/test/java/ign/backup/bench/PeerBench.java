package ign.backup.bench;

import static org.assertj.core.api.Assertions.assertThat;

import ign.backup.testkit.BuildFolder;
import ign.backup.testkit.Neo4jServer;
import ign.backup.testkit.Neo4jVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.neo4j.driver.Record;

/**
 * Backup and restore of one million nodes with six properties and three million relationships with three, beside APOC's JSON
 * export and import, on one server with a heap of 1 GiB. Prints a table for {@code docs/performance.md}.
 */
class PeerBench {

    private static final long NODES = Long.getLong("bench.nodes", 1_000_000);
    private static final long RELATIONSHIPS = 3 * NODES;
    private static final String EVERYTHING = "MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 10000 ROWS";

    private final StringBuilder table = new StringBuilder();

    @Test
    @Timeout(value = 90, unit = TimeUnit.MINUTES)
    void backupAndRestoreBesideApoc() throws IOException {
        var builder = Neo4jServer.of(Neo4jVersion.V5_26)
                .heap("1g")
                .setting("server.memory.pagecache.size", "2g")
                .setting("dbms.security.procedures.unrestricted", "apoc.*")
                .jvmFlag("-XX:TieredStopAtLevel=4")
                .systemProperty("apoc.export.file.enabled", "true")
                .systemProperty("apoc.import.file.enabled", "true")
                .systemProperty("apoc.import.file.use_neo4j_config", "false");
        for (var jar : apoc()) {
            builder.plugin(jar);
        }
        try (var server = builder.start()) {
            fill(server, NODES, RELATIONSHIPS);
            var before = counts(server);
            head();
            create(server, "none", false);
            create(server, "none", true);
            create(server, "zstd", false);
            create(server, "zstd", true);
            create(server, "gzip", false);
            double apocSeconds = apocExport(server);
            row("apoc.export.json.all", apocSeconds, NODES + RELATIONSHIPS, Files.size(exportFile(server)));
            restore(server);
            assertThat(counts(server)).isEqualTo(before);
            apocImport(server);
        } finally {
            keep();
        }
    }

    private void keep() throws IOException {
        var file = BuildFolder.fresh("bench").resolve("peer.md");
        Files.writeString(file, table);
        System.out.println(table);
    }

    private static List<Path> apoc() throws IOException {
        var name = Objects.requireNonNull(System.getProperty("ign.test.apoc"));
        try (var files = Files.list(BuildFolder.library(name))) {
            return files.toList();
        }
    }

    private void head() {
        table.append(
                "| what | seconds | elements/s | MB | most heap in use, MB (idle before) |\n|---|---|---|---|---|\n");
    }

    private void row(String what, double seconds, long elements, long bytes) {
        row(what, seconds, elements, bytes, "");
    }

    private void row(String what, double seconds, long elements, long bytes, String heap) {
        var line = String.format(
                Locale.ROOT,
                "| %s | %.1f | %,.0f | %s | %s |%n",
                what,
                seconds,
                elements / seconds,
                bytes > 0 ? String.format(Locale.ROOT, "%.0f", bytes / 1e6) : "",
                heap);
        table.append(line);
        System.out.print(line);
    }

    /** Two times each, the better one counts: the first one also compiles. */
    private void create(Neo4jServer server, String compression, boolean verify) {
        collect(server);
        long idle = usedHeap(server);
        double best = Double.MAX_VALUE;
        long size = 0;
        try (var heap = new HeapWatch(server)) {
            for (int i = 0; i < 2; i++) {
                var row = single(
                        server,
                        "CALL ign.backup.create('bench', {compression: $compression, verify: $verify})",
                        Map.of("compression", compression, "verify", verify));
                assertThat(row.get("success").asBoolean()).as(row.toString()).isTrue();
                best = Math.min(
                        best,
                        (row.get("duration_ms").asLong() + row.get("verify_ms").asLong()) / 1000.0);
                size = row.get("size_bytes").asLong();
            }
            row(
                    "create, " + compression + (verify ? ", verified" : ", not verified"),
                    best,
                    NODES + RELATIONSHIPS,
                    size,
                    heap.most() / 1_000_000 + " (" + idle / 1_000_000 + ")");
        }
    }

    private void restore(Neo4jServer server) {
        try (var heap = new HeapWatch(server)) {
            var rows = server.run("system", "CALL ign.backup.restore(null, {confirm: true})", Map.of());
            var row = rows.get(0);
            assertThat(row.get("success").asBoolean()).as(row.toString()).isTrue();
            row(
                    "restore, in all",
                    row.get("duration_ms").asLong() / 1000.0,
                    NODES + RELATIONSHIPS,
                    0,
                    String.valueOf(heap.most() / 1_000_000));
            row(
                    "restore, database not available",
                    row.get("unavailable_ms").asLong() / 1000.0,
                    NODES + RELATIONSHIPS,
                    0);
        }
    }

    private static double apocExport(Neo4jServer server) {
        long began = System.nanoTime();
        var row = single(
                server,
                "CALL apoc.export.json.all($file, {})",
                Map.of("file", exportFile(server).toString()));
        assertThat(row.get("done").asBoolean()).isTrue();
        return (System.nanoTime() - began) / 1e9;
    }

    /** A fortieth of the graph: at its rate all of it would take most of an hour. */
    private void apocImport(Neo4jServer server) {
        server.run(EVERYTHING);
        fill(server, NODES / 40, RELATIONSHIPS / 40);
        apocExport(server);
        server.run(EVERYTHING);
        for (var label : List.of("Function", "Template", "Pattern", "Session", "Tag")) {
            server.run("CREATE CONSTRAINT FOR (n:" + label + ") REQUIRE n.neo4jImportId IS UNIQUE");
        }
        long began = System.nanoTime();
        single(
                server,
                "CALL apoc.import.json($file, {})",
                Map.of("file", exportFile(server).toUri().toString()));
        double seconds = (System.nanoTime() - began) / 1e9;
        row("apoc.import.json, a fortieth of the graph", seconds, (NODES + RELATIONSHIPS) / 40, 0);
    }

    private static Path exportFile(Neo4jServer server) {
        return server.home().resolve("bench.json");
    }

    private static void fill(Neo4jServer server, long nodes, long relationships) {
        server.run(Neo4jServer.DATABASE, """
                UNWIND range(0, $nodes - 1) AS i
                CALL (i) {
                  CREATE (:$(['Function', 'Template', 'Pattern', 'Session', 'Tag'][i % 5]) {
                    name: 'system.tag.function_' + i, category: 'cat_' + (i % 37),
                    description: 'Read tag values with blocking behavior, variant ' + i + ' of the function',
                    usage_count: toInteger(rand() * 100000), score: rand(),
                    created_at: datetime({year: 2025, month: 1, day: 1 + (i % 28), hour: i % 24, timezone: 'UTC'})})
                } IN TRANSACTIONS OF 20000 ROWS
                """, Map.of("nodes", nodes));
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

    private static List<Long> counts(Neo4jServer server) {
        return List.of(
                single(server, "MATCH (n) RETURN count(n) AS n", Map.of())
                        .get("n")
                        .asLong(),
                single(server, "MATCH ()-[r]->() RETURN count(r) AS n", Map.of())
                        .get("n")
                        .asLong());
    }

    private static Record single(Neo4jServer server, String statement, Map<String, Object> parameters) {
        return server.run(Neo4jServer.DATABASE, statement, parameters).get(0);
    }

    private static void collect(Neo4jServer server) {
        try {
            var jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
            assertThat(new ProcessBuilder(jcmd, String.valueOf(server.pid()), "GC.run")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor())
                    .isZero();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError("the server's garbage could not be collected", e);
        }
    }

    private static long usedHeap(Neo4jServer server) {
        var rows = server.run(
                "system",
                "CALL dbms.queryJmx('java.lang:type=Memory') YIELD attributes"
                        + " RETURN attributes.HeapMemoryUsage.value.properties.used AS used",
                Map.of());
        return rows.get(0).get("used").asLong();
    }

    /** Looks at the heap while something runs; garbage that waits for its collection is counted too. */
    private static final class HeapWatch implements AutoCloseable {
        private final AtomicLong most = new AtomicLong();
        private final AtomicBoolean over = new AtomicBoolean();
        private final Thread thread;

        HeapWatch(Neo4jServer server) {
            thread = new Thread(
                    () -> {
                        while (!over.get()) {
                            most.accumulateAndGet(usedHeap(server), Math::max);
                            LockSupport.parkNanos(200_000_000);
                        }
                    },
                    "heap-watch");
            thread.setDaemon(true);
            thread.start();
        }

        long most() {
            return most.get();
        }

        @Override
        public void close() {
            over.set(true);
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
