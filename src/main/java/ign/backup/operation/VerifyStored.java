package ign.backup.operation;

import ign.backup.model.BackupException;
import ign.backup.model.BackupName;
import ign.backup.model.CatalogEntry;
import ign.backup.model.CatalogEntry.State;
import ign.backup.model.DatabaseName;
import ign.backup.model.ErrorCode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
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
     * @param unread those that could not be read now, which says nothing of what is in them
     */
    public record Report(int sound, List<BackupName> damaged, List<BackupName> unread) implements Result {

        @Override
        public ErrorCode code() {
            return !damaged.isEmpty() ? ErrorCode.DAMAGED : unread.isEmpty() ? ErrorCode.OK : ErrorCode.UNAVAILABLE;
        }

        @Override
        public String message() {
            return "all stored backups were read: " + sound + " good"
                    + (damaged.isEmpty() ? "" : ", " + damaged.size() + " damaged: " + damaged)
                    + (unread.isEmpty() ? "" : ", " + unread.size() + " could not be read: " + unread);
        }
    }

    /**
     * Reads them one after the other, beginning with the one that was not read for longest: a run that is interrupted is gone on with by the
     * next one.
     */
    public Report run(DatabaseName database, Running<?> work) {
        var found = new EnumMap<Finding, List<BackupName>>(Finding.class);
        var readable = catalog.read().backups().stream()
                .filter(entry -> entry.isOf(database) && READABLE.contains(entry.state()))
                .sorted(Comparator.comparing(VerifyStored::lastRead))
                .toList();
        for (var entry : readable) {
            work.check();
            found.computeIfAbsent(examine(entry, work), finding -> new ArrayList<>())
                    .add(entry.name());
        }
        return new Report(
                found.getOrDefault(Finding.SOUND, List.of()).size(),
                List.copyOf(found.getOrDefault(Finding.DAMAGED, List.of())),
                List.copyOf(found.getOrDefault(Finding.UNREAD, List.of())));
    }

    private static Instant lastRead(CatalogEntry entry) {
        return entry.verification().map(CatalogEntry.Verification::time).orElse(Instant.MIN);
    }

    private enum Finding {
        SOUND,
        DAMAGED,
        UNREAD,
        GONE
    }

    private Finding examine(CatalogEntry entry, Running<?> work) {
        try {
            var verdict = verify.run(entry.name(), entry.sha256(), work, work);
            catalog.enter(verdict);
            return verdict.valid() ? Finding.SOUND : Finding.DAMAGED;
        } catch (BackupException.NotFound e) {
            return Finding.GONE; // by retention, or by hand
        } catch (BackupException.Unavailable e) {
            return Finding.UNREAD; // the others can be read all the same
        }
    }
}
