package ign.backup.graph.merge;

import org.neo4j.graphdb.ConstraintViolationException;
import org.neo4j.graphdb.NotFoundException;
import org.neo4j.graphdb.TransientFailureException;
import org.neo4j.internal.kernel.api.exceptions.EntityNotFoundException;
import org.neo4j.internal.kernel.api.exceptions.schema.ConstraintValidationException;
import org.neo4j.internal.kernel.api.exceptions.schema.IndexNotFoundKernelException;
import org.neo4j.kernel.api.exceptions.Status;

/** What a failed transaction means for its batch. */
enum Failure {
    /** An element cannot be stored as it is: a constraint forbids it, or a value is too large for an index. */
    REFUSED,
    /** The same may succeed later: others were in the way, or took away what had been found. */
    TRANSIENT,
    /** Nothing that is tried here can help. */
    FATAL;

    static Failure of(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (isRefusal(cause)) {
                return REFUSED;
            }
            if (isTransient(cause)) {
                return TRANSIENT;
            }
        }
        return FATAL;
    }

    private static boolean isRefusal(Throwable cause) {
        return cause instanceof ConstraintViolationException
                || cause instanceof ConstraintValidationException
                || cause instanceof IllegalArgumentException;
    }

    private static boolean isTransient(Throwable cause) {
        return cause instanceof TransientFailureException
                || cause instanceof EntityNotFoundException
                || cause instanceof NotFoundException
                || cause instanceof IndexNotFoundKernelException
                || (cause instanceof Status.HasStatus known
                        && known.status().code().classification() == Status.Classification.TransientError);
    }
}
