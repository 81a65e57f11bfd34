package ign.backup.graph;

import ign.backup.graph.kernel.ElementCopy;
import ign.backup.model.BackupException;
import ign.backup.model.Element;
import ign.backup.model.Progress;
import ign.backup.model.StopSignal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Collects the elements of a backup into batches and has them written by one thread, a transaction each, while the next batch is
 * read. So two batches are in memory at most.
 */
final class BatchLoader implements Replacement.Loader {

    /** A batch also ends when its values are that large, whatever the number of its elements. */
    private static final long MOST_BYTES = 16L << 20;

    private final BatchWriter writer;
    private final ExecutorService thread;
    private final int batchSize;
    private final Progress progress;
    private final StopSignal stop;
    private List<ElementCopy> batch = new ArrayList<>();
    private long batchBytes;
    private @Nullable Future<?> previous;

    BatchLoader(BatchWriter writer, ExecutorService thread, int batchSize, Progress progress, StopSignal stop) {
        this.writer = writer;
        this.thread = thread;
        this.batchSize = batchSize;
        this.progress = progress;
        this.stop = stop;
    }

    @Override
    public void node(Element.Node node) {
        add(new ElementCopy.OfNode(node));
    }

    @Override
    public void relationship(Element.Relationship relationship) {
        add(new ElementCopy.OfRelationship(relationship));
    }

    private void add(ElementCopy row) {
        batch.add(row);
        batchBytes += row.roughBytes();
        if (batch.size() >= batchSize || batchBytes >= MOST_BYTES) {
            handOver();
        }
    }

    private void handOver() {
        stop.check();
        awaitPrevious();
        var rows = batch;
        previous = thread.submit(() -> {
            writer.write(rows);
            progress.advance(rows.size());
        });
        batch = new ArrayList<>();
        batchBytes = 0;
    }

    private void awaitPrevious() {
        if (previous == null) {
            return;
        }
        try {
            previous.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException runtime
                    ? runtime
                    : new BackupException.Defect("writing a batch ended with " + e.getCause(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BackupException.Cancelled("loading was interrupted");
        }
    }

    /** Writes the last batch and waits for it. */
    @Override
    public void finish() {
        handOver();
        awaitPrevious();
    }

    /** Returns when nothing of this loader writes any more: after it another graph may be in the place of this one. */
    @Override
    public void close() {
        if (previous != null) {
            previous.cancel(false); // never interrupt a commit: it would take the database with it
        }
        thread.shutdown();
        boolean interrupted = false;
        boolean ended = false;
        while (!ended) {
            try {
                ended = thread.awaitTermination(1, TimeUnit.MINUTES);
            } catch (InterruptedException e) {
                interrupted = true; // kept for the caller
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
