package ign.backup.model;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;

/** Finds what someone probably meant who wrote a name that is not known. */
public final class NearestName {

    private NearestName() {}

    /** {@return the one of {@code names}, of which there is at least one, that is nearest to {@code name}} */
    public static String to(String name, Collection<String> names) {
        return names.stream()
                .min(Comparator.comparingInt((String candidate) -> distance(fold(name), fold(candidate)))
                        .thenComparing(Comparator.naturalOrder()))
                .orElseThrow();
    }

    /** Case, dots, hyphens and underscores are what people mix up most. */
    private static String fold(String name) {
        return name.toLowerCase(Locale.ROOT).replace("_", "").replace(".", "").replace("-", "");
    }

    /** The fewest letters to insert, remove or change that make one of the other. */
    private static int distance(String one, String other) {
        var row = new int[other.length() + 1];
        for (var column = 0; column <= other.length(); column++) {
            row[column] = column;
        }
        for (var line = 1; line <= one.length(); line++) {
            var diagonal = row[0];
            row[0] = line;
            for (var column = 1; column <= other.length(); column++) {
                var change = diagonal + (one.charAt(line - 1) == other.charAt(column - 1) ? 0 : 1);
                diagonal = row[column];
                row[column] = Math.min(change, Math.min(row[column], row[column - 1]) + 1);
            }
        }
        return row[other.length()];
    }
}
