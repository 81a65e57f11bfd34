package ign.backup.graph.export;

import ign.backup.model.BackupException;
import ign.backup.model.StopSignal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.neo4j.kernel.api.ExecutionContext;
import org.neo4j.kernel.api.KernelTransaction;

/** The threads of one export. When one fails the others stop soon, and nobody goes on before all have stopped. */
final class ExportCrew implements AutoCloseable {

    /** What one thread does. */
    @FunctionalInterface
    interface Share {
        void run(ExecutionContext context, StopSignal stop);
    }

    private final KernelTransaction kernel;
    private final int threads;
    private final StopSignal stop;
    private final AtomicBoolean oneFailed = new AtomicBoolean();
    private final ExecutorService workers;

    /** {@code kernel} has an open statement and belongs to the calling thread. */
    ExportCrew(KernelTransaction kernel, int threads, StopSignal stop) {
        this.kernel = kernel;
        this.threads = threads;
        this.stop = stop;
        var number = new AtomicInteger();
        this.workers = Executors.newFixedThreadPool(threads, work -> {
            var thread = new Thread(work, "ign-backup-export-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Lets every thread do its share, waits for all of them, and throws what went wrong first. */
    void all(Share share) {
        List<Future<Void>> shares = new ArrayList<>();
        try {
            for (int i = 0; i < threads; i++) {
                var context =
                        kernel.createExecutionContext(); // here and not there: the transaction belongs to this thread
                shares.add(begin(context, share));
            }
        } catch (RuntimeException e) {
            oneFailed.set(true);
            awaitAfter(e, shares);
            throw e;
        }
        awaitAll(shares);
    }

    private Future<Void> begin(ExecutionContext context, Share share) {
        boolean begun = false;
        try {
            Future<Void> future = workers.submit(() -> {
                runWith(context, share);
                return null;
            });
            begun = true;
            return future;
        } finally {
            if (!begun) {
                context.complete();
                context.close();
            }
        }
    }

    private void awaitAfter(RuntimeException failure, List<Future<Void>> shares) {
        try {
            awaitAll(shares);
        } catch (RuntimeException another) {
            failure.addSuppressed(another);
        }
    }

    private void runWith(ExecutionContext context, Share share) {
        boolean done = false;
        try {
            share.run(context, this::checkStop);
            done = true;
        } finally {
            if (!done) {
                oneFailed.set(true);
            }
            context.complete(); // in this order, or closing fails
            context.close();
        }
    }

    private void checkStop() {
        stop.check();
        if (oneFailed.get()) {
            throw new BackupException.Cancelled("another thread of this export failed");
        }
    }

    private void awaitAll(List<Future<Void>> shares) {
        RuntimeException failure = null;
        for (var share : shares) {
            var next = await(share);
            if (next != null) {
                failure = moreTelling(failure, next);
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    /** {@return how the share failed, or null} */
    private @Nullable RuntimeException await(Future<Void> share) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    share.get();
                    return null;
                } catch (ExecutionException e) {
                    return asRuntime(e.getCause());
                } catch (InterruptedException e) {
                    interrupted = true; // the transaction must not end while they use it: wait on, but not for long
                    oneFailed.set(true);
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** A thread that stopped because another one failed tells nothing; the other one does. */
    private static RuntimeException moreTelling(@Nullable RuntimeException known, RuntimeException next) {
        if (known == null) {
            return next;
        }
        if (known instanceof BackupException.Cancelled) {
            return next;
        }
        if (!(next instanceof BackupException.Cancelled)) {
            known.addSuppressed(next);
        }
        return known;
    }

    private static RuntimeException asRuntime(@Nullable Throwable cause) {
        return cause instanceof RuntimeException runtime
                ? runtime
                : new BackupException.Defect("an export thread ended with " + cause, cause);
    }

    @Override
    public void close() {
        workers.shutdown();
    }
}
