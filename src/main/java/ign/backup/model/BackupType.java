package ign.backup.model;

/** What a backup file holds, as the header field {@code backup_type} says it. */
public enum BackupType {
    FULL("full"),
    INCREMENTAL("incremental"),
    INITIAL("initial");

    private final String label;

    BackupType(String label) {
        this.label = label;
    }

    /** {@return the word in the header} */
    public String label() {
        return label;
    }
}
