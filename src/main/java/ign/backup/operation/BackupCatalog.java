package ign.backup.operation;

import ign.backup.format.CatalogJson;
import ign.backup.format.DocumentReader;
import ign.backup.format.Limits;
import ign.backup.model.BackupException;
import ign.backup.model.BackupHeader;
import ign.backup.model.BackupName;
import ign.backup.model.Catalog;
import ign.backup.model.CatalogEntry;
import ign.backup.model.CatalogEntry.State;
import ign.backup.model.DatabaseName;
import ign.backup.model.Digest;
import ign.backup.model.Progress;
import ign.backup.model.StopSignal;
import ign.backup.storage.BackupStore;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;

/**
 * The catalog of a folder, held together with the files in it.
 *
 * <p>Readers never need {@code backup_metadata.json} to be right: what it misses is found in the folder, what it lists in vain is
 * said to be missing, and when both its copies are lost it is rebuilt from the files, all of them pinned.
 */
public final class BackupCatalog {

    private final BackupStore store;
    private final Clock clock;
    private final Events events;
    private byte[] lastBytes = {};
    private Catalog lastCatalog = Catalog.EMPTY;

    /** The catalog of {@code store}. */
    public BackupCatalog(BackupStore store, Clock clock, Events events) {
        this.store = store;
        this.clock = clock;
        this.events = events;
    }

    /** {@return the catalog as it is stored, made to agree with the files of the folder} */
    public synchronized Catalog read() {
        return reconcile(stored());
    }

    /** {@return the SHA-256 that a backup had when it was written or first verified, if that is known} */
    Optional<Digest> recordedDigest(BackupName name) {
        return read().find(name).flatMap(CatalogEntry::sha256);
    }

    /** Makes sure that there is a catalog before the first backup is; a folder with backups and without one looks like a loss. */
    Catalog prepare() {
        return update(UnaryOperator.identity());
    }

    /** Changes the stored catalog; what {@code change} makes of it is durable when this returns. */
    public synchronized Catalog update(UnaryOperator<Catalog> change) {
        var stored = stored();
        var seen = reconcile(stored);
        var changed = change.apply(seen);
        store.writeCatalog(CatalogJson.write(withoutStrangers(changed, seen, stored)));
        return changed;
    }

    /** A file that only lies in the folder is looked at anew each time, until somebody has verified or pinned it. */
    private static Catalog withoutStrangers(Catalog changed, Catalog seen, Catalog stored) {
        var entered = changed.backups().stream()
                .filter(entry -> stored.find(entry.name()).isPresent()
                        || !seen.find(entry.name()).equals(Optional.of(entry)))
                .toList();
        return new Catalog(entered, changed.history());
    }

    /** {@return the name of {@link #latest}; {@code NotFound} when there is none} */
    public BackupName requireLatest(DatabaseName database) {
        return latest(database)
                .map(CatalogEntry::name)
                .orElseThrow(() -> new BackupException.NotFound(
                        "there is no backup in '" + store.location() + "'",
                        "Make one with CALL ign.backup.create('reason'), or copy a file into that folder."));
    }

    /** {@return a database's newest good backup} */
    public Optional<CatalogEntry> lastGood(DatabaseName database) {
        return read().backups().stream()
                .filter(entry -> entry.isGood() && entry.isOf(database))
                .findFirst();
    }

    /** {@return a database's newest backup that a restore can rely on, or else the newest that is not known to be damaged} */
    public Optional<CatalogEntry> latest(DatabaseName database) {
        var backups =
                read().backups().stream().filter(entry -> entry.isOf(database)).toList();
        return backups.stream().filter(CatalogEntry::isGood).findFirst().or(() -> backups.stream()
                .filter(e -> e.state() == State.UNPROVEN || e.state() == State.UNRECORDED)
                .findFirst());
    }

    private Catalog stored() {
        var copies = store.readCatalog();
        if (copies.first().isEmpty() && copies.second().isEmpty()) {
            return store.list().isEmpty() ? Catalog.EMPTY : rebuilt("it is missing");
        }
        var first = parse(copies.first());
        var second = parse(copies.second());
        if (first.isPresent() && second.isPresent()) {
            return copies.agree() ? first.get() : moreCareful(first.get(), second.get());
        }
        return first.or(() -> second).orElseGet(() -> rebuilt("both its copies are damaged"));
    }

    /** A newer version is refused by the parser and not overwritten; other damage is what the second copy is for. */
    private Optional<Catalog> parse(Optional<byte[]> copy) {
        try {
            return copy.map(this::read);
        } catch (BackupException.Damaged e) {
            return Optional.empty();
        }
    }

    /** It is asked for every few seconds, and changes seldom. */
    private Catalog read(byte[] bytes) {
        if (!Arrays.equals(bytes, lastBytes)) {
            lastCatalog = CatalogJson.read(bytes);
            lastBytes = bytes;
        }
        return lastCatalog;
    }

