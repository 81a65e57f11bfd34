package ign.backup.graph.build;

import ign.backup.model.BackupException;
import java.nio.file.Path;
import org.neo4j.consistency.ConsistencyCheckService;
import org.neo4j.consistency.checking.ConsistencyCheckIncompleteException;

/** Neo4j's own check of a whole store, of one that nobody has open. */
public final class StoreCheck {

    private final Staging staging;
    private final BuildOptions options;

    /** Of the store that was built there. */
    public StoreCheck(Staging staging, BuildOptions options) {
        this.staging = staging;
        this.options = options;
    }

    /**
     * Looks at every record and every index entry.
     *
     * @throws BackupException.Defect when they do not fit each other: then the building has a fault
     */
    public void run() {
        var result = result(staging.layout().databaseDirectory());
        if (!result.isSuccessful()) {
            throw new BackupException.Defect(
                    "Neo4j's consistency check found " + result.summary().getTotalInconsistencyCount()
                            + " inconsistencies in the new store: " + result.summary(),
                    null);
        }
    }

    private ConsistencyCheckService.Result result(Path reports) {
        try {
            return new ConsistencyCheckService(staging.layout())
                    .with(staging.config())
                    .with(reports)
                    .withNumberOfThreads(options.threads())
                    .withMaxOffHeapMemory(options.memoryBytes())
                    .runFullConsistencyCheck();
        } catch (ConsistencyCheckIncompleteException e) {
            throw new BackupException.Unavailable(
                    "Neo4j's consistency check of the new store did not come to its end: " + e.getMessage(),
                    "Neo4j's debug.log may have the cause; the live database was not touched.",
                    e);
        }
    }
}
