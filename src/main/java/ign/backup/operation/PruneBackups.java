package ign.backup.operation;

import ign.backup.model.BackupName;
import ign.backup.model.CatalogEntry;
import ign.backup.model.CatalogEntry.State;
import ign.backup.model.DatabaseName;
import ign.backup.model.StopSignal;
import ign.backup.policy.Retention;
import ign.backup.storage.BackupStore;
import java.time.Instant;
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
            if (decision.remove() && mark(decision.entry())) {
                remove(decision.entry().name(), decision.reason());
                removed.add(decision.entry().name());
            }
        }
        return removed;
    }

    /**
     * Decides about every backup, and removes what is not needed any more.
     *
     * @param now backups that are dated later are left alone
     * @param dryRun nothing is removed
     */
    public PruneReport byHand(DatabaseName database, Instant now, boolean dryRun, StopSignal stop) {
        var decisions = retention.byHand(catalog.read(), database, now);
        var removed = new ArrayList<BackupName>();
        for (var decision : decisions) {
            stop.check();
            if (decision.remove() && !dryRun && mark(decision.entry())) {
                remove(decision.entry().name(), decision.reason());
                removed.add(decision.entry().name());
            }
        }
        return PruneReport.of(decisions, removed, dryRun);
    }

    /** Finishes removals that a crash interrupted. */
    public void finishInterrupted() {
        for (var entry : catalog.read().backups()) {
            if (entry.state() == State.REMOVING) {
                remove(entry.name(), "its removal was interrupted");
            }
        }
    }

    /** {@return whether it may go: somebody may have pinned or changed it since it was decided} */
    private boolean mark(CatalogEntry decided) {
        var after = catalog.update(all -> all.find(decided.name())
                .filter(decided::equals)
                .map(entry -> all.with(entry.in(State.REMOVING)))
                .orElse(all));
        return after.find(decided.name())
                .filter(entry -> entry.state() == State.REMOVING)
                .isPresent();
    }

    /** In an order that a crash can interrupt anywhere: then the backup is whole and listed, or its removal goes on later. */
    private void remove(BackupName name, String reason) {
        store.remove(name);
        catalog.update(all -> all.find(name)
                .map(entry -> all.with(entry.in(State.REMOVED)).retired(name))
                .orElse(all));
        events.tell(new Events.Removed(name, reason));
    }
}
