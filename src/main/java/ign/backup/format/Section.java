package ign.backup.format;

/** The two parts of a document that hold elements. */
public enum Section {
    NODES("nodes", "node"),
    RELATIONSHIPS("relationships", "relationship");

    private final String field;
    private final String element;

    Section(String field, String element) {
        this.field = field;
        this.element = element;
    }

    /** {@return its field in the document} */
    public String field() {
        return field;
    }

    /** {@return what one element of it is called} */
    public String element() {
        return element;
    }
}
