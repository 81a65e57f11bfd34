package ign.backup.notify;

import ign.backup.model.OperationRecord;
import java.util.Locale;

/** What somebody may want to hear of. */
public enum Kind {
    /** An operation has done what was asked for. */
    SUCCESS,
    /** It has not. */
    FAILURE,
    /** It has, and found something that needs attention; or a health check stands otherwise than before. */
    ALERT;

    static Kind of(OperationRecord operation) {
        if (!operation.succeeded()) {
            return FAILURE;
        }
        return operation.subject().alerts().isEmpty() ? SUCCESS : ALERT;
    }

    /** {@return the word in settings and messages} */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
