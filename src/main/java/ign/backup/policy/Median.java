package ign.backup.policy;

import java.util.stream.DoubleStream;

/** The middle of numbers, which a few odd ones do not move. */
final class Median {

    private Median() {}

    /** {@return the middle one, or the mean of the two in the middle; 0 of no numbers} */
    static double of(DoubleStream numbers) {
        var sorted = numbers.sorted().toArray();
        var middle = sorted.length / 2;
        if (sorted.length == 0) {
            return 0;
        }
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
