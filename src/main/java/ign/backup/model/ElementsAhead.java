package ign.backup.model;

/**
 * Encodes elements of a sink before their place in it comes. The bytes go to {@link EncodedElements} and from there to
 * {@link ElementWriter#encoded} of the sink's own writers.
 *
 * <p>Writers may be opened at any time and on any thread, and never wait for the storage.
 */
public interface ElementsAhead {

    /** Opens a writer for some nodes. */
    ElementWriter nodes();

    /** Opens a writer for some relationships. */
    ElementWriter relationships();

    /** Counts all that was encoded as part of the sink; once, when it has arrived there. Without it nothing was ever there. */
    void adopt();
}
