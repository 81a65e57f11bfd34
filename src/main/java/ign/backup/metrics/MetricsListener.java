package ign.backup.metrics;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import ign.backup.model.BackupException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** {@code GET /metrics} at an address of its own, and nothing else; asks nobody who he is. */
public final class MetricsListener implements AutoCloseable {

    private static final String PATH = "/metrics";
    private static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final HttpServer server;
    private final ExecutorService threads;

    private MetricsListener(HttpServer server, ExecutorService threads) {
        this.server = server;
        this.threads = threads;
    }

    /**
     * Begins to listen.
     *
     * @param text the metrics of the moment at which it is asked
     * @return the listener, which the caller closes
     * @throws BackupException.Unavailable when it cannot, as when the port is taken
     */
    public static MetricsListener open(InetSocketAddress address, Supplier<String> text) {
        try {
            var server = HttpServer.create(address, 0);
            var number = new AtomicInteger();
            var threads = Executors.newFixedThreadPool(2, work -> {
                var thread = new Thread(work, "ign-backup-metrics-" + number.incrementAndGet());
                thread.setDaemon(true);
                return thread;
            });
            server.setExecutor(threads);
            server.createContext(PATH, exchange -> answer(exchange, text));
            server.start();
            return new MetricsListener(server, threads);
        } catch (IOException | RuntimeException e) { // a host that is not known is no IOException
            throw new BackupException.Unavailable(
                    "the metrics cannot be served at " + address.getHostString() + ":" + address.getPort() + ": "
                            + e.getMessage(),
                    "Set 'metrics.port' to a free port (Neo4j Enterprise's own metrics have the same default), or read"
                            + " /ign/backup/metrics at the server's HTTP port.",
                    e);
        }
    }

    private static void answer(HttpExchange exchange, Supplier<String> text) throws IOException {
        try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", CONTENT_TYPE);
            if (!exchange.getRequestURI().getPath().equals(PATH)) {
                send(exchange, 404, "there is only " + PATH + "\n");
            } else if (!exchange.getRequestMethod().equals("GET")) {
                exchange.getResponseHeaders().set("Allow", "GET");
                send(exchange, 405, "there is only GET\n");
            } else {
                send(exchange, 200, text.get());
            }
        }
    }

    private static void send(HttpExchange exchange, int status, String text) throws IOException {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        boolean isHead = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(status, isHead ? -1 : bytes.length);
        if (!isHead) {
            exchange.getResponseBody().write(bytes);
        }
    }

    /** Stops at once: whoever asks now asks again. */
    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
