package ign.backup.operation;

import ign.backup.model.ErrorCode;
import ign.backup.model.OperationSubject;

/** What an operation that has ended by itself says to its caller, and to the status and the log. */
public interface Result {

    /** {@return a sentence or two for people} */
    String message();

    /** {@return how it ended: {@code ok}, or with what it lacks} */
    default ErrorCode code() {
        return ErrorCode.OK;
    }

    /** {@return whether it was only asked what the operation would do; then nobody is told of an end, and nothing remembers one} */
    default boolean isPreview() {
        return false;
    }

    /** {@return what the operation was about, of which {@code asked} was known from the beginning} */
    default OperationSubject subject(OperationSubject asked) {
        return asked;
    }
}
