package ign.backup.operation;

import ign.backup.codec.Codecs;
import ign.backup.format.DocumentWriter;
import ign.backup.model.BackupException;
import ign.backup.model.BackupHeader;
import ign.backup.model.BackupName;
import ign.backup.model.Compression;
import ign.backup.model.Digest;
import ign.backup.model.Tier;
import ign.backup.storage.BackupStore;
import ign.backup.storage.NewBackup;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * Makes {@code initial_backup.json}, the backup that a distribution brings along, of the graph or of a stored backup.
 *
 * <p>It is written aside and read back before it takes the place of an older one. It joins no list and displaces no backup.
 */
public final class InitialBackup {

    private static final String REASON = "Initial distribution backup";
    private static final int COPY_BYTES = 1 << 16;

    private final CreateBackup create;
    private final BackupStore store;
    private final BackupReader reader;
    private final VerifyBackup verify;
    private final Function<String, BackupStore> releases;
    private final Clock clock;

    /**
     * Makes it in {@code store}.
     *
     * @param releases the store in a folder that a caller names; refuses those that are not allowed
     */
    public InitialBackup(
            CreateBackup create,
            BackupStore store,
            BackupReader reader,
            VerifyBackup verify,
            Function<String, BackupStore> releases,
            Clock clock) {
        this.create = create;
        this.store = store;
        this.reader = reader;
        this.verify = verify;
        this.releases = releases;
        this.clock = clock;
    }

    /**
     * Makes it.
     *
     * @throws BackupException when it cannot be made; then the one from before is as it was, unless the failure says otherwise
     */
    @SuppressWarnings("try") // the claim is held, nobody calls it
    public InitialReport run(InitialRequest request, Running<InitialReport> work) {
        var release = request.to().map(releases); // refused before anything is written
        try (var claim = store.claim(work.describe())) {
            return CreateBackup.untilNotOvertaken(() -> {
                try (var target = store.replace(BundledBackup.NAME)) {
                    return make(request, target, release, work);
                }
            });
        }
    }

    private InitialReport make(
            InitialRequest request, NewBackup target, Optional<BackupStore> release, Running<InitialReport> work) {
        if (request.from().isPresent()) {
            copy(request, request.from().get(), target, work);
        } else {
            var reason = request.reason().orElse(REASON);
            create.write(CreateRequest.initial(request.database(), reason), target, work.started(), work);
        }
        var written = clock.instant();
        var verdict = readBack(target, work);
        var report = new InitialReport(
                verdict.requireHeader(),
                pathIn(store),
                release.map(InitialBackup::pathIn),
                request.from(),
                target.size(),
                verdict.sha256(),
                verdict.episodes(),
                Duration.between(work.started(), written),
                Duration.between(written, clock.instant()),
                verdict.warnings());
        publish(target, release, report, work);
        return report;
    }

    private static String pathIn(BackupStore place) {
        return place.location() + "/" + BundledBackup.NAME;
    }

    private Verdict readBack(NewBackup target, Running<?> work) {
        try (var written = target.written()) {
            var verdict = verify.ofUnpublished(written, work, work);
            if (!verdict.valid()) {
                throw new BackupException.Damaged(
                        "the new '" + target.name() + "' did not pass its verification and was removed: "
                                + String.join("; ", verdict.problems()),
                        "What had that name is as it was. Try again; if it happens again, please report it.");
            }
            return verdict;
        }
    }

    /** Both are complete and on disk before the first of them gets its name. */
    private void publish(NewBackup target, Optional<BackupStore> release, InitialReport report, Running<?> work) {
        try (var copy = release.map(place -> copyInto(place, target, report.sha256(), work))
                .orElse(null)) {
            work.check();
            target.publish();
            store.writeDigest(target.name(), report.sha256());
            if (copy != null) {
                publishCopy(copy, release.orElseThrow(), report);
            }
        }
    }

    private static void publishCopy(NewBackup copy, BackupStore place, InitialReport report) {
        try {
            copy.publish();
            place.writeDigest(copy.name(), report.sha256());
        } catch (BackupException e) {
            throw e.and("'" + report.path() + "' was made all the same");
        }
    }

    private static NewBackup copyInto(BackupStore place, NewBackup target, Digest sha256, Running<?> work) {
        work.phase("copy", target.size(), "bytes");
        var copy = place.replace(target.name());
        boolean complete = false;
        try {
            transfer(target, copy, work);
            try (var written = copy.written()) {
                var found = new StoredDocument(written, work, work).digest();
                if (!found.equals(sha256)) {
                    throw new BackupException.Damaged(
                            "the copy in '" + place.location() + "' has SHA-256 " + found + ", and the backup "
                                    + sha256,
                            "Look at the disk of that folder. Nothing was replaced.");
                }
            }
            complete = true;
            return copy;
        } finally {
            if (!complete) {
                copy.close();
            }
        }
    }

    private static void transfer(NewBackup from, NewBackup to, Running<?> work) {
        try (var written = from.written();
                var in = new WatchedInput(written.stream(), work, work)) {
            var bytes = new byte[COPY_BYTES];
            for (int count = in.read(bytes, 0, bytes.length); count > 0; count = in.read(bytes, 0, bytes.length)) {
                to.append(ByteBuffer.wrap(bytes, 0, count));
            }
        } catch (IOException e) {
            throw new BackupException.Unavailable(
                    "'" + from.name() + "' cannot be read: " + e.getMessage(),
                    "Check the disk that holds the backup folder.",
                    e);
        }
    }

    /** Reads the backup twice: whole and to the end before anything is made of it, and then for its elements. */
    private void copy(InitialRequest request, BackupName from, NewBackup target, Running<?> work) {
        var judged = reader.judge(from, work);
        var header = judged.verdict().requireHeader();
        work.phase("write", header.elements(), "elements");
        var draft = header.initial(
                DocumentWriter.VERSION,
                request.reason().orElse(header.reason().isEmpty() ? REASON : header.reason()),
                origin(request, header, work.caller()));
        var document = new DocumentWriter(Codecs.of(Compression.NONE), target, draft);
        judged.verdict().schema().ifPresent(document::schema);
        try (var elements = new DocumentCopy(document, work)) {
            reader.readInOrder(judged, elements, work);
        }
        var counts = document.finish();
        document.seal(draft.sealed(
                counts, Duration.between(work.started(), clock.instant()).toMillis()));
    }

    /** For a file that says nothing of this itself. */
    private BackupHeader.Origin origin(InitialRequest request, BackupHeader header, String caller) {
        return new BackupHeader.Origin(
                request.database(),
                "",
                create.pluginVersion(),
                "",
                OffsetDateTime.ofInstant(instantOf(header), clock.getZone()),
                0,
                Tier.INITIAL,
                Optional.empty(),
                OptionalLong.empty(),
                Optional.empty(),
                Optional.of(caller));
    }

    private Instant instantOf(BackupHeader header) {
        try {
            return LocalDateTime.parse(header.datetime())
                    .atZone(clock.getZone())
                    .toInstant();
        } catch (DateTimeParseException e) {
            return clock.instant(); // it does not say
        }
    }
}
