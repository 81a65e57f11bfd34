package ign.backup.operation;

import ign.backup.graph.Graphs;
import ign.backup.graph.Graphs.WriteBlock;
import ign.backup.graph.restore.NewStore;
import ign.backup.graph.restore.Replacement;
import ign.backup.graph.restore.SwapOptions;
import ign.backup.model.BackupException;
import ign.backup.model.BackupHeader;
import ign.backup.model.BackupName;
import ign.backup.model.GraphState;
import ign.backup.model.Warmth;
import ign.backup.operation.RestoreReport.Outcome;
import ign.backup.operation.RestoreReport.Size;
import ign.backup.operation.RestoreReport.State;
import ign.backup.operation.RestoreReport.Times;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Puts the graph of a backup in the place of a database's own.
 *
 * <p>The new store is built and checked beside the one that serves; whatever is wrong shows there, with nothing touched. What fails
 * after the exchange brings the old store back.
 */
public final class RestoreBackup {

    private final Graphs graphs;
    private final BackupCatalog catalog;
    private final BuildFromBackup build;
    private final MergeBackup merge;
    private final Departure departure;
    private final RestoreSettings settings;
    private final Clock clock;

    /** Restores backups of {@code catalog} into databases of {@code graphs}. */
    public RestoreBackup(
            Graphs graphs,
            BackupCatalog catalog,
            BuildFromBackup build,
            MergeBackup merge,
            RestoreSettings settings,
            Clock clock) {
        this.graphs = graphs;
        this.catalog = catalog;
        this.build = build;
        this.merge = merge;
        this.departure = new Departure(settings.callerGrace(), clock);
        this.settings = settings;
        this.clock = clock;
    }

    /** One restore, from its call on. */
    private record Attempt(
            RestoreRequest request, BackupName file, Optional<GraphState> before, Running<RestoreReport> work) {

        RestoreReport report(State state, BackupHeader header, Outcome outcome) {
            return new RestoreReport(
                    state,
                    request.mode(),
                    request.database(),
                    file,
                    header,
                    before.map(b -> new Size(b.nodes(), b.relationships())),
                    outcome);
        }
    }

    /** A new store that stands ready, what it was built of, and how long that took. */
    private record Built(Judgement judged, NewStore store, Duration judging, Duration building) {

        BackupHeader header() {
            return judged.verdict().requireHeader();
        }
    }

    /**
     * Restores, or says what it would do.
     *
     * @throws BackupException when it cannot; then the database is as it was before
     */
    public RestoreReport run(RestoreRequest request, Running<RestoreReport> work) {
        var attempt = new Attempt(
                request,
                request.file().orElseGet(() -> catalog.requireLatest(request.database())),
                graphs.stateIfRunning(request.database()),
                work);
        checkKeys(request);
        if (!request.confirmed() && !request.choices().dryRun()) {
            return attempt.report(State.REFUSED, catalog.header(attempt.file), Outcome.NONE);
        }
        if (!request.choices().dryRun()) {
            graphs.requireWritable(request.database());
        }
        if (request.mode() == RestoreMode.MERGE) {
            return merge(attempt);
        }
        if (request.mode() == RestoreMode.INTO_EMPTY) {
            refuseUnlessEmpty(attempt.before);
        }
        try (var block = blockIfAsked(request)) {
            var began = clock.instant();
            var judged = build.judge(attempt.file, work);
            var judging = since(began);
            try (var store = graphs.buildAside(request.database(), settings.build(), attempt.before)) {
                build.into(store, judged, request.choices().check(), work);
                var built = new Built(judged, store, judging, since(began).minus(judging));
                return request.choices().dryRun()
                        ? report(State.CHECKED, attempt, built, store.sizeBytes())
                        : replace(attempt, built, block);
            }
        }
    }

    /** With the wrong ones there is nothing to confirm. */
    private static void checkKeys(RestoreRequest request) {
        if (request.mode() == RestoreMode.MERGE) {
            MergeBackup.keysOf(request);
        } else if (request.keys().isPresent()) {
            throw new BackupException.BadRequest(
                    "the option 'keys' is for mode 'merge', and mode '"
                            + request.mode().label() + "' would replace the whole graph",
                    "Call it with {mode:'merge'} as well, or without 'keys'.");
        }
    }

    private Duration since(Instant began) {
        return Duration.between(began, clock.instant());
    }

    private static void refuseUnlessEmpty(Optional<GraphState> present) {
        var state = present.orElseThrow(() -> new BackupException.Unavailable(
                "mode 'into-empty' restores only into a database without nodes, and this one does not run, so that nobody"
                        + " knows",
                "Use mode 'replace' if its graph may go."));
        if (state.nodes() > 0) {
            throw new BackupException.BadRequest(
                    "mode 'into-empty' restores only into a database without nodes, and '" + state.database() + "' has "
                            + state.nodes(),
                    "Use mode 'replace' if its graph may go.");
        }
    }

