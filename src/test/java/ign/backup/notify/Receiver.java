package ign.backup.notify;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** The other side of a notification: answers as its script says, and keeps what it got. */
public final class Receiver implements AutoCloseable {

    /** An answer of the script that does not come. */
    public static final int NEVER = -1;

    private static final Duration LIMIT = Duration.ofSeconds(30);

    /** A request as it came. */
    public record Request(String method, String path, Headers headers, String text) {

        /** {@return the one value of a header} */
        public String header(String name) {
            return String.valueOf(headers.getFirst(name));
        }

        /** {@return the bytes of the text} */
        public byte[] body() {
            return text.getBytes(StandardCharsets.UTF_8);
        }
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final BlockingQueue<Request> requests = new ArrayBlockingQueue<>(1000);
    private final List<Integer> script = new CopyOnWriteArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);

    /** Answers with these states, and with 200 when they are used up. */
    public Receiver(Integer... answers) throws IOException {
        script.addAll(List.of(answers));
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::receive);
        server.start();
    }

    /** {@return its address} */
    public URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private void receive(HttpExchange exchange) throws IOException {
        try (exchange) {
            var body = exchange.getRequestBody().readAllBytes();
            int answer = nextAnswer();
            requests.add(new Request(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().getPath(),
                    exchange.getRequestHeaders(),
                    new String(body, StandardCharsets.UTF_8)));
            if (answer == NEVER) {
                awaitClose();
            }
            exchange.sendResponseHeaders(answer == NEVER ? 200 : answer, -1);
        }
    }

    private synchronized int nextAnswer() {
        return script.isEmpty() ? 200 : script.remove(0);
    }

    private void awaitClose() {
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** {@return the next request, which must come} */
    public Request next() {
        try {
            var request = requests.poll(LIMIT.toSeconds(), TimeUnit.SECONDS);
            if (request == null) {
                throw new AssertionError("no request came");
            }
            return request;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** {@return how many came that nobody has looked at} */
    public int waiting() {
        return requests.size();
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
