package ign.backup.model;

import java.util.Locale;

/** The name of a database, in lower case as Neo4j keeps it. */
public record DatabaseName(String value) {

    /** Neo4j's own administrative database, which is never backed up or restored. */
    public static final DatabaseName SYSTEM = new DatabaseName("system");

    public DatabaseName {
        if (value.isBlank()) {
            throw new BackupException.BadRequest(
                    "a database name is empty", "Leave the option 'database' out, or name a database.");
        }
        value = value.toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return value;
    }
}