    private RestoreReport merge(Attempt attempt) {
        var request = attempt.request;
        var present = graphs.state(request.database());
        if (!request.choices().dryRun() && request.choices().safetyBackup()) {
            merge.requireBackupOf(present);
        }
        var began = clock.instant();
        var judged = build.judge(attempt.file, attempt.work);
        var judging = since(began);
        var merged = merge.run(request, judged, attempt.work);
        var times = new Times(
                judging, since(began).minus(judging), Duration.ZERO, Duration.ZERO, since(attempt.work.started()));
        boolean complete = merged.nodes().conflicts() + merged.relationships().conflicts() == 0;
        var warnings = new ArrayList<>(judged.verdict().warnings());
        warnings.addAll(merged.warnings());
        return attempt.report(
                request.choices().dryRun() ? State.CHECKED : State.MERGED,
                judged.verdict().requireHeader(),
                new Outcome(times, 0, 0, Optional.empty(), Optional.of(merged), complete, warnings));
    }

    private WriteBlock blockIfAsked(RestoreRequest request) {
        boolean asked = request.choices().blockWrites() && !request.choices().dryRun();
        return asked ? graphs.blockWrites(request.database()) : () -> {};
    }

    /** Before, or without, the exchange. */
    private RestoreReport report(State state, Attempt attempt, Built built, long storeBytes) {
        var times =
                new Times(built.judging, built.building, Duration.ZERO, Duration.ZERO, since(attempt.work.started()));
        var warnings = built.judged.verdict().warnings();
        return attempt.report(
                state,
                built.header(),
                new Outcome(times, storeBytes, 0, Optional.empty(), Optional.empty(), true, warnings));
    }

    private RestoreReport replace(Attempt attempt, Built built, WriteBlock block) {
        var request = attempt.request;
        long storeBytes = built.store.sizeBytes();
        if (request.caller().isIn(request.database())) {
            attempt.work.answerNow(report(State.SWAPPING, attempt, built, storeBytes));
            departure.await(request.caller(), attempt.work);
        }
        var options =
                new SwapOptions(settings.transactionGrace(), request.choices().safetyBackup(), () -> {
                    block.close();
                    if (request.mode() == RestoreMode.INTO_EMPTY) {
                        refuseUnlessEmpty(graphs.stateIfRunning(request.database()));
                    }
                });
        var replacement = built.store.swap(attempt.file.value(), options, attempt.work, attempt.work);
        return settle(attempt, built, replacement, storeBytes);
    }

    private RestoreReport settle(Attempt attempt, Built built, Replacement replacement, long storeBytes) {
        var work = attempt.work;
        var began = clock.instant();
        var warnings = new ArrayList<>(built.judged.verdict().warnings());
        try (replacement) {
            compare(built.header(), replacement.state());
            var leftOut = new ArrayList<>(define(built, replacement, warnings, work));
            warnings.addAll(replacement.keep());
            leftOut.addAll(replacement.awaitIndexes(settings.indexTimeout(), work, work));
            var indexes = since(began);
            var warmth = attempt.request.choices().warmUp()
                    ? Optional.of(replacement.warmUp(work, work))
                    : Optional.<Warmth>empty();
            warnings.addAll(leftOut);
            var times =
                    new Times(built.judging, built.building, replacement.unavailable(), indexes, since(work.started()));
            return attempt.report(
                    State.RESTORED,
                    built.header(),
                    new Outcome(
                            times,
                            storeBytes,
                            replacement.transactionsLost(),
                            warmth,
                            Optional.empty(),
                            leftOut.isEmpty(),
                            warnings));
        } catch (RuntimeException e) {
            throw SwapFailure.of(e, replacement.fate());
        }
    }

    private static List<String> define(Built built, Replacement replacement, List<String> warnings, Running<?> work) {
        var ofTheFile = built.judged.verdict().schema();
        var schema = ofTheFile.or(replacement::replacedSchema);
        if (schema.isEmpty()) {
            warnings.add(
                    "neither the file nor a database that does not run says anything about the schema: define it anew");
            return List.of();
        }
        if (ofTheFile.isEmpty()) {
            warnings.add("the file says nothing about the schema: the database kept its indexes and constraints");
        }
        return replacement.define(schema.get(), work, work);
    }

    private static void compare(BackupHeader header, GraphState now) {
        if (now.nodes() != header.nodeCount() || now.relationships() != header.relationshipCount()) {
            throw new BackupException.Defect(
                    "the backup has " + header.nodeCount() + " nodes and " + header.relationshipCount()
                            + " relationships, the restored database " + now.nodes() + " and " + now.relationships(),
                    null);
        }
    }
}
