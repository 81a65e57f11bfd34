package ign.backup.bench;

import ign.backup.testkit.Neo4jServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

/** One backup after the other, with zstd and not verified, until it is ended; every one must succeed. */
final class BackupsMeanwhile {

    private static final Map<String, Object> OPTIONS = Map.of("compression", "zstd", "verify", false);

    private final AtomicBoolean over = new AtomicBoolean();
    private final ExecutorService thread = Executors.newSingleThreadExecutor(work -> new Thread(work, "backups"));
    private final Future<List<Long>> running;

    /** Begins with an empty folder. */
    BackupsMeanwhile(Neo4jServer server) {
        Creation.clearFolder(server);
        running = thread.submit(() -> {
            var durations = new ArrayList<Long>();
            while (!over.get()) {
                durations.add(
                        Creation.create(server, OPTIONS).get("duration_ms").asLong());
            }
            return durations;
        });
    }

    /** Lets the last one end; {@return how many milliseconds each of them took} */
    List<Long> end() {
        over.set(true);
        try {
            return running.get();
        } catch (ExecutionException | InterruptedException e) {
            throw new AssertionError("a backup failed", e);
        } finally {
            thread.shutdown();
        }
    }
}
