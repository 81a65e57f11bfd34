package ign.backup.policy;

import ign.backup.model.BackupHeader;
import ign.backup.model.Catalog;
import ign.backup.model.CatalogEntry;
import ign.backup.model.DatabaseName;
import ign.backup.model.Tier;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which backups go, and why the others stay.
 *
 * <p>Every decision starts from one good backup, the anchor, which stays. Only what is older than the anchor can go, and only
 * backups of the same database and store as the anchor. Without an anchor nothing good goes. Nothing here knows the clock: a
 * backup dated after the anchor is left alone and does not push others out.
 */
public final class Retention {

    private static final Set<Tier> NEVER_REMOVED = Set.of(Tier.INITIAL, Tier.PRE_UPGRADE);

    private final RetentionPolicy policy;

    public Retention(RetentionPolicy policy) {
        this.policy = policy;
    }

    /**
     * {@return what to do with each backup once a new one has been verified; newest first, which is the order to remove in}
     *
     * @param verified the new backup, which stays even when the clock was set back and others look newer
     */
    public List<Decision> afterBackup(Catalog catalog, CatalogEntry verified) {
        return new Run(catalog.find(verified.name()).filter(CatalogEntry::isGood)).decide(catalog);
    }

    /**
     * {@return what to do with each backup when an operator asks for it; newest first, which is the order to remove in}
     *
     * @param now backups dated later are left alone
     */
    public List<Decision> byHand(Catalog catalog, DatabaseName database, Instant now) {
        var newest = catalog.backups().stream()
                .filter(CatalogEntry::isGood)
                .filter(entry ->
                        origin(entry).filter(o -> isOf(o, database, now)).isPresent())
                .findFirst();
        return new Run(newest).decide(catalog);
    }

    private static boolean isOf(BackupHeader.Origin origin, DatabaseName database, Instant now) {
        return origin.database().equals(database)
                && !origin.snapshotTime().toInstant().isAfter(now);
    }

    private static Optional<BackupHeader.Origin> origin(CatalogEntry entry) {
        return entry.header().origin();
    }

    /** One pass over the catalog, from the newest backup to the oldest. */
    private final class Run {

        private final Optional<CatalogEntry> anchor;
        private final Map<Tier, Integer> kept = new EnumMap<>(Tier.class);

        private Run(Optional<CatalogEntry> anchor) {
            this.anchor = anchor;
        }

        private List<Decision> decide(Catalog catalog) {
            anchor.ifPresent(entry -> kept.merge(entry.header().tier(), 1, Integer::sum));
            return catalog.backups().stream().map(this::decide).toList();
        }

        private Decision decide(CatalogEntry entry) {
            if (anchor.filter(entry::equals).isPresent()) {
                return Decision.keep(entry, "it is good, and the others are judged by it");
            }
            if (entry.pinned()) {
                return Decision.keep(entry, "it is pinned");
            }
            if (NEVER_REMOVED.contains(entry.header().tier())) {
                return Decision.keep(
                        entry, "backups of tier '" + entry.header().tier().label() + "' are removed by hand only");
            }
            return anchor.map(newest -> decide(entry, newest))
                    .orElseGet(() -> Decision.keep(entry, "there is no newer good backup"));
        }

        private Decision decide(CatalogEntry entry, CatalogEntry newest) {
            var foreign = foreign(entry, newest);
            if (foreign.isPresent()) {
                return Decision.keep(entry, foreign.get());
            }
            return switch (entry.state()) {
                case UNRECORDED, UNPROVEN ->
                    Decision.keep(entry, "it is " + entry.state().label() + ", so nobody knows what would be lost");
                case REMOVING -> Decision.remove(entry, "its removal had begun");
                case MISSING -> Decision.remove(entry, "its file is gone");
                case REMOVED -> Decision.remove(entry, "it was removed before");
                case GOOD, DAMAGED -> decideByAge(entry, newest);
            };
        }

        private Decision decideByAge(CatalogEntry entry, CatalogEntry newest) {
            var tier = entry.header().tier();
            var most = policy.of(tier);
            if (Catalog.NEWEST_FIRST.compare(entry, newest) < 0) {
                return Decision.keep(entry, "it is dated later than '" + newest.name() + "'");
            }
            if (most.isEmpty()) {
                return Decision.keep(entry, "tier '" + tier.label() + "' has no limit");
            }
            if (!entry.isGood()) {
                return Decision.remove(entry, "it is damaged, and '" + newest.name() + "' is newer and good");
            }
            if (kept.getOrDefault(tier, 0) < most.getAsInt()) {
                kept.merge(tier, 1, Integer::sum);
                return Decision.keep(entry, "tier '" + tier.label() + "' keeps " + most.getAsInt());
            }
            return Decision.remove(
                    entry, "tier '" + tier.label() + "' keeps " + most.getAsInt() + ", and newer good ones are there");
        }

        private Optional<String> foreign(CatalogEntry entry, CatalogEntry newest) {
            var mine = origin(newest);
            var its = origin(entry);
            if (its.isEmpty() || mine.isEmpty()) {
                return Optional.of("it does not say which database it holds");
            }
            if (!its.get().database().equals(mine.get().database())) {
                return Optional.of("it holds another database, '" + its.get().database() + "'");
            }
            if (!its.get().storeId().equals(mine.get().storeId())) {
                return Optional.of("it holds another store of this name, such as that of another server");
            }
            return Optional.empty();
        }
    }
}
