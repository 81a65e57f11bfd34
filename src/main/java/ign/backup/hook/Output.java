package ign.backup.hook;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** Takes all that a process writes, on a thread of its own so that it never waits for us, and keeps the beginning. */
final class Output {

    private static final int MOST_BYTES = 16 << 10;
    private static final int MOST_LINES = 200;

    /** What is written has arrived when its writer has ended; what it left running may go on writing. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private final Thread thread;
    private long leftOutBytes;

    private Output(InputStream in, String name) {
        thread = new Thread(() -> takeAll(in), name);
        thread.setDaemon(true);
    }

    static Output of(Process process) {
        var output = new Output(process.getInputStream(), "ign-backup-hook");
        output.thread.start();
        return output;
    }

    private void takeAll(InputStream in) {
        var buffer = new byte[4096];
        try (in) {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                take(buffer, count);
            }
        } catch (IOException e) {
            var told = (" (the rest of its output cannot be read: " + e + ")").getBytes(StandardCharsets.UTF_8);
            take(told, told.length);
        }
    }

    private synchronized void take(byte[] bytes, int count) {
        int room = Math.min(count, MOST_BYTES - kept.size());
        kept.write(bytes, 0, room);
        leftOutBytes += count - room;
    }

    /** Waits for the rest of what a process that has ended has written. */
    void awaitEnd() throws InterruptedException {
        thread.join(PATIENCE.toMillis());
    }

    /** {@return what it wrote, without what could pass for a line of somebody else} */
    synchronized List<String> lines() {
        return kept.toString(StandardCharsets.UTF_8)
                .lines()
                .map(line -> line.replaceAll("\\p{Cntrl}", " ").stripTrailing())
                .filter(line -> !line.isEmpty())
                .limit(MOST_LINES)
                .toList();
    }

    synchronized long leftOutBytes() {
        return leftOutBytes;
    }
}
