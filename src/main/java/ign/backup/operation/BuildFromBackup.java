package ign.backup.operation;

import ign.backup.format.DocumentReader;
import ign.backup.format.Limits;
import ign.backup.format.ParallelReader;
import ign.backup.format.Section;
import ign.backup.graph.build.BuildPlan;
import ign.backup.graph.build.StoreLoader;
import ign.backup.graph.restore.NewStore;
import ign.backup.model.BackupException;
import ign.backup.model.BackupName;
import ign.backup.model.CatalogEntry;
import ign.backup.model.GraphVisitor;
import ign.backup.model.IndexDefinition;
import ign.backup.model.Progress;
import ign.backup.storage.BackupStore;
import ign.backup.storage.StoredBackup;
import java.util.Optional;

/** Builds a new store from a backup: judges the whole file first, then reads it a second time into the store. */
public final class BuildFromBackup {

    /** More would wait for the one that reads the file, and for those that write the store. */
    private static final int MOST_THREADS = 16;

    private final BackupStore store;
    private final BackupCatalog catalog;
    private final VerifyBackup verify;
    private final int threads;

    /** From backups of {@code store}; {@code threads} unpack and read each. */
    public BuildFromBackup(BackupStore store, BackupCatalog catalog, VerifyBackup verify, int threads) {
        this.store = store;
        this.catalog = catalog;
        this.verify = verify;
        this.threads = Math.min(threads, MOST_THREADS);
    }

    /** Reads the whole file before anything is built. */
    Judgement judge(BackupName name, Running<?> work) {
        var recorded = catalog.read().find(name).flatMap(CatalogEntry::sha256);
        var judgement = verify.judge(name, recorded, work, work);
        var verdict = judgement.verdict();
        if (!verdict.valid()) {
            throw new BackupException.Damaged(
                    "backup '" + name + "' cannot be restored, and nothing was touched: "
                            + String.join("; ", verdict.problems()),
                    "Restore another backup; CALL ign.backup.list() shows which ones were verified.");
        }
        return judgement;
    }

    /**
     * Fills a store with a backup that was judged.
     *
     * @param check whether Neo4j's own check runs over it in the end
     */
    void into(NewStore newStore, Judgement judged, boolean check, Running<?> work) {
        var counts = judged.verdict().counts();
        var plan = new BuildPlan(
                counts.nodes(),
                counts.relationships(),
                judged.numbering(),
                judged.documentBytes(),
                hasLookupIndexes(judged));
        work.phase("build", counts.elements(), "elements");
        try (var stored = store.open(judged.verdict().name());
                var loader = newStore.load(plan, work, work)) {
            read(stored, judged, loader, work);
            loader.finish();
        }
        if (check) {
            newStore.check(work, work);
        }
    }

    /** A file that says nothing of a schema gets what every new store has. */
    private static boolean hasLookupIndexes(Judgement judged) {
        return judged.verdict()
                .schema()
                .map(schema -> schema.indexes().stream().anyMatch(IndexDefinition::isLookup))
                .orElse(true);
    }

    private void read(StoredBackup stored, Judgement judged, StoreLoader loader, Running<?> work) {
        if (judged.inParallel()) {
            readInParallel(stored, judged, loader, work);
        } else if (judged.relationshipsFirst()) {
            var visitor = loader.get();
            readInOrder(stored, judged, visitor, Optional.of(Section.NODES), work);
            readInOrder(stored, judged, visitor, Optional.of(Section.RELATIONSHIPS), work);
        } else {
            readInOrder(stored, judged, loader.get(), Optional.empty(), work);
        }
    }

    private void readInParallel(StoredBackup stored, Judgement judged, StoreLoader loader, Running<?> work) {
        var document = new StoredDocument(stored, work, Progress.NONE);
        var reader = new ParallelReader(Limits.DEFAULT, threads, "ign-backup-read-");
        var reading = document.readStored((codec, bytes) -> reader.read(codec, bytes, loader, schema -> {}, work));
        refuseIfChanged(stored, judged, document);
        if (reading.isEmpty()) {
            throw new BackupException.Defect(
                    "backup '" + stored.name() + "' could be read by several threads, and then not any more", null);
        }
    }

    private static void readInOrder(
            StoredBackup stored, Judgement judged, GraphVisitor loader, Optional<Section> only, Running<?> work) {
        var document = new StoredDocument(stored, work, Progress.NONE);
        var reader = new DocumentReader(Limits.DEFAULT);
        document.read(json -> only.isPresent()
                ? reader.readOnly(only.get(), json, loader, work, Progress.NONE)
                : reader.read(json, loader, work, Progress.NONE));
        refuseIfChanged(stored, judged, document);
    }

    private static void refuseIfChanged(StoredBackup stored, Judgement judged, StoredDocument document) {
        var digest = document.digest();
        var expected = judged.verdict().sha256();
        if (!digest.equals(expected)) {
            throw new BackupException.Damaged(
                    "backup '" + stored.name() + "' changed while it was restored: its SHA-256 was " + expected
                            + " and is now " + digest,
                    "Find out who writes to the backup folder, or check its disk.");
        }
    }
}
