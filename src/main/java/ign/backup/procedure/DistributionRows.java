package ign.backup.procedure;

import ign.backup.model.BackupException;
import ign.backup.model.BackupHeader;
import ign.backup.model.BackupName;
import ign.backup.operation.InitialReport;
import java.time.ZonedDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of the procedures that a distribution is made with; as those of {@link Rows}. */
public final class DistributionRows {

    private DistributionRows() {}

    /** One row of {@code init}. */
    public record Initial(
            boolean success,
            String message,
            @Nullable String file,
            @Nullable String path,
            @Nullable String release_path,
            @Nullable String made_from,
            @Nullable String database,
            @Nullable String backup_type,
            @Nullable String tier,
            @Nullable String compression,
            @Nullable Long node_count,
            @Nullable Long relationship_count,
            @Nullable Long size_bytes,
            @Nullable Long duration_ms,
            @Nullable Long verify_ms,
            @Nullable String sha256,
            @Nullable Boolean verified,
            @Nullable Long tx_id,
            @Nullable ZonedDateTime snapshot_time,
            List<String> warnings,
            String code,
            @Nullable String hint,
            @Nullable Long episode_count) {

        static Initial of(InitialReport report) {
            var header = report.header();
            var origin = header.origin();
            return new Initial(
                    true,
                    report.message(),
                    report.file().value(),
                    report.path(),
                    report.releasePath().orElse(null),
                    report.from().map(BackupName::value).orElse(null),
                    origin.map(o -> o.database().value()).orElse(null),
                    header.backupType(),
                    header.tier().label(),
                    report.file().compression().label(),
                    header.nodeCount(),
                    header.relationshipCount(),
                    report.sizeBytes(),
                    report.writing().toMillis(),
                    report.verification().toMillis(),
                    report.sha256().hex(),
                    true,
                    origin.map(BackupHeader.Origin::txId).orElse(null),
                    origin.map(o -> o.snapshotTime().toZonedDateTime()).orElse(null),
                    report.warnings(),
                    report.code().label(),
                    null,
                    report.episodes());
        }

        static Initial failed(BackupException failure) {
            return new Initial(
                    false,
                    String.valueOf(failure.getMessage()),
                    /* file= */ null,
                    /* path= */ null,
                    /* release_path= */ null,
                    /* made_from= */ null,
                    /* database= */ null,
                    /* backup_type= */ null,
                    /* tier= */ null,
                    /* compression= */ null,
                    /* node_count= */ null,
                    /* relationship_count= */ null,
                    /* size_bytes= */ null,
                    /* duration_ms= */ null,
                    /* verify_ms= */ null,
                    /* sha256= */ null,
                    /* verified= */ null,
                    /* tx_id= */ null,
                    /* snapshot_time= */ null,
                    List.of(),
                    failure.code().label(),
                    failure.hint(),
                    /* episode_count= */ null);
        }
    }
}
