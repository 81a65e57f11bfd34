package ign.backup.procedure;

import ign.backup.model.BackupException;
import ign.backup.model.BackupHeader;
import ign.backup.model.BackupName;
import ign.backup.model.CatalogEntry;
import ign.backup.model.Digest;
import ign.backup.model.ErrorCode;
import ign.backup.model.GraphCounts;
import ign.backup.model.KeptStore;
import ign.backup.model.OperationRecord;
import ign.backup.operation.BackupReport;
import ign.backup.operation.Backups;
import ign.backup.operation.ReleaseNote;
import ign.backup.operation.SizeTrend;
import ign.backup.operation.Standing;
import ign.backup.operation.StatusReport;
import ign.backup.operation.Verdict;
import ign.backup.operation.VerifyLevel;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The rows of the procedures. Their components are the columns, an interface that stays; null means that there is nothing to say. */
public final class Rows {

    static final String NOT_NEEDED = "No backup is needed";

    private Rows() {}

    /** One row of {@code create}. */
    public record Created(
            boolean success,
            String message,
            @Nullable String file,
            @Nullable String path,
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
            @Nullable Boolean pinned,
            @Nullable Long tx_id,
            @Nullable ZonedDateTime snapshot_time,
            @Nullable Long pause_ms,
            List<String> warnings,
            List<String> removed,
            String code,
            @Nullable String hint,
            @Nullable Long episode_count,
            @Nullable Long episodesBefore) {

        static Created of(BackupReport report) {
            var entry = report.entry();
            var header = entry.header();
            var origin = header.origin();
            return new Created(
                    true,
                    report.message(),
                    entry.name().value(),
                    report.path(),
                    origin.map(o -> o.database().value()).orElse(null),
                    header.backupType(),
                    header.tier().label(),
                    entry.name().compression().label(),
                    header.nodeCount(),
                    header.relationshipCount(),
                    entry.sizeBytes(),
                    report.writing().toMillis(),
                    report.verification().toMillis(),
                    entry.sha256().map(Digest::hex).orElse(null),
                    entry.verification().map(CatalogEntry.Verification::valid).orElse(false),
                    entry.pinned(),
                    origin.map(BackupHeader.Origin::txId).orElse(null),
                    origin.map(o -> o.snapshotTime().toZonedDateTime()).orElse(null),
                    report.paused().toMillis(),
                    report.warnings(),
                    report.cleanUp().removed().stream().map(BackupName::value).toList(),
                    report.code().label(),
                    report.cleanUp().failure().map(BackupException::hint).orElse(null),
                    orNull(entry.episodes()),
                    orNull(report.episodesBefore()));
        }

        static Created notNeeded(Standing standing) {
            return without(true, NOT_NEEDED + ": " + String.join("; ", standing.reasons()), ErrorCode.OK, null);
        }

        static Created failed(BackupException failure) {
            return without(false, String.valueOf(failure.getMessage()), failure.code(), failure.hint());
        }

        private static Created without(boolean success, String message, ErrorCode code, @Nullable String hint) {
            return new Created(
                    success,
                    message,
                    /* file= */ null,
                    /* path= */ null,
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
                    /* pinned= */ null,
                    /* tx_id= */ null,
                    /* snapshot_time= */ null,
                    /* pause_ms= */ null,
                    List.of(),
                    List.of(),
                    code.label(),
                    hint,
                    /* episode_count= */ null,
                    /* episodesBefore= */ null);
        }
    }

    /** One row of {@code verify}. */
    public record Verified(
            boolean valid,
            String message,
            String file,
            String state,
            long node_count,
            long relationship_count,
            long size_bytes,
            String sha256,
            String level,
            List<String> problems,
            List<String> warnings,
            long episode_count) {

        static Verified of(Verdict verdict, VerifyLevel level) {
            return new Verified(
                    verdict.valid(),
                    verdict.message(),
                    verdict.name().value(),
                    verdict.state().label(),
                    verdict.counts().nodes(),
                    verdict.counts().relationships(),
                    verdict.sizeBytes(),
                    verdict.sha256().hex(),
                    level.label(),
                    verdict.problems(),
                    verdict.warnings(),
                    verdict.episodes());
        }
    }

    /** One row of {@code list}, {@code pin} and {@code unpin}. */
    public record Listed(
            String file,
            String state,
            @Nullable String timestamp,
            @Nullable String datetime,
            String tier,
            @Nullable String backup_type,
            @Nullable String reason,
            long node_count,
            long relationship_count,
            long size_bytes,
            String compression,
            boolean pinned,
            @Nullable Boolean verified,
            @Nullable String sha256,
            @Nullable Map<String, Object> details,
            @Nullable Long episode_count,
            @Nullable Long growth_bytes,
            @Nullable Double growth_percent,
            @Nullable String growth_since) {

        static Listed of(CatalogEntry entry, boolean detailed) {
            return of(new SizeTrend.Point(entry, Optional.empty()), detailed);
        }

        static Listed of(SizeTrend.Point point, boolean detailed) {
            var entry = point.backup();
            var growth = point.growth();
            var header = entry.header();
            return new Listed(
                    entry.name().value(),
                    entry.state().label(),
                    header.timestamp(),
                    header.datetime(),
                    header.tier().label(),
                    header.backupType(),
                    header.reason(),
                    header.nodeCount(),
                    header.relationshipCount(),
                    entry.sizeBytes(),
                    entry.name().compression().label(),
                    entry.pinned(),
                    entry.verification().map(CatalogEntry.Verification::valid).orElse(null),
                    entry.sha256().map(Digest::hex).orElse(null),
                    detailed ? Details.of(entry) : null,
                    orNull(entry.episodes()),
                    growth.map(SizeTrend.Growth::bytes).orElse(null),
                    growth.map(more -> orNull(more.percent())).orElse(null),
                    growth.map(more -> more.since().value()).orElse(null));
        }
    }

