package ign.backup.operation;

import ign.backup.graph.restore.Replacement;
import ign.backup.model.BackupException;

/** A failure after an exchange of stores, with what became of the database. */
final class SwapFailure {

    private SwapFailure() {}

    /** {@return a failure after the exchange} */
    static BackupException of(RuntimeException failure, Replacement.Fate fate) {
        return ours(failure).and(fate.clause());
    }

    private static BackupException ours(RuntimeException failure) {
        return failure instanceof BackupException known
                ? known
                : new BackupException.Defect("the restore or rollback failed with " + failure, failure);
    }
}
