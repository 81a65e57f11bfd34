package ign.backup.bench;

import static ign.backup.bench.Report.number;

import ign.backup.testkit.BuildFolder;
import ign.backup.testkit.Neo4jServer;
import ign.backup.testkit.Neo4jVersion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What a backup costs those who write meanwhile: the same load on a server without the plugin, with it, and while it makes one backup
 * after the other, in turns.
 *
 * <p>Sizes: {@code -Dbench.writer.nodes=200000}, {@code .rounds}, {@code .seconds} per load, {@code .clients}, {@code .rate}.
 */
class WriterBench {

    private static final FunctionGraph GRAPH = FunctionGraph.of(Long.getLong("bench.writer.nodes", 200_000));
    private static final int ROUNDS = Integer.getInteger("bench.writer.rounds", 5);
    private static final Duration LOAD = Duration.ofSeconds(Long.getLong("bench.writer.seconds", 15));
    private static final int CLIENTS = Integer.getInteger("bench.writer.clients", 4);
    private static final int RATE = Integer.getInteger("bench.writer.rate", 100);

    private final Report report = new Report("writers");

    /** All rounds of one case. */
    private record Rounds(String words, List<Latencies> free, List<Latencies> paced, List<Long> backups) {

        Rounds(String words) {
            this(words, new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        }

        double throughput() {
            return Latencies.median(free).perSecond();
        }
    }

    @Test
    @Timeout(value = 120, unit = TimeUnit.MINUTES)
    void writersBesideBackups() {
        report.paragraph(
                "Writers through Bolt on a graph of " + number(GRAPH.nodes()) + " nodes and "
                        + number(GRAPH.relationships())
                        + " relationships: of twenty transactions eleven set properties, three create a node"
                        + " with two relationships, three delete one, three change a label. Backups: zstd, not verified, one after the other."
                        + " Medians of " + ROUNDS + " rounds of " + LOAD.toSeconds()
                        + " s for each case and load, the cases in turns; failed"
                        + " transactions are those of all rounds. The server with the plugin and the one without run side by side, one of"
                        + " them idle. The " + Runtime.getRuntime().availableProcessors()
                        + " processors of the machine are shared by the server, the clients that make the load, and the backup.");
        for (var version : Neo4jVersion.values()) {
            if (version.isAvailable()) {
                measure(version);
            } else {
                report.paragraph("Neo4j " + version.number() + " was not measured: there is no JDK for it.");
            }
        }
    }

    private void measure(Neo4jVersion version) {
        var without = new Rounds("without the plugin");
        var idle = new Rounds("with the plugin, no backup");
        var backups = new Rounds("during backups");
        try (var bare = server(version).start();
                var full = server(version).plugin(BuildFolder.pluginJar()).start()) {
            GRAPH.fill(bare);
            GRAPH.fill(full);
            var onBare = new Turn(bare, new WriteLoad(bare, GRAPH.nodes(), CLIENTS));
            var onFull = new Turn(full, new WriteLoad(full, GRAPH.nodes(), CLIENTS));
            // The first turns warm the code up.
            onBare.in(new Rounds(""));
            onFull.during(new Rounds(""));
            for (int i = 0; i < ROUNDS; i++) {
                onBare.in(without);
                onFull.in(idle);
                onFull.during(backups);
            }
        }
        report(version, without, idle, backups);
    }

    private static Neo4jServer.Builder server(Neo4jVersion version) {
        return Neo4jServer.of(version)
                .withoutPlugins()
                .heap("1g")
                .setting("server.memory.pagecache.size", "512m")
                .jvmFlag("-XX:TieredStopAtLevel=4");
    }

    /** The loads of one case in one round. */
    private record Turn(Neo4jServer server, WriteLoad load) {

        void in(Rounds rounds) {
            rounds.free().add(load.asFastAsAnswersCome(LOAD));
            rounds.paced().add(load.atRate(RATE, LOAD));
        }

        void during(Rounds rounds) {
            var backups = new BackupsMeanwhile(server);
            try {
                in(rounds);
            } finally {
                rounds.backups().addAll(backups.end());
                Creation.clearFolder(server);
            }
        }
    }

    private void report(Neo4jVersion version, Rounds without, Rounds idle, Rounds backups) {
        report.heading("Neo4j " + version.number());
        report.paragraph("As fast as answers come, " + CLIENTS + " clients:");
        table();
        for (var rounds : List.of(without, idle, backups)) {
            row(rounds.words(), Latencies.median(rounds.free()));
        }
        report.paragraph(RATE + " transactions a second, latency from when each was meant to begin:");
        table();
        for (var rounds : List.of(without, idle, backups)) {
            row(rounds.words(), Latencies.median(rounds.paced()));
        }
        var millis = backups.backups().stream().mapToLong(Long::longValue).summaryStatistics();
        report.paragraph("Throughput with the plugin is " + percent(idle.throughput() / without.throughput())
                + " of that without it, and during backups " + percent(backups.throughput() / without.throughput())
                + ". "
                + millis.getCount() + " backups were made, of " + number(millis.getAverage(), 0) + " ms on average.");
    }

    private void table() {
        report.table(
                "case",
                "transactions/s",
                "p50, ms",
                "p99, ms",
                "p99.9, ms",
                "longest time without a commit, ms",
                "failed");
    }

    private void row(String words, Latencies latencies) {
        report.row(
                words,
                number(latencies.perSecond(), 0),
                number(latencies.p50(), 1),
                number(latencies.p99(), 1),
                number(latencies.p999(), 1),
                number(latencies.longestGap(), 0),
                latencies.failed());
    }

    private static String percent(double share) {
        return number(100 * share, 0) + " %";
    }
}
