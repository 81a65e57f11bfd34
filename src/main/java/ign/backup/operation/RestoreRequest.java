package ign.backup.operation;

import ign.backup.model.BackupName;
import ign.backup.model.DatabaseName;
import ign.backup.model.MergeKeys;
import java.util.Optional;

/**
 * What a caller wants restored.
 *
 * @param file empty means the latest good backup
 * @param confirmed without it nothing is done, and the answer says what would be
 * @param keys what identifies an element, for the mode that merges, and only for that
 */
public record RestoreRequest(
        DatabaseName database,
        Optional<BackupName> file,
        boolean confirmed,
        RestoreMode mode,
        Choices choices,
        Optional<MergeKeys> keys,
        Caller caller) {

    /**
     * What can be chosen.
     *
     * @param dryRun everything but the exchange
     * @param check run Neo4j's own check over the new store
     * @param blockWrites clients' writes fail from the beginning, so that none of them is lost
     * @param safetyBackup keep the store that is replaced; of a graph that is merged into, ask for a backup of its present state
     * @param warmUp read the new store into the page cache
     */
    public record Choices(boolean dryRun, boolean check, boolean blockWrites, boolean safetyBackup, boolean warmUp) {}
}
