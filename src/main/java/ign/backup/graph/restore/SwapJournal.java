package ign.backup.graph.restore;

import ign.backup.model.BackupException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Says on disk how far an exchange of stores is, so that a start after a crash can finish or undo it. It stands beside the
 * databases' folders and is there only while an exchange is under way.
 */
final class SwapJournal {

    static final String ENDING = ".ign-restore";

    private static final String COMMENT =
            "A restore or a rollback by ign.backup is under way; do not remove this file.";

    /** How far an exchange is. */
    enum Step {
        /** Folders may have been renamed; what stands in the database's place may be the other store, or half of each. */
        REPLACING,
        /** The new store is complete and final. */
        DONE
    }

    /** Where the store comes from that takes the other one's place. */
    enum Origin {
        /** It was built from a backup; given up, it is of no use. */
        BUILT,
        /** It was kept; given up, it is kept again. */
        KEPT
    }

    /**
     * What the journal says.
     *
     * @param source what the new store comes from, in words
     * @param keepsOld whether the old store is kept in the end
     * @param began when the exchange began
     */
    record Entry(Step step, Origin origin, String source, boolean keepsOld, Instant began) {

        Entry at(Step next) {
            return new Entry(next, origin, source, keepsOld, began);
        }
    }

    private final DurableProperties file;

    SwapJournal(Path databasesDirectory, String database) {
        this.file = new DurableProperties(databasesDirectory.resolve(database + ENDING), COMMENT);
    }

    /** Writes durably: after this returns a crash finds it. */
    void write(Entry entry) {
        file.write(Map.of(
                "step", entry.step.name(),
                "origin", entry.origin.name(),
                "source", entry.source,
                "keeps_old", String.valueOf(entry.keepsOld),
                "began", entry.began.toString()));
    }

    /** {@return what it says, or nothing when no exchange is under way} */
    Optional<Entry> read() {
        try {
            return file.read().map(SwapJournal::entry);
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new BackupException.Unavailable(
                    "the journal of a restore, '" + file.path() + "', cannot be read: " + e.getMessage(),
                    "Nothing was changed. Look at the folders beside it: the one ending in '" + StoreSwap.ASIDE
                            + "' is the store before the restore.",
                    e);
        }
    }

    /** {@return whether it says exactly this} */
    boolean says(Entry entry) {
        try {
            return read().filter(entry::equals).isPresent();
        } catch (BackupException unreadable) {
            return false;
        }
    }

    private static Entry entry(Map<String, String> found) {
        return new Entry(
                Step.valueOf(found.getOrDefault("step", "")),
                Origin.valueOf(found.getOrDefault("origin", Origin.BUILT.name())),
                found.getOrDefault("source", ""),
                Boolean.parseBoolean(found.getOrDefault("keeps_old", "true")),
                Instant.parse(found.getOrDefault("began", Instant.EPOCH.toString())));
    }

    /** Removes it: the exchange is over. */
    void remove() {
        file.remove();
    }
}
