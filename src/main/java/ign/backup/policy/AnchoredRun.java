package ign.backup.policy;

import ign.backup.model.BackupHeader;
import ign.backup.model.Catalog;
import ign.backup.model.CatalogEntry;
import ign.backup.model.Tier;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** One pass of the retention from the newest backup to the oldest, which judges all of them by one good backup, the anchor. */
final class AnchoredRun {

    private final RetentionPolicy policy;
    private final CatalogEntry anchor;
    private final BackupAges ages;
    private final Map<Tier, Integer> kept = new EnumMap<>(Tier.class);

    AnchoredRun(RetentionPolicy policy, CatalogEntry anchor, BackupAges ages) {
        this.policy = policy;
        this.anchor = anchor;
        this.ages = ages;
        kept.put(anchor.header().tier(), 1);
    }

    boolean isAnchor(CatalogEntry entry) {
        return anchor.equals(entry);
    }

    Decision decide(CatalogEntry entry) {
        var foreign = foreign(entry);
        if (foreign.isPresent()) {
            return Decision.keep(entry, foreign.get());
        }
        return switch (entry.state()) {
            case UNRECORDED, UNPROVEN ->
                Decision.keep(entry, "it is " + entry.state().label() + ", so nobody knows what would be lost");
            case REMOVING -> Decision.remove(entry, "its removal had begun");
            case MISSING -> Decision.remove(entry, "its file is gone");
            case REMOVED -> Decision.remove(entry, "it was removed before");
            case GOOD, DAMAGED -> decideByPolicy(entry);
        };
    }

    private Optional<String> foreign(CatalogEntry entry) {
        var mine = origin(anchor);
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

    private static Optional<BackupHeader.Origin> origin(CatalogEntry entry) {
        return entry.header().origin();
    }

    private Decision decideByPolicy(CatalogEntry entry) {
        var most = policy.maxBackups(entry.header().tier());
        var longest = policy.maxAge(entry.header().tier());
        if (Catalog.NEWEST_FIRST.compare(entry, anchor) < 0) {
            return Decision.keep(entry, "it is dated later than '" + anchor.name() + "'");
        }
        if (most.isPresent() && !entry.isGood()) {
            return Decision.remove(entry, "it is damaged, and '" + anchor.name() + "' is newer and good");
        }
        var tooOld = longest.flatMap(limit -> removalByAge(entry, limit));
        if (tooOld.isPresent()) {
            return tooOld.get();
        }
        return most.isPresent()
                ? decideByNumber(entry, most.getAsInt())
                : Decision.keep(
                        entry,
                        tierOf(entry)
                                + longest.map(limit -> " keeps " + TimeInWords.of(limit))
                                        .orElse(" has no limit"));
    }

    private Optional<Decision> removalByAge(CatalogEntry entry, Duration limit) {
        return origin(entry)
                .map(ages::of)
                .filter(age -> age.compareTo(limit) > 0)
                .map(age -> Decision.remove(
                        entry,
                        tierOf(entry) + " keeps " + TimeInWords.of(limit) + ", and it is " + TimeInWords.of(age)
                                + " old"));
    }

    private Decision decideByNumber(CatalogEntry entry, int most) {
        var tier = entry.header().tier();
        if (kept.getOrDefault(tier, 0) < most) {
            kept.merge(tier, 1, Integer::sum);
            return Decision.keep(entry, tierOf(entry) + " keeps " + most);
        }
        return Decision.remove(entry, tierOf(entry) + " keeps " + most + ", and newer good ones are there");
    }

    private static String tierOf(CatalogEntry entry) {
        return "tier '" + entry.header().tier().label() + "'";
    }
}
