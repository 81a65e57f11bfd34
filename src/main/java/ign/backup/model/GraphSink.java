package ign.backup.model;

/**
 * What a graph shows itself to when it is backed up: first its schema, then all nodes, then all relationships.
 *
 * <p>{@link #key}, {@link #label}, {@link #type} turn a name into a handle once, so that elements are written without looking at
 * the name again. Handles belong to this sink; they may be asked for at any time and from any thread.
 */
public interface GraphSink {

    /** A name that this sink has seen. */
    interface Name {}

    /** {@return the handle of a property key} */
    Name key(String name);

    /** {@return the handle of a node label} */
    Name label(String name);

    /** {@return the handle of a relationship type} */
    Name type(String name);

    /** Takes the schema; called once, before any element. */
    void schema(GraphSchema schema);

    /**
     * Opens a writer for some of the nodes. Several may be open, each used by one thread; all are closed before the first
     * writer for relationships is opened.
     */
    ElementWriter nodes();

    /** Opens a writer for some of the relationships, as {@link #nodes()}. */
    ElementWriter relationships();

    /**
     * Begins to encode elements whose place comes later.
     *
     * @param nodes keeps the encoded nodes
     * @param relationships keeps the encoded relationships
     */
    ElementsAhead ahead(EncodedElements nodes, EncodedElements relationships);
}
