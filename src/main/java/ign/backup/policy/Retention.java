package ign.backup.policy;

import ign.backup.model.BackupHeader;
import ign.backup.model.BackupName;
import ign.backup.model.Catalog;
import ign.backup.model.CatalogEntry;
import ign.backup.model.DatabaseName;
import ign.backup.model.Tier;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Which backups go, and why the others stay.
 *
 * <p>Every decision starts from one good backup, the anchor, which stays. Only what is older than the anchor can go, and only
 * backups of the same database and store as the anchor. Without an anchor nothing good goes. Nothing here knows the clock: a
 * backup dated after the anchor is left alone and does not push others out, and {@link BackupAges ages} are proven by backups. What
 * a backup that stays builds on stays, too, whatever else is said about it.
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
        return decide(catalog, catalog.find(verified.name()).filter(CatalogEntry::isGood));
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
        return decide(catalog, newest);
    }

    private static boolean isOf(BackupHeader.Origin origin, DatabaseName database, Instant now) {
        return origin.database().equals(database)
                && !origin.snapshotTime().toInstant().isAfter(now);
    }

    private static Optional<BackupHeader.Origin> origin(CatalogEntry entry) {
        return entry.header().origin();
    }

    private List<Decision> decide(Catalog catalog, Optional<CatalogEntry> anchor) {
        var run = anchor.map(good -> new AnchoredRun(policy, good, BackupAges.seenFrom(good, catalog)));
        return keepParents(
                catalog.backups().stream().map(entry -> decide(entry, run)).toList());
    }

    private static Decision decide(CatalogEntry entry, Optional<AnchoredRun> run) {
        var tier = entry.header().tier();
        if (run.filter(started -> started.isAnchor(entry)).isPresent()) {
            return Decision.keep(entry, "it is good, and the others are judged by it");
        }
        if (entry.pinned()) {
            return Decision.keep(entry, "it is pinned");
        }
        if (NEVER_REMOVED.contains(tier)) {
            return Decision.keep(entry, "backups of tier '" + tier.label() + "' are removed by hand only");
        }
        return run.map(started -> started.decide(entry))
                .orElseGet(() -> Decision.keep(entry, "there is no newer good backup"));
    }

    /** Keeps, beside each backup that stays, the one that it builds on, and so on to the full one. */
    private static List<Decision> keepParents(List<Decision> decisions) {
        var children = new HashMap<BackupName, BackupName>();
        var staying = new ArrayDeque<CatalogEntry>();
        decisions.stream()
                .filter(Predicate.not(Decision::remove))
                .map(Decision::entry)
                .forEach(staying::add);
        while (!staying.isEmpty()) {
            var child = staying.remove();
            origin(child)
                    .flatMap(BackupHeader.Origin::parent)
                    .filter(parent -> children.putIfAbsent(parent, child.name()) == null)
                    .ifPresent(parent -> decisions.stream()
                            .map(Decision::entry)
                            .filter(entry -> entry.name().equals(parent))
                            .forEach(staying::add));
        }
        return decisions.stream()
                .map(decision -> decision.remove() ? unlessBuiltOn(decision, children) : decision)
                .toList();
    }

    private static Decision unlessBuiltOn(Decision removal, Map<BackupName, BackupName> children) {
        var entry = removal.entry();
        return Optional.ofNullable(children.get(entry.name()))
                .map(child -> Decision.keep(entry, "'" + child + "' builds on it"))
                .orElse(removal);
    }
}
