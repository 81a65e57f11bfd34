package ign.backup.policy;

import ign.backup.model.Catalog;
import ign.backup.model.DatabaseName;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Thresholds with which about one automatic backup a day would have been made.
 *
 * @param nodes so many nodes more
 * @param relationships so many relationships more
 * @param reason one clause: what it was derived from
 */
public record ThresholdSuggestion(long nodes, long relationships, String reason) {

    private static final int FEWEST_BACKUPS = 5;
    private static final int FEWEST_DAYS = 3;

    /** Below it a graph that hardly changes would be backed up for a handful of elements. */
    private static final long LEAST = 10;

    /** {@return a suggestion by the backups of a database and their history; empty while those are too few to tell} */
    public static Optional<ThresholdSuggestion> from(Catalog catalog, DatabaseName database) {
        var backups = Stream.concat(catalog.backups().stream(), catalog.history().stream())
                .filter(entry -> entry.header().origin().isPresent() && entry.isOf(database))
                .toList();
        var growth = DailyGrowth.of(backups);
        if (backups.size() < FEWEST_BACKUPS || growth.days() < FEWEST_DAYS) {
            return Optional.empty();
        }
        var nodes = growth.median(entry -> entry.header().nodeCount());
        var relationships = growth.median(entry -> entry.header().relationshipCount());
        return Optional.of(new ThresholdSuggestion(
                readable(nodes),
                readable(relationships),
                String.format(
                        Locale.ROOT,
                        "the median of %d days in %d backups is %+.0f nodes and %+.0f relationships a day",
                        growth.days(),
                        backups.size(),
                        nodes,
                        relationships)));
    }

    /** {@return the number with two digits that are not zero, not rounded up, or it would be reached on fewer days} */
    private static long readable(double growth) {
        var number = (long) growth;
        var step = 1L;
        while (number / step >= 100) {
            step *= 10;
        }
        return Math.max(LEAST, number / step * step);
    }
}
