package ign.backup.graph.snapshot;

/** Which elements of one kind somebody has taken on: the scan, or a commit. Safe for several threads. */
@FunctionalInterface
interface Taken {

    /** {@return whether the caller is the one who has taken it: true for exactly one of all who ask} */
    boolean take(long id);
}
