package ign.backup.graph.restore;

import ign.backup.graph.kernel.SchemaWriter;
import ign.backup.graph.restore.SwapJournal.Entry;
import ign.backup.graph.restore.SwapJournal.Origin;
import ign.backup.model.BackupException;
import ign.backup.model.GraphSchema;
import ign.backup.model.GraphState;
import ign.backup.model.Progress;
import ign.backup.model.StopSignal;
import ign.backup.model.Warmth;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.neo4j.kernel.impl.api.KernelTransactions;
import org.neo4j.storageengine.api.TransactionIdStore;

/** Exchanges the store of a running database for one that stands ready. */
final class LiveSwap implements Replacement {

    private final LiveStore live;
    private final StoreSwap swap;
    private final Entry entry;
    private final WriteGuard guard;
    private final Optional<GraphSchema> replacedSchema;
    private Duration unavailable = Duration.ZERO;
    private long transactionsLost;
    private Fate fate = Fate.OPEN;

    /** Whether the database was told to stop: before that nothing needs to be put back. */
    private boolean stopping;

    /**
     * What takes the place.
     *
     * @param folders store and logs
     * @param source in words
     * @param firstTxId the id that its next transaction gets, if that is known; it must be above all that clients have seen
     * @param knownTxId the last one when the restore was called, if that is known
     */
    record Next(Origin origin, List<Path> folders, String source, OptionalLong firstTxId, OptionalLong knownTxId) {}

    private LiveSwap(
            LiveStore live, StoreSwap swap, Entry entry, WriteGuard guard, Optional<GraphSchema> replacedSchema) {
        this.live = live;
        this.swap = swap;
        this.entry = entry;
        this.guard = guard;
        this.replacedSchema = replacedSchema;
    }

    /**
     * Makes the exchange.
     *
     * @throws BackupException when it fails, with what became of the database: it runs as before, unless that failed, too
     */
    static LiveSwap make(LiveStore live, Next next, SwapOptions options, StopSignal stop) {
        if (live.isStarted()) {
            live.checkpoint();
            OpenTransactions.giveTime(live.part(KernelTransactions.class), options.grace(), stop);
        }
        var schema = live.schema();
        stop.check(); // for the last time: from here on it is quicker to go on
        var swap = new StoreSwap(live.layout(), live::reached);
        var guard = WriteGuard.raise(live.dbms(), live.name());
        LiveSwap made = null;
        try {
            options.whenGuarded().run();
            var entry = swap.announce(next.origin(), next.source(), options.keepOld(), live.now());
            made = new LiveSwap(live, swap, entry, guard, schema);
            made.exchange(next);
            return made;
        } catch (RuntimeException | Error e) { // allow IllegalCatch: whatever it is, the database must run again
            throw undone(made, guard, e);
        }
    }

    private static BackupException undone(@Nullable LiveSwap made, WriteGuard guard, Throwable reason) {
        var ours = reason instanceof BackupException known
                ? known
                : new BackupException.Defect("the exchange of stores failed with " + reason, reason);
        try {
            if (made == null) {
                guard.close();
            } else {
                made.close();
            }
        } catch (RuntimeException another) {
            ours.addSuppressed(another);
        }
        return ours.and((made == null ? Fate.PUT_BACK : made.fate).clause());
    }

    private void exchange(Next next) {
        long began = System.nanoTime();
        long last = stop();
        live.reached(RestoreStep.STOPPED);
        transactionsLost = next.knownTxId().isPresent()
                ? Math.max(0, last - next.knownTxId().getAsLong())
                : 0;
        if (next.firstTxId().isPresent() && next.firstTxId().getAsLong() <= last) {
            throw new BackupException.Unavailable(
                    "so many transactions were committed while the new store was built that its numbers, from "
                            + next.firstTxId().getAsLong() + " on, are below the last one, " + last,
                    "Call the restore again, with {blockWrites:true}.");
        }
        swap.exchange(next.folders());
        live.start();
        unavailable = Duration.ofNanos(System.nanoTime() - began);
        live.reached(RestoreStep.STARTED);
    }

