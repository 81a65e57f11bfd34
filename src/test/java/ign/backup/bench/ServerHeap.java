package ign.backup.bench;

import static org.assertj.core.api.Assertions.assertThat;

import ign.backup.testkit.Neo4jServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** The heap of a running server. */
final class ServerHeap {

    private final Neo4jServer server;

    ServerHeap(Neo4jServer server) {
        this.server = server;
    }

    /** {@return the bytes in use after a full collection} */
    long idle() {
        collect();
        return used();
    }

    /** Looks at the heap every 200 ms until it is closed. */
    Watch watch() {
        return new Watch(this);
    }

    private void collect() {
        try {
            var jcmd = server.version().jdk().home().resolve(Path.of("bin", "jcmd"));
            assertThat(new ProcessBuilder(jcmd.toString(), String.valueOf(server.pid()), "GC.run")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor())
                    .isZero();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError("the server's garbage could not be collected", e);
        }
    }

    private long used() {
        var rows = server.run(
                "system",
                "CALL dbms.queryJmx('java.lang:type=Memory') YIELD attributes"
                        + " RETURN attributes.HeapMemoryUsage.value.properties.used AS used",
                Map.of());
        return rows.get(0).get("used").asLong();
    }

    /** The most that was seen in use; garbage that waits for its collection is counted, too. */
    static final class Watch implements AutoCloseable {

        private static final long PAUSE_NANOS = 200_000_000;

        private final AtomicLong most = new AtomicLong();
        private final AtomicBoolean over = new AtomicBoolean();
        private final Thread thread;

        private Watch(ServerHeap heap) {
            thread = new Thread(
                    () -> {
                        while (!over.get()) {
                            most.accumulateAndGet(heap.used(), Math::max);
                            LockSupport.parkNanos(PAUSE_NANOS);
                        }
                    },
                    "heap-watch");
            thread.setDaemon(true);
            thread.start();
        }

        /** {@return bytes} */
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
