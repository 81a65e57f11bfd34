package ign.backup.model;

/**
 * What a backup file shows itself to when it is verified or restored.
 *
 * <p>Called on one thread, in the order of the file; where several threads read a file, each has a visitor of its own and shows it
 * a part of the elements. Elements are reused: what a visitor wants to keep it copies before it
 * returns.
 */
public interface GraphVisitor {

    /** The schema; not called for a file that has none (format 1.0). It may come before or after the elements. */
    default void schema(GraphSchema schema) {}

    /** One node. */
    default void node(Element.Node node) {}

    /** One relationship. */
    default void relationship(Element.Relationship relationship) {}
}