    /** {@return the id of the last transaction that was committed, 0 when the database did not run} */
    private long stop() {
        if (!live.isStarted()) {
            stopping = true;
            live.stop();
            return 0;
        }
        var gate = OpenTransactions.endAll(live);
        try {
            long last =
                    live.part(TransactionIdStore.class).getLastCommittedTransactionId(); // none is committed any more
            stopping = true;
            live.stop();
            return last;
        } finally {
            gate.open();
        }
    }

    @Override
    public Duration unavailable() {
        return unavailable;
    }

    @Override
    public long transactionsLost() {
        return transactionsLost;
    }

    @Override
    public Optional<GraphSchema> replacedSchema() {
        return replacedSchema;
    }

    @Override
    public List<String> define(GraphSchema schema, Progress progress, StopSignal stop) {
        var leftOut = new SchemaWriter(live.service()).define(schema, progress, stop);
        live.reached(RestoreStep.DEFINED);
        return leftOut;
    }

    @Override
    public List<String> awaitIndexes(Duration limit, Progress progress, StopSignal stop) {
        return new SchemaWriter(live.service()).awaitIndexes(limit, progress, stop);
    }

    @Override
    public GraphState state() {
        return live.state()
                .orElseThrow(() -> new BackupException.Unavailable(
                        "database '" + live.name() + "' has started and is not available",
                        "Neo4j's debug.log has the cause."));
    }

    @Override
    public List<String> keep() {
        swap.decide(entry);
        fate = Fate.KEPT;
        guard.close();
        try {
            swap.retire(entry);
            return List.of();
        } catch (BackupException e) {
            return List.of(
                    "the old store could not be put away, which the next start of the server does: " + e.getMessage());
        }
    }

    @Override
    public Warmth warmUp(Progress progress, StopSignal stop) {
        return new PageCacheWarmUp(live).run(progress, stop);
    }

    @Override
    public Fate fate() {
        return fate;
    }

    @Override
    public void close() {
        try {
            if (fate == Fate.OPEN) {
                putBack();
            }
        } finally {
            guard.close();
        }
    }

    private void putBack() {
        if (!stopping) { // it still runs on the old store, which was not touched
            fate = Fate.PUT_BACK;
            swap.forget();
            return;
        }
        var unclean = stopAnyhow();
        swap.putBack(entry);
        fate = Fate.PUT_BACK_STOPPED;
        if (unclean.isPresent() && unclean.get().underTransactions) {
            swap.forget();
            throw new BackupException.Unavailable(
                    "database '" + live.name() + "' had to be stopped while a transaction was open, and was not started"
                            + " again",
                    "Restart the server: what such a transaction gives back later must not meet a running store.",
                    unclean.get().reason);
        }
        try {
            live.start();
        } catch (BackupException e) {
            unclean.ifPresent(stop -> e.addSuppressed(stop.reason));
            throw e;
        }
        live.reached(RestoreStep.OLD_STARTED);
        fate = Fate.PUT_BACK;
        swap.forget();
    }

    /** Why a stop was not as it should be, and whether transactions were open. */
    private record Unclean(RuntimeException reason, boolean underTransactions) {}

    /**
     * The store that is given up need not be left in order. A stop that fails, as with a full disk at its last checkpoint, has ended
     * the database all the same; only a second one lets it be started again.
     */
    private Optional<Unclean> stopAnyhow() {
        try {
            stop();
            return Optional.empty();
        } catch (RuntimeException e) {
            boolean open = live.isStarted()
                    && !live.part(KernelTransactions.class)
                            .executingTransactions()
                            .isEmpty();
            live.stop();
            return Optional.of(new Unclean(e, open));
        }
    }
}
