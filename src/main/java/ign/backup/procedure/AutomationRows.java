package ign.backup.procedure;

import ign.backup.model.BackupException;
import ign.backup.operation.BackupReport;
import ign.backup.operation.HealthCheck;
import ign.backup.operation.PruneReport;
import ign.backup.operation.Schedule;
import ign.backup.operation.SettingReport;
import ign.backup.operation.Standing;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The rows of the procedures that let the plugin work by itself; as those of {@link Rows}. */
public final class AutomationRows {

    private AutomationRows() {}

    /** One row of {@code auto}. */
    public record Auto(
            boolean created,
            boolean success,
            String message,
            @Nullable String file,
            @Nullable String path,
            List<String> reasons,
            String code,
            @Nullable String hint) {

        static Auto notNeeded(Standing standing) {
            return new Auto(false, true, Rows.NOT_NEEDED, null, null, standing.reasons(), "ok", null);
        }

        static Auto of(BackupReport report, Standing standing) {
            return new Auto(
                    true,
                    true,
                    report.message(),
                    report.entry().name().value(),
                    report.path(),
                    standing.reasons(),
                    report.code().label(),
                    report.cleanUp().failure().map(BackupException::hint).orElse(null));
        }

        static Auto failed(BackupException failure, List<String> reasons) {
            return new Auto(
                    false,
                    false,
                    String.valueOf(failure.getMessage()),
                    null,
                    null,
                    reasons,
                    failure.code().label(),
                    failure.hint());
        }
    }

    /** One row of {@code configure}: a setting as it is in force. */
    public record Configured(
            String setting,
            String value,
            String origin,
            String place,
            String default_value,
            boolean changeable,
            String description) {

        static Configured of(SettingReport report) {
            return new Configured(
                    report.name(),
                    report.value(),
                    report.origin(),
                    report.place(),
                    report.defaultValue(),
                    report.changeable(),
                    report.description());
        }
    }

    /** One row of {@code prune}: a backup and what becomes of it. */
    public record Pruned(
            String file, String tier, String state, String action, String reason, long size_bytes, boolean pinned) {

        static Stream<Pruned> of(PruneReport report) {
            return report.fates().stream().map(Pruned::of);
        }

        private static Pruned of(PruneReport.Fate fate) {
            var entry = fate.entry();
            return new Pruned(
                    entry.name().value(),
                    entry.header().tier().label(),
                    entry.state().label(),
                    fate.action(),
                    fate.reason(),
                    entry.sizeBytes(),
                    entry.pinned());
        }
    }

    /** One row of {@code health}: a check. */
    public record Checked(
            String check,
            String status,
            String message,
            @Nullable String hint) {

        static Checked of(HealthCheck check) {
            return new Checked(
                    check.name(),
                    check.status().name(),
                    check.message(),
                    check.hint().orElse(null));
        }
    }

    /** One row of {@code schedule}: a job. */
    public record Scheduled(
            String job,
            boolean enabled,
            String schedule,
            String time_zone,
            @Nullable ZonedDateTime next_run,
            @Nullable ZonedDateTime last_due,
            @Nullable ZonedDateTime last_start,
            long left_out) {

        static Scheduled of(Schedule.Entry entry) {
            return new Scheduled(
                    entry.job(),
                    entry.enabled(),
                    entry.expression(),
                    entry.zone().getId(),
                    entry.next().map(next -> next.atZone(entry.zone())).orElse(null),
                    entry.last().map(run -> run.due().atZone(entry.zone())).orElse(null),
                    entry.last().map(run -> run.started().atZone(entry.zone())).orElse(null),
                    entry.leftOut());
        }
    }
}
