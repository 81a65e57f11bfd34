package ign.backup.graph.build;

import ign.backup.model.BackupException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.neo4j.configuration.Config;
import org.neo4j.configuration.GraphDatabaseInternalSettings;
import org.neo4j.configuration.GraphDatabaseSettings;
import org.neo4j.io.layout.DatabaseLayout;
import org.neo4j.io.layout.Neo4jLayout;

/**
 * Where a new store is built: two folders like those of a database, from which a rename leads to its own.
 *
 * <p>They stand beside the database's folders, with {@code .ign-new} after its name, or in a folder that an operator has chosen.
 */
public final class Staging {

    /** What follows the name of a database in the name of a folder for its new store. */
    public static final String NEW = ".ign-new";

    private static final long SMALLEST_STORE = 4L << 20;

    private final DatabaseLayout live;
    private final DatabaseLayout built;
    private final Config config;

    private Staging(DatabaseLayout live, DatabaseLayout built, Config config) {
        this.live = live;
        this.built = built;
        this.config = config;
    }

    /**
     * The place for a store that is to replace another one.
     *
     * @param server the settings of the server; the new store gets the same format and logs
     * @param memoryBytes what the importer's own page cache may take
     */
    public static Staging of(DatabaseLayout live, Config server, Optional<Path> folder, long memoryBytes) {
        var chosen = folder.map(f -> rootsIn(f, live.getNeo4jLayout()));
        var databases = chosen.map(roots -> roots.get(0)).orElse(StoreFolders.parentOf(live.databaseDirectory()));
        var logs = chosen.map(roots -> roots.get(1)).orElse(StoreFolders.parentOf(live.getTransactionLogsDirectory()));
        var config = Config.newBuilder()
                .set(GraphDatabaseSettings.neo4j_home, live.getNeo4jLayout().homeDirectory())
                .set(GraphDatabaseInternalSettings.databases_root_path, databases.toAbsolutePath())
                .set(GraphDatabaseSettings.transaction_logs_root_path, logs.toAbsolutePath())
                .set(GraphDatabaseSettings.db_format, server.get(GraphDatabaseSettings.db_format))
                .set(
                        GraphDatabaseSettings.logical_log_rotation_threshold,
                        server.get(GraphDatabaseSettings.logical_log_rotation_threshold))
                .set(
                        GraphDatabaseSettings.preallocate_logical_logs,
                        server.get(GraphDatabaseSettings.preallocate_logical_logs))
                .set(GraphDatabaseSettings.pagecache_memory, memoryBytes)
                .build();
        var built = Neo4jLayout.of(config).databaseLayout(live.getDatabaseName() + NEW);
        return new Staging(live, built, config);
    }

    /** {@return where in a folder that an operator has chosen stores are built for this server: others may use it, too} */
    public static List<Path> rootsIn(Path folder, Neo4jLayout server) {
        var own = folder.resolve(
                "ign-" + Integer.toHexString(server.databasesDirectory().hashCode()));
        return List.of(own.resolve("databases"), own.resolve("transactions"));
    }

    /** {@return the two folders in which the new store is built} */
    public DatabaseLayout layout() {
        return built;
    }

    /** {@return settings with which the new store is built and checked; nobody else's, so that they may be changed} */
    public Config config() {
        return config;
    }

    /** {@return the store's folder and that of its logs, in this order} */
    public List<Path> folders() {
        return StoreFolders.of(built);
    }

    /**
     * Makes the folders, empty, once everything is known to be well: they can be renamed to where they will belong, and there is room.
     *
     * @param estimatedBytes how large the store can become
     * @throws BackupException.Unavailable with all that is not
     */
    public void prepare(long estimatedBytes) {
        var faults = new ArrayList<String>();
        try {
            refuseLinks(faults);
            for (int i = 0; i < folders().size(); i++) {
                var folder = folders().get(i);
                StoreFolders.delete(folder);
                Files.createDirectories(folder);
                refuseIfNotRenamed(folder, StoreFolders.of(live).get(i), faults);
            }
            refuseIfThereIsNoRoom(folders().get(0), Math.max(estimatedBytes, SMALLEST_STORE), faults);
        } catch (IOException e) {
            throw unusable(e);
        }
        if (!faults.isEmpty()) {
            remove();
            throw new BackupException.Unavailable(
                    String.join("; ", faults) + "; nothing was touched",
                    "Make room, or set 'restore.staging' to a folder on the file system of Neo4j's databases.");
        }
    }

    /** A rename would move the link, or what it leads to, and a start after a crash would look for the other one. */
    private void refuseLinks(List<String> faults) {
        var named = live.getNeo4jLayout().databasesDirectory().resolve(live.getDatabaseName());
        for (var folder : List.of(named, live.getTransactionLogsDirectory())) {
            if (Files.isSymbolicLink(folder)) {
                faults.add("'" + folder + "' is a symbolic link, so that it cannot be renamed");
            }
        }
    }

    private static void refuseIfNotRenamed(Path from, Path to, List<String> faults) throws IOException {
        var target = StoreFolders.parentOf(to);
        if (!storeOf(from).equals(storeOf(target))) {
            faults.add("'" + from + "' is on another file system than '" + target
                    + "', so that a new store cannot be renamed to its place");
        }
        if (Files.exists(to) && !storeOf(to).equals(storeOf(target))) {
            faults.add("'" + to + "' is a file system of its own (a mount), so that it cannot be renamed");
        }
    }

    private static void refuseIfThereIsNoRoom(Path folder, long estimatedBytes, List<String> faults)
            throws IOException {
        long free = storeOf(folder).getUsableSpace();
        if (free < estimatedBytes) {
            faults.add("the new store needs about " + megabytes(estimatedBytes) + " MB in '" + folder.getParent()
                    + "', and " + megabytes(free) + " MB are free");
        }
    }

    private static String megabytes(long bytes) {
        return String.format(Locale.ROOT, "%,d", (bytes + 999_999) / 1_000_000);
    }

    private static FileStore storeOf(Path path) throws IOException {
        return Files.getFileStore(path);
    }

    private BackupException unusable(IOException cause) {
        var denied = cause instanceof AccessDeniedException ? "permission denied: " : "";
        return new BackupException.Unavailable(
                "the folders in which a new store is built, " + folders() + ", cannot be made: " + denied
                        + cause.getMessage() + "; nothing was touched",
                "Give the user that runs Neo4j the right to write there, or set 'restore.staging'.",
                cause);
    }

    /** {@return what the store and its logs take on disk} */
    public long sizeBytes() {
        return folders().stream().mapToLong(StoreFolders::sizeOf).sum();
    }

    /** Removes what was built; what was renamed away is not there any more. */
    public void remove() {
        folders().forEach(StoreFolders::delete);
    }
}
