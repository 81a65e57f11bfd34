package ign.backup.model;

import java.time.Instant;
import java.util.Optional;

/**
 * What was committed to a database, every commit counted, since a backup or since the database started.
 *
 * @param since the backup; empty when counting began with the start of the database
 * @param beginning where the store stood when the database started
 * @param last when the last of these commits was counted
 * @param commits how many transactions were counted since then, also those that changed only names or schema
 */
public record CountedChanges(
        ChangeCounts counts,
        Optional<BackupName> since,
        Optional<StorePoint> beginning,
        Optional<Instant> last,
        long commits) {

    /** Nothing is known. */
    public static final CountedChanges UNKNOWN =
            new CountedChanges(ChangeCounts.NONE, Optional.empty(), Optional.empty(), Optional.empty(), 0);

    /** {@return where the store was when it had just these commits; it is further when some are not counted yet} */
    public Optional<StorePoint> at() {
        return beginning.map(point -> new StorePoint(point.storeId(), point.txId() + commits));
    }
}
