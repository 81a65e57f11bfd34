import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.neo4j.driver.AuthTokens;
import org.neo4j.driver.Driver;
import org.neo4j.driver.GraphDatabase;
import org.neo4j.driver.Record;
import org.neo4j.driver.SessionConfig;

/**
 * How an application backs up its graph before an upgrade and goes back when that fails, and how it guards a risky operation.
 *
 * <p>To be copied into an application. By itself, with the JAR of Neo4j's driver and the password in NEO4J_PASSWORD:
 *
 * <pre>
 * java -cp neo4j-java-driver-all.jar Upgrade.java bolt://localhost:7687 before 1.5.0
 * java -cp neo4j-java-driver-all.jar Upgrade.java bolt://localhost:7687 rollback /…/fullbackup/ign_scripts_db_backup_….json
 * </pre>
 */
public final class Upgrade {

    /** The upgrade must not begin. */
    public static final class UpgradeError extends RuntimeException {
        public UpgradeError(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** The graph is as the upgrade has left it. */
    public static final class RollbackError extends RuntimeException {
        public RollbackError(String message) {
            super(message);
        }
    }

    /** Whether it was done; and where the backup is, or why not. */
    public record Outcome(boolean success, String text) {}

    private final Driver driver;

    public Upgrade(Driver driver) {
        this.driver = driver;
    }

    /** Before the first step of an upgrade. {@return the path of the backup, to be kept for {@link #rollbackUpgrade}} */
    public String beforeUpgrade(String newVersion) {
        var backup = createFullBackup(
                "Pre-upgrade backup before v" + newVersion, Map.of("tier", "pre-upgrade", "pin", true));
        if (!backup.success()) {
            throw new UpgradeError("Failed to create pre-upgrade backup", new IllegalStateException(backup.text()));
        }
        return backup.text();
    }

    /** When a step of the upgrade has failed. */
    public void rollbackUpgrade(String backupPath) {
        var restored = restoreFromBackup(backupPath);
        if (!restored.success()) {
            throw new RollbackError("Failed to rollback: " + restored.text());
        }
    }

    /** Does something that may go wrong half-way; if it does, the graph is as it was before. */
    public void riskyOperation(Runnable performBulkDataOperation) {
        var backup = createFullBackup("Before pattern analysis update", Map.of("pin", true)); // no other may displace it
        if (!backup.success()) {
            throw new IllegalStateException("Backup failed: " + backup.text());
        }
        try {
            performBulkDataOperation.run();
        } catch (RuntimeException e) {
            goBack(backup.text(), e);
            throw e;
        }
        call("CALL ign.backup.unpin($file)", Map.of("file", name(backup.text())));
    }

    /** A rollback that fails does not hide why it was needed. */
    private void goBack(String backupPath, RuntimeException why) {
        try {
            rollbackUpgrade(backupPath);
        } catch (RuntimeException e) {
            e.addSuppressed(why);
            throw e;
        }
    }

    /** {@return the path of the new backup, or why there is none} */
    public Outcome createFullBackup(String reason, Map<String, Object> options) {
        var row = call("CALL ign.backup.create($reason, $options)", Map.of("reason", reason, "options", options));
        return outcome(row, "path");
    }

    /** Restores the backup of that path or name; {@return what was done, or why not} */
    public Outcome restoreFromBackup(String backupPath) {
        var row = call("CALL ign.backup.restore($file, {confirm: true})", Map.of("file", name(backupPath)));
        return outcome(row, "message");
    }

    private static String name(String backupPath) {
        return Path.of(backupPath).getFileName().toString();
    }

    private static Outcome outcome(Record row, String column) {
        if (row.get("success").asBoolean()) {
            return new Outcome(true, row.get(column).asString());
        }
        return new Outcome(false, row.get("message").asString() + ". " + row.get("hint").asString(""));
    }

    /** On 'system': a restore stops the other database for a moment, and a session there would not see the answer. */
    private Record call(String statement, Map<String, Object> parameters) {
        try (var session = driver.session(SessionConfig.forDatabase("system"))) {
            return session.run(statement, new HashMap<>(parameters)).single();
        }
    }

    public static void main(String[] arguments) {
        if (arguments.length != 3) {
            throw new IllegalArgumentException("Upgrade <address> before <version> | <address> rollback <path>");
        }
        var login = AuthTokens.basic("neo4j", System.getenv().getOrDefault("NEO4J_PASSWORD", ""));
        try (var driver = GraphDatabase.driver(arguments[0], login)) {
            var upgrade = new Upgrade(driver);
            switch (arguments[1]) {
                case "before" -> System.out.println(upgrade.beforeUpgrade(arguments[2]));
                case "rollback" -> upgrade.rollbackUpgrade(arguments[2]);
                default -> throw new IllegalArgumentException("'" + arguments[1] + "' is neither before nor rollback");
            }
        }
    }
}
