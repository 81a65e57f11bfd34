package ign.backup.operation;

import ign.backup.format.DocumentReader;
import ign.backup.format.Limits;
import ign.backup.format.ParallelReader;
import ign.backup.format.Section;
import ign.backup.model.BackupException;
import ign.backup.model.BackupName;
import ign.backup.model.GraphVisitor;
import ign.backup.model.Progress;
import ign.backup.storage.BackupStore;
import ign.backup.storage.StoredBackup;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Reads backups for those who change a graph by them: judges the whole file first, and then reads what was judged, and nothing
 * else, as often as need be.
 */
public final class BackupReader {

    /** More would wait for the one that reads the file, and for those that write the store. */
    private static final int MOST_THREADS = 16;

    private final BackupStore store;
    private final BackupCatalog catalog;
    private final VerifyBackup verify;
    private final int threads;

    /** Of backups of {@code store}; {@code threads} unpack and read each, where that can be. */
    public BackupReader(BackupStore store, BackupCatalog catalog, VerifyBackup verify, int threads) {
        this.store = store;
        this.catalog = catalog;
        this.verify = verify;
        this.threads = Math.min(threads, MOST_THREADS);
    }

    /** Reads the whole file before anything is done by it. */
    Judgement judge(BackupName name, Running<?> work) {
        var recorded = catalog.recordedDigest(name);
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

    /** Shows its elements by several threads, each with a visitor of its own, or by one; all nodes before the first relationship. */
    void readByThreads(Judgement judged, Supplier<GraphVisitor> visitors, Running<?> work) {
        if (!judged.inParallel()) {
            readInOrder(judged, visitors.get(), work);
            return;
        }
        try (var stored = store.open(judged.verdict().name())) {
            var document = new StoredDocument(stored, work, Progress.NONE);
            var reader = new ParallelReader(Limits.DEFAULT, threads, "ign-backup-read-");
            var reading =
                    document.readStored((codec, bytes) -> reader.read(codec, bytes, visitors, schema -> {}, work));
            refuseIfChanged(stored, judged, document);
            if (reading.isEmpty()) {
                throw new BackupException.Defect(
                        "backup '" + stored.name() + "' could be read by several threads, and then not any more", null);
            }
        }
    }

    /** Shows its elements by one thread; all nodes before the first relationship. */
    void readInOrder(Judgement judged, GraphVisitor visitor, Running<?> work) {
        try (var stored = store.open(judged.verdict().name())) {
            if (judged.relationshipsFirst()) {
                read(stored, judged, visitor, Optional.of(Section.NODES), work);
                read(stored, judged, visitor, Optional.of(Section.RELATIONSHIPS), work);
            } else {
                read(stored, judged, visitor, Optional.empty(), work);
            }
        }
    }

    private static void read(
            StoredBackup stored, Judgement judged, GraphVisitor visitor, Optional<Section> only, Running<?> work) {
        var document = new StoredDocument(stored, work, Progress.NONE);
        var reader = new DocumentReader(Limits.DEFAULT);
        document.read(json -> only.isPresent()
                ? reader.readOnly(only.get(), json, visitor, work, Progress.NONE)
                : reader.read(json, visitor, work, Progress.NONE));
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
