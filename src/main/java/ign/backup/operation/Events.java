package ign.backup.operation;

import ign.backup.model.BackupException;
import ign.backup.model.BackupName;
import ign.backup.model.DatabaseName;
import ign.backup.model.HealthAlert;
import ign.backup.model.OperationRecord;

/** Where operations tell what happened; log, metrics and notifications listen. Called on the operations' threads, must not throw. */
@FunctionalInterface
public interface Events {

    /** Tells nobody. */
    Events NONE = event -> {};

    /** Something happened. */
    void tell(Event event);

    /** What can happen. */
    sealed interface Event {}

    /** An operation began. */
    record Started(String operation, DatabaseName database, String caller) implements Event {}

    /** An operation ended as it should. */
    record Finished(OperationRecord operation) implements Event {}

    /** An operation ended otherwise. */
    record Failed(OperationRecord operation, BackupException cause) implements Event {}

    /** A health check stands otherwise than before. */
    record Alerted(HealthAlert alert) implements Event {}

    /** A backup was removed. */
    record Removed(BackupName name, String reason) implements Event {}

    /** Something that an operator may want to know. */
    record Noted(String message) implements Event {}

    /** Something that an operator should do something about. */
    record Warned(String message) implements Event {}
}
