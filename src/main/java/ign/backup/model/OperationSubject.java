package ign.backup.model;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * What an operation is about, as far as that is known.
 *
 * @param reason why it was asked for, in the caller's words
 * @param traceId an id of the caller's own, for tracing
 * @param file the backup that was made, read or restored
 * @param content what that backup holds
 * @param unavailable how long the database was stopped for it
 * @param alerts what needs attention although the operation ended well, a sentence each
 * @param hookFailures how many of them tell of a hook, and nothing of the backup
 */
public record OperationSubject(
        Optional<Tier> tier,
        Optional<String> reason,
        Optional<String> traceId,
        Optional<BackupName> file,
        Content content,
        Optional<Duration> unavailable,
        List<String> alerts,
        int hookFailures) {

    /** Nothing is known. */
    public static final OperationSubject UNKNOWN = asked(Optional.empty(), Optional.empty(), Optional.empty());

    /**
     * What a backup holds.
     *
     * @param bytes of the file as stored
     * @param episodes nodes with the label of episodes
     */
    public record Content(OptionalLong bytes, OptionalLong nodes, OptionalLong relationships, OptionalLong episodes) {

        static final Content UNKNOWN =
                new Content(OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty());
    }

    public OperationSubject {
        alerts = List.copyOf(alerts);
    }

    /** {@return what is known of an operation when it is asked for} */
    public static OperationSubject asked(Optional<Tier> tier, Optional<String> reason, Optional<String> traceId) {
        return new OperationSubject(
                tier, reason, traceId, Optional.empty(), Content.UNKNOWN, Optional.empty(), List.of(), 0);
    }

    /** {@return this, with the backup that it turned out to be about} */
    public OperationSubject with(BackupName backup, Content found) {
        return new OperationSubject(
                tier, reason, traceId, Optional.of(backup), found, unavailable, alerts, hookFailures);
    }

    /** {@return this, with how long the database was stopped} */
    public OperationSubject withUnavailable(Duration stopped) {
        return new OperationSubject(tier, reason, traceId, file, content, Optional.of(stopped), alerts, hookFailures);
    }

    /** {@return this, with what needs attention} */
    public OperationSubject withAlerts(List<String> found) {
        return new OperationSubject(tier, reason, traceId, file, content, unavailable, found, 0);
    }

    /** {@return this, with hooks that have failed besides} */
    public OperationSubject withHookFailures(List<String> failures) {
        var all = Stream.concat(alerts.stream(), failures.stream()).toList();
        return new OperationSubject(tier, reason, traceId, file, content, unavailable, all, failures.size());
    }
}
