package ign.backup.graph.merge;

import org.neo4j.values.storable.NumberValue;
import org.neo4j.values.storable.TextValue;
import org.neo4j.values.storable.Value;

/**
 * Hashes of 64 bits in which equal values agree, whatever their stored type. Among ten million different ones two agree with a
 * probability of three in a million; so nothing is written on the word of a hash alone.
 */
final class Hashes {

    private static final long FACTOR = 0x9E3779B97F4A7C15L;

    /** From here on not every whole number is a long. */
    private static final double TOO_LARGE = 0x1p63;

    private Hashes() {}

    static long of(long seed, Value[] values) {
        long hash = seed;
        for (var value : values) {
            hash = mix(hash, of(value));
        }
        return hash;
    }

    private static long of(Value value) {
        if (value instanceof NumberValue number) {
            return of(number);
        }
        if (value instanceof TextValue text) {
            return of(text.stringValue());
        }
        var plain = value.asObject();
        return plain.getClass().isArray() || plain instanceof Value
                ? mix(3, value.hashCode())
                : mix(4, of(plain.toString()));
    }

    private static long of(NumberValue number) {
        double approximate = number.doubleValue();
        boolean whole = approximate == Math.rint(approximate) && Math.abs(approximate) < TOO_LARGE;
        if (number.asObject() instanceof Double || number.asObject() instanceof Float) {
            return whole ? mix(1, (long) approximate) : mix(2, Double.doubleToLongBits(approximate));
        }
        return mix(1, number.longValue());
    }

    static long of(String text) {
        long hash = text.length();
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * FACTOR;
            hash ^= hash >>> 32;
        }
        return mix(5, hash);
    }

    /** {@return a hash of both, in this order} */
    static long mix(long one, long other) {
        long hash = (one + FACTOR) * 0xBF58476D1CE4E5B9L + other;
        hash = (hash ^ (hash >>> 30)) * 0xBF58476D1CE4E5B9L;
        hash = (hash ^ (hash >>> 27)) * 0x94D049BB133111EBL;
        return hash ^ (hash >>> 31);
    }
}
