package ign.backup.model;

/** Asked by long work, often, whether it should go on. */
@FunctionalInterface
public interface StopSignal {

    /** Never stops. */
    StopSignal NEVER = () -> {};

    /** Returns while the work may go on; throws {@link BackupException.Cancelled} when it should end. */
    void check();
}
