package ign.backup.policy;

import ign.backup.model.BackupHeader;
import ign.backup.model.CatalogEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What the backups of one tier will take.
 *
 * @param going sizes of those that retention can let go, newest first, in bytes
 * @param pauseDays from one to the next, in days; infinite when only one was made, or none for long
 * @param sizeBytes of the newest
 * @param growthBytes by which one that is made a day later is larger
 * @param most so many are kept
 */
record TierForecast(List<Long> going, double pauseDays, long sizeBytes, double growthBytes, long most) {

    private static final double SECONDS_OF_A_DAY = Duration.ofDays(1).toSeconds();

    /** A tier of which none was made for so many of its usual pauses is no longer in use. */
    private static final int LONGEST_SILENCE = 3;

    /**
     * By what was made.
     *
     * @param made all of the tier, at least one, newest first
     * @param going those of them that are there and that retention can let go
     * @param latest the newest backup of any tier
     */
    static TierForecast of(
            List<CatalogEntry> made, List<CatalogEntry> going, CatalogEntry latest, RetentionPolicy policy) {
        var tier = made.get(0).header().tier();
        var usual = Median.of(
                IntStream.range(1, made.size()).mapToDouble(index -> days(made.get(index), made.get(index - 1))));
        var inUse = usual > 0 && days(made.get(0), latest) <= LONGEST_SILENCE * usual;
        var byAge = policy.maxAge(tier)
                .filter(age -> inUse)
                .map(age -> (long) (age.toSeconds() / SECONDS_OF_A_DAY / usual) + 1)
                .orElse(Long.MAX_VALUE);
        var byNumber = policy.maxBackups(tier);
        return new TierForecast(
                going.stream().map(CatalogEntry::sizeBytes).toList(),
                inUse ? usual : Double.POSITIVE_INFINITY,
                made.get(0).sizeBytes(),
                Math.max(0, DailyGrowth.of(made).median(CatalogEntry::sizeBytes)),
                byNumber.isPresent() ? Math.min(byNumber.getAsInt(), byAge) : byAge);
    }

    private static double days(CatalogEntry before, CatalogEntry after) {
        return Duration.between(time(before), time(after)).toSeconds() / SECONDS_OF_A_DAY;
    }

    private static Instant time(CatalogEntry entry) {
        return entry.header()
                .origin()
                .map(BackupHeader.Origin::snapshotTime)
                .orElseThrow()
                .toInstant();
    }

    long bytesNow() {
        return going.stream().mapToLong(Long::longValue).sum();
    }

    /** {@return how large one is that is made in so many days} */
    long nextBytes(long days) {
        return (long) (sizeBytes + growthBytes * days);
    }

    /** {@return what those take that are there in so many days} */
    long bytesIn(long days) {
        var made = (long) (days / pauseDays);
        var kept = Math.min(made + going.size(), most);
        var newOnes = Math.min(made, kept);
        var oldOnes =
                going.stream().limit(kept - newOnes).mapToLong(Long::longValue).sum();
        return oldOnes + (made == 0 ? 0 : newBytes(made, newOnes));
    }

    /** The last {@code count} of {@code made} ones, of which each is larger than the one before by the same amount. */
    private long newBytes(long made, long count) {
        var mean = sizeBytes + growthBytes * pauseDays * (2 * made - count + 1) / 2;
        return (long) (mean * count);
    }
}
