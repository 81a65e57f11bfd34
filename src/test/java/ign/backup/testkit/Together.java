package ign.backup.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Does something on several threads at once. */
public final class Together {

    /** What one of the threads does. */
    @FunctionalInterface
    public interface Part {
        /** {@code me} counts from 0. */
        void run(int me) throws Exception;
    }

    private Together() {}

    /** Lets all threads begin together, and returns when all have ended. Fails when one fails. */
    public static void run(int threads, Part part) {
        var begin = new CyclicBarrier(threads);
        var pool = Executors.newFixedThreadPool(threads, work -> new Thread(work, "together"));
        try {
            List<Future<?>> parts = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                int me = i;
                parts.add(pool.submit(() -> {
                    begin.await(30, TimeUnit.SECONDS);
                    part.run(me);
                    return null;
                }));
            }
            for (var one : parts) {
                one.get();
            }
        } catch (ExecutionException e) {
            throw new AssertionError("one of the threads failed", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while others work", e);
        } finally {
            pool.shutdownNow();
        }
    }
}
