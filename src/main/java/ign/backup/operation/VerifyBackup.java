package ign.backup.operation;

import ign.backup.format.DocumentReader;
import ign.backup.format.GraphCheck;
import ign.backup.format.Limits;
import ign.backup.format.Reading;
import ign.backup.model.BackupException;
import ign.backup.model.BackupName;
import ign.backup.model.Digest;
import ign.backup.model.Element;
import ign.backup.model.GraphSchema;
import ign.backup.model.GraphVisitor;
import ign.backup.model.Progress;
import ign.backup.model.StopSignal;
import ign.backup.storage.BackupStore;
import ign.backup.storage.StoredBackup;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads a whole backup and says everything that is wrong with it; needs no database. */
public final class VerifyBackup {

    private final BackupStore store;

    /** Verifies backups of {@code store}. */
    public VerifyBackup(BackupStore store) {
        this.store = store;
    }

    /**
     * Reads the backup from its first byte to its last.
     *
     * @param recorded the digest that the catalog has for it
     * @throws BackupException.NotFound when there is no such backup
     * @throws BackupException.Unavailable when it cannot be read; that says nothing about its bytes
     */
    public Verdict run(BackupName name, Optional<Digest> recorded, StopSignal stop, Progress progress) {
        try (var stored = store.open(name)) {
            progress.phase("verify", stored.size(), "bytes");
            var examination = new Examination(name, stored);
            examination.readAll(stop, progress);
            examination.compareDigests(store, recorded);
            return examination.verdict();
        }
    }

    /** {@return the digest of the stored bytes, without a look at what they say} */
    Digest digest(BackupName name, StopSignal stop, Progress progress) {
        try (var stored = store.open(name)) {
            progress.phase("digest", stored.size(), "bytes");
            return new StoredDocument(stored, stop, progress).digest();
        }
    }

    /** One reading of one backup. */
    private static final class Examination {
        private final BackupName name;
        private final StoredBackup stored;
        private final GraphCheck check = new GraphCheck();
        private final SchemaKeeper keeper = new SchemaKeeper(check);
        private final List<String> problems = new ArrayList<>();
        private final List<String> warnings = new ArrayList<>();
        private @Nullable Reading reading;
        private @Nullable Digest sha256;
        private boolean digestKnown;
        private boolean beyondThisServer;

        Examination(BackupName name, StoredBackup stored) {
            this.name = name;
            this.stored = stored;
        }

        void readAll(StopSignal stop, Progress progress) {
            var document = new StoredDocument(stored, stop, progress);
            try {
                var all = document.read(
                        json -> new DocumentReader(Limits.DEFAULT).read(json, keeper, StopSignal.NEVER, Progress.NONE));
                reading = all;
                check.complete();
                problems.addAll(check.differences(all));
                warnings.addAll(all.warnings());
            } catch (BackupException.Damaged e) {
                problems.add(String.valueOf(e.getMessage()));
            } catch (BackupException.BadRequest e) { // as a newer format, or a value that only other editions can store
                beyondThisServer = true;
                problems.add(String.valueOf(e.getMessage()));
            }
            sha256 = document.digest();
        }

        void compareDigests(BackupStore store, Optional<Digest> recorded) {
            try {
                store.digest(name).ifPresent(expected -> compare(expected, "its sidecar '" + name + ".sha256'"));
            } catch (BackupException.Damaged e) {
                problems.add(String.valueOf(e.getMessage()));
            }
            recorded.ifPresent(expected -> compare(expected, "backup_metadata.json"));
        }

        private void compare(Digest expected, String where) {
            digestKnown = true;
            if (!expected.equals(sha256)) {
                problems.add("the file has SHA-256 " + sha256 + ", " + where + " says " + expected);
            }
        }

        Verdict verdict() {
            var found = Optional.ofNullable(reading);
            return new Verdict(
                    name,
                    stored.size(),
                    Objects.requireNonNull(sha256),
                    found.map(Reading::header),
                    check.counts(),
                    found.filter(Reading::hasSchema).map(r -> keeper.schema),
                    check.highestNodeId(),
                    found.map(Reading::relationshipsFirst).orElse(false),
                    digestKnown,
                    problems.size() > (beyondThisServer ? 1 : 0),
                    problems,
                    warnings);
        }
    }

    /** Passes everything on to the check and keeps the schema. */
    private static final class SchemaKeeper implements GraphVisitor {
        private final GraphVisitor next;
        private GraphSchema schema = GraphSchema.EMPTY;

        SchemaKeeper(GraphVisitor next) {
            this.next = next;
        }

        @Override
        public void schema(GraphSchema found) {
            schema = found;
            next.schema(found);
        }

        @Override
        public void node(Element.Node node) {
            next.node(node);
        }

        @Override
        public void relationship(Element.Relationship relationship) {
            next.relationship(relationship);
        }
    }
}
