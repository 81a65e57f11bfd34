package ign.backup.operation;

import ign.backup.model.BackupName;
import ign.backup.model.CatalogEntry;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * A backup that was made.
 *
 * @param path where the file is, for people and scripts
 * @param writing from the snapshot to the published file
 * @param verification of the file afterwards; zero if it was not asked for
 * @param removed older backups that retention let go
 */
public record BackupReport(
        CatalogEntry entry, String path, Duration writing, Duration verification, List<BackupName> removed) {

    /** {@return one sentence for people} */
    public String message() {
        var header = entry.header();
        return String.format(
                Locale.ROOT,
                "Backup '%s' created: %,d nodes and %,d relationships in %.1f s",
                entry.name(),
                header.nodeCount(),
                header.relationshipCount(),
                writing.plus(verification).toMillis() / 1000.0);
    }
}
