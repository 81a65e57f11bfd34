package ign.backup.graph.kernel;

import ign.backup.model.BackupException;
import java.util.concurrent.TimeUnit;
import org.neo4j.graphdb.DatabaseShutdownException;
import org.neo4j.graphdb.GraphDatabaseService;
import org.neo4j.graphdb.Transaction;
import org.neo4j.graphdb.TransactionFailureException;

/** Transactions of the plugin's own. */
public final class Transactions {

    private Transactions() {}

    /**
     * {@return one without a time limit: {@code db.transaction.timeout} is meant for queries}
     *
     * @throws BackupException.Unavailable when the database does not run
     */
    public static Transaction begin(GraphDatabaseService database) {
        try {
            return database.beginTx(0, TimeUnit.SECONDS);
        } catch (TransactionFailureException | DatabaseShutdownException e) {
            throw new BackupException.Unavailable(
                    "database '" + database.databaseName() + "' is not available: " + e.getMessage(),
                    "SHOW DATABASES tells its state; try again when it is online.",
                    e);
        }
    }
}
