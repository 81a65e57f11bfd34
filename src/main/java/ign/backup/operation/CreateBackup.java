package ign.backup.operation;

import ign.backup.codec.Codecs;
import ign.backup.codec.RateLimit;
import ign.backup.codec.SlowedOutput;
import ign.backup.format.DocumentWriter;
import ign.backup.graph.Graphs;
import ign.backup.graph.export.SnapshotFacts;
import ign.backup.graph.export.SnapshotOptions;
import ign.backup.model.BackupException;
import ign.backup.model.BackupHeader;
import ign.backup.model.BackupName;
import ign.backup.model.BackupOutput;
import ign.backup.model.BackupType;
import ign.backup.model.CatalogEntry;
import ign.backup.model.CatalogEntry.State;
import ign.backup.model.Compression;
import ign.backup.model.Digest;
import ign.backup.model.GraphCounts;
import ign.backup.model.GraphState;
import ign.backup.model.Tier;
import ign.backup.storage.BackupStore;
import ign.backup.storage.NewBackup;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/** Makes one backup; it counts, and may displace older ones, only once it has been read back. */
public final class CreateBackup {

    /** Once is usually enough, since the snapshot adapts to what has overtaken it. */
    private static final int MOST_ATTEMPTS = 5;

    private static final DateTimeFormatter TIMESTAMP = DateTimeFormatter.ofPattern("yyyyMMdd_HHmmss", Locale.ROOT);
    private static final DateTimeFormatter DATETIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS", Locale.ROOT);

    private final Graphs graphs;
    private final BackupStore store;
    private final BackupCatalog catalog;
    private final PruneBackups prune;
    private final CreateSettings settings;
    private final Clock clock;

