package ign.backup.operation;

import ign.backup.model.BackupException;
import ign.backup.model.BackupName;
import ign.backup.model.CatalogEntry;
import ign.backup.model.CatalogEntry.State;
import ign.backup.model.DatabaseName;
import ign.backup.model.ErrorCode;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Reads all stored backups of a database again: a disk can lose what was once written and verified. */
public final class VerifyStored {

    private static final Set<State> READABLE = EnumSet.of(State.GOOD, State.UNPROVEN, State.UNRECORDED, State.DAMAGED);

    private final BackupCatalog catalog;
    private final VerifyBackup verify;

    /** Reads the backups of {@code catalog}, which keeps the outcomes. */
    public VerifyStored(BackupCatalog catalog, VerifyBackup verify) {
        this.catalog = catalog;
        this.verify = verify;
    }

    /**
     * What was found.
     *
     * @param sound how many passed
     * @param damaged those that did not
     */
    public record Report(int sound, List<BackupName> damaged) implements Result {

        @Override
        public ErrorCode code() {
            return damaged.isEmpty() ? ErrorCode.OK : ErrorCode.DAMAGED;
        }

        @Override
        public String message() {
            return "all stored backups were read: " + sound + " good"
                    + (damaged.isEmpty() ? "" : ", " + damaged.size() + " damaged: " + damaged);
        }
    }

    /** Reads them one after the other; one that was removed meanwhile is no damage. */
    public Report run(DatabaseName database, Running<?> work) {
        int sound = 0;
        var damaged = new ArrayList<BackupName>();
        for (var entry : catalog.read().backups()) {
            work.check();
            if (entry.isOf(database) && READABLE.contains(entry.state())) {
                switch (examine(entry, work)) {
                    case SOUND -> sound++;
                    case DAMAGED -> damaged.add(entry.name());
                    case GONE -> {}
                }
            }
        }
        return new Report(sound, damaged);
    }

    private enum Finding {
        SOUND,
        DAMAGED,
        GONE
    }

    private Finding examine(CatalogEntry entry, Running<?> work) {
        try {
            var verdict = verify.run(entry.name(), entry.sha256(), work, work);
            catalog.enter(verdict);
            return verdict.valid() ? Finding.SOUND : Finding.DAMAGED;
        } catch (BackupException.NotFound e) {
            return Finding.GONE; // by retention, or by hand
        }
    }
}
