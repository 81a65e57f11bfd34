import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.neo4j.driver.Driver;
import org.neo4j.driver.Record;
import org.neo4j.driver.SessionConfig;
import org.neo4j.driver.exceptions.Neo4jException;

/**
 * How an application imports much at once: a backup before it, and one after it if it has changed enough.
 *
 * <p>To be copied into an application. {@code Upgrade.java} shows how to go back by itself; here a person decides.
 */
public final class BulkImport {

    /** Nothing was imported, or a part; the message names the backup of before. */
    public static final class ImportError extends RuntimeException {
        public ImportError(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /**
     * What was done.
     *
     * @param backup the file of before
     * @param after what became of the backup afterwards, in words
     */
    public record Outcome(int patterns, String backup, String after) {}

    private static final int BATCH = 1000;

    private final Driver driver;

    public BulkImport(Driver driver) {
        this.driver = driver;
    }

    /** Imports patterns by their names, each a map of properties. */
    public Outcome importPatterns(List<Map<String, Object>> patterns) {
        var backup = backupBefore();
        int imported = 0;
        try {
            while (imported < patterns.size()) {
                var batch = patterns.subList(imported, Math.min(imported + BATCH, patterns.size()));
                write(batch);
                imported += batch.size();
            }
        } catch (Neo4jException e) {
            throw new ImportError(
                    "Bulk import failed after " + imported + " of " + patterns.size() + " patterns. The graph of before is in '"
                            + backup + "': CALL ign.backup.restore('" + backup + "', {confirm: true}) on 'system'",
                    e);
        }
        return new Outcome(imported, backup, backupAfter());
    }

    /** With failOnError a failure is an exception, whose message says what to do; nothing is imported then. */
    private String backupBefore() {
        try {
            return call("CALL ign.backup.create('Before bulk import of new patterns', {failOnError: true}) YIELD file")
                    .get("file")
                    .asString();
        } catch (Neo4jException e) {
            throw new ImportError("Backup failed, nothing was imported: " + e.getMessage(), e);
        }
    }

    /** One transaction for each batch, which the driver repeats after errors that go away by themselves. */
    private void write(List<Map<String, Object>> batch) {
        var rows = new HashMap<String, Object>(Map.of("rows", new ArrayList<>(batch)));
        try (var session = driver.session()) {
            session.executeWriteWithoutResult(transaction -> transaction
                    .run("UNWIND $rows AS row MERGE (pattern:Pattern {name: row.name}) SET pattern += row", rows)
                    .consume());
        }
    }

    /** What was imported stays whatever becomes of this backup. */
    private String backupAfter() {
        var row = call("CALL ign.backup.auto() YIELD success, message, hint");
        if (row.get("success").asBoolean()) {
            return row.get("message").asString();
        }
        return "No backup after the import: " + row.get("message").asString() + ". " + row.get("hint").asString("");
    }

    private Record call(String statement) {
        try (var session = driver.session(SessionConfig.forDatabase("system"))) {
            return session.run(statement).single();
        }
    }
}
