package ign.backup.bench;

import ign.backup.testkit.BuildFolder;
import ign.backup.testkit.Neo4jAdmin;
import ign.backup.testkit.Neo4jServer;
import ign.backup.testkit.ToolResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;

/** The files of a server's database, and what others make of them while the server is stopped. */
final class StoppedStore {

    private static final int DUMPS = 2;
    private static final int ROTATIONS = 5;
    private static final String KEEP_NO_LOGS = """

            db.tx_log.rotation.retention_policy=keep_none
            db.tx_log.rotation.size=128k
            """;

    /** More than fits into one log of that size. */
    private static final String LONG_TEXT = "log ".repeat(50_000);

    private final Neo4jServer server;

    StoppedStore(Neo4jServer server) {
        this.server = server;
    }

    /** What somebody made of the store. */
    record Output(double seconds, long bytes) {}

    /** {@return the bytes of the store with its indexes} */
    long storeBytes() throws IOException {
        return bytes(server.home().resolve("data/databases/neo4j"));
    }

    /** {@return the bytes of the transaction logs} */
    long logBytes() throws IOException {
        return bytes(server.home().resolve("data/transactions/neo4j"));
    }

    /** Dumps it twice; the quicker one counts, the start of the command included. */
    Output dump() throws IOException {
        var folder = BuildFolder.fresh("dump");
        double best = Double.MAX_VALUE;
        for (int i = 0; i < DUMPS; i++) {
            long began = System.nanoTime();
            Neo4jAdmin.run(
                            server,
                            "database",
                            "dump",
                            Neo4jServer.DATABASE,
                            "--to-path=" + folder,
                            "--overwrite-destination=true")
                    .expectSuccess();
            best = Math.min(best, (System.nanoTime() - began) / 1e9);
        }
        return new Output(best, bytes(folder));
    }

    /** Exports it by {@link RawExport} in a JVM with the heap of the server. */
    Output exportRaw(String heap) {
        var folder = BuildFolder.fresh("raw");
        var last = ToolResult.ofMain(
                        server.version(),
                        List.of("-Xms64m", "-Xmx" + heap),
                        folder,
                        RawExport.class,
                        server.home().toString(),
                        folder.toString())
                .expectSuccess()
                .lines();
        var words = last.get(last.size() - 1).split(" ", -1);
        return new Output(Long.parseLong(words[0]) / 1e3, Long.parseLong(words[1]));
    }

    /**
     * Leaves hardly anything of the transaction logs: starts the server with
     * {@code db.tx_log.rotation.retention_policy=keep_none} and the smallest logs, fills some of them, as Neo4j always keeps the last
     * full one, and stops it, which makes a checkpoint and removes the others. The settings are as before in the end.
     */
    void pruneLogs() throws IOException {
        long before = logBytes();
        var configuration = server.home().resolve("conf/neo4j.conf");
        var settings = Files.readString(configuration);
        Files.writeString(configuration, KEEP_NO_LOGS, StandardOpenOption.APPEND);
        server.start();
        for (int i = 0; i < ROTATIONS; i++) {
            server.run(
                    Neo4jServer.DATABASE, "CREATE (:Function {name: 'log', text: $text})", Map.of("text", LONG_TEXT));
            server.run("MATCH (n:Function {name: 'log'}) DELETE n");
        }
        server.stop();
        Files.writeString(configuration, settings);
        if (logBytes() > before / 2) {
            throw new AssertionError("of " + before + " bytes of logs " + logBytes() + " were left");
        }
    }

    static long bytes(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            long sum = 0;
            for (var file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                sum += Files.size(file);
            }
            return sum;
        }
    }
}
