package ign.backup.graph.changes;

import ign.backup.model.BackupName;
import ign.backup.model.ChangeCounts;
import ign.backup.model.CountedChanges;
import ign.backup.model.SavedChanges;
import ign.backup.model.StorePoint;
import java.time.Clock;
import java.time.Instant;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
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
    private long firstIndex;
    private Optional<Instant> last = Optional.empty();
    private long commits;
    private long highest;
    private boolean lost;
    private @Nullable Mark mark;

    /**
     * Where a database has started.
     *
     * @param index the place of its last transaction in the log; after a restore another number than the transaction's id, which is high then
     */
    public record Start(StorePoint point, long index) {}

    /** Counts from now on; {@code clock} tells when commits were. */
    ChangeCounter(Clock clock) {
        this.clock = clock;
    }

    /**
     * The database has started, perhaps with another store: nothing is known of what was before.
     *
     * @param where is asked while no commit can be counted, so that those up to it and those after it are told apart
     */
    synchronized void restart(Supplier<Start> where) {
        counts = ChangeCounts.NONE;
        since = Optional.empty();
        var start = where.get();
        beginning = Optional.of(start.point());
        firstIndex = start.index();
        last = Optional.empty();
        commits = 0;
        highest = 0;
        lost = false;
        mark = null;
    }

    /** Goes on where an earlier life of the server stopped, if it stopped just there; what was counted meanwhile is kept. */
    public synchronized void resume(SavedChanges saved) {
        if (since.isEmpty() && beginning.equals(Optional.of(saved.at()))) {
            counts = counts.plus(saved.counts());
            since = Optional.of(saved.since());
        }
    }

    /** The database has started with just what that backup holds, and nothing else is known of what was before. */
    public synchronized void startedWith(BackupName backup) {
        if (since.isEmpty() && beginning.isPresent()) {
            since = Optional.of(backup);
        }
    }

    /**
     * A transaction is in the store.
     *
     * @param transaction tells it from others that are being committed
     * @param index its place in the log of the store
     */
    synchronized void committed(Object transaction, long index, ChangeCounts changes) {
        if (beginning.isPresent() && index <= firstIndex) {
            return; // it is part of what the database started with
        }
        commits++;
        highest = Math.max(highest, index);
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

    /** A commit could not be counted: nothing is known until the next backup. {@return whether that is new} */
    synchronized boolean lose() {
        boolean first = !lost;
        lost = true;
        since = Optional.empty();
        beginning = Optional.empty(); // and nothing is written down before the next start
        mark = null;
        return first;
    }

    /** {@return what is counted by now} */
    public synchronized CountedChanges counted() {
        return new CountedChanges(counts, since, last, commits, at());
    }

    /** {@return where the store is with just these commits; empty while one of a lower number is still to be counted} */
    private Optional<StorePoint> at() {
        return beginning
                .filter(point -> commits == 0 || firstIndex + commits == highest)
                .map(point -> new StorePoint(point.storeId(), point.txId() + commits));
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
                    lost = false;
                    mark = null;
                }
            }
        }
    }
}
