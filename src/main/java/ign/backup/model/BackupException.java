package ign.backup.model;

import org.jspecify.annotations.Nullable;

/**
 * Every failure that leaves this project's code: what was expected and what was found, and what to do next.
 *
 * <p>Messages are lower case without a full stop, values in quotes; the hint is a sentence.
 */
public abstract sealed class BackupException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final String hint;

    private BackupException(ErrorCode code, String message, String hint, @Nullable Throwable cause) {
        super(message, cause);
        this.code = code;
        this.hint = hint;
    }

    /** {@return the stable word and number of this kind} */
    public ErrorCode code() {
        return code;
    }

    /** {@return what the reader can do about it, a sentence} */
    public String hint() {
        return hint;
    }

    /** {@return whether the same call can succeed later without anybody changing anything} */
    public boolean retryable() {
        return false;
    }

    /** {@return this failure, of the same kind, with a clause about what became of the work} */
    public BackupException and(String consequence) {
        var message = getMessage() + "; " + consequence;
        return switch (code) {
            case BAD_REQUEST -> new BadRequest(message, hint, this);
            case NOT_FOUND -> new NotFound(message, hint, this);
            case BUSY -> new Busy(message, hint, this);
            case UNAVAILABLE ->
                this instanceof Overtaken ? new Overtaken(message, hint, this) : new Unavailable(message, hint, this);
            case DAMAGED -> new Damaged(message, hint, this);
            case CANCELLED -> new Cancelled(message, this);
            case OK, FAILED, PARTIAL, ALARM, WRONG_KEY -> new Defect(message, this);
        };
    }

    /** {@return message and hint as every face prints them} */
    public String explanation() {
        return getMessage() + "\nHINT: " + hint;
    }

    /** The caller asked for something that cannot be: an argument, an option, a missing confirmation. */
    public static final class BadRequest extends BackupException {
        private static final long serialVersionUID = 1L;

        public BadRequest(String message, String hint) {
            this(message, hint, null);
        }

        public BadRequest(String message, String hint, @Nullable Throwable cause) {
            super(ErrorCode.BAD_REQUEST, message, hint, cause);
        }
    }

    /** The named backup, folder or database does not exist. */
    public static final class NotFound extends BackupException {
        private static final long serialVersionUID = 1L;

        public NotFound(String message, String hint) {
            this(message, hint, null);
        }

        private NotFound(String message, String hint, @Nullable Throwable cause) {
            super(ErrorCode.NOT_FOUND, message, hint, cause);
        }
    }

    /** Another operation holds what this one needs. */
    public static final class Busy extends BackupException {
        private static final long serialVersionUID = 1L;

        public Busy(String message, String hint) {
            this(message, hint, null);
        }

        private Busy(String message, String hint, @Nullable Throwable cause) {
            super(ErrorCode.BUSY, message, hint, cause);
        }

        @Override
        public boolean retryable() {
            return true;
        }
    }

    /** Storage, network or server does not do what it should: full, denied, unreachable. */
    public static final class Unavailable extends BackupException {
        private static final long serialVersionUID = 1L;

        public Unavailable(String message, String hint) {
            super(ErrorCode.UNAVAILABLE, message, hint, null);
        }

        public Unavailable(String message, String hint, Throwable cause) {
            super(ErrorCode.UNAVAILABLE, message, hint, cause);
        }
    }

    /** The graph was changed in a way that the snapshot could not follow; a new one has every chance. */
    public static final class Overtaken extends BackupException {
        private static final long serialVersionUID = 1L;

        public Overtaken(String message, String hint) {
            this(message, hint, null);
        }

        private Overtaken(String message, String hint, @Nullable Throwable cause) {
            super(ErrorCode.UNAVAILABLE, message, hint, cause);
        }

        @Override
        public boolean retryable() {
            return true;
        }
    }

    /** The bytes of a backup are not what they should be. */
    public static final class Damaged extends BackupException {
        private static final long serialVersionUID = 1L;

        public Damaged(String message, String hint) {
            super(ErrorCode.DAMAGED, message, hint, null);
        }

        public Damaged(String message, String hint, Throwable cause) {
            super(ErrorCode.DAMAGED, message, hint, cause);
        }
    }

    /** The user, or the stop of the server, ended the work. */
    public static final class Cancelled extends BackupException {
        private static final long serialVersionUID = 1L;

        public Cancelled(String message) {
            this(message, null);
        }

        /** What was left behind, if anything, stands in the message of one that follows another. */
        private Cancelled(String message, @Nullable Throwable cause) {
            super(
                    ErrorCode.CANCELLED,
                    message,
                    cause == null
                            ? "Nothing was left behind; start it again when you like."
                            : "Start it again when you like.",
                    cause);
        }
    }

    /** A fault of the plugin itself. */
    public static final class Defect extends BackupException {
        private static final long serialVersionUID = 1L;

        /** {@code cause} may be null when the fault shows without an exception. */
        public Defect(String message, @Nullable Throwable cause) {
            super(
                    ErrorCode.FAILED,
                    message,
                    "This is a defect of the plugin: please report it with the stack trace in Neo4j's debug.log.",
                    cause);
        }
    }
}
