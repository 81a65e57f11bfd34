package ign.backup.bench;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * How writers fared, in milliseconds.
 *
 * @param perSecond committed transactions
 * @param longestGap between two commits of any clients, or from the beginning to the first, or from the last to the end
 * @param failed transactions
 */
record Latencies(double perSecond, double p50, double p99, double p999, double longestGap, int failed) {

    /** Of transactions that took {@code nanos} each and ended at {@code ends}, both in any order. */
    static Latencies of(long began, long ended, long[] nanos, long[] ends, int failed) {
        Arrays.sort(nanos);
        var since = Arrays.stream(ends).map(end -> end - began).sorted().toArray();
        long gap = 0;
        long last = 0;
        for (long end : since) {
            gap = Math.max(gap, end - last);
            last = end;
        }
        gap = Math.max(gap, ended - began - last);
        return new Latencies(
                nanos.length / ((ended - began) / 1e9),
                millis(nanos, 0.5),
                millis(nanos, 0.99),
                millis(nanos, 0.999),
                gap / 1e6,
                failed);
    }

    /** {@return the median of each, and the sum of what failed} */
    static Latencies median(List<Latencies> rounds) {
        return new Latencies(
                median(rounds, Latencies::perSecond),
                median(rounds, Latencies::p50),
                median(rounds, Latencies::p99),
                median(rounds, Latencies::p999),
                median(rounds, Latencies::longestGap),
                rounds.stream().mapToInt(Latencies::failed).sum());
    }

    private static double median(List<Latencies> rounds, ToDoubleFunction<Latencies> figure) {
        var sorted = rounds.stream().mapToDouble(figure).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    private static double millis(long[] sorted, double share) {
        if (sorted.length == 0) {
            return Double.NaN;
        }
        int rank = (int) Math.ceil(share * sorted.length);
        return sorted[Math.max(0, rank - 1)] / 1e6;
    }
}
