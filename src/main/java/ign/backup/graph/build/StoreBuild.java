package ign.backup.graph.build;

import ign.backup.model.BackupException;
import ign.backup.model.GraphVisitor;
import ign.backup.model.Progress;
import ign.backup.model.StopSignal;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.neo4j.batchimport.api.BatchImporter;
import org.neo4j.batchimport.api.input.Input;

/**
 * Fills a new store through Neo4j's own importer, which runs on a thread of this and on threads of its own, while the threads
 * that read the backup hand over what they are shown.
 */
public final class StoreBuild implements StoreLoader {

    private static final long LOOK_EVERY_MILLIS = 20;

    private final BuildPlan plan;
    private final BatchImporter importer;
    private final ImporterInput input;
    private final ElementFeed feed;
    private final FeedingVisitors visitors;
    private final StopSignal stop;
    private final Thread importing;
    private volatile @Nullable BackupException failure;

    private StoreBuild(BuildPlan plan, BatchImporter importer, ImporterInput input, ElementFeed feed, StopSignal stop) {
        this.plan = plan;
        this.importer = importer;
        this.input = input;
        this.feed = feed;
        this.visitors = new FeedingVisitors(feed);
        this.stop = stop;
        this.importing = new Thread(this::importAll, "ign-backup-build");
        this.importing.setDaemon(true);
    }

    /**
     * Begins.
     *
     * @param importer of an empty store
     * @param progress advances by an element when it is about to be written
     */
    public static StoreBuild begin(BuildPlan plan, BatchImporter importer, Progress progress, StopSignal stop) {
        var feed = new ElementFeed();
        var input = new ImporterInput(feed, plan.numbering(), progress);
        var build = new StoreBuild(plan, importer, input, feed, stop);
        build.importing.start();
        return build;
    }

    @Override
    public GraphVisitor get() {
        return visitors.get();
    }

    private void importAll() {
        try {
            importer.doImport(ImporterSeam.input(input.nodes(), input.relationships(), estimates()));
        } catch (Throwable e) { // allow IllegalCatch: whatever it is, who reads the backup must not wait for ever
            var reason = ImportFailure.of(e);
            failure = reason;
            feed.fail(reason);
        }
    }

    /** For the importer's choice of record sizes and memory; what it cannot know is guessed by the length of the document. */
    private Input.Estimates estimates() {
        long elements = Math.max(1, plan.nodes() + plan.relationships());
        long nodeBytes = plan.documentBytes() / elements * plan.nodes();
        return Input.knownEstimates(
                plan.nodes(),
                plan.relationships(),
                plan.nodes(),
                plan.relationships(),
                nodeBytes,
                plan.documentBytes() - nodeBytes,
                plan.nodes());
    }

    @Override
    public void finish() {
        visitors.finish();
        while (importing.isAlive()) {
            stop.check();
            join();
        }
        var reason = failure;
        if (reason != null) {
            throw reason;
        }
        if (input.nodeCount() != plan.nodes() || input.relationshipCount() != plan.relationships()) {
            throw new BackupException.Defect(
                    "the new store was given " + input.nodeCount() + " nodes and " + input.relationshipCount()
                            + " relationships of " + plan.nodes() + " and " + plan.relationships(),
                    null);
        }
    }

    private void join() {
        try {
            TimeUnit.MILLISECONDS.timedJoin(importing, LOOK_EVERY_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BackupException.Cancelled("the building of a store was interrupted");
        }
    }

    /**
     * Returns when nothing is written any more. The importer is told through what it reads as long as it reads: interrupted then, it
     * would close its files under its own threads. Later it takes an interruption well.
     */
    @Override
    public void close() {
        feed.fail(new BackupException.Cancelled("the building of a store was given up"));
        boolean interrupted = false;
        while (importing.isAlive()) {
            if (input.isRead()) {
                importing.interrupt();
            }
            try {
                TimeUnit.MILLISECONDS.timedJoin(importing, LOOK_EVERY_MILLIS);
            } catch (InterruptedException e) {
                interrupted = true; // kept for the caller: the files are still in use
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