    /** The row of {@code info}. */
    public record Described(
            String file,
            boolean valid,
            String message,
            String state,
            String timestamp,
            String datetime,
            String reason,
            String tier,
            String backup_type,
            String source,
            String format_version,
            long node_count,
            long relationship_count,
            long size_bytes,
            String compression,
            boolean pinned,
            String sha256,
            Map<String, Object> label_counts,
            Map<String, Object> type_counts,
            long index_count,
            long constraint_count,
            Map<String, Object> details,
            List<String> problems,
            List<String> warnings,
            long episode_count,
            String markdown) {

        static Described of(Backups.Description description) {
            var entry = description.entry();
            var verdict = description.verdict();
            var header = verdict.header().orElse(entry.header());
            return new Described(
                    entry.name().value(),
                    verdict.valid(),
                    verdict.message(),
                    verdict.state().label(),
                    header.timestamp(),
                    header.datetime(),
                    header.reason(),
                    header.tier().label(),
                    header.backupType(),
                    header.source(),
                    header.version(),
                    verdict.counts().nodes(),
                    verdict.counts().relationships(),
                    verdict.sizeBytes(),
                    entry.name().compression().label(),
                    entry.pinned(),
                    verdict.sha256().hex(),
                    new TreeMap<>(verdict.counts().perLabel()),
                    new TreeMap<>(verdict.counts().perType()),
                    verdict.schema().map(s -> s.indexes().size()).orElse(0),
                    verdict.schema().map(s -> s.constraints().size()).orElse(0),
                    Details.of(entry),
                    verdict.problems(),
                    verdict.warnings(),
                    verdict.episodes(),
                    ReleaseNote.of(description).text());
        }
    }

    /** The row of {@code status}. */
    public record Status(
            String database,
            @Nullable Long node_count,
            @Nullable Long relationship_count,
            @Nullable String last_backup,
            @Nullable String last_backup_time,
            @Nullable Long last_backup_node_count,
            @Nullable Long last_backup_relationship_count,
            @Nullable Long node_change,
            @Nullable Long relationship_change,
            boolean backup_recommended,
            String recommendation,
            List<String> reasons,
            Map<String, Object> thresholds,
            @Nullable String operation,
            @Nullable String phase,
            @Nullable Long done,
            @Nullable Long total,
            @Nullable Double percent,
            @Nullable Double rate_per_second,
            @Nullable Long remaining_ms,
            @Nullable Map<String, Object> last_operation,
            @Nullable Map<String, Object> old_store,
            String folder,
            List<String> notes,
            String text,
            @Nullable Map<String, Object> changes,
            @Nullable Map<String, Object> suggestion,
            @Nullable String bundled_backup,
            @Nullable Long episode_count,
            @Nullable Long last_backup_episode_count) {

        static Status of(StatusReport report) {
            var running = report.running();
            var last = report.last();
            return new Status(
                    report.database().value(),
                    report.counts().map(GraphCounts::nodes).orElse(null),
                    report.counts().map(GraphCounts::relationships).orElse(null),
                    last.map(l -> l.name().value()).orElse(null),
                    last.map(l -> l.header().datetime()).orElse(null),
                    last.map(l -> l.header().nodeCount()).orElse(null),
                    last.map(l -> l.header().relationshipCount()).orElse(null),
                    orNull(report.nodeChange()),
                    orNull(report.relationshipChange()),
                    report.recommended(),
                    report.recommendation(),
                    report.reasons(),
                    report.thresholdsByName(),
                    running.map(r -> r.operation()).orElse(null),
                    running.map(r -> r.phase()).orElse(null),
                    running.map(r -> r.done()).orElse(null),
                    running.map(r -> r.total()).orElse(null),
                    running.map(r -> r.percent()).orElse(null),
                    running.map(r -> r.ratePerSecond()).orElse(null),
                    running.map(r -> orNull(r.remainingMillis())).orElse(null),
                    report.lastOperation().map(Rows::outcome).orElse(null),
                    report.kept().map(Rows::oldStore).orElse(null),
                    report.location(),
                    report.notes(),
                    report.text(),
                    report.changesByName().orElse(null),
                    report.suggestionByName().orElse(null),
                    report.bundled().map(BackupName::value).orElse(null),
                    orNull(report.episodes()),
                    last.map(l -> orNull(l.episodes())).orElse(null));
        }
    }

    /** The row of {@code cancel}. */
    public record Cancelled(boolean success, String message) {}

    /** One row of {@code help}. */
    public record Helped(String procedure, String description, String options, String example) {}

    private static @Nullable Long orNull(OptionalLong value) {
        return value.isPresent() ? value.getAsLong() : null;
    }

    private static @Nullable Double orNull(OptionalDouble value) {
        return value.isPresent() ? value.getAsDouble() : null;
    }

    private static Map<String, Object> oldStore(KeptStore kept) {
        return Map.of(
                "size_bytes", kept.sizeBytes(),
                "since", kept.since().atZone(ZoneOffset.UTC),
                "replaced_by", kept.replacedBy());
    }

    private static Map<String, Object> outcome(OperationRecord outcome) {
        return Map.of(
                "operation", outcome.operation(),
                "code", outcome.code().label(),
                "message", outcome.message(),
                "started", outcome.started().atZone(ZoneOffset.UTC),
                "ended", outcome.ended().atZone(ZoneOffset.UTC));
    }
}
