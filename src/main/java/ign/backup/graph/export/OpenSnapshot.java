package ign.backup.graph.export;

import ign.backup.graph.changes.ChangeCounter;
import ign.backup.graph.changes.TransactionChanges;
import ign.backup.graph.snapshot.CommitGate;
import ign.backup.graph.snapshot.CopyOnWrite;
import ign.backup.graph.snapshot.Kind;
import ign.backup.graph.snapshot.SavedElements;
import ign.backup.model.ElementsAhead;
import ign.backup.model.GraphSink;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.neo4j.kernel.api.KernelTransaction;

/** A snapshot while it lasts: what the scan, and the commits beside it on their own threads, have in common. */
final class OpenSnapshot implements AutoCloseable {

    private final LiveDatabase database;
    private final ChangeCounter.Mark changes;
    private final CopyOnWrite rules = new CopyOnWrite();
    private final CommitGate gate = new CommitGate();
    private final TokenNames names;
    private final SavedElements saved;
    private final ElementsAhead ahead;
    private final ListenerPlace place;
    private final long lastTxId;
    private final Instant instant;
    private volatile boolean ended;

    private OpenSnapshot(LiveDatabase database, GraphSink sink, SnapshotOptions options, Clock clock) {
        this.database = database;
        changes = database.markChanges();
        names = new TokenNames(sink);
        saved = new SavedElements(options.memoryBytes(), options.scratch(), rules::spoil);
        ahead = sink.ahead(saved.of(Kind.NODE), saved.of(Kind.RELATIONSHIP));
        place = database.placeFor(() -> new SnapshotListener(this));
        lastTxId = database.lastTxId();
        instant = clock.instant();
    }

    /**
     * Opens a snapshot of this moment: transactions that begin to commit from now on come to its listener, all others belong to it.
     */
    static OpenSnapshot of(LiveDatabase database, GraphSink sink, SnapshotOptions options, Clock clock) {
        var snapshot = new OpenSnapshot(database, sink, options, clock);
        snapshot.place.register();
        return snapshot;
    }

    CopyOnWrite rules() {
        return rules;
    }

    CommitGate gate() {
        return gate;
    }

    TokenNames names() {
        return names;
    }

    SavedElements saved() {
        return saved;
    }

    /** {@return every transaction up to this one belongs to the snapshot} */
    long lastTxId() {
        return lastTxId;
    }

    Instant instant() {
        return instant;
    }

    /** {@return what is committed beyond this snapshot} */
    ChangeCounter.Mark changes() {
        return changes;
    }

    /** Counts what commits have saved as part of the sink; all of it has arrived there. */
    void adoptSaved() {
        ahead.adopt();
    }

    /**
     * A transaction is about to commit. On its thread.
     *
     * @return what {@link #ended} is to be told, or null when the snapshot wants to know nothing any more
     */
    CopyOnWrite.@Nullable Commit committing(KernelTransaction transaction) {
        if (ended || rules.isSpoiled()) {
            return null;
        }
        place.stayLast();
        changes.excludes(transaction);
        gate.enter(transaction::isTerminated);
        boolean passed = false;
        try {
            var commit = rules.committing(
                    TransactionChanges.of(transaction), () -> new CommittedStates(database.begin(), names, ahead));
            passed = true;
            return commit;
        } finally {
            if (!passed) {
                gate.leave();
            }
        }
    }

    /** The transaction is committed. */
    void committed(CopyOnWrite.Commit commit) {
        gate.leave();
        rules.committed(commit);
    }

    /** The transaction is not committed after all. */
    void rolledBack(CopyOnWrite.Commit commit) {
        gate.leave();
        rules.rolledBack(commit);
    }

    void spoil(Throwable cause) {
        rules.spoil(cause);
    }

    /** Lets the writers alone. */
    @Override
    public void close() {
        ended = true;
        gate.open();
        try (saved) {
            place.close();
        }
    }
}
