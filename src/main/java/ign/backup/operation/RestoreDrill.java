package ign.backup.operation;

import ign.backup.graph.Graphs;
import ign.backup.graph.build.BuildOptions;
import ign.backup.model.BackupName;
import ign.backup.model.DatabaseName;

/** Rehearses a restore: a store is built of a backup beside the database, checked record by record, and removed. */
public final class RestoreDrill {

    private final Graphs graphs;
    private final BackupCatalog catalog;
    private final VerifyBackup verify;
    private final BuildFromBackup build;
    private final BuildOptions options;

    /** Beside databases of {@code graphs}. */
    public RestoreDrill(
            Graphs graphs, BackupCatalog catalog, VerifyBackup verify, BuildFromBackup build, BuildOptions options) {
        this.graphs = graphs;
        this.catalog = catalog;
        this.verify = verify;
        this.build = build;
        this.options = options;
    }

    /** As {@link #run}, and the catalog keeps the outcome. */
    public Verdict rehearse(BackupName name, DatabaseName database, Running<?> work) {
        var verdict = run(name, database, work);
        catalog.enter(verdict);
        return verdict;
    }

    /** {@return what is wrong with the file; when nothing is, a store was built of it without a fault} */
    Verdict run(BackupName name, DatabaseName database, Running<?> work) {
        var recorded = catalog.recordedDigest(name);
        var judgement = verify.judge(name, recorded, work, work);
        if (judgement.verdict().valid()) {
            try (var store = graphs.buildAside(database, options, graphs.stateIfRunning(database))) {
                build.into(store, judgement, true, work);
            }
        }
        return judgement.verdict();
    }
}
