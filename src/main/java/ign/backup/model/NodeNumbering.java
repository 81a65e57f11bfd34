package ign.backup.model;

/**
 * Numbers the nodes of a backup from 0 on, without gaps, in the order of their ids in the file: the ids that they get in a new
 * store. Nothing changes it, so that several threads may ask.
 */
@FunctionalInterface
public interface NodeNumbering {

    /** What stands for a node that is not in the file. */
    long ABSENT = -1;

    /** {@return the number of the node with that id in the file, or {@link #ABSENT}} */
    long numberOf(long fileId);
}
