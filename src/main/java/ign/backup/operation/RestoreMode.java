package ign.backup.operation;

import ign.backup.model.BackupException;
import java.util.Arrays;

/** What a restore does with the graph that is there. */
public enum RestoreMode {
    /** Another store takes its place. */
    REPLACE("replace"),
    /** The same, and only if it is empty. */
    INTO_EMPTY("into-empty"),
    /** It stays, and gets what it lacks. */
    MERGE("merge");

    private final String label;

    RestoreMode(String label) {
        this.label = label;
    }

    /** {@return the word in calls} */
    public String label() {
        return label;
    }

    /** {@return the mode that a caller names} */
    public static RestoreMode of(String label) {
        return Arrays.stream(values())
                .filter(mode -> mode.label.equals(label))
                .findFirst()
                .orElseThrow(() -> new BackupException.BadRequest(
                        "there is no mode '" + label + "'",
                        "The modes are "
                                + String.join(
                                        ", ",
                                        Arrays.stream(values())
                                                .map(m -> "'" + m.label + "'")
                                                .toList())
                                + "."));
    }
}
