package ign.backup.model;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/**
 * What an operation was, once it has ended, however.
 *
 * @param operation as its procedure is called, such as {@code create}
 * @param user who asked for it
 * @param code how it ended
 * @param message a sentence or two for people; of one that failed, why
 */
public record OperationRecord(
        String operation,
        DatabaseName database,
        String user,
        Instant started,
        Instant ended,
        ErrorCode code,
        String message,
        OperationSubject subject) {

    /** {@return how long it took} */
    public Duration duration() {
        return Duration.between(started, ended);
    }

    /** {@return whether what was asked for is there; {@code partial} is, with something that is not done besides} */
    public boolean succeeded() {
        return code == ErrorCode.OK || code == ErrorCode.PARTIAL;
    }

    /** {@return all of it that a log needs, in one line} */
    public String line() {
        return String.format(
                Locale.ROOT,
                "%s of database '%s' by '%s'%s ended '%s' after %.1f s: %s",
                operation,
                database,
                user,
                subject.reason()
                        .map(reason -> " for '" + inOneLine(reason) + "'")
                        .orElse(""),
                code.label(),
                duration().toMillis() / 1000.0,
                inOneLine(message));
    }

    /** A reason is a caller's text, and must not look like a line of its own. */
    private static String inOneLine(String text) {
        return text.replaceAll("\\p{Cntrl}+", " ");
    }
}
