package ign.backup.graph.merge;

import java.util.Arrays;
import org.eclipse.collections.impl.set.mutable.primitive.LongHashSet;

/** Finds the hashes that occur more than once: 8 bytes for each that is added, until they are sorted. */
final class Repeated {

    private long[] all = new long[1024];
    private int count;
    private final LongHashSet repeated = new LongHashSet();

    void add(long hash) {
        if (count == all.length) {
            all = Arrays.copyOf(all, (int) Math.min(count * 3L / 2, Integer.MAX_VALUE - 8));
        }
        all[count++] = hash;
    }

    /** Nothing is added after it; frees what is needed no more. */
    void seal() {
        Arrays.sort(all, 0, count);
        for (int i = 1; i < count; i++) {
            if (all[i] == all[i - 1]) {
                repeated.add(all[i]);
            }
        }
        all = new long[1];
        count = 0;
    }

    boolean contains(long hash) {
        return repeated.contains(hash);
    }
}
