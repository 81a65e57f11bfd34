package ign.backup.graph.changes;

import ign.backup.model.BackupName;
import ign.backup.model.ChangeCounts;
import ign.backup.model.CountedChanges;
import ign.backup.model.StorePoint;
import java.time.Clock;
import java.time.Instant;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The counts of one database: of every commit since the last backup, and beside it of those that a backup which is being made does not
 * hold, so that it takes over when it is good.
 *
 * <p>A commit enters for a few additions and never waits for anything else.
 */
public final class ChangeCounter {

    private final Clock clock;
    private ChangeCounts counts = ChangeCounts.NONE;
    private Optional<BackupName> since = Optional.empty();
    private Optional<StorePoint> beginning = Optional.empty();
    private Optional<Instant> last = Optional.empty();
    private long commits;
    private @Nullable Mark mark;

    /** Counts from now on; {@code clock} tells when commits were. */
    ChangeCounter(Clock clock) {
        this.clock = clock;
    }

    /** The database has started, perhaps with another store: nothing is known of what was before. */
    synchronized void restart(StorePoint where) {
        counts = ChangeCounts.NONE;
        since = Optional.empty();
        beginning = Optional.of(where);
        last = Optional.empty();
        commits = 0;
        mark = null;
    }

    /** Goes on where an earlier life of the server stopped; what was counted meanwhile is kept. */
    public synchronized void resume(ChangeCounts before, BackupName backup) {
        counts = counts.plus(before);
        since = Optional.of(backup);
    }

    /**
     * A transaction is in the store.
     *
     * @param transaction tells it from others that are being committed
     */
    synchronized void committed(Object transaction, ChangeCounts changes) {
        commits++;
        if (changes.isZero()) {
            return; // only names or schema
        }
        counts = counts.plus(changes);
        last = Optional.of(clock.instant());
        if (mark != null) {
            mark.committed(transaction, changes);
        }
    }

    /** A transaction is not committed after all. */
    synchronized void rolledBack(Object transaction) {
        if (mark != null) {
            mark.forget(transaction);
        }
    }

    /** A commit could not be counted: from now on nothing is known. */
    synchronized void lose() {
        since = Optional.empty();
        beginning = Optional.empty();
        mark = null;
    }

    /** {@return what is counted by now} */
    public synchronized CountedChanges counted() {
        return new CountedChanges(counts, since, beginning, last, commits);
    }

    /** Begins to count for a snapshot that is about to be opened; an earlier one that is not adopted yet is forgotten. */
    public synchronized Mark mark() {
        mark = new Mark();
        return mark;
    }

    /** What was committed since a snapshot. */
    public final class Mark {

        /** Those under way that the snapshot does not hold, until all that began before it have ended; then nobody asks any more. */
        private @Nullable Set<Object> later = Collections.newSetFromMap(new IdentityHashMap<>());

        private ChangeCounts beyond = ChangeCounts.NONE;

        private Mark() {}

        /** That transaction begins to commit, and the snapshot does not hold it. */
        public void excludes(Object transaction) {
            synchronized (ChangeCounter.this) {
                if (later != null) {
                    later.add(transaction);
                }
            }
        }

        /** All that the snapshot holds is committed: whoever comes from now on is not in it. */
        public void settle() {
            synchronized (ChangeCounter.this) {
                later = null;
            }
        }

        private void forget(Object transaction) {
            if (later != null) {
                later.remove(transaction);
            }
        }

        private void committed(Object transaction, ChangeCounts changes) {
            if (later == null || later.remove(transaction)) {
                beyond = beyond.plus(changes);
            }
        }

        /** From now on the changes since that backup are what counts, unless the database was started anew or another snapshot begun. */
        public void adopt(BackupName backup) {
            synchronized (ChangeCounter.this) {
                if (mark == this) {
                    counts = beyond;
                    since = Optional.of(backup);
                    mark = null;
                }
            }
        }
    }
}
