package ign.backup.operation;

import ign.backup.graph.Graphs;
import ign.backup.graph.restore.Replacement;
import ign.backup.graph.restore.SwapOptions;
import ign.backup.model.BackupException;
import ign.backup.model.DatabaseName;
import ign.backup.model.GraphState;
import ign.backup.model.KeptStore;
import ign.backup.operation.RestoreReport.Size;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** Puts the store that the last restore has replaced back in its place, and keeps the other one instead. */
public final class RollBack {

    private final Graphs graphs;
    private final Departure departure;
    private final RestoreSettings settings;
    private final Clock clock;

    /** In databases of {@code graphs}. */
    public RollBack(Graphs graphs, RestoreSettings settings, Clock clock) {
        this.graphs = graphs;
        this.departure = new Departure(settings.callerGrace(), clock);
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Exchanges the stores.
     *
     * @throws BackupException when it cannot; then the database is as it was before
     */
    public RollBackReport run(DatabaseName database, Caller caller, Running<RollBackReport> work) {
        var kept = graphs.requireKept(database);
        var before = graphs.stateIfRunning(database);
        if (caller.isIn(database)) {
            work.answerNow(RollBackReport.swapping(database, kept, size(before)));
            departure.await(caller, work);
        }
        work.phase("swap", 0, "");
        var options = new SwapOptions(settings.transactionGrace(), true, () -> {});
        return settle(new Attempt(database, kept, before, work), graphs.takeBack(database, options, work));
    }

    private static Optional<Size> size(Optional<GraphState> state) {
        return state.map(s -> new Size(s.nodes(), s.relationships()));
    }

    private RollBackReport settle(Attempt attempt, Replacement replacement) {
        try (replacement) {
            var now = replacement.state();
            var warnings = replacement.keep();
            return new RollBackReport(
                    true,
                    attempt.database,
                    attempt.kept,
                    size(attempt.before),
                    size(Optional.of(now)),
                    replacement.unavailable(),
                    Duration.between(attempt.work.started(), clock.instant()),
                    warnings);
        } catch (RuntimeException e) {
            throw SwapFailure.of(e, replacement.fate());
        }
    }

    /** One rollback, from its call on. */
    private record Attempt(DatabaseName database, KeptStore kept, Optional<GraphState> before, Running<?> work) {}
}
