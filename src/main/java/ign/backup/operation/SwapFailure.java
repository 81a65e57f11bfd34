package ign.backup.operation;

import ign.backup.graph.restore.Replacement;
import ign.backup.model.BackupException;
import ign.backup.model.DatabaseName;

/** A failure after an exchange of stores, with what became of the database. */
final class SwapFailure {

    private SwapFailure() {}

    /** {@return a failure after the exchange} */
    static BackupException of(RuntimeException failure, DatabaseName database, Replacement.Fate fate) {
        return ours(failure)
                .and(
                        switch (fate) {
                            case PUT_BACK -> "database '" + database + "' is as it was before";
                            case KEPT -> "but the restored store of database '" + database + "' is in place";
                            case OPEN ->
                                "and the old store of database '" + database
                                        + "' could not be put back: restart the server, which does that";
                        });
    }

    private static BackupException ours(RuntimeException failure) {
        return failure instanceof BackupException known
                ? known
                : new BackupException.Defect("the restore failed with " + failure, failure);
    }
}
