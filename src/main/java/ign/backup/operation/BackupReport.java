package ign.backup.operation;

import ign.backup.model.BackupException;
import ign.backup.model.BackupName;
import ign.backup.model.CatalogEntry;
import ign.backup.model.ErrorCode;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A backup that was made.
 *
 * @param path where the file is, for people and scripts
 * @param writing from the snapshot to the published file
 * @param verification of the file afterwards; zero if it was not asked for
 * @param paused for how long commits were held up; zero unless that was asked for
 * @param warnings what its reader should know, a clause each
 * @param cleanUp what retention did afterwards
 */
public record BackupReport(
        CatalogEntry entry,
        String path,
        Duration writing,
        Duration verification,
        Duration paused,
        List<String> warnings,
        CleanUp cleanUp)
        implements Result {

    /**
     * What retention did.
     *
     * @param removed older backups that it let go
     * @param failure why it could not do all of it; the new backup is good all the same
     */
    public record CleanUp(List<BackupName> removed, Optional<BackupException> failure) {}

    /** {@return {@code partial} when the backup is there and older ones could not be removed} */
    @Override
    public ErrorCode code() {
        return cleanUp.failure().isPresent() ? ErrorCode.PARTIAL : ErrorCode.OK;
    }

    /** {@return one sentence for people} */
    @Override
    public String message() {
        var header = entry.header();
        var made = String.format(
                Locale.ROOT,
                "Backup '%s' created: %,d nodes and %,d relationships in %.1f s",
                entry.name(),
                header.nodeCount(),
                header.relationshipCount(),
                writing.plus(verification).toMillis() / 1000.0);
        return cleanUp.failure()
                .map(e -> made + "; older ones could not be removed: " + e.getMessage())
                .orElse(made);
    }
}
