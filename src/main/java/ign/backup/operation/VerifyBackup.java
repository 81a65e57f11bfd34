package ign.backup.operation;

import ign.backup.codec.RateLimit;
import ign.backup.format.DocumentReader;
import ign.backup.format.GraphCheck;
import ign.backup.format.Limits;
import ign.backup.format.ParallelReader;
import ign.backup.format.Reading;
import ign.backup.format.SharedGraphCheck;
import ign.backup.model.BackupException;
import ign.backup.model.BackupName;
import ign.backup.model.Digest;
import ign.backup.model.Element;
import ign.backup.model.GraphCounts;
import ign.backup.model.GraphSchema;
import ign.backup.model.GraphVisitor;
import ign.backup.model.NodeNumbering;
import ign.backup.model.Progress;
import ign.backup.model.StopSignal;
import ign.backup.storage.BackupStore;
import ign.backup.storage.StoredBackup;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads a whole backup and says everything that is wrong with it; needs no database. */
public final class VerifyBackup {

    /** More would wait for the one that reads, and each takes a few megabytes. */
    private static final int MOST_THREADS = 16;

    private final BackupStore store;
    private final int threads;
    private final OptionalLong maxBytesPerSecond;
    private final String episodeLabel;

    /** Verifies backups of {@code store} as fast as it can; the rest as for the other constructor. */
    public VerifyBackup(BackupStore store, int threads, String episodeLabel) {
        this(store, threads, OptionalLong.empty(), episodeLabel);
    }

    /**
     * Verifies backups of {@code store}.
     *
     * @param threads how many unpack and check, besides the calling one, which reads and takes the digest; at most 16 are used
     * @param maxBytesPerSecond how fast a backup may be read
     * @param episodeLabel the label of the nodes that are episodes
     */
    public VerifyBackup(BackupStore store, int threads, OptionalLong maxBytesPerSecond, String episodeLabel) {
        this.store = store;
        this.threads = Math.min(threads, MOST_THREADS);
        this.maxBytesPerSecond = maxBytesPerSecond;
        this.episodeLabel = episodeLabel;
    }

    /**
     * Reads the backup from its first byte to its last.
     *
     * @param recorded the digest that the catalog has for it
     * @throws BackupException.NotFound when there is no such backup
     * @throws BackupException.Unavailable when it cannot be read; that says nothing about its bytes
     */
    public Verdict run(BackupName name, Optional<Digest> recorded, StopSignal stop, Progress progress) {
        return examine(name, recorded, stop, progress).verdict();
    }

    /** As {@link #run}, of one that has no name yet: a digest beside the old file of that name says nothing about it. Does not close it. */
    Verdict ofUnpublished(StoredBackup written, StopSignal stop, Progress progress) {
        return examine(slowed(written, stop), stop, progress).verdict();
    }

    /** As {@link #run}, for somebody who will read the backup once more. */
    Judgement judge(BackupName name, Optional<Digest> recorded, StopSignal stop, Progress progress) {
        return examine(name, recorded, stop, progress).judgement();
    }

    private Examination examine(BackupName name, Optional<Digest> recorded, StopSignal stop, Progress progress) {
        try (var stored = open(name, stop)) {
            var examination = examine(stored, stop, progress);
            examination.compareDigests(store, recorded);
            return examination;
        }
    }

    private Examination examine(StoredBackup stored, StopSignal stop, Progress progress) {
        var examination = new Examination(stored.name(), stored, episodeLabel);
        if (!examination.readInParallel(threads, stop, progress)) {
            examination.readInOrder(stop, progress);
        }
        return examination;
    }

    /** {@return the digest of the stored bytes, without a look at what they say} */
    Digest digest(BackupName name, StopSignal stop, Progress progress) {
        try (var stored = open(name, stop)) {
            progress.phase("digest", stored.size(), "bytes");
            return new StoredDocument(stored, stop, progress).digest();
        }
    }

    private StoredBackup open(BackupName name, StopSignal stop) {
        return slowed(store.open(name), stop);
    }

    private StoredBackup slowed(StoredBackup stored, StopSignal stop) {
        return maxBytesPerSecond.isPresent()
                ? new SlowedBackup(stored, new RateLimit(maxBytesPerSecond.getAsLong()), stop)
                : stored;
    }

    /** One reading of one backup. */
    private static final class Examination {
        private final BackupName name;
        private final StoredBackup stored;
        private final long sizeBytes;
        private final String episodeLabel;
        private GraphSchema schema = GraphSchema.EMPTY;
        private GraphCounts counts = GraphCounts.EMPTY;
        private Supplier<NodeNumbering> numbering = () -> id -> NodeNumbering.ABSENT;
        private long highestNodeId = -1;
        private boolean inParallel;
        private final List<String> problems = new ArrayList<>();
        private final List<String> warnings = new ArrayList<>();
        private @Nullable Reading reading;
        private @Nullable Digest sha256;
        private boolean digestKnown;
        private boolean beyondThisServer;

        Examination(BackupName name, StoredBackup stored, String episodeLabel) {
            this.name = name;
            this.stored = stored;
            this.sizeBytes = stored.size();
            this.episodeLabel = episodeLabel;
        }

        /** {@return whether that could be done and all is well; if not, nothing of it counts} */
        boolean readInParallel(int threads, StopSignal stop, Progress progress) {
            progress.phase("verify", stored.size(), "bytes");
            var document = new StoredDocument(stored, stop, progress);
            var check = new SharedGraphCheck();
            var reader = new ParallelReader(Limits.DEFAULT, threads, "ign-backup-verify-");
            var found = document.readStored(
                    (codec, bytes) -> reader.read(codec, bytes, check, read -> schema = read, stop));
            var all = found.orElse(null);
            if (all == null || !GraphCheck.differences(all, check.counts()).isEmpty()) {
                return false;
            }
            reading = all;
            counts = check.counts();
            numbering = check::numbering;
            highestNodeId = check.highestNodeId();
            inParallel = true;
            warnings.addAll(all.warnings());
            sha256 = document.digest();
            return true;
        }

        /** Finds what is wrong, and what stands first in the file; reads files of any form. */
        void readInOrder(StopSignal stop, Progress progress) {
            progress.phase("verify", stored.size(), "bytes");
            var document = new StoredDocument(stored, stop, progress);
            var check = new GraphCheck();
            var keeper = new SchemaKeeper(check);
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
            schema = keeper.schema;
            counts = check.counts();
            numbering = check::numbering;
            highestNodeId = check.highestNodeId();
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

        Judgement judgement() {
            var found = Optional.ofNullable(reading);
            return new Judgement(
                    verdict(),
                    numbering.get(),
                    highestNodeId,
                    inParallel,
                    found.map(Reading::relationshipsFirst).orElse(false),
                    found.map(Reading::documentBytes).orElse(0L));
        }

        Verdict verdict() {
            var found = Optional.ofNullable(reading);
            return new Verdict(
                    name,
                    sizeBytes,
                    Objects.requireNonNull(sha256),
                    found.map(Reading::header),
                    counts,
                    counts.withLabel(episodeLabel),
                    found.filter(Reading::hasSchema).map(r -> schema),
                    digestKnown,
                    problems.size() > (beyondThisServer ? 1 : 0),
                    problems,
                    warnings,
                    List.of());
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
