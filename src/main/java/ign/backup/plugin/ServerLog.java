package ign.backup.plugin;

import ign.backup.model.BackupException;
import ign.backup.model.HealthAlert;
import ign.backup.model.OperationRecord;
import ign.backup.operation.Events;
import org.neo4j.logging.Log;
import org.neo4j.logging.internal.LogService;

/** Writes what happens to Neo4j's own logs: to neo4j.log what an operator wants to know, to debug.log also the causes. */
final class ServerLog implements Events {

    private static final String PREFIX = "[ign.backup] ";

    private final Log forOperators;
    private final Log forDevelopers;

    ServerLog(LogService logs) {
        this.forOperators = logs.getUserLog(ServerLog.class);
        this.forDevelopers = logs.getInternalLog(ServerLog.class);
    }

    @Override
    public void tell(Event event) {
        if (event instanceof Started started) {
            forDevelopers.info(PREFIX + started.operation() + " started: " + started.caller());
        } else if (event instanceof Finished finished) {
            finished(finished.operation());
        } else if (event instanceof Failed failed && failed.cause() instanceof BackupException.Cancelled) {
            info(failed.operation().line());
        } else if (event instanceof Failed failed) {
            error(failed.operation().line() + ". HINT: " + failed.cause().hint(), failed.cause());
        } else if (event instanceof Alerted alerted) {
            alerted(alerted.alert());
        } else if (event instanceof Removed removed) {
            info("removed backup '" + removed.name() + "': " + removed.reason());
        } else if (event instanceof Noted noted) {
            info(noted.message());
        } else if (event instanceof Warned warned) {
            warn(warned.message());
        }
    }

    private void finished(OperationRecord operation) {
        info(operation.line());
        var file = operation
                .subject()
                .file()
                .map(name -> " (backup '" + name + "')")
                .orElse("");
        operation.subject().alerts().forEach(alert -> warn(alert + file));
    }

    private void alerted(HealthAlert alert) {
        if (alert.isOver()) {
            info(alert.line());
        } else {
            warn(alert.line());
        }
    }

    void info(String message) {
        forOperators.info(PREFIX + message);
    }

    void warn(String message) {
        forOperators.warn(PREFIX + message);
    }

    void error(String message, Throwable cause) {
        forOperators.error(PREFIX + message);
        forDevelopers.error(PREFIX + message, cause);
    }
}
