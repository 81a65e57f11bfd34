package ign.backup.operation;

import ign.backup.model.BackupException;
import ign.backup.model.BackupName;
import ign.backup.model.CatalogEntry;
import ign.backup.model.ErrorCode;
import ign.backup.model.OperationSubject;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A backup that was made.
 *
 * @param path where the file is, for people and scripts
 * @param writing from the snapshot to the published file
 * @param verification of the file afterwards; zero if it was not asked for
 * @param paused for how long commits were held up; zero unless that was asked for
 * @param warnings what its reader should know, a clause each
 * @param alerts those of the warnings that need attention
 * @param hookFailures those of the warnings that tell of a hook, and need attention, too
 * @param cleanUp what retention did afterwards
 * @param episodesBefore how many episodes the graph had when it began; empty when it knows none
 */
public record BackupReport(
        CatalogEntry entry,
        String path,
        Duration writing,
        Duration verification,
        Duration paused,
        List<String> warnings,
        List<String> alerts,
        List<String> hookFailures,
        CleanUp cleanUp,
        OptionalLong episodesBefore)
        implements Result {

    /**
     * What retention did.
     *
     * @param removed older backups that it let go
     * @param failure why it could not do all of it; the new backup is good all the same
     */
    public record CleanUp(List<BackupName> removed, Optional<BackupException> failure) {}

    /** {@return this, with what was found beside the backup} */
    BackupReport and(List<String> moreWarnings, List<String> failedHooks) {
        return new BackupReport(
                entry,
                path,
                writing,
                verification,
                paused,
                Stream.of(warnings, moreWarnings, failedHooks)
                        .flatMap(List::stream)
                        .toList(),
                alerts,
                failedHooks,
                cleanUp,
                episodesBefore);
    }

    /** {@return {@code partial} when the backup is there and older ones could not be removed} */
    @Override
    public ErrorCode code() {
        return cleanUp.failure().isPresent() ? ErrorCode.PARTIAL : ErrorCode.OK;
    }

    @Override
    public OperationSubject subject(OperationSubject asked) {
        var header = entry.header();
        return asked.with(
                        entry.name(),
                        new OperationSubject.Content(
                                OptionalLong.of(entry.sizeBytes()),
                                OptionalLong.of(header.nodeCount()),
                                OptionalLong.of(header.relationshipCount()),
                                entry.episodes()))
                .withAlerts(alerts)
                .withHookFailures(hookFailures);
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
        var told = made
                + Stream.concat(alerts.stream(), hookFailures.stream())
                        .map(alert -> "; " + alert)
                        .collect(Collectors.joining());
        return cleanUp.failure()
                .map(e -> told + "; older ones could not be removed: " + e.getMessage())
                .orElse(told);
    }
}
