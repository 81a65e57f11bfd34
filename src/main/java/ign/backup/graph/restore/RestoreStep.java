package ign.backup.graph.restore;

/**
 * What is on disk has changed: the moments after which a restore or a rollback that a crash ends looks different to the next start.
 *
 * <p>Told through Neo4j's {@code Monitors}, to whoever has added a listener there.
 */
public enum RestoreStep {
    /** Some elements have been handed to the importer; the new store is incomplete. */
    BUILDING,
    /** The new store is complete, beside the one that serves. */
    BUILT,
    /** The journal says that stores are being exchanged. */
    ANNOUNCED,
    /** The database is stopped. */
    STOPPED,
    /** The folder of the old store has its other name. */
    OLD_STORE_ASIDE,
    /** So has the folder of its transaction logs. */
    OLD_LOGS_ASIDE,
    /** The folder of the new store has the database's name. */
    NEW_STORE_IN_PLACE,
    /** So has the folder of its transaction logs. */
    NEW_LOGS_IN_PLACE,
    /** The database runs on the new store; clients cannot write yet. */
    STARTED,
    /** Indexes and constraints are defined. */
    DEFINED,
    /** The journal says that the new store stays. */
    DECIDED,
    /** The folder of the old store has the name under which it is kept, or is being removed. */
    OLD_STORE_PUT_AWAY,
    /** So has the folder of its transaction logs. */
    OLD_LOGS_PUT_AWAY,
    /** The journal is gone. */
    SETTLED;

    /** Hears of each step, on the thread that takes it. */
    @FunctionalInterface
    public interface Listener {

        /** This step was taken for that database. */
        void reached(RestoreStep step, String database);
    }
}
