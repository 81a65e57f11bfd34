package ign.backup.operation;

import ign.backup.model.BackupName;
import ign.backup.model.CatalogEntry;
import ign.backup.model.CatalogEntry.State;
import ign.backup.policy.Retention;
import ign.backup.storage.BackupStore;
import java.util.ArrayList;
import java.util.List;

/** Removes the backups that the policy lets go, newest first, once a newer one is known to be good. */
public final class PruneBackups {

    private final BackupStore store;
    private final BackupCatalog catalog;
    private final Retention retention;
    private final Events events;

    /** Removes from {@code store} what {@code retention} decides. */
    public PruneBackups(BackupStore store, BackupCatalog catalog, Retention retention, Events events) {
        this.store = store;
        this.catalog = catalog;
        this.retention = retention;
        this.events = events;
    }

    /**
     * Removes what is no longer needed beside a backup that was just verified.
     *
     * @return the names that were removed
     */
    public List<BackupName> after(CatalogEntry verified) {
        var removed = new ArrayList<BackupName>();
        for (var decision : retention.afterBackup(catalog.read(), verified)) {
            if (decision.remove()) {
                remove(decision.entry(), decision.reason());
                removed.add(decision.entry().name());
            }
        }
        return removed;
    }

    /** Finishes removals that a crash interrupted. */
    public void finishInterrupted() {
        for (var entry : catalog.read().backups()) {
            if (entry.state() == State.REMOVING) {
                remove(entry, "its removal was interrupted");
            }
        }
    }

    /** In an order that a crash can interrupt anywhere: then the backup is whole and listed, or its removal goes on later. */
    private void remove(CatalogEntry entry, String reason) {
        catalog.update(all -> all.with(entry.in(State.REMOVING)));
        store.remove(entry.name());
        catalog.update(all -> all.with(entry.in(State.REMOVED)).retired(entry.name()));
        events.tell(new Events.Removed(entry.name(), reason));
    }
}
