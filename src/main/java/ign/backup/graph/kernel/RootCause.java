package ign.backup.graph.kernel;

/** The innermost cause of a failure: Neo4j wraps it, and what is around it says little. */
public final class RootCause {

    private RootCause() {}

    /** {@return what it says, or what it is if it says nothing} */
    public static String message(Throwable failure) {
        var root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getMessage() == null ? root.toString() : String.valueOf(root.getMessage());
    }
}
