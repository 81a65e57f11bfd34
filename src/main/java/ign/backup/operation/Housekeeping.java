package ign.backup.operation;

import ign.backup.model.BackupException;
import ign.backup.model.BackupName;
import ign.backup.model.Progress;
import ign.backup.model.StopSignal;
import ign.backup.storage.BackupStore;
import java.util.Optional;

/** What is done once when the server starts: the traces of a crash go, and files that nobody has verified are verified. */
public final class Housekeeping {

    private final BackupStore store;
    private final BackupCatalog catalog;
    private final VerifyBackup verify;
    private final PruneBackups prune;
    private final Events events;

    /** Keeps {@code store} in order. */
    public Housekeeping(
            BackupStore store, BackupCatalog catalog, VerifyBackup verify, PruneBackups prune, Events events) {
        this.store = store;
        this.catalog = catalog;
        this.verify = verify;
        this.prune = prune;
        this.events = events;
    }

    /** Does it; may take as long as reading the files that have no entry yet. */
    public void run(StopSignal stop) {
        for (var leftover : store.sweep()) {
            events.tell(new Events.Noted((leftover.removed() ? "removed '" : "left '") + leftover.fileName() + "' ("
                    + leftover.sizeBytes() + " bytes): " + leftover.reason()));
        }
        prune.finishInterrupted();
        for (var name : catalog.unverified()) {
            adopt(name, stop);
        }
    }

    private void adopt(BackupName name, StopSignal stop) {
        try {
            var verdict = verify.run(name, Optional.empty(), stop, Progress.NONE);
            catalog.adopt(verdict);
            events.tell(new Events.Noted("found '" + name + "' without an entry: " + verdict.message()));
        } catch (BackupException.Unavailable | BackupException.NotFound e) { // the others can be verified all the same
            events.tell(new Events.Noted("found '" + name + "' without an entry: " + e.explanation()));
        }
    }
}