    /** The first copy is the newer one; what the second one has pinned stays pinned. */
    private Catalog moreCareful(Catalog first, Catalog second) {
        events.tell(new Events.Noted(
                "the two copies of the catalog differ, as after a crash; the more careful reading is used"));
        var careful = first;
        for (var entry : second.backups()) {
            var known = first.find(entry.name());
            if (entry.pinned() && known.isPresent() && !known.get().pinned()) {
                careful = careful.with(known.get().pinned(true));
            }
        }
        return careful;
    }

    private Catalog rebuilt(String why) {
        events.tell(new Events.Noted("the catalog is rebuilt from the files of " + store.location() + ", for " + why
                + "; every backup found counts as pinned until it is released"));
        var catalog = Catalog.EMPTY;
        for (var name : store.list()) {
            catalog = catalog.with(unrecorded(name).pinned(true));
        }
        store.writeCatalog(CatalogJson.write(catalog));
        return catalog;
    }

    private Catalog reconcile(Catalog stored) {
        var present = new HashSet<>(store.list());
        var catalog = stored;
        for (var entry : stored.backups()) {
            if (!present.remove(entry.name())) {
                catalog = catalog.with(entry.in(State.MISSING));
            } else if (entry.state() == State.MISSING) {
                catalog = catalog.with(entry.in(State.UNRECORDED));
            }
        }
        for (var name : present) {
            catalog = catalog.with(unrecorded(name));
        }
        return catalog;
    }

    private CatalogEntry unrecorded(BackupName name) {
        try (var stored = store.open(name)) {
            return new CatalogEntry(
                    name,
                    header(name),
                    stored.size(),
                    store.digest(name),
                    State.UNRECORDED,
                    false,
                    clock.instant(),
                    Optional.empty(),
                    OptionalLong.empty(),
                    List.of());
        } catch (BackupException e) {
            return unreadable(name, e);
        }
    }

    private CatalogEntry unreadable(BackupName name, BackupException why) {
        var header = new BackupHeader("", "", "", "", 0, 0, "", "", Optional.empty());
        var verification =
                new CatalogEntry.Verification(clock.instant(), false, "Backup validation failed: " + why.getMessage());
        // Only bad bytes are damage: what cannot be read now, or not by this version, may be sound.
        var state = why instanceof BackupException.Damaged ? State.DAMAGED : State.UNRECORDED;
        return new CatalogEntry(
                name,
                header,
                0,
                Optional.empty(),
                state,
                false,
                clock.instant(),
                Optional.of(verification),
                OptionalLong.empty(),
                List.of());
    }

    /**
     * {@return the header of a backup, without a look at the rest}
     *
     * @throws BackupException.Damaged when it cannot be read
     */
    BackupHeader header(BackupName name) {
        try (var stored = store.open(name)) {
            return new StoredDocument(stored, StopSignal.NEVER, Progress.NONE)
                    .read(json -> new DocumentReader(Limits.DEFAULT).readHeader(json));
        }
    }

    /** Enters the outcome of a verification; a backup without an entry gets one. */
    void enter(Verdict verdict) {
        update(catalog -> catalog.with(
                entered(catalog.find(verdict.name()).orElseGet(() -> unrecorded(verdict.name())), verdict)));
    }

    private CatalogEntry entered(CatalogEntry known, Verdict verdict) {
        return new CatalogEntry(
                known.name(),
                verdict.header().orElse(known.header()),
                verdict.sizeBytes(),
                verdict.valid() && verdict.digestKnown() ? Optional.of(verdict.sha256()) : known.sha256(),
                verdict.state(),
                known.pinned(),
                known.entered(),
                Optional.of(verdict.at(clock.instant())),
                verdict.valid() ? OptionalLong.of(verdict.episodes()) : known.episodes(),
                known.earlierThanNext());
    }

    /** Enters the outcome for a file that nobody has entered meanwhile, and is still there. */
    void adopt(Verdict verdict) {
        update(catalog -> catalog.find(verdict.name())
                .filter(entry -> entry.state() == State.UNRECORDED)
                .map(entry -> catalog.with(entered(entry, verdict)))
                .orElse(catalog));
    }

    /** {@return the entry of a backup that is there, made from the file when nobody has entered it} */
    CatalogEntry describe(BackupName name) {
        return read().find(name).orElseGet(() -> unrecorded(name));
    }

    /** {@return names that nobody has verified yet} */
    List<BackupName> unverified() {
        var names = new ArrayList<BackupName>();
        for (var entry : read().backups()) {
            if (entry.state() == State.UNRECORDED) {
                names.add(entry.name());
            }
        }
        return names;
    }
}
