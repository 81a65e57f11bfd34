package ign.backup.model;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Why a backup exists: who asked for it, and so how long it lives. */
public enum Tier {
    MANUAL("manual"),
    AUTO("auto"),
    DAILY("daily"),
    WEEKLY("weekly"),
    MONTHLY("monthly"),
    PRE_UPGRADE("pre-upgrade"),
    INITIAL("initial");

    private final String label;

    Tier(String label) {
        this.label = label;
    }

    /** {@return the word used in options, metadata, rows and metrics} */
    public String label() {
        return label;
    }

    /**
     * {@return the tier of that word}
     *
     * @throws BackupException.BadRequest for any other word
     */
    public static Tier of(String word) {
        return Arrays.stream(values())
                .filter(tier -> tier.label.equals(word))
                .findFirst()
                .orElseThrow(() -> new BackupException.BadRequest(
                        "tier '" + word + "' is not known",
                        "Use one of "
                                + Arrays.stream(values())
                                        .map(t -> "'" + t.label + "'")
                                        .collect(Collectors.joining(", "))
                                + "."));
    }
}
