package ign.backup.graph.merge;

import org.neo4j.exceptions.KernelException;
import org.neo4j.values.storable.Value;

/** Where a merge puts what it has decided. */
interface Changes {

    /** {@return the id of the new node in the database, or {@link NodeIdMap#WOULD_BE_CREATED}} */
    long create(FileElement.OfNode node, LiveGraph live) throws KernelException;

    /** {@return the id of the new relationship, or {@link NodeIdMap#WOULD_BE_CREATED}} */
    long create(FileElement.OfRelationship relationship, long start, long end, LiveGraph live) throws KernelException;

    /** Gives an element what it lacks. */
    void update(FileElement file, LiveElement before, Change change, LiveGraph live) throws KernelException;

    /** {@return whether that element has these values, whatever their stored types, after all that was decided} */
    boolean has(LiveElement element, Shape shape, Value[] values);

    /** {@return whether another element of the file would have these values, although none has them in the database} */
    boolean isTaken(Shape shape, Value[] values, FileElement by);
}
