package ign.backup.config;

/** Where a value comes from; a later one wins. */
public enum Origin {
    DEFAULT("default"),
    FILE("file"),
    SYSTEM_PROPERTY("system property"),
    ENVIRONMENT("environment"),
    CALL("call");

    private final String label;

    Origin(String label) {
        this.label = label;
    }

    /** {@return the word for people} */
    public String label() {
        return label;
    }
}
