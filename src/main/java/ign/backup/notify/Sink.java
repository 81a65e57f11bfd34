package ign.backup.notify;

import ign.backup.model.HealthAlert;
import ign.backup.model.OperationRecord;
import java.net.http.HttpRequest;
import java.util.List;

/** Somebody who wants to hear of operations. */
public interface Sink {

    /** {@return what it is and at which host, for people; nothing of an address that could be a secret} */
    String name();

    /**
     * {@return the requests that tell of an operation, to be made in this order; none if it is of no interest}
     *
     * <p>Each may be made again, and must mean the same then.
     */
    List<HttpRequest> requests(OperationRecord operation);

    /** {@return as the other one, for a health check that stands otherwise than before} */
    default List<HttpRequest> requests(HealthAlert alert) {
        return List.of();
    }
}
