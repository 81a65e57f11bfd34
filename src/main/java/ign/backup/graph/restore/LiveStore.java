package ign.backup.graph.restore;

import ign.backup.graph.kernel.RootCause;
import ign.backup.graph.kernel.SchemaReader;
import ign.backup.graph.kernel.ServerParts;
import ign.backup.model.BackupException;
import ign.backup.model.GraphSchema;
import ign.backup.model.GraphState;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.neo4j.configuration.Config;
import org.neo4j.dbms.api.DatabaseManagementService;
import org.neo4j.dbms.database.DatabaseContext;
import org.neo4j.dbms.database.StandaloneDatabaseContext;
import org.neo4j.graphdb.GraphDatabaseService;
import org.neo4j.io.fs.FileSystemAbstraction;
import org.neo4j.io.layout.DatabaseLayout;
import org.neo4j.kernel.database.AbstractDatabase;
import org.neo4j.kernel.impl.transaction.log.checkpoint.CheckPointer;
import org.neo4j.kernel.impl.transaction.log.checkpoint.SimpleTriggerInfo;
import org.neo4j.scheduler.JobScheduler;

/** The database whose store is exchanged, and what that needs of the server. It may not run, as one whose store is broken. */
public final class LiveStore {

    private final ServerParts server;
    private final DatabaseContext context;
    private final AbstractDatabase database;
    private final Supplier<Optional<GraphState>> state;
    private final RestoreStep.Listener steps;
    private final Clock clock;

    /**
     * A database of this server.
     *
     * @param state where it stands now, if it runs
     * @param steps hears of each step
     */
    public LiveStore(
            ServerParts server,
            DatabaseContext context,
            Supplier<Optional<GraphState>> state,
            RestoreStep.Listener steps,
            Clock clock) {
        this.server = server;
        this.context = context;
        this.database = context.database();
        this.state = state;
        this.steps = steps;
        this.clock = clock;
    }

    DatabaseManagementService dbms() {
        return server.dbms();
    }

    Config config() {
        return server.config();
    }

    FileSystemAbstraction fileSystem() {
        return server.fileSystem();
    }

    JobScheduler scheduler() {
        return server.scheduler();
    }

    String name() {
        return database.getNamedDatabaseId().name();
    }

    GraphDatabaseService service() {
        return dbms().database(name());
    }

    DatabaseLayout layout() {
        return database.getDatabaseLayout();
    }

    Optional<GraphState> state() {
        return state.get();
    }

    /** {@return the schema; empty when the database does not run} */
    Optional<GraphSchema> schema() {
        if (!isStarted()) {
            return Optional.empty();
        }
        try (var transaction = service().beginTx()) {
            return Optional.of(SchemaReader.read(transaction));
        }
    }

    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS); // people read it
    }

    /** {@return a part of the running database; it is another one after the next start} */
    <T> T part(Class<T> type) {
        return database.getDependencyResolver().resolveDependency(type);
    }

    /** {@return such a part of every other database that runs} */
    <T> Stream<T> others(Class<T> type) {
        return server.contexts().registeredDatabases().values().stream()
                .map(DatabaseContext::database)
                .filter(other -> other != database && other.isStarted())
                .map(other -> other.getDependencyResolver().resolveDependency(type));
    }

    void reached(RestoreStep step) {
        steps.reached(step, name());
    }

    boolean isStarted() {
        return database.isStarted();
    }

    /**
     * Writes what is only in memory to the disk. A stop does that, too, and takes the longer the more there is: this keeps it short,
     * while the database still serves.
     */
    void checkpoint() {
        try {
            part(CheckPointer.class).forceCheckPoint(new SimpleTriggerInfo("exchange of stores"));
        } catch (IOException | RuntimeException ignored) {
            // A store that is broken must be replaceable, too. If it matters the stop fails as well, and says so.
        }
    }

    void stop() {
        database.stop();
    }

    /** Neo4j gives the cause as that of a bare exception; and what SHOW DATABASES says of a start that failed is ours to say. */
    void start() {
        var shown = context instanceof StandaloneDatabaseContext standalone ? standalone : null;
        try {
            database.start();
            if (shown != null) {
                shown.clearFailure();
            }
        } catch (RuntimeException e) {
            if (shown != null) {
                shown.fail(e);
            }
            throw new BackupException.Unavailable(
                    "database '" + name() + "' does not start: " + RootCause.message(e),
                    "Neo4j's debug.log has the whole story.",
                    e);
        }
    }
}
