package ign.backup.format;

import ign.backup.model.BackupException;
import ign.backup.model.BlockBytes;
import ign.backup.model.StopSignal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The threads that read the parts of one document. When one fails the others stop soon; once this is closed, all have ended.
 *
 * <p>Only as many parts wait for a thread as there are threads.
 */
final class PartCrew implements AutoCloseable {

    private static final long LOOK_EVERY_MILLIS = 50;

    /** A part for one of the threads, counted from 0. */
    record Task(long part, BlockBytes bytes, boolean isUnpacked) {}

    /** What one thread does with all of its parts. */
    @FunctionalInterface
    interface Share {
        void run(Source source);
    }

    /** Where a thread takes its parts from. */
    @FunctionalInterface
    interface Source {

        /** {@return the next one, or null when there are no more} */
        @Nullable Task next();
    }

    private final int count;
    private final PartOrder order;
    private final StopSignal stop;
    private final Queue<Task> waiting = new ArrayDeque<>();
    private final List<Thread> members = new CopyOnWriteArrayList<>();
    private final ExecutorService threads;
    private final List<Future<?>> shares = new ArrayList<>();
    private boolean hasAll;

    /** So many threads that have nothing to do yet. */
    PartCrew(int count, String threadName, PartOrder order, StopSignal stop) {
        this.count = count;
        this.order = order;
        this.stop = stop;
        var number = new AtomicInteger();
        threads = Executors.newFixedThreadPool(count, work -> {
            var thread = new Thread(work, threadName + number.incrementAndGet());
            thread.setDaemon(true);
            members.add(thread);
            return thread;
        });
    }

    /** Lets every thread begin its share. */
    void begin(Share share) {
        for (int i = 0; i < count; i++) {
            shares.add(threads.submit(() -> run(share)));
        }
    }

    private void run(Share share) {
        boolean done = false;
        try {
            share.run(this::take);
            done = true;
        } finally {
            if (!done) {
                abandon();
            }
        }
    }

    private synchronized @Nullable Task take() {
        try {
            while (waiting.isEmpty() && !hasAll && !order.isAbandoned()) {
                wait();
            }
        } catch (InterruptedException e) {
            throw interrupted();
        }
        notifyAll();
        return order.isAbandoned() ? null : waiting.poll();
    }

    /** Hands a part to whichever thread is free; false when one of them has failed. */
    synchronized boolean give(Task task) {
        try {
            while (waiting.size() >= count && !order.isAbandoned()) {
                wait(LOOK_EVERY_MILLIS);
                stop.check();
            }
        } catch (InterruptedException e) {
            throw interrupted();
        }
        waiting.add(task);
        notifyAll();
        return !order.isAbandoned();
    }

    /** Waits for the threads to end with what they were given, and throws what went wrong. */
    void finish() {
        endGiving();
        RuntimeException failure = null;
        for (var share : shares) {
            failure = moreTelling(failure, await(share));
        }
        if (failure != null) {
            throw failure;
        }
    }

    private synchronized void endGiving() {
        hasAll = true;
        notifyAll();
    }

    /** {@return how the share failed, or null} */
    private @Nullable RuntimeException await(Future<?> share) {
        while (true) {
            try {
                share.get(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
                return null;
            } catch (TimeoutException e) {
                stop.check();
            } catch (ExecutionException e) {
                return e.getCause() instanceof RuntimeException known
                        ? known
                        : new BackupException.Defect(
                                "a thread that reads a backup ended with " + e.getCause(), e.getCause());
            } catch (InterruptedException e) {
                throw interrupted();
            }
        }
    }

    /** A thread that stopped because another one failed tells nothing, and a fault of the file less than one of ours. */
    private static @Nullable RuntimeException moreTelling(
            @Nullable RuntimeException known, @Nullable RuntimeException next) {
        if (known == null || next == null) {
            return known == null ? next : known;
        }
        boolean isOnlyOfTheFile =
                known instanceof BackupException.Damaged || known instanceof BackupException.BadRequest;
        boolean tellsLess = known instanceof BackupException.Cancelled
                || (isOnlyOfTheFile && !(next instanceof BackupException.Cancelled));
        return tellsLess ? next : known;
    }

    private static BackupException interrupted() {
        Thread.currentThread().interrupt();
        return new BackupException.Cancelled("the reading was interrupted");
    }

    private void abandon() {
        order.abandon();
        synchronized (this) {
            notifyAll();
        }
    }

    /** Stops what still runs. */
    @Override
    public void close() {
        abandon();
        threads.shutdownNow();
        boolean isInterrupted = false;
        for (var member : members) {
            while (member.isAlive()) {
                try {
                    member.join();
                } catch (InterruptedException e) {
                    isInterrupted = true; // they use what belongs to the caller: not before they have ended
                }
            }
        }
        if (isInterrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
