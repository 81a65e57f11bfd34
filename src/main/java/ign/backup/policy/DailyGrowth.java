package ign.backup.policy;

import ign.backup.model.BackupHeader;
import ign.backup.model.Catalog;
import ign.backup.model.CatalogEntry;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * How much something grows in a day, by the last backup of each day.
 *
 * <p>It is the median of the days: one import, one clean-up or one wrong date does not move it.
 */
final class DailyGrowth {

    private final List<CatalogEntry> lastOfDays;

    private DailyGrowth(List<CatalogEntry> lastOfDays) {
        this.lastOfDays = lastOfDays;
    }

    /** By these backups, of which those count that say when they were made. */
    static DailyGrowth of(List<CatalogEntry> backups) {
        var byDay = backups.stream()
                .filter(entry -> entry.header().origin().isPresent())
                .collect(Collectors.toMap(
                        DailyGrowth::day,
                        entry -> entry,
                        BinaryOperator.maxBy(Catalog.NEWEST_FIRST.reversed()),
                        TreeMap::new));
        return new DailyGrowth(List.copyOf(byDay.values()));
    }

    private static LocalDate day(CatalogEntry entry) {
        return entry.header()
                .origin()
                .map(BackupHeader.Origin::snapshotTime)
                .orElseThrow()
                .toLocalDate();
    }

    /** {@return of how many days it is known how much was added in them} */
    int days() {
        return Math.max(0, lastOfDays.size() - 1);
    }

    /** {@return how much more there was than a day before; below zero when it became less, 0 when no day is known} */
    double median(ToLongFunction<CatalogEntry> amount) {
        return Median.of(IntStream.range(1, lastOfDays.size())
                .mapToDouble(index -> growth(lastOfDays.get(index - 1), lastOfDays.get(index), amount)));
    }

    private static double growth(CatalogEntry before, CatalogEntry after, ToLongFunction<CatalogEntry> amount) {
        return (double) (amount.applyAsLong(after) - amount.applyAsLong(before))
                / ChronoUnit.DAYS.between(day(before), day(after));
    }
}
