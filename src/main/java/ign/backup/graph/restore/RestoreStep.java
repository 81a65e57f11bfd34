package ign.backup.graph.restore;

/**
 * What is on disk has changed: the moments after which a restore or a rollback that a crash ends looks different to the next start.
 * Up to {@link #OLD_STARTED} that brings the old store back, from {@link #DECIDED} on it keeps the new one.
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
    /** The exchange is being undone: the folder of the new store has a name under which it is removed, or kept again. */
    NEW_STORE_GIVEN_UP,
    /** The folder of the old store has the database's name again. */
    OLD_STORE_BACK,
    /** The folder of the new store's transaction logs has another name, too. */
    NEW_LOGS_GIVEN_UP,
    /** The folder of the old store's transaction logs has the database's name again. */
    OLD_LOGS_BACK,
    /** The database runs on the old store again; clients cannot write yet. */
    OLD_STARTED,
    /** The journal says that the new store stays. */
    DECIDED,
    /** The folder of the old store has the name under which it is kept, or is being removed. */
    OLD_STORE_PUT_AWAY,
    /** So has the folder of its transaction logs. */
    OLD_LOGS_PUT_AWAY,
    /** The journal is gone: the exchange is over, or is undone. */
    SETTLED;

    /** Hears of each step, on the thread that takes it. */
    @FunctionalInterface
    public interface Listener {

        /** This step was taken for that database. */
        void reached(RestoreStep step, String database);
    }
}
