package ign.backup.operation;

import ign.backup.graph.Graphs;
import ign.backup.model.BackupException;
import ign.backup.model.DatabaseName;
import ign.backup.model.KeptStore;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Removes the stores that restores have replaced once they have been kept long enough; only while nothing else runs. */
public final class ExpireKeptStores {

    private final Graphs graphs;
    private final Operations operations;
    private final Duration keep;
    private final Clock clock;
    private final Events events;

    /** Databases whose old store could not be removed, and which the log has told already. */
    private final Set<DatabaseName> failed = new HashSet<>();

    /** {@code keep} is how long a store is kept. */
    public ExpireKeptStores(Graphs graphs, Operations operations, Duration keep, Clock clock, Events events) {
        this.graphs = graphs;
        this.operations = operations;
        this.keep = keep;
        this.clock = clock;
        this.events = events;
    }

    /** Looks at each database once. For one thread. */
    public void run() {
        for (var database : graphs.all()) {
            try {
                if (due(database).isPresent()) { // asked again once nothing else runs: a restore may be quicker
                    operations.whileNothingRuns(
                            database, () -> due(database).ifPresent(kept -> remove(database, kept)));
                }
            } catch (BackupException e) { // the other databases are looked at all the same
                if (failed.add(database)) {
                    events.tell(new Events.Noted(
                            "the old store of database '" + database + "' was not removed: " + e.explanation()));
                }
            }
        }
    }

    private Optional<KeptStore> due(DatabaseName database) {
        return graphs.kept(database)
                .filter(kept -> !clock.instant().isBefore(kept.since().plus(keep)));
    }

    private void remove(DatabaseName database, KeptStore kept) {
        graphs.removeKept(database);
        failed.remove(database);
        events.tell(new Events.Noted("removed the old store of database '" + database + "' (" + kept.sizeBytes()
                + " bytes), which '" + kept.replacedBy() + "' had replaced on " + kept.since()));
    }
}
