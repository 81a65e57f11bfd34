package ign.backup.bench;

import static org.assertj.core.api.Assertions.assertThat;

import ign.backup.testkit.Neo4jServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.neo4j.driver.Record;

/**
 * What backups of one kind take: of some without and of some with verification the quickest count, for the first ones also warm
 * the code up.
 *
 * @param createMillis of reading and writing, as {@code create} reports it
 * @param verifyMillis of reading it back, as {@code create} reports it
 * @param mostHeap bytes in use at most, garbage included
 * @param idleHeap bytes in use before
 */
record Creation(long createMillis, long verifyMillis, long bytes, long mostHeap, long idleHeap) {

    private static final int UNVERIFIED = 3;
    private static final int VERIFIED = 2;

    /** Makes backups in a folder that is empty before and after. */
    static Creation measure(Neo4jServer server, String compression) {
        clearFolder(server);
        var heap = new ServerHeap(server);
        long idle = heap.idle();
        long create = Long.MAX_VALUE;
        long verify = Long.MAX_VALUE;
        long bytes = 0;
        try (var watch = heap.watch()) {
            for (int i = 0; i < UNVERIFIED; i++) {
                var row = create(server, Map.of("compression", compression, "verify", false));
                create = Math.min(create, row.get("duration_ms").asLong());
                bytes = row.get("size_bytes").asLong();
            }
            for (int i = 0; i < VERIFIED; i++) {
                var row = create(server, Map.of("compression", compression));
                verify = Math.min(verify, row.get("verify_ms").asLong());
            }
            return new Creation(create, verify, bytes, watch.most(), idle);
        } finally {
            clearFolder(server);
        }
    }

    /** Makes a backup that must succeed. */
    static Record create(Neo4jServer server, Map<String, Object> options) {
        var row = server.run(
                        Neo4jServer.DATABASE, "CALL ign.backup.create('bench', $options)", Map.of("options", options))
                .get(0);
        assertThat(row.get("success").asBoolean()).as("%s", row.asMap()).isTrue();
        return row;
    }

    /** Removes all backups, those too that were not verified and that no retention removes. */
    static void clearFolder(Neo4jServer server) {
        try {
            for (var file : files(server.home().resolve("fullbackup"))) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> files(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var files = Files.list(folder)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }
}
