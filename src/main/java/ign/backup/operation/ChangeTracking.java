package ign.backup.operation;

import ign.backup.graph.Graphs;
import ign.backup.model.BackupHeader;
import ign.backup.model.BackupName;
import ign.backup.model.CatalogEntry;
import ign.backup.model.ChangeCounts;
import ign.backup.model.CountedChanges;
import ign.backup.model.DatabaseName;
import ign.backup.model.GraphCounts;
import ign.backup.model.GraphState;
import ign.backup.model.SavedChanges;
import ign.backup.policy.ChangeThresholds;
import ign.backup.policy.LastBackup;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What was changed since the last good backup: counted, commit by commit, and over restarts.
 *
 * <p>Counts are written down together with the last transaction of the store. A server that starts with this very transaction goes on counting;
 * after a crash with commits in between the numbers of elements tell what they can. After a restore it is counted what was changed since the
 * restored backup.
 */
public final class ChangeTracking {

    private final Graphs graphs;
    private final BackupCatalog catalog;
    private final StateKeeper keeper;
    private final Supplier<ChangeThresholds> thresholds;

    /** Compares the databases of {@code graphs} with the backups of {@code catalog}. */
    public ChangeTracking(
            Graphs graphs, BackupCatalog catalog, StateKeeper keeper, Supplier<ChangeThresholds> thresholds) {
        this.graphs = graphs;
        this.catalog = catalog;
        this.keeper = keeper;
        this.thresholds = thresholds;
    }

    /** {@return the databases whose changes are counted} */
    List<DatabaseName> databases() {
        return graphs.all();
    }

    /** {@return how many commits of a database were counted since it started} */
    long commits(DatabaseName database) {
        return graphs.changes(database).commits();
    }

    /** {@return where a database stands now} */
    public Standing standing(DatabaseName database) {
        // The graph is looked at later, or the catalog could hold transactions that it does not seem to have.
        var backups = catalog.read();
        var current = graphs.stateIfRunning(database);
        var counted = counted(database);
        var last = current.isPresent()
                ? LastBackup.of(backups, current.get(), origin(database, current.get(), counted))
                : catalog.lastGood(database);
        boolean fits = last.isPresent() && counted.since().equals(last.map(CatalogEntry::name));
        var changes = last.flatMap(
                entry -> fits ? Optional.of(counted.counts()) : current.map(now -> derived(now, entry.header())));
        var inForce = thresholds.get();
        return new Standing(
                current,
                last,
                changes,
                fits,
                counted.last(),
                inForce,
                current.map(now -> inForce.assess(
                        new GraphCounts(now.nodes(), now.relationships(), Map.of(), Map.of()),
                        last.map(CatalogEntry::header),
                        changes.orElse(ChangeCounts.NONE))));
    }

    /** {@return where all databases stand} */
    public List<Standing> standings() {
        return graphs.all().stream().map(this::standing).toList();
    }

    /** {@return the backup from which the store of a database is known to have come} */
    private Optional<BackupName> origin(DatabaseName database, GraphState now, CountedChanges counted) {
        return counted.since()
                .or(() -> Optional.ofNullable(keeper.state().changes().get(database))
                        .filter(saved -> saved.at().storeId().equals(now.storeId()))
                        .map(SavedChanges::since));
    }

    /** A database has started with just what a backup holds: whatever it has counted was changed since that backup. */
    void restored(DatabaseName database, BackupName backup) {
        graphs.countSince(database, backup);
    }

    private static ChangeCounts derived(GraphState now, BackupHeader last) {
        long nodes = now.nodes() - last.nodeCount();
        long relationships = now.relationships() - last.relationshipCount();
        return new ChangeCounts(
                Math.max(0, nodes), Math.max(0, relationships), Math.max(0, -nodes), Math.max(0, -relationships), 0, 0);
    }

    /** Takes over what an earlier life of the server counted, if the store is where it was then. */
    private CountedChanges counted(DatabaseName database) {
        Optional.ofNullable(keeper.state().changes().get(database))
                .ifPresent(saved -> graphs.resumeCounting(database, saved));
        return graphs.changes(database);
    }

    /** Writes the counts of all databases down, with the transaction up to which they count. */
    public void save() {
        for (var database : graphs.all()) {
            var counted = counted(database);
            counted.since()
                    .flatMap(since -> counted.at().map(at -> new SavedChanges(at, since, counted.counts())))
                    .ifPresent(saved -> keeper.update(state -> state.with(database, saved)));
        }
    }
}
