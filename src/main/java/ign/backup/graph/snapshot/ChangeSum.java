package ign.backup.graph.snapshot;

/**
 * Tells whether the same elements were visited twice, in whatever order, without keeping them: large transactions change millions. Two
 * different sets have the same sum once in 2^64 times.
 */
final class ChangeSum {

    private long sum;

    void add(Kind kind, long id) {
        sum += spread(2 * id + (kind == Kind.NODE ? 0 : 1));
    }

    boolean isSameAs(ChangeSum other) {
        return sum == other.sum;
    }

    /** A bijection in which each bit of the result depends on each bit of the argument (the end of MurmurHash3). */
    private static long spread(long value) {
        long bits = value + 0x9e3779b97f4a7c15L;
        bits = (bits ^ (bits >>> 33)) * 0xff51afd7ed558ccdL;
        bits = (bits ^ (bits >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return bits ^ (bits >>> 33);
    }
}
