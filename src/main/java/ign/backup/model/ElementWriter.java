package ign.backup.model;

import ign.backup.model.GraphSink.Name;

/**
 * Takes elements, one after the other, on one thread: the properties of an element, then {@link #node} or {@link #relationship},
 * which ends it. An element that is begun and not ended can be thrown away with {@link #forget}.
 *
 * <p>Values are the Java types of {@link ValueType}. The four kinds that nearly all values have come as primitives.
 *
 * <p>Only {@link #begin}, {@link #encoded} and {@link #close} may wait for the storage, and throw what it throws. The first property
 * of an element, or its end when it has none, begins it if nobody has.
 */
public interface ElementWriter extends AutoCloseable {

    /** Makes room for the next element. What fails afterwards, until the element ends, is the fault of the element. */
    void begin();

    /** A property of the element that ends next: a 64-bit integer. */
    void property(Name key, long value);

    /** A property that is a 64-bit floating point number. */
    void property(Name key, double value);

    /** A property that is a boolean. */
    void property(Name key, boolean value);

    /** A property that is a string. */
    void property(Name key, String value);

    /** A property that is a string, as well-formed UTF-8: what a store holds, without decoding and encoding it. */
    void utf8Property(Name key, byte[] value);

    /** A property of any other type of {@link ValueType}. */
    void property(Name key, Object value);

    /** Ends a node. */
    void node(long id, Name[] labels, int labelCount);

    /** Ends a relationship. */
    void relationship(long id, Name type, long startId, long endId);

    /** Throws away the properties that were given since the last element ended. */
    void forget();

    /** Takes elements that a writer ahead of its place has encoded, as they were handed to {@link EncodedElements#add}. */
    void encoded(byte[] elements, int offset, int length);

    /** Hands over what is left; without it the elements of this writer are not in the backup. */
    @Override
    void close();
}
