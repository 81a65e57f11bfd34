package ign.backup.graph.snapshot;

/** An element the scan stands at. */
public interface ScannedElement {

    /** {@return its id} */
    long id();

    /** Reads all of it. What comes out of reading while somebody changes it may be anything, an exception too. */
    void read();

    /** What was read belongs to the snapshot. */
    void keep();

    /** What was read does not. */
    void discard();
}
