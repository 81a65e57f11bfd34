package ign.backup.graph.merge;

import java.util.Arrays;
import org.neo4j.values.storable.Value;

/** Tells whether two values are stored alike: of the same type, and with the same bits. */
final class SameValue {

    private SameValue() {}

    /** Neo4j's own equality takes a short 1 for a long 1, and 0.0 for -0.0. */
    static boolean is(Value one, Value other) {
        var some = one.asObject();
        var others = other.asObject();
        if (some.getClass() != others.getClass()) {
            return false;
        }
        if (some instanceof Double number) {
            return Double.doubleToRawLongBits(number) == Double.doubleToRawLongBits((Double) others);
        }
        if (some instanceof Float number) {
            return Float.floatToRawIntBits(number) == Float.floatToRawIntBits((Float) others);
        }
        if (some instanceof double[] numbers) {
            return Arrays.equals(bits(numbers), bits((double[]) others));
        }
        if (some instanceof float[] numbers) {
            return Arrays.equals(bits(numbers), bits((float[]) others));
        }
        return Arrays.deepEquals(new Object[] {some}, new Object[] {others});
    }

    private static long[] bits(double[] numbers) {
        return Arrays.stream(numbers).mapToLong(Double::doubleToRawLongBits).toArray();
    }

    private static int[] bits(float[] numbers) {
        var bits = new int[numbers.length];
        for (int i = 0; i < bits.length; i++) {
            bits[i] = Float.floatToRawIntBits(numbers[i]);
        }
        return bits;
    }
}
