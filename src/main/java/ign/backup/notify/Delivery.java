package ign.backup.notify;

import ign.backup.operation.Events;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * Tells one sink, on a thread of its own: whoever ends an operation waits for nothing, and hears of nothing that goes wrong here.
 *
 * <p>What cannot be told after some attempts, or does not fit into the queue, is lost; the log says so once until it works again.
 */
public final class Delivery implements Events, AutoCloseable {

    private static final int QUEUE = 100;
    private static final Duration PATIENCE_AT_STOP = Duration.ofSeconds(5);

    private final Sink sink;
    private final Attempts attempts;
    private final Events log;
    private final HttpClient client;
    private final ExecutorService connections;
    private final ThreadPoolExecutor thread;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final AtomicBoolean failing = new AtomicBoolean();

    /**
     * How hard it tries.
     *
     * @param most how often at most
     * @param timeout how long one may take, from connecting to the last byte of the answer
     * @param pause before the second; each further pause is twice as long
     */
    public record Attempts(int most, Duration timeout, Duration pause) {}

    /** Tells {@code sink} of what comes from now on; {@code log} hears when that fails. */
    public Delivery(Sink sink, Attempts attempts, Events log) {
        this.sink = sink;
        this.attempts = attempts;
        this.log = log;
        this.connections = Executors.newCachedThreadPool(work -> daemon(work, "ign-backup-notify-http"));
        this.client = HttpClient.newBuilder()
                .connectTimeout(attempts.timeout())
                .followRedirects(HttpClient.Redirect.NEVER)
                .executor(connections)
                .build();
        this.thread = new ThreadPoolExecutor(
                1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(QUEUE), work -> daemon(work, "ign-backup-notify"));
    }

    private static Thread daemon(Runnable work, String name) {
        var thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public void tell(Event event) {
        if (event instanceof Finished finished) {
            enqueue(() -> sink.requests(finished.operation()));
        } else if (event instanceof Failed failed) {
            enqueue(() -> sink.requests(failed.operation()));
        } else if (event instanceof Alerted alerted) {
            enqueue(() -> sink.requests(alerted.alert()));
        }
    }

    private void enqueue(Supplier<List<HttpRequest>> requests) {
        try {
            thread.execute(() -> deliver(requests));
        } catch (RejectedExecutionException e) {
            failed("more than " + QUEUE + " messages are waiting");
        }
    }

    private void deliver(Supplier<List<HttpRequest>> requests) {
        try {
            for (var request : requests.get()) {
                var failure = tryToSend(request);
                if (failure.isPresent()) {
                    failed(failure.get());
                    return;
                }
                if (failing.getAndSet(false)) {
                    log.tell(new Noted(sink.name() + " can be told again"));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            failed("the server is stopping");
        } catch (RuntimeException e) { // a thread of its own: nobody else would say so
            failed(String.valueOf(e));
        }
    }

    private void failed(String why) {
        if (!failing.getAndSet(true)) {
            log.tell(new Warned(sink.name() + " could not be told of an operation: " + why));
        }
    }

    /** {@return why it could not be sent; empty when it was} */
    private Optional<String> tryToSend(HttpRequest request) throws InterruptedException {
        var pause = attempts.pause();
        for (int attempt = 1; ; attempt++) {
            var answer = send(request);
            if (answer.failure.isEmpty() || !answer.mayPass || attempt == attempts.most()) {
                return answer.failure.map(why -> why + (answer.mayPass ? ", " + attempts.most() + " times" : ""));
            }
            if (stopping.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                return answer.failure;
            }
            pause = pause.multipliedBy(2);
        }
    }

    /** What came of one attempt; {@code mayPass} says whether another one has a chance. */
    private record Answer(Optional<String> failure, boolean mayPass) {}

    private Answer send(HttpRequest request) throws InterruptedException {
        var exchange = client.sendAsync(request, BodyHandlers.discarding());
        try {
            int status = exchange.get(attempts.timeout().toMillis(), TimeUnit.MILLISECONDS)
                    .statusCode();
            boolean mayPass = status >= 500 || status == 408 || status == 429;
            return status / 100 == 2
                    ? new Answer(Optional.empty(), false)
                    : new Answer(Optional.of("it answered with status " + status), mayPass);
        } catch (TimeoutException e) {
            exchange.cancel(true);
            return new Answer(
                    Optional.of("no answer within " + attempts.timeout().toMillis() + " ms"), true);
        } catch (ExecutionException e) {
            var cause = e.getCause();
            return new Answer(Optional.of(String.valueOf(cause)), cause instanceof IOException);
        }
    }

    /** Waits a few seconds for what is still to be told, and gives up the rest. */
    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(PATIENCE_AT_STOP.toMillis(), TimeUnit.MILLISECONDS)) {
                stopping.countDown();
                thread.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            thread.shutdownNow();
        }
        connections.shutdownNow();
    }
}
