package ign.backup.graph.snapshot;

/** Saves what the store still holds while a commit is about to replace it. Used by one thread, for one commit. */
public interface OldStates extends AutoCloseable {

    /** Opens one. */
    @FunctionalInterface
    interface Source {
        OldStates open();
    }

    /** Reads an element that is locked by the commit, and keeps it for the snapshot. */
    void save(Kind kind, long id);

    /** Hands over what was saved. */
    @Override
    void close();
}
