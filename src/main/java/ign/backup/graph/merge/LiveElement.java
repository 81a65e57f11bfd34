package ign.backup.graph.merge;

import java.util.Arrays;
import org.eclipse.collections.api.map.primitive.IntObjectMap;
import org.neo4j.values.storable.Value;

/**
 * An element of the database as a transaction sees it.
 *
 * @param tokens its labels or its type
 * @param start the start of a relationship
 * @param end the end of a relationship
 * @param properties per property key
 */
@SuppressWarnings("ArrayRecordComponent") // read by this package only, which never compares two
record LiveElement(long id, int[] tokens, long start, long end, IntObjectMap<Value> properties) {

    boolean has(int token) {
        return Arrays.stream(tokens).anyMatch(other -> other == token);
    }
}
