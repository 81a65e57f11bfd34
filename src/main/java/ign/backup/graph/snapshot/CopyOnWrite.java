package ign.backup.graph.snapshot;

import ign.backup.model.BackupException;
import ign.backup.model.StopSignal;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The rules by which a scan and the commits beside it divide the elements of a graph among them, so that together they hold each
 * one as it was when the snapshot began, once.
 *
 * <p>Every element has a bit, <i>taken</i>. A commit, before it changes the store, takes what it will change: what it creates, and
 * what existed, whose old state it saves if nobody had taken it. The scan reads an element, and then takes it: what it read counts
 * only if it was free. The snapshot consists of what the scan kept and what commits saved. {@code docs/snapshot.md} tells why
 * this is exact.
 *
 * <p>Nothing here ever waits for the scan, and whatever goes wrong on the side of a commit spoils the snapshot instead.
 */
public final class CopyOnWrite {

    private final Taken nodes;
    private final Taken relationships;
    private final ScanRule rule;
    private final InFlight saving = new InFlight();
    private final InFlight committing = new InFlight();
    private final AtomicReference<BackupException> fault = new AtomicReference<>();

    /** A snapshot's rules, with nothing taken. */
    public CopyOnWrite() {
        this(TakenIds::new, ScanRule.READ_THEN_TAKE);
    }

    /** The same from parts of the caller's choice. */
    CopyOnWrite(Supplier<Taken> taken, ScanRule rule) {
        this.nodes = taken.get();
        this.relationships = taken.get();
        this.rule = rule;
    }

    /** The scan has arrived at an element. */
    public void scan(Kind kind, ScannedElement element) {
        rule.apply(element, of(kind));
    }

    /**
     * A transaction is about to commit: nothing of it is in the store yet, and it holds the locks of all that it will change.
     *
     * @return a ticket for {@link #committed} or {@link #rolledBack}, one of which must follow
     */
    public int committing(Changes changes, OldStates.Source source) {
        int ticket = committing.enter();
        boolean saved = false;
        try {
            save(changes, source);
            saved = true;
            return ticket;
        } finally {
            if (!saved) {
                committing.leave(ticket);
            }
        }
    }

    private void save(Changes changes, OldStates.Source source) {
        int ticket = saving.enter();
        try (var old = new OpenedWhenNeeded(source)) {
            changes.created((kind, id) -> of(kind).take(id));
            changes.replaced((kind, id) -> {
                if (of(kind).take(id)) {
                    old.save(kind, id);
                }
            });
        } finally {
            saving.leave(ticket);
        }
    }

    /**
     * The transaction is in the store, and still holds its locks. If it has changed more than it had announced, which only another
     * listener can bring about, the scan may have seen that.
     */
    public void committed(Changes changes, int ticket) {
        try {
            changes.created(this::expectTaken);
            changes.replaced(this::expectTaken);
        } finally {
            committing.leave(ticket);
        }
    }

    private void expectTaken(Kind kind, long id) {
        if (!of(kind).isTaken(id)) {
            spoil(new BackupException.Overtaken(
                    "another plugin changed " + kind.one() + " " + id
                            + " in a transaction after the backup had looked at that transaction",
                    "Try again; if it happens every time, please report it with the names of the other plugins."));
        }
    }

    /** The transaction has changed nothing after all. What was saved for it is the true state nevertheless. */
    public void rolledBack(int ticket) {
        committing.leave(ticket);
    }

    /** Returns when every old state that was taken up to now has been handed over. Of one thread only. */
    public void awaitSavedStates(StopSignal stop) {
        saving.awaitThoseInside(stop);
    }

    /** Returns when every commit that had begun up to now has ended. Of one thread only. */
    public void awaitCommits(StopSignal stop) {
        committing.awaitThoseInside(stop);
    }

    /** From now on the snapshot is worth nothing. The first reason counts. */
    public void spoil(BackupException reason) {
        fault.compareAndSet(null, reason);
    }

    /** {@return whether {@link #check} will throw} */
    public boolean isSpoiled() {
        return fault.get() != null;
    }

    /** Throws the reason why this snapshot is worth nothing, if there is one. */
    public void check() {
        var reason = fault.get();
        if (reason != null) {
            throw reason.and("the snapshot was given up; no writer was disturbed");
        }
    }

    private Taken of(Kind kind) {
        return kind == Kind.NODE ? nodes : relationships;
    }

    /** Most commits of a long backup find everything taken and need no old states. */
    private static final class OpenedWhenNeeded implements AutoCloseable {
        private final OldStates.Source source;
        private @Nullable OldStates opened;

        OpenedWhenNeeded(OldStates.Source source) {
            this.source = source;
        }

        void save(Kind kind, long id) {
            if (opened == null) {
                opened = source.open();
            }
            opened.save(kind, id);
        }

        @Override
        public void close() {
            if (opened != null) {
                opened.close();
            }
        }
    }
}
