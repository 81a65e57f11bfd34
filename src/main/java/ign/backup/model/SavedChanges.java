package ign.backup.model;

/**
 * What was counted, when it was written down.
 *
 * @param at the store then; only if it is still there, the counts are the whole truth
 * @param since the backup from which on they count
 */
public record SavedChanges(StorePoint at, BackupName since, ChangeCounts counts) {}
