package ign.backup.cli;

import java.time.Duration;
import java.util.Locale;

/** Amounts as people read them. */
final class People {

    private static final String[] UNITS = {"kB", "MB", "GB", "TB", "PB"};

    private People() {}

    /** {@return such as {@code 512 B}, {@code 1.4 MB}: thousands, as disks are sold} */
    static String size(long bytes) {
        if (bytes < 1_000) {
            return bytes + " B";
        }
        double amount = bytes;
        int unit = -1;
        do {
            amount /= 1_000;
            unit++;
        } while (amount >= 999.95 && unit < UNITS.length - 1);
        return String.format(Locale.ROOT, "%.1f %s", amount, UNITS[unit]);
    }

    /** {@return such as {@code 1,234,567}} */
    static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** {@return such as {@code 850 ms}, {@code 12.3 s}, {@code 4 min 5 s}, {@code 2 h 10 min}, {@code 3 d 4 h}} */
    static String time(Duration time) {
        if (time.toMillis() < 1_000) {
            return time.toMillis() + " ms";
        }
        if (time.toSeconds() < 60) {
            return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
        }
        if (time.toMinutes() < 60) {
            return time.toMinutes() + " min " + time.toSecondsPart() + " s";
        }
        return time.toHours() < 24
                ? time.toHours() + " h " + time.toMinutesPart() + " min"
                : time.toDays() + " d " + time.toHoursPart() + " h";
    }
}
