package ign.backup.operation;

import ign.backup.format.DocumentReader;
import ign.backup.format.Limits;
import ign.backup.format.Section;
import ign.backup.graph.Graphs;
import ign.backup.graph.Replacement;
import ign.backup.model.BackupException;
import ign.backup.model.BackupHeader;
import ign.backup.model.BackupName;
import ign.backup.model.CatalogEntry;
import ign.backup.model.DatabaseName;
import ign.backup.model.GraphState;
import ign.backup.model.GraphVisitor;
import ign.backup.model.Progress;
import ign.backup.operation.RestoreReport.State;
import ign.backup.storage.BackupStore;
import ign.backup.storage.StoredBackup;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** Puts the graph of a backup in the place of a database's own, and that back if anything fails. */
public final class RestoreBackup {

    private static final Duration LOOK_EVERY = Duration.ofMillis(20);

    private final Graphs graphs;
    private final BackupStore store;
    private final BackupCatalog catalog;
    private final VerifyBackup verify;
    private final RestoreSettings settings;
    private final Clock clock;

    /** Restores backups of {@code store} into databases of {@code graphs}. */
    public RestoreBackup(
            Graphs graphs,
            BackupStore store,
            BackupCatalog catalog,
            VerifyBackup verify,
            RestoreSettings settings,
            Clock clock) {
        this.graphs = graphs;
        this.store = store;
        this.catalog = catalog;
        this.verify = verify;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Restores, or says what it would do.
     *
     * @throws BackupException when it cannot; then the database is as it was before
     */
    public RestoreReport run(RestoreRequest request, Running<RestoreReport> work) {
        var name = request.file().orElseGet(() -> latest(request.database()));
        var before = graphs.state(request.database());
        if (!request.confirmed()) {
            return report(State.REFUSED, name, catalog.header(name), before);
        }
        var judged = judge(name, work);
        if (request.caller().isIn(request.database())) {
            work.answerNow(report(State.SWAPPING, name, judged.requireHeader(), before));
            awaitDeparture(request.caller(), work);
        }
        return replace(before, judged, work);
    }

    private BackupName latest(DatabaseName database) {
        return catalog.latest(database)
                .map(CatalogEntry::name)
                .orElseThrow(() -> new BackupException.NotFound(
                        "there is no backup in '" + store.location() + "'",
                        "Make one with CALL ign.backup.create('reason'), or copy a file into that folder."));
    }

    private static RestoreReport report(State state, BackupName name, BackupHeader header, GraphState before) {
        return new RestoreReport(
                state,
                before.database(),
                name,
                header,
                before.nodes(),
                before.relationships(),
                Duration.ZERO,
                Duration.ZERO,
                true,
                List.of());
    }

    /** Reads the whole file before anything is touched. */
    private Verdict judge(BackupName name, Running<?> work) {
        var recorded = catalog.read().find(name).flatMap(CatalogEntry::sha256);
        var verdict = verify.run(name, recorded, work, work);
        if (!verdict.valid()) {
            throw new BackupException.Damaged(
                    "backup '" + name + "' cannot be restored, and nothing was touched: "
                            + String.join("; ", verdict.problems()),
                    "Restore another backup; CALL ign.backup.list() shows which ones were verified.");
        }
        return verdict;
    }

    private void awaitDeparture(Caller caller, Running<?> work) {
        work.phase("waiting for the caller's query to end", 0, "");
        var deadline = clock.instant().plus(settings.callerGrace());
        while (!caller.hasLeft()) {
            work.check();
            if (clock.instant().isAfter(deadline)) {
                throw new BackupException.Unavailable(
                        "the transaction that asked for the restore was still open after "
                                + settings.callerGrace().toSeconds() + " s; nothing was touched",
                        "End it sooner, or call the restore in a session on 'system'.");
            }
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
        }
    }

    private RestoreReport replace(GraphState before, Verdict judged, Running<?> work) {
        var header = judged.requireHeader();
        var warnings = new ArrayList<>(judged.warnings());
        work.phase("swap", 0, "");
        var began = clock.instant();
        var replacement = graphs.replace(before.database(), judged.name().value());
        boolean complete;
        try (replacement) {
            load(judged, replacement, work);
            var schema = judged.schema().orElseGet(() -> {
                warnings.add("the file says nothing about the schema: the database kept its indexes and constraints");
                return replacement.replacedSchema();
            });
            var leftOut = replacement.apply(schema, settings.indexTimeout(), work, work);
            complete = leftOut.isEmpty();
            warnings.addAll(leftOut);
            compare(header, replacement.state());
            warnings.addAll(replacement.keep());
        } catch (RuntimeException e) {
            throw withConsequence(e, before.database(), replacement.fate());
        }
        var ended = clock.instant();
        return new RestoreReport(
                State.RESTORED,
                before.database(),
                judged.name(),
                header,
                before.nodes(),
                before.relationships(),
                Duration.between(began, ended),
                Duration.between(work.started(), ended),
                complete,
                warnings);
    }

    private static BackupException withConsequence(
            RuntimeException failure, DatabaseName database, Replacement.Fate fate) {
        var ours = failure instanceof BackupException known
                ? known
                : new BackupException.Defect("the restore failed with " + failure, failure);
        return ours.and(
                switch (fate) {
                    case PUT_BACK -> "database '" + database + "' is as it was before";
                    case KEPT -> "but the restored store of database '" + database + "' is in place";
                    case OPEN ->
                        "and the old store of database '" + database
                                + "' could not be put back: restart the server, which does that";
                });
    }

    private void load(Verdict judged, Replacement replacement, Running<?> work) {
        work.phase("load", judged.counts().elements(), "elements");
        var expected = new Replacement.Expected(judged.counts().nodes(), judged.largestNodeId());
        try (var stored = store.open(judged.name());
                var loader = replacement.loader(expected, settings.batchSize(), work, work)) {
            if (judged.relationshipsFirst()) {
                read(stored, judged, loader, Optional.of(Section.NODES), work);
                read(stored, judged, loader, Optional.of(Section.RELATIONSHIPS), work);
            } else {
                read(stored, judged, loader, Optional.empty(), work);
            }
            loader.finish();
        }
    }

    private static void read(
            StoredBackup stored, Verdict judged, GraphVisitor loader, Optional<Section> only, Running<?> work) {
        var document = new StoredDocument(stored, work, Progress.NONE);
        var reader = new DocumentReader(Limits.DEFAULT);
        document.read(json -> only.isPresent()
                ? reader.readOnly(only.get(), json, loader, work, Progress.NONE)
                : reader.read(json, loader, work, Progress.NONE));
        var digest = document.digest();
        if (!digest.equals(judged.sha256())) {
            throw new BackupException.Damaged(
                    "backup '" + stored.name() + "' changed while it was restored: its SHA-256 was " + judged.sha256()
                            + " and is now " + digest,
                    "Find out who writes to the backup folder, or check its disk.");
        }
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
