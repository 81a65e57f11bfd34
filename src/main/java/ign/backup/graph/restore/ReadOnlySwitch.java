package ign.backup.graph.restore;

import ign.backup.model.BackupException;
import java.util.HashSet;
import java.util.Set;
import org.neo4j.configuration.Config;
import org.neo4j.configuration.GraphDatabaseSettings;

/** Makes a database read-only by the server's own dynamic setting, which is in memory only and undone whatever happens. */
public final class ReadOnlySwitch implements AutoCloseable {

    private static final String BY = "ign-backup";

    private final Config config;
    private final String database;
    private boolean on;

    private ReadOnlySwitch(Config config, String database) {
        this.config = config;
        this.database = database;
        this.on = true;
    }

    /** Clients' writes fail from now on. */
    public static ReadOnlySwitch on(Config config, String database) {
        change(config, database, true);
        return new ReadOnlySwitch(config, database);
    }

    /**
     * A new store gets its indexes after it is in place, which is a write, too.
     *
     * @throws BackupException.BadRequest when an operator has made the database read-only
     */
    public static void refuseIfReadOnly(Config config, String database) {
        boolean named = config.get(GraphDatabaseSettings.read_only_databases).contains(database);
        boolean byDefault = config.get(GraphDatabaseSettings.read_only_database_default)
                && !config.get(GraphDatabaseSettings.writable_databases).contains(database);
        if (named || byDefault) {
            throw new BackupException.BadRequest(
                    "database '" + database + "' is read-only by "
                            + (named ? "'server.databases.read_only'" : "'server.databases.default_to_read_only'")
                            + ", so that it cannot be replaced",
                    "Change that setting, then call the restore again.");
        }
    }

    private static void change(Config config, String database, boolean readOnly) {
        Set<String> names = new HashSet<>(config.get(GraphDatabaseSettings.read_only_databases));
        if (readOnly ? names.add(database) : names.remove(database)) {
            config.setDynamic(GraphDatabaseSettings.read_only_databases, Set.copyOf(names), BY);
        }
    }

    /** Lets clients write again; may be called twice. */
    @Override
    public synchronized void close() {
        if (on) {
            change(config, database, false);
            on = false;
        }
    }
}
