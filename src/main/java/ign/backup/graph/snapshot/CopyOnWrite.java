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

    private static final String GIVEN_UP = "the snapshot was given up; no writer was disturbed";

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
     * A transaction is about to commit: nothing of it is in the store yet, and it holds the locks of all that it will change. Does
     * not fail: what goes wrong spoils the snapshot, before anybody could take the commit for one that has saved its old states.
     *
     * @return what {@link #committed} or {@link #rolledBack} is to be told, one of which must follow
     */
    public Commit committing(Changes changes, OldStates.Source source) {
        int ticket = committing.enter();
        var announced = new ChangeSum();
        save(changes, announced, source);
        return new Commit(changes, announced, ticket);
    }

    private void save(Changes changes, ChangeSum announced, OldStates.Source source) {
        int ticket = saving.enter();
        try (var old = new OpenedWhenNeeded(source)) {
            changes.created((kind, id) -> {
                announced.add(kind, id);
                of(kind).take(id);
            });
            changes.replaced((kind, id) -> {
                announced.add(kind, id);
                if (of(kind).take(id)) {
                    old.save(kind, id);
                }
            });
        } catch (Throwable e) { // allow IllegalCatch: a writer never fails because of a backup; the snapshot does
            spoil(e);
        } finally {
            saving.leave(ticket);
        }
    }

    /**
     * The transaction is in the store, and still holds its locks. If it has changed more than it had announced, which only another
     * listener can bring about, the scan may have seen that, and may even have taken it. Does not fail.
     */
    public void committed(Commit commit) {
        try {
            var changed = new ChangeSum();
            commit.changes.created(changed::add);
            commit.changes.replaced(changed::add);
            if (!changed.isSameAs(commit.announced)) {
                spoil(new BackupException.Overtaken(
                        "another plugin changed more in a transaction after the backup had looked at that transaction",
                        "Try again; if it happens every time, please report it with the names of the other plugins."));
            }
        } catch (Throwable e) { // allow IllegalCatch: as above; the data is in the store by now
            spoil(e);
        } finally {
            committing.leave(commit.ticket);
        }
    }

    /** The transaction has changed nothing after all. What was saved for it is the true state nevertheless. */
    public void rolledBack(Commit commit) {
        committing.leave(commit.ticket);
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
    public void spoil(Throwable reason) {
        fault.compareAndSet(
                null,
                reason instanceof BackupException known
                        ? known
                        : new BackupException.Defect("the old state of a changed element was lost: " + reason, reason));
    }

    /** {@return whether {@link #check} will throw} */
    public boolean isSpoiled() {
        return fault.get() != null;
    }

    /** Throws the reason why this snapshot is worth nothing, if there is one. */
    public void check() {
        var reason = fault.get();
        if (reason != null) {
            throw reason.and(GIVEN_UP);
        }
    }

    /**
     * The scan has failed. What it met may have been the work of a commit that had not announced it, and tells so when it has ended;
     * waits for that.
     *
     * @return why there is no snapshot: what a commit has told, or the failure itself
     */
    public RuntimeException reasonOf(RuntimeException failure, StopSignal stop) {
        awaitCommits(stop);
        var reason = fault.get();
        if (reason == null || failure.getCause() == reason) {
            return failure;
        }
        var told = reason.and(GIVEN_UP);
        told.addSuppressed(failure);
        return told;
    }

    private Taken of(Kind kind) {
        return kind == Kind.NODE ? nodes : relationships;
    }

    /** A commit that is under way. */
    public static final class Commit {
        private final Changes changes;
        private final ChangeSum announced;
        private final int ticket;

        private Commit(Changes changes, ChangeSum announced, int ticket) {
            this.changes = changes;
            this.announced = announced;
            this.ticket = ticket;
        }
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
