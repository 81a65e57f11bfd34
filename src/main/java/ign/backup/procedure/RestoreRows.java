package ign.backup.procedure;

import ign.backup.model.BackupException;
import ign.backup.model.ErrorCode;
import ign.backup.model.MergeCounts;
import ign.backup.model.MergeReport;
import ign.backup.model.Warmth;
import ign.backup.operation.RestoreReport;
import ign.backup.operation.RollBackReport;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The rows of the procedures that exchange the graph; as {@link Rows}. */
public final class RestoreRows {

    private RestoreRows() {}

    /** One row of {@code restore}. */
    public record Restored(
            boolean success,
            String message,
            @Nullable String state,
            @Nullable String file,
            @Nullable String database,
            @Nullable Long node_count,
            @Nullable Long relationship_count,
            @Nullable Long previous_node_count,
            @Nullable Long previous_relationship_count,
            @Nullable Long lost_transactions,
            @Nullable Long store_bytes,
            @Nullable Long judge_ms,
            @Nullable Long build_ms,
            @Nullable Long unavailable_ms,
            @Nullable Long index_ms,
            @Nullable Long duration_ms,
            @Nullable Map<String, Object> warmup,
            @Nullable Map<String, Object> merge,
            List<String> warnings,
            String code,
            @Nullable String hint) {

        static Restored of(RestoreReport report) {
            var outcome = report.outcome();
            var times = outcome.times();
            boolean isOver = report.state() != RestoreReport.State.SWAPPING;
            return new Restored(
                    report.success(),
                    report.message(),
                    report.state().label(),
                    report.file().value(),
                    report.database().value(),
                    report.header().nodeCount(),
                    report.header().relationshipCount(),
                    report.previous().map(RestoreReport.Size::nodes).orElse(null),
                    report.previous().map(RestoreReport.Size::relationships).orElse(null),
                    isOver ? outcome.transactionsLost() : null,
                    outcome.storeBytes(),
                    times.judge().toMillis(),
                    times.build().toMillis(),
                    isOver ? times.unavailable().toMillis() : null,
                    isOver ? times.indexes().toMillis() : null,
                    times.total().toMillis(),
                    outcome.warmth().map(RestoreRows::warmup).orElse(null),
                    outcome.merge().map(RestoreRows::merge).orElse(null),
                    outcome.warnings(),
                    report.code().label(),
                    report.hint().isEmpty() ? null : report.hint());
        }

        static Restored failed(BackupException failure) {
            return new Restored(
                    false,
                    String.valueOf(failure.getMessage()),
                    "failed",
                    /* file= */ null,
                    /* database= */ null,
                    /* node_count= */ null,
                    /* relationship_count= */ null,
                    /* previous_node_count= */ null,
                    /* previous_relationship_count= */ null,
                    /* lost_transactions= */ null,
                    /* store_bytes= */ null,
                    /* judge_ms= */ null,
                    /* build_ms= */ null,
                    /* unavailable_ms= */ null,
                    /* index_ms= */ null,
                    /* duration_ms= */ null,
                    /* warmup= */ null,
                    /* merge= */ null,
                    List.of(),
                    failure.code().label(),
                    failure.hint());
        }
    }

    /** One row of {@code rollback}. */
    public record RolledBack(
            boolean success,
            String message,
            @Nullable String state,
            @Nullable String database,
            @Nullable Long node_count,
            @Nullable Long relationship_count,
            @Nullable Long previous_node_count,
            @Nullable Long previous_relationship_count,
            @Nullable ZonedDateTime replaced_at,
            @Nullable Long unavailable_ms,
            @Nullable Long duration_ms,
            List<String> warnings,
            String code,
            @Nullable String hint) {

        static RolledBack of(RollBackReport report) {
            return new RolledBack(
                    report.done(),
                    report.message(),
                    report.state(),
                    report.database().value(),
                    report.now().map(RestoreReport.Size::nodes).orElse(null),
                    report.now().map(RestoreReport.Size::relationships).orElse(null),
                    report.previous().map(RestoreReport.Size::nodes).orElse(null),
                    report.previous().map(RestoreReport.Size::relationships).orElse(null),
                    report.kept().since().atZone(ZoneOffset.UTC),
                    report.unavailable().toMillis(),
                    report.total().toMillis(),
                    report.warnings(),
                    ErrorCode.OK.label(),
                    report.hint().isEmpty() ? null : report.hint());
        }

        static RolledBack failed(BackupException failure) {
            return new RolledBack(
                    false,
                    String.valueOf(failure.getMessage()),
                    "failed",
                    /* database= */ null,
                    /* node_count= */ null,
                    /* relationship_count= */ null,
                    /* previous_node_count= */ null,
                    /* previous_relationship_count= */ null,
                    /* replaced_at= */ null,
                    /* unavailable_ms= */ null,
                    /* duration_ms= */ null,
                    List.of(),
                    failure.code().label(),
                    failure.hint());
        }
    }

    private static Map<String, Object> merge(MergeReport merge) {
        return Map.of(
                "nodes", counts(merge.nodes()),
                "relationships", counts(merge.relationships()),
                "conflicts", merge.conflicts());
    }

    private static Map<String, Object> counts(MergeCounts counts) {
        return Map.of(
                "created", counts.created(),
                "updated", counts.updated(),
                "unchanged", counts.unchanged(),
                "conflicts", counts.conflicts());
    }

    private static Map<String, Object> warmup(Warmth warmth) {
        return Map.of(
                "files", warmth.files(),
                "bytes", warmth.bytes(),
                "duration_ms", warmth.time().toMillis());
    }
}
