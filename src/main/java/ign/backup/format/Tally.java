package ign.backup.format;

import java.util.Arrays;

/** How many elements of one kind were written, and how many with each label or type. Safe for several threads. */
final class Tally {

    private long elements;
    private long[] perName = {};

    /** Adds what one writer has counted; {@code countsPerName} is indexed like the handles of the names. */
    synchronized void add(long count, long[] countsPerName) {
        elements += count;
        if (countsPerName.length > perName.length) {
            perName = Arrays.copyOf(perName, countsPerName.length);
        }
        for (int i = 0; i < countsPerName.length; i++) {
            perName[i] += countsPerName[i];
        }
    }

    /** Adds what another tally has counted. */
    void add(Tally other) {
        add(other.elements(), other.perName());
    }

    synchronized long elements() {
        return elements;
    }

    synchronized long[] perName() {
        return perName.clone();
    }
}
