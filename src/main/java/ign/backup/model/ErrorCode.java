package ign.backup.model;

import java.util.Arrays;

/**
 * How a run can end, with the stable number that is the command line's exit code.
 *
 * <p>Rows, metrics and {@code docs/errors.md} use the {@link #label()}; texts may change, these do not.
 */
public enum ErrorCode {
    OK(0, "ok", "done; also nothing to do, which is then said"),
    FAILED(1, "failed", "not classified, a defect of the plugin: please report it"),
    BAD_REQUEST(2, "bad-request", "wrong argument or option, confirmation missing, or a guard refused"),
    PARTIAL(3, "partial", "part of it was done"),
    ALARM(4, "alarm", "the backups need attention: none, too old, or with content missing"),
    NOT_FOUND(10, "not-found", "no such backup, folder or database"),
    BUSY(11, "busy", "another operation holds the database; who and since when is said"),
    WRONG_KEY(12, "wrong-key", "the key is missing or wrong"),
    UNAVAILABLE(13, "unavailable", "storage or server: full, denied or unreachable"),
    DAMAGED(14, "damaged", "verification failed, or the backup cannot be restored as it is"),
    CANCELLED(130, "cancelled", "ended by the user or by the stop of the server");

    private final int exitCode;
    private final String label;
    private final String meaning;

    ErrorCode(int exitCode, String label, String meaning) {
        this.exitCode = exitCode;
        this.label = label;
        this.meaning = meaning;
    }

    /** {@return the code of that word; one that is not known is a failure} */
    public static ErrorCode of(String label) {
        return Arrays.stream(values())
                .filter(code -> code.label.equals(label))
                .findFirst()
                .orElse(FAILED);
    }

    /** {@return the exit code of the command line} */
    public int exitCode() {
        return exitCode;
    }

    /** {@return the stable word that stands in rows and metrics} */
    public String label() {
        return label;
    }

    /** {@return one clause for people} */
    public String meaning() {
        return meaning;
    }
}
