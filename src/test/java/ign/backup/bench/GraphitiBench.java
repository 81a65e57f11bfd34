package ign.backup.bench;

import static ign.backup.bench.Report.megabytes;
import static ign.backup.bench.Report.number;
import static org.assertj.core.api.Assertions.assertThat;

import ign.backup.probe.graphiti.GraphitiSchema;
import ign.backup.testkit.Neo4jServer;
import ign.backup.testkit.Neo4jVersion;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Backups of graphs as Graphiti builds them, in servers with the memory of its compose file: heap 1 GB, page cache 512 MB, the 31
 * indexes online.
 *
 * <p>{@code -Dbench.graphiti=1000x1024,10000x64} chooses episodes and dimensions; an empty value leaves it out.
 */
class GraphitiBench {

    private static final String SIZES = System.getProperty("bench.graphiti", "1000x1024,10000x1024,100000x64");
    private static final long SEED = 42;
    private static final int RUNS = 2;

    /** Episodes, and the limits of pause, compression and the total. */
    private static final Map<Integer, String> LIMITS = Map.of(
            1_000, "5 s / 10 s / 15 s",
            10_000, "15 s / 30 s / 45 s",
            100_000, "45 s / 120 s / 165 s",
            1_000_000, "120 s / 600 s / 720 s");

    private final Report report = new Report("graphiti");

    private record Size(int episodes, int dimensions) {

        static Size parse(String text) {
            var parts = text.strip().split("x", 2);
            return new Size(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
        }
    }

    /** What the server holds before it is backed up. */
    private record Filled(long nodes, long relationships, long storeBytes) {}

    @Test
    @Timeout(value = 120, unit = TimeUnit.MINUTES)
    void backupsOfGraphiti() throws IOException {
        report.heading("Graphiti");
        report.paragraph("Neo4j " + Neo4jVersion.V5_26.number()
                + ", heap 1g, page cache 512m. Compression: reading, compressing and"
                + " writing, as `duration_ms` says; Total: the call, with the verification, as its caller sees it. The quicker of "
                + RUNS + " backups counts; in brackets the total of the first one after the start of the server. No"
                + " commit waits for a backup by design; what writers notice of it is measured apart.");
        report.table(
                "Episodes",
                "Dimensions",
                "Nodes",
                "Relationships",
                "Store, MB",
                "File",
                "Pause",
                "Compression",
                "Total (first)",
                "Backup, MB",
                "Limits of pause / compression / total");
        for (var size : sizes()) {
            measure(size);
        }
    }

    private static List<Size> sizes() {
        return Stream.of(SIZES.split(",", -1))
                .filter(text -> !text.isBlank())
                .map(Size::parse)
                .toList();
    }

    private void measure(Size size) throws IOException {
        var builder = Neo4jServer.of(Neo4jVersion.V5_26)
                .heap("1g")
                .setting("server.memory.pagecache.size", "512m")
                .jvmFlag("-XX:TieredStopAtLevel=4");
        try (var server = builder.start()) {
            var filled = fill(server, size);
            for (var compression : List.of("none", "zstd")) {
                measure(server, size, filled, compression);
            }
        }
    }

    private static Filled fill(Neo4jServer server, Size size) throws IOException {
        GraphitiSchema.STATEMENTS.forEach(server::run);
        server.run("CALL db.awaitIndexes()");
        var row = server.run(
                        Neo4jServer.DATABASE,
                        "CALL probe.graphiti.fill($episodes, $dimensions, $seed)",
                        Map.of("episodes", size.episodes(), "dimensions", size.dimensions(), "seed", SEED))
                .get(0);
        server.stop();
        long storeBytes = new StoppedStore(server).storeBytes();
        server.start();
        return new Filled(row.get("nodes").asLong(), row.get("relationships").asLong(), storeBytes);
    }

    private void measure(Neo4jServer server, Size size, Filled filled, String compression) {
        Creation.clearFolder(server);
        double first = 0;
        double best = Double.MAX_VALUE;
        long compressing = 0;
        long bytes = 0;
        for (int i = 0; i < RUNS; i++) {
            long began = System.nanoTime();
            var row = Creation.create(server, Map.of("compression", compression));
            double total = (System.nanoTime() - began) / 1e9;
            assertThat(row.get("node_count").asLong()).isEqualTo(filled.nodes());
            assertThat(row.get("relationship_count").asLong()).isEqualTo(filled.relationships());
            if (i == 0) {
                first = total;
            }
            if (total < best) {
                best = total;
                compressing = row.get("duration_ms").asLong();
            }
            bytes = row.get("size_bytes").asLong();
        }
        report.row(
                number(size.episodes()),
                size.dimensions(),
                number(filled.nodes()),
                number(filled.relationships()),
                megabytes(filled.storeBytes()),
                compression.equals("none") ? "plain JSON" : compression,
                "none",
                number(compressing / 1e3, 2) + " s",
                number(best, 2) + " s (" + number(first, 2) + " s)",
                megabytes(bytes),
                LIMITS.getOrDefault(size.episodes(), ""));
    }
}
