package ign.backup.policy;

import ign.backup.model.BackupHeader;
import ign.backup.model.Catalog;
import ign.backup.model.CatalogEntry;
import ign.backup.model.CatalogEntry.State;
import ign.backup.model.DatabaseName;
import ign.backup.model.Tier;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * How large the backup folder becomes when backups go on being made, and growing, as they did, and retention lets go as it does.
 *
 * <p>What retention never lets go (pinned, of another store, not verified) stays as large as it is. Backups that became smaller are
 * taken to stay as they are now.
 */
public final class GrowthForecast {

    /** Beyond it nobody knows. */
    private static final long FARTHEST_DAY = 3650;

    private final List<TierForecast> tiers;
    private final long lastingBytes;
    private final long bytesNow;

    private GrowthForecast(List<TierForecast> tiers, long lastingBytes, long bytesNow) {
        this.tiers = List.copyOf(tiers);
        this.lastingBytes = lastingBytes;
        this.bytesNow = bytesNow;
    }

    /** {@return the forecast by the backups of a database and their history; empty without a good backup of it} */
    public static Optional<GrowthForecast> of(Catalog catalog, DatabaseName database, RetentionPolicy policy) {
        return catalog.backups().stream()
                .filter(entry -> entry.isGood() && originOf(entry, database).isPresent())
                .findFirst()
                .map(newest -> of(catalog, originOf(newest, database).orElseThrow(), policy));
    }

    private static Optional<BackupHeader.Origin> originOf(CatalogEntry entry, DatabaseName database) {
        return entry.header().origin().filter(origin -> origin.database().equals(database));
    }

    private static GrowthForecast of(Catalog catalog, BackupHeader.Origin newest, RetentionPolicy policy) {
        var all = Stream.concat(catalog.backups().stream(), catalog.history().stream())
                .filter(entry -> originOf(entry, newest.database()).isPresent())
                .sorted(Catalog.NEWEST_FIRST)
                .toList();
        var stored = catalog.backups().stream()
                .filter(entry -> entry.state() != State.MISSING && entry.state() != State.REMOVED)
                .toList();
        var tiers = new ArrayList<TierForecast>();
        for (var tier : Tier.values()) {
            var made =
                    all.stream().filter(entry -> entry.header().tier() == tier).toList();
            var going = stored.stream()
                    .filter(entry -> isGoing(entry, tier, newest))
                    .toList();
            if (!made.isEmpty()) {
                tiers.add(TierForecast.of(made, going, all.get(0), policy));
            }
        }
        var bytesNow = stored.stream().mapToLong(CatalogEntry::sizeBytes).sum();
        var goingBytes = tiers.stream().mapToLong(TierForecast::bytesNow).sum();
        return new GrowthForecast(tiers, bytesNow - goingBytes, bytesNow);
    }

    private static boolean isGoing(CatalogEntry entry, Tier tier, BackupHeader.Origin newest) {
        return entry.isGood()
                && !entry.pinned()
                && entry.header().tier() == tier
                && originOf(entry, newest.database())
                        .filter(origin -> origin.storeId().equals(newest.storeId()))
                        .isPresent();
    }

    /** {@return how many bytes the backups in the folder take} */
    public long bytesNow() {
        return bytesNow;
    }

    /** {@return how many bytes they take in so many days} */
    public long bytesIn(long days) {
        return lastingBytes
                + tiers.stream().mapToLong(tier -> tier.bytesIn(days)).sum();
    }

    /**
     * {@return in how many days so much free space is used up, so that the next backup has no room beside those that are there; 0
     * when that is so today, empty when it is not so within ten years}
     */
    public OptionalLong daysUntilFull(long freeBytes) {
        return LongStream.rangeClosed(0, FARTHEST_DAY)
                .filter(day -> bytesIn(day) + nextBytes(day) - bytesNow > freeBytes)
                .findFirst();
    }

    private long nextBytes(long day) {
        return tiers.stream().mapToLong(tier -> tier.nextBytes(day)).max().orElse(0);
    }
}
