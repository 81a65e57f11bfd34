package ign.backup.operation;

import ign.backup.model.BackupException;
import java.util.Arrays;

/** How far a verification goes. */
public enum VerifyLevel {
    /** The file is read and everything in it checked. */
    FULL("full"),
    /** A store is built of it besides, checked by Neo4j's own tool, and thrown away: a restore without the exchange. */
    RESTORE("restore");

    private final String label;

    VerifyLevel(String label) {
        this.label = label;
    }

    /** {@return the word in options and rows} */
    public String label() {
        return label;
    }

    /** {@return the level that a caller names} */
    public static VerifyLevel of(String label) {
        return Arrays.stream(values())
                .filter(level -> level.label.equals(label))
                .findFirst()
                .orElseThrow(() -> new BackupException.BadRequest(
                        "there is no level '" + label + "'", "The levels are 'full' and 'restore'."));
    }
}
