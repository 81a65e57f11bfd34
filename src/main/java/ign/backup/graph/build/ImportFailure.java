package ign.backup.graph.build;

import ign.backup.graph.kernel.RootCause;
import ign.backup.model.BackupException;
import java.io.IOException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/** What ended Neo4j's importer, in our words: it wraps what it was given, and what its threads met, into exceptions of its own. */
final class ImportFailure {

    private ImportFailure() {}

    static BackupException of(Throwable failure) {
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        for (var cause = failure; cause != null && seen.add(cause); cause = cause.getCause()) {
            if (cause instanceof BackupException ours) {
                return ours;
            }
            if (cause instanceof InterruptedException) {
                return new BackupException.Cancelled("the building of a store was interrupted");
            }
            if (isOfTheDisk(cause)) {
                return new BackupException.Unavailable(
                        "the new store could not be written: " + cause.getMessage(),
                        "Make room on the disk of Neo4j's databases, or set 'restore.staging' to a folder with more of it.",
                        failure);
            }
        }
        return new BackupException.Defect("Neo4j's importer failed: " + RootCause.message(failure), failure);
    }

    /** The importer gives {@code IOException}s other causes; the one that has none is what the system said. */
    private static boolean isOfTheDisk(Throwable cause) {
        return cause instanceof IOException && cause.getCause() == null;
    }
}
