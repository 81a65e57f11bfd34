package ign.backup.policy;

import ign.backup.model.BackupHeader;
import ign.backup.model.Catalog;
import ign.backup.model.CatalogEntry;
import ign.backup.model.Tier;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * How old backups are, as other backups prove it, without a clock.
 *
 * <p>The age of a backup is the time from it to the anchor, summed over the gaps between the backups that were made in between, of
 * which those count, too, that were removed since. A gap counts for no more than the rhythm of the tier: a daily backup grows older
 * by a day at most for each backup that follows it, a monthly one by 31 days. So time in which no backup succeeded makes none
 * older, and neither does a clock that jumped: one backup with a date that is years ahead costs a tier what its next one would.
 */
final class BackupAges {

    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration WEEK = Duration.ofDays(7);

    /** The longest one. A mean month would let a backup of a long month seem younger than it is. */
    private static final Duration MONTH = Duration.ofDays(31);

    private final List<Instant> steps;

    private BackupAges(List<Instant> steps) {
        this.steps = steps;
    }

    /** Ages as seen from {@code anchor}, by the good backups of its database and store and by the history. */
    static BackupAges seenFrom(CatalogEntry anchor, Catalog catalog) {
        return new BackupAges(anchor.header().origin().stream()
                .flatMap(mine -> Stream.concat(
                                catalog.backups().stream().filter(CatalogEntry::isGood), catalog.history().stream())
                        .flatMap(entry -> entry.header().origin().stream())
                        .filter(its -> isOfOneLine(its, mine))
                        .map(its -> its.snapshotTime().toInstant())
                        .filter(time -> !time.isAfter(mine.snapshotTime().toInstant())))
                .sorted(Comparator.reverseOrder())
                .toList());
    }

    private static boolean isOfOneLine(BackupHeader.Origin its, BackupHeader.Origin mine) {
        return its.database().equals(mine.database()) && its.storeId().equals(mine.storeId());
    }

    /** {@return the age of a backup that is not newer than the anchor, in whole hours} */
    Duration of(BackupHeader.Origin backup) {
        var longest = rhythm(backup.tier());
        var oldest = backup.snapshotTime().toInstant();
        var age = Duration.ZERO;
        for (var index = 0; index < steps.size() && steps.get(index).isAfter(oldest); index++) {
            var next = index + 1 < steps.size() && steps.get(index + 1).isAfter(oldest) ? steps.get(index + 1) : oldest;
            var gap = Duration.between(next, steps.get(index));
            age = age.plus(gap.compareTo(longest) < 0 ? gap : longest);
        }
        return age.truncatedTo(ChronoUnit.HOURS);
    }

    /** Backups that are made when somebody asks have none; a day is the most careful of them. */
    private static Duration rhythm(Tier tier) {
        return switch (tier) {
            case WEEKLY -> WEEK;
            case MONTHLY -> MONTH;
            case DAILY, MANUAL, AUTO, PRE_UPGRADE, INITIAL -> DAY;
        };
    }
}