    /** Makes backups of {@code graphs} in {@code store}; {@code clock} has the zone of the names. */
    public CreateBackup(
            Graphs graphs,
            BackupStore store,
            BackupCatalog catalog,
            PruneBackups prune,
            CreateSettings settings,
            Clock clock) {
        this.graphs = graphs;
        this.store = store;
        this.catalog = catalog;
        this.prune = prune;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Makes the backup.
     *
     * @throws BackupException when it cannot be made; then nothing of it is left, and the older backups are as before
     */
    @SuppressWarnings("try") // the claim is held, nobody calls it
    public BackupReport run(CreateRequest request, Running<BackupReport> work) {
        var began = clock.instant();
        try (var claim = store.claim(work.describe())) {
            return untilNotOvertaken(() -> {
                try (var target = store.create(nextName(request))) {
                    return publishAndEnter(request, target, began, work);
                }
            });
        }
    }

    /** {@return what {@code attempt} makes with a snapshot; begins anew, some times, when something has overtaken that} */
    static <T> T untilNotOvertaken(Supplier<T> attempt) {
        for (int number = 1; ; number++) {
            try {
                return attempt.get();
            } catch (BackupException.Overtaken e) {
                if (number == MOST_ATTEMPTS) {
                    throw e.and("that happened " + number + " times");
                }
            }
        }
    }

    String pluginVersion() {
        return settings.pluginVersion();
    }

    private BackupReport publishAndEnter(CreateRequest request, NewBackup target, Instant began, Running<?> work) {
        var episodesBefore = graphs.nodesWithLabel(request.database(), settings.episodeLabel());
        var written = write(request, target, began, work);
        target.publish();
        var finished = clock.instant();
        var entry = enter(request, target, written, work);
        if (entry.isGood()) {
            written.facts().changes().adopt(entry.name());
        }
        var checked = clock.instant();
        long episodes = written.counts().withLabel(settings.episodeLabel());
        var alerts = EpisodeAlerts.of(episodesBefore, episodes, entry.episodes().orElse(episodes));
        var warnings = new ArrayList<>(written.facts().warnings());
        warnings.addAll(alerts);
        return new BackupReport(
                entry,
                store.location() + "/" + entry.name(),
                Duration.between(began, finished),
                request.verify() ? Duration.between(finished, checked) : Duration.ZERO,
                written.facts().paused(),
                warnings,
                alerts,
                List.of(),
                request.verify() ? clean(entry, work) : new BackupReport.CleanUp(List.of(), Optional.empty()),
                episodesBefore);
    }

    /** The backup is made by now, whatever becomes of the older ones. */
    private BackupReport.CleanUp clean(CatalogEntry entry, Running<?> work) {
        work.phase("prune", 0, "backups");
        try {
            return new BackupReport.CleanUp(prune.after(entry), Optional.empty());
        } catch (BackupException e) {
            return new BackupReport.CleanUp(List.of(), Optional.of(e));
        }
    }

    /** Whatever fails here, a file that has no entry is withdrawn: nobody has vouched for it. */
    private CatalogEntry enter(CreateRequest request, NewBackup target, Written written, Running<?> work) {
        try {
            var entry = check(request, target, written, work);
            work.phase("index", 0, "");
            store.writeDigest(entry.name(), entry.sha256().orElseThrow());
            catalog.update(all -> all.with(entry));
            return entry;
        } catch (RuntimeException e) {
            try {
                target.withdraw();
                store.remove(target.name()); // what stands beside it
            } catch (RuntimeException another) {
                e.addSuppressed(another);
            }
            throw e;
        }
    }

    private BackupName nextName(CreateRequest request) {
        var known = catalog.prepare();
        var timestamp = TIMESTAMP.format(OffsetDateTime.now(clock));
        return settings.naming()
                .next(
                        request.tier(),
                        timestamp,
                        compression(request),
                        name -> store.contains(name)
                                || known.find(name).isPresent()
                                || known.history().stream()
                                        .anyMatch(past -> past.name().equals(name)));
    }

    private Compression compression(CreateRequest request) {
        return request.compression().orElseGet(() -> settings.compression().apply(request.tier()));
    }

    /** A file that is complete and not published yet: the header as it stands there, what was written, and what the snapshot was. */
    record Written(BackupHeader header, GraphCounts counts, SnapshotFacts facts) {}

    /** Writes a whole document, of any tier, that nobody has read back yet. */
    Written write(CreateRequest request, NewBackup target, Instant began, Running<?> work) {
        var expected = graphs.state(request.database());
        refuseIfDiskIsTooSmall(expected, target.name());
        var codec = Codecs.of(compression(request), settings.level().applyAsInt(compression(request)));
        var draft = header(request, expected, clock.instant(), expected.lastTxId(), work.caller());
        var document = new DocumentWriter(codec, output(target, work), draft);
        var facts = graphs.show(expected, document, snapshotOptions(request), work, work);
        var counts = document.finish();
        var millis = Duration.between(began, clock.instant()).toMillis();
        var sealed = header(request, expected, facts.instant(), facts.lastTxId(), work.caller())
                .sealed(counts, millis);
        document.seal(sealed);
        return new Written(sealed, counts, facts);
    }

    private BackupOutput output(NewBackup target, Running<?> work) {
        var most = settings.maxBytesPerSecond();
        return most.isPresent() ? new SlowedOutput(target, new RateLimit(most.getAsLong()), work) : target;
    }

    private SnapshotOptions snapshotOptions(CreateRequest request) {
        boolean pause = request.pauseWrites()
                .orElse(settings.pauseWrites() || request.pauseTimeout().isPresent());
        return new SnapshotOptions(
                settings.threads(),
                settings.snapshotMemoryBytes(),
                store::scratch,
                pause ? Optional.of(request.pauseTimeout().orElse(settings.pauseTimeout())) : Optional.empty());
    }

    private BackupHeader header(
            CreateRequest request, GraphState state, Instant instant, long lastTxId, String caller) {
        var time = OffsetDateTime.ofInstant(instant, clock.getZone());
        var origin = new BackupHeader.Origin(
                request.database(),
                state.neo4jVersion(),
                settings.pluginVersion(),
                state.storeId(),
                time,
                lastTxId,
                request.tier(),
                Optional.empty(),
                OptionalLong.empty(),
                request.traceId(),
                Optional.of(caller));
        return new BackupHeader(
                DocumentWriter.VERSION,
                TIMESTAMP.format(time),
                DATETIME.format(time),
                request.reason(),
                state.nodes(),
                state.relationships(),
                (request.tier() == Tier.INITIAL ? BackupType.INITIAL : BackupType.FULL).label(),
                settings.source(),
                Optional.of(origin));
    }

    /** By what the last backup of the same kind took per element; without one, the disk itself says when it is full. */
    private void refuseIfDiskIsTooSmall(GraphState state, BackupName name) {
        var last = catalog.read().backups().stream()
                .filter(e -> e.isGood()
                        && e.name().compression() == name.compression()
                        && e.header().elements() > 0)
                .findFirst();
        long elements = state.nodes() + state.relationships();
        last.ifPresent(entry -> {
            double needed = (double) entry.sizeBytes() / entry.header().elements() * elements;
            long free = store.freeBytes();
            if (needed > free) {
                throw new BackupException.Unavailable(
                        String.format(
                                Locale.ROOT,
                                "the backup needs about %,d bytes, but only %,d bytes are free in '%s'",
                                (long) needed,
                                free,
                                store.location()),
                        "Free some space, or set 'folder' to a larger disk; {compression: 'zstd'} makes the smallest files.");
            }
        });
    }

    private CatalogEntry check(CreateRequest request, NewBackup target, Written written, Running<?> work) {
        var reader = new VerifyBackup(store, settings.threads(), settings.maxBytesPerSecond(), settings.episodeLabel());
        long episodes = written.counts().withLabel(settings.episodeLabel());
        if (!request.verify()) {
            var digest = reader.digest(target.name(), work, work);
            return entry(request, target, written.header(), digest, Optional.empty(), episodes);
        }
        var verdict = reader.run(target.name(), Optional.empty(), work, work);
        if (!verdict.valid()) {
            var problems = new ArrayList<>(verdict.problems());
            problems.addAll(EpisodeAlerts.of(OptionalLong.empty(), episodes, verdict.episodes()));
            throw new BackupException.Damaged(
                    "the new backup did not pass its verification and was removed: " + String.join("; ", problems),
                    "The backups from before are as they were. Try again; if it happens again, please report it.");
        }
        return entry(
                request,
                target,
                written.header(),
                verdict.sha256(),
                Optional.of(verdict.at(clock.instant())),
                verdict.episodes());
    }

    private CatalogEntry entry(
            CreateRequest request,
            NewBackup target,
            BackupHeader header,
            Digest sha256,
            Optional<CatalogEntry.Verification> verification,
            long episodes) {
        return new CatalogEntry(
                target.name(),
                header,
                target.size(),
                Optional.of(sha256),
                verification.isPresent() ? State.GOOD : State.UNPROVEN,
                request.pin(),
                clock.instant(),
                verification,
                OptionalLong.of(episodes),
                List.of());
    }
}
