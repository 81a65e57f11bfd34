package ign.backup.graph.snapshot;

/** Which elements a transaction changes, at the moment it is asked. */
public interface Changes {

    /** Is told one element after the other. */
    @FunctionalInterface
    interface Visitor {
        void element(Kind kind, long id);
    }

    /** Visits the elements that did not exist before the transaction. */
    void created(Visitor visitor);

    /**
     * Visits the elements that existed before and were changed or deleted: labels or properties, not what hangs on them. Those that
     * the transaction created may come here too.
     */
    void replaced(Visitor visitor);
}
