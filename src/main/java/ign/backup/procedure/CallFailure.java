package ign.backup.procedure;

import ign.backup.model.BackupException;
import java.util.Map;
import java.util.Optional;
import org.neo4j.gqlstatus.ErrorClassification;
import org.neo4j.gqlstatus.ErrorGqlStatusObject;
import org.neo4j.kernel.api.exceptions.Status;
import org.neo4j.kernel.internal.Version;

/**
 * A failure as Neo4j passes it on to clients, with a status that says who can act.
 *
 * <p>Neo4j 5.26 keeps the status of an exception that has one, 2026.08 only if it is a GQL status object as well: this is both.
 */
final class CallFailure extends RuntimeException implements Status.HasStatus, ErrorGqlStatusObject {

    private static final long serialVersionUID = 1L;

    private final transient Status status;
    private final String code;

    CallFailure(BackupException cause) {
        super(unformatted(cause.explanation()), cause);
        this.status = statusOf(cause);
        this.code = cause.code().label();
    }

    /** Neo4j 5.26 takes the message for a format: a percent sign in it would become an error of its own. */
    private static String unformatted(String message) {
        return Version.getNeo4jVersion().startsWith("5.") ? message.replace("%", "%%") : message;
    }

    private static Status statusOf(BackupException failure) {
        if (failure.retryable()) {
            return Status.Transaction.Outdated; // transient: drivers may try again
        }
        return switch (failure.code()) {
            case BAD_REQUEST -> Status.Statement.ArgumentError;
            case FAILED -> Status.General.UnknownError;
            case NOT_FOUND -> Status.Statement.EntityNotFound;
            case DAMAGED -> Status.Statement.ExternalResourceFailed;
            case OK, PARTIAL, ALARM, BUSY, WRONG_KEY, UNAVAILABLE, CANCELLED -> Status.Procedure.ProcedureCallFailed;
        };
    }

    @Override
    public Status status() {
        return status;
    }

    @Override
    public ErrorGqlStatusObject gqlStatusObject() {
        return this;
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }

    @Override
    public String legacyMessage() {
        return getMessage();
    }

    @Override
    public String gqlStatus() {
        return "52N37"; // procedure execution error
    }

    @Override
    public String statusDescription() {
        return "error: procedure exception - procedure execution error. " + getMessage();
    }

    @Override
    public Map<String, Object> diagnosticRecord() {
        return Map.of(
                "OPERATION", "",
                "OPERATION_CODE", "0",
                "CURRENT_SCHEMA", "/",
                "_classification", kind().name(),
                "_code", code); // faces that are programs read it
    }

    @Override
    public Optional<ErrorGqlStatusObject> cause() {
        return Optional.empty();
    }

    @Override
    public ErrorClassification getClassification() {
        return kind();
    }

    private ErrorClassification kind() {
        return switch (status.code().classification()) {
            case TransientError -> ErrorClassification.TRANSIENT_ERROR;
            case DatabaseError -> ErrorClassification.DATABASE_ERROR;
            default -> ErrorClassification.CLIENT_ERROR;
        };
    }
}
