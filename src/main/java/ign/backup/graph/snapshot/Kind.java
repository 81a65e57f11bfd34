package ign.backup.graph.snapshot;

/** The two kinds of elements; ids of one say nothing about the other. */
public enum Kind {
    NODE("node", "nodes"),
    RELATIONSHIP("relationship", "relationships");

    private final String one;
    private final String many;

    Kind(String one, String many) {
        this.one = one;
        this.many = many;
    }

    /** {@return the name of one of them} */
    public String one() {
        return one;
    }

    /** {@return the name of several} */
    public String many() {
        return many;
    }
}
