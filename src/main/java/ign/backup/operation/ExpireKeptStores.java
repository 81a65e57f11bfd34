package ign.backup.operation;

import ign.backup.graph.Graphs;
import ign.backup.model.BackupException;
import ign.backup.model.DatabaseName;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Removes the stores that restores have replaced once they have been kept long enough; only while nothing else runs. */
public final class ExpireKeptStores {

    private final Graphs graphs;
    private final Operations operations;
    private final Duration keep;
    private final Clock clock;
    private final Events events;

    /** {@code keep} is how long a store is kept. */
    public ExpireKeptStores(Graphs graphs, Operations operations, Duration keep, Clock clock, Events events) {
        this.graphs = graphs;
        this.operations = operations;
        this.keep = keep;
        this.clock = clock;
        this.events = events;
    }

    /** Looks at each database once. */
    public void run() {
        for (var database : graphs.all()) {
            if (isDue(database)) {
                operations.whileNothingRuns(database, () -> removeIfDue(database));
            }
        }
    }

    private boolean isDue(DatabaseName database) {
        return graphs.kept(database)
                .filter(kept -> !clock.instant().isBefore(end(kept.since())))
                .isPresent();
    }

    private void removeIfDue(DatabaseName database) {
        if (!isDue(database)) {
            return; // a restore has been quicker
        }
        try {
            var kept = graphs.kept(database).orElseThrow();
            graphs.removeKept(database);
            events.tell(new Events.Noted("removed the old store of database '" + database + "' (" + kept.sizeBytes()
                    + " bytes), which '" + kept.replacedBy() + "' had replaced on " + kept.since()));
        } catch (BackupException e) { // the other databases are looked at all the same, and this one again
            events.tell(new Events.Noted(
                    "the old store of database '" + database + "' was not removed: " + e.explanation()));
        }
    }

    /** {@return when a store that was replaced then is removed} */
    public Instant end(Instant replaced) {
        return replaced.plus(keep);
    }
}
