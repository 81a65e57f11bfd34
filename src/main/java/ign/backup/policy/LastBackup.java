package ign.backup.policy;

import ign.backup.model.BackupHeader;
import ign.backup.model.BackupName;
import ign.backup.model.Catalog;
import ign.backup.model.CatalogEntry;
import ign.backup.model.CatalogEntry.State;
import ign.backup.model.GraphState;
import java.util.Optional;
import java.util.Set;

/**
 * Which backup a graph is to be compared with: the last one that it comes from.
 *
 * <p>After a restore that is the restored one and none of the newer ones, which are of the store that was replaced. A store says which it is by its
 * id, which stands in every backup of it; a restored store has a new id.
 */
public final class LastBackup {

    /** In which a file may still be what was restored. */
    private static final Set<State> NOT_KNOWN_TO_BE_BAD = Set.of(State.GOOD, State.UNPROVEN, State.UNRECORDED);

    private LastBackup() {}

    /**
     * {@return the backup to compare with; empty when there is none, and a new one is needed}
     *
     * @param now where the graph stands
     * @param known the backup from which this very store is known to have come; empty for a store of which nothing is known, as one that another
     *     tool has loaded, which is compared with the newest backup of all
     */
    public static Optional<CatalogEntry> of(Catalog catalog, GraphState now, Optional<BackupName> known) {
        var good = catalog.backups().stream()
                .filter(entry -> entry.isGood() && entry.isOf(now.database()))
                .toList();
        var own = good.stream().filter(entry -> isOfStore(entry, now.storeId())).toList();
        if (!own.isEmpty()) {
            return own.stream().findFirst();
        }
        return known.isPresent()
                ? catalog.find(known.get()).filter(entry -> NOT_KNOWN_TO_BE_BAD.contains(entry.state()))
                : good.stream().findFirst();
    }

    private static boolean isOfStore(CatalogEntry entry, String storeId) {
        return entry.header()
                .origin()
                .map(BackupHeader.Origin::storeId)
                .filter(storeId::equals)
                .isPresent();
    }
}
