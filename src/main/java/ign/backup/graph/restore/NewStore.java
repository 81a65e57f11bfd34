package ign.backup.graph.restore;

import ign.backup.graph.build.BuildPlan;
import ign.backup.graph.build.StoreLoader;
import ign.backup.model.Progress;
import ign.backup.model.StopSignal;

/**
 * A store that is built beside the one that serves, and can take its place.
 *
 * <p>Nothing of the database is touched before {@link #swap}. Closed without that, it leaves nothing behind.
 */
public interface NewStore extends AutoCloseable {

    /**
     * {@return what fills the store; the caller closes it}
     *
     * @param progress advances by an element when it is about to be written
     */
    StoreLoader load(BuildPlan plan, Progress progress, StopSignal stop);

    /** {@return how many bytes the finished store takes on disk} */
    long sizeBytes();

    /**
     * Runs Neo4j's own check of a whole store over what was built.
     *
     * @throws ign.backup.model.BackupException.Defect when it finds anything: then the store must not be used
     */
    void check(Progress progress, StopSignal stop);

    /**
     * Puts the finished store in the place of the one that serves. Open transactions have {@link SwapOptions#grace} to end.
     *
     * @param source the name of the backup, for the journal
     * @return the replacement, which the caller closes; the old store comes back unless {@link Replacement#keep} was called
     */
    Replacement swap(String source, SwapOptions options, Progress progress, StopSignal stop);

    /** Removes what was built, unless it is in place. */
    @Override
    void close();
}
