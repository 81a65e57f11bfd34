package ign.backup.model;

import java.time.Instant;
import java.util.Optional;

/**
 * What was committed to a database, every commit counted, since a backup or since the database started.
 *
 * @param since the backup; empty when counting began with the start of the database
 * @param last when the last of these commits was counted
 * @param commits how many transactions were counted since the start, also those that changed only names or schema
 * @param at where the store was when it had just these commits; empty when that is not known, or a commit is still to be counted
 */
public record CountedChanges(
        ChangeCounts counts,
        Optional<BackupName> since,
        Optional<Instant> last,
        long commits,
        Optional<StorePoint> at) {}
