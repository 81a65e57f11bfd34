package ign.backup.proof;

import java.time.Duration;

/** How long and how large: seconds in {@code mvn verify}, minutes with {@code -Pproof}. */
final class Extent {

    private static final long MINUTES = Long.getLong("proof.minutes", 0);

    private Extent() {}

    static boolean isLong() {
        return MINUTES > 0;
    }

    /** {@return how long writers write and backups follow each other} */
    static Duration load() {
        return isLong() ? Duration.ofMinutes(MINUTES) : Duration.ofSeconds(12);
    }

    /** {@return the same for a case beside the main one} */
    static Duration side() {
        return isLong() ? Duration.ofMinutes(Math.max(1, MINUTES / 5)) : Duration.ofSeconds(5);
    }

    /** {@return how many backups are restored} */
    static int restores() {
        return isLong() ? 10 : 2;
    }

    /** {@return how many elements one transaction changes} */
    static int largeTransaction() {
        return isLong() ? 500_000 : 150_000;
    }
}
