package ign.backup.bench;

import static ign.backup.bench.Report.megabytes;
import static ign.backup.bench.Report.number;
import static org.assertj.core.api.Assertions.assertThat;

import ign.backup.testkit.BuildFolder;
import ign.backup.testkit.Neo4jServer;
import ign.backup.testkit.Neo4jVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Backup of one million nodes and three million relationships beside APOC's JSON export, Neo4j's own dump, and
 * what the machine can do at best: one server with a heap of 1 GiB, one graph.
 *
 * <p>{@code -Dbench.nodes=20000} makes the graph smaller; there are always three times as many relationships.
 */
class PeerBench {

    private static final FunctionGraph GRAPH = FunctionGraph.of(Long.getLong("bench.nodes", 1_000_000));
    private static final String HEAP = "1g";
    private static final String SMALL_HEAP = "512m";

    private final Report report = new Report("peer");

    @Test
    @Timeout(value = 120, unit = TimeUnit.MINUTES)
    void backupBesideOthers() throws IOException {
        try (var server = server()) {
            var store = new StoppedStore(server);
            configureThreads(server, 2);
            server.start();
            GRAPH.fill(server);
            assertThat(FunctionGraph.in(server)).isEqualTo(GRAPH);

            head();
            creations(server, 2, "none", "gzip");
            var zstd = creation(server, "zstd", 2);
            double apoc = apoc(server);
            server.stop();
            var logs = logs(store);
            var dump = stopped("`neo4j-admin database dump`, logs as the filling left them", store.dump());
            var raw = stopped("raw export, nothing checked", store.exportRaw(HEAP));
            oneThread(server);
            smallHeap(server);
            store.pruneLogs();
            var prunedLogs = logs(store);
            var pruned = stopped("`neo4j-admin database dump`, logs pruned", store.dump());

            report.paragraph("Store and transaction logs before the first dump: " + logs + "; before the second: "
                    + prunedLogs + ".");
            report.paragraph("A backup with zstd by two threads, not verified:\n");
            factors(
                    zstd,
                    List.of(
                            new Peer("APOC's export", apoc),
                            new Peer("the dump", dump.seconds()),
                            new Peer("the dump with pruned logs", pruned.seconds()),
                            new Peer("the raw export", raw.seconds())));
            report.point("has " + number(100.0 * zstd.bytes() / pruned.bytes(), 0)
                    + " % of the size of the dump with pruned logs");
            report.point("is read back for its verification in "
                    + number((double) zstd.verifyMillis() / zstd.createMillis(), 2)
                    + " times the time of its creation");
        }
    }

    private record Peer(String name, double seconds) {}

    private void factors(Creation zstd, List<Peer> peers) {
        for (var peer : peers) {
            report.point("is " + number(peer.seconds() * 1000 / zstd.createMillis(), 2) + " times as fast as "
                    + peer.name());
        }
    }

    private static Neo4jServer server() throws IOException {
        var builder = Neo4jServer.of(Neo4jVersion.V5_26)
                .heap(HEAP)
                .setting("server.memory.pagecache.size", "2g")
                .setting("dbms.security.procedures.unrestricted", "apoc.*")
                .jvmFlag("-XX:TieredStopAtLevel=4")
                .systemProperty("apoc.export.file.enabled", "true")
                .systemProperty("apoc.import.file.enabled", "true")
                .systemProperty("apoc.import.file.use_neo4j_config", "false");
        var apoc = Objects.requireNonNull(System.getProperty("ign.test.apoc"));
        try (var jars = Files.list(BuildFolder.library(apoc))) {
            jars.forEach(builder::plugin);
        }
        return builder.build();
    }

    /** How many threads the plugin takes from the next start on. */
    private static void configureThreads(Neo4jServer server, int threads) throws IOException {
        Files.writeString(server.home().resolve("conf/ign-backup.conf"), "threads = " + threads + "\n");
    }

    private void head() {
        report.heading(number(GRAPH.nodes()) + " nodes, " + number(GRAPH.relationships()) + " relationships");
        report.paragraph("Neo4j " + Neo4jVersion.V5_26.number() + ", heap " + HEAP + ", page cache 2g; "
                + System.getProperty("ign.test.apoc") + " in the same server.");
        report.table(
                "what",
                "threads",
                "seconds",
                "verification, seconds",
                "elements/s",
                "MB",
                "most heap in use, MB (idle before)");
    }

    private void creations(Neo4jServer server, int threads, String... compressions) {
        for (var compression : compressions) {
            creation(server, compression, threads);
        }
    }

    private Creation creation(Neo4jServer server, String compression, int threads) {
        var creation = Creation.measure(server, compression);
        creationRow("create, " + (compression.equals("none") ? "plain JSON" : compression), threads, creation);
        return creation;
    }

    private void creationRow(String what, int threads, Creation creation) {
        report.row(
                what,
                threads,
                number(creation.createMillis() / 1e3, 2),
                number(creation.verifyMillis() / 1e3, 2),
                rate(creation.createMillis() / 1e3),
                megabytes(creation.bytes()),
                megabytes(creation.mostHeap()) + " (" + megabytes(creation.idleHeap()) + ")");
    }

    private static String rate(double seconds) {
        return number(GRAPH.elements() / seconds, 0);
    }

    private void oneThread(Neo4jServer server) throws IOException {
        configureThreads(server, 1);
        server.start();
        creations(server, 1, "none", "gzip", "zstd");
        server.stop();
        configureThreads(server, 2);
    }

    private void smallHeap(Neo4jServer server) {
        server.heap(SMALL_HEAP);
        server.start();
        creationRow("create, zstd, server with -Xmx" + SMALL_HEAP, 2, Creation.measure(server, "zstd"));
        server.stop();
        server.heap(HEAP);
    }

    private static String logs(StoppedStore store) throws IOException {
        return megabytes(store.storeBytes()) + " MB of store, " + megabytes(store.logBytes()) + " MB of logs";
    }

    private StoppedStore.Output stopped(String what, StoppedStore.Output output) {
        report.row(
                what + "; server stopped",
                "",
                number(output.seconds(), 2),
                "",
                rate(output.seconds()),
                megabytes(output.bytes()),
                "");
        return output;
    }

    /** Once: it takes many times as long as all the others. */
    private double apoc(Neo4jServer server) throws IOException {
        double seconds = apocExport(server);
        report.row(
                "`apoc.export.json.all`",
                1,
                number(seconds, 2),
                "",
                rate(seconds),
                megabytes(Files.size(exportFile(server))),
                "");
        return seconds;
    }

    private static double apocExport(Neo4jServer server) {
        long began = System.nanoTime();
        var row = server.run(
                        Neo4jServer.DATABASE,
                        "CALL apoc.export.json.all($file, {})",
                        Map.of("file", exportFile(server).toString()))
                .get(0);
        assertThat(row.get("done").asBoolean()).isTrue();
        return (System.nanoTime() - began) / 1e9;
    }

    private static Path exportFile(Neo4jServer server) {
        return server.home().resolve("bench.json");
    }
}
