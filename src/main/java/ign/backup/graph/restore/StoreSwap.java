package ign.backup.graph.restore;

import ign.backup.graph.build.StoreFolders;
import ign.backup.graph.restore.SwapJournal.Entry;
import ign.backup.graph.restore.SwapJournal.Origin;
import ign.backup.graph.restore.SwapJournal.Step;
import ign.backup.model.BackupException;
import ign.backup.model.KeptStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.neo4j.io.layout.DatabaseLayout;
import org.neo4j.io.layout.Neo4jLayout;

/**
 * Exchanges the two folders of a stopped database, its store and its transaction logs, for others, by renames only.
 *
 * <p>Each folder says by its name what it is: {@code <database>.ign-aside} is the store before a restore that is under way,
 * {@code <database>.ign-old} the one before the last restore that succeeded, {@code <database>.ign-new} one that is being built,
 * {@code <database>.ign-discarded} what is of no use any more. Every step can be repeated, so that a crash in the middle of it,
 * or of its recovery, loses nothing.
 */
final class StoreSwap {

    /** What the endings of all our folders begin with. */
    static final String ENDINGS = ".ign-";

    static final String ASIDE = ".ign-aside";
    static final String OLD = ".ign-old";
    static final String DISCARDED = ".ign-discarded";
    private static final String KEPT = ".ign-kept";
    private static final String KEPT_COMMENT = "What the folders ending in '" + OLD
            + "' are: the store before the last restore, for ign.backup.rollback().";

    private final String database;
    private final List<Path> folders;
    private final SwapJournal journal;
    private final DurableProperties kept;
    private final Consumer<RestoreStep> steps;

    /** {@code steps} hears of each step. */
    StoreSwap(DatabaseLayout layout, Consumer<RestoreStep> steps) {
        var databases = layout.getNeo4jLayout().databasesDirectory();
        this.database = layout.getDatabaseName();
        this.folders = StoreFolders.of(layout);
        this.journal = new SwapJournal(databases, database);
        this.kept = new DurableProperties(databases.resolve(database + KEPT), KEPT_COMMENT);
        this.steps = steps;
    }

    /** Writes down what is about to happen. The database may still run. */
    Entry announce(Origin origin, String source, boolean keepsOld, Instant now) {
        for (var folder : folders) {
            if (Files.exists(aside(folder))) {
                throw new BackupException.Unavailable(
                        "'" + aside(folder) + "' is there already, from a restore that was never settled",
                        "Restart the server, which settles it, and call the restore again.");
            }
        }
        discardedOnes().forEach(StoreFolders::delete); // if they cannot be removed, nothing has begun
        var entry = new Entry(Step.REPLACING, origin, source, keepsOld, now);
        journal.write(entry);
        steps.accept(RestoreStep.ANNOUNCED);
        return entry;
    }

    /** Moves the live folders aside and these in their place, in the same order; the database is stopped. */
    void exchange(List<Path> next) {
        rename(folders.get(0), aside(folders.get(0)));
        steps.accept(RestoreStep.OLD_STORE_ASIDE);
        rename(folders.get(1), aside(folders.get(1)));
        steps.accept(RestoreStep.OLD_LOGS_ASIDE);
        rename(next.get(0), folders.get(0));
        steps.accept(RestoreStep.NEW_STORE_IN_PLACE);
        rename(next.get(1), folders.get(1));
        steps.accept(RestoreStep.NEW_LOGS_IN_PLACE);
    }

    /**
     * Puts what is aside back; what stood in its place is discarded, or kept again, by a rename too. The database is stopped. Call
     * {@link #forget} once it runs.
     */
    void putBack(Entry entry) {
        // If it says so already there is nothing to write, which a full disk would refuse.
        if (!journal.says(entry)) {
            journal.write(entry);
        }
        var givenUp = List.of(RestoreStep.NEW_STORE_GIVEN_UP, RestoreStep.NEW_LOGS_GIVEN_UP);
        var back = List.of(RestoreStep.OLD_STORE_BACK, RestoreStep.OLD_LOGS_BACK);
        for (int i = 0; i < folders.size(); i++) {
            var folder = folders.get(i);
            if (Files.exists(aside(folder))) {
                if (Files.exists(folder)) {
                    rename(folder, entry.origin() == Origin.KEPT ? old(folder) : freeName(folder));
                    steps.accept(givenUp.get(i));
                }
                rename(aside(folder), folder);
                steps.accept(back.get(i));
            }
        }
    }

    /** {@return a name for what is of no use any more; what has the usual one may be such that it cannot be removed} */
    private static Path freeName(Path folder) {
        int number = 1;
        while (Files.exists(discarded(folder, number))) {
            number++;
        }
        return discarded(folder, number);
    }

    private List<Path> discardedOnes() {
        var found = new ArrayList<Path>();
        for (var folder : folders) {
            for (int i = 1; i == 1 || Files.exists(discarded(folder, i)); i++) {
                found.add(discarded(folder, i));
            }
        }
        return found;
    }

    /** Makes the new folders final: from here on a crash keeps them. Call {@link #retire} next. */
    void decide(Entry entry) {
        journal.write(entry.at(Step.DONE));
        steps.accept(RestoreStep.DECIDED);
    }

    /** Keeps what is aside as the old store, in place of an older one, or removes both. */
    void retire(Entry entry) {
        var ends = List.of(RestoreStep.OLD_STORE_PUT_AWAY, RestoreStep.OLD_LOGS_PUT_AWAY);
        if (entry.keepsOld()) {
            kept.write(Map.of("since", entry.began().toString(), "replaced_by", entry.source()));
        }
        for (int i = 0; i < folders.size(); i++) {
            var folder = folders.get(i);
            if (Files.exists(aside(folder))) {
                StoreFolders.delete(old(folder));
                rename(aside(folder), entry.keepsOld() ? old(folder) : freeName(folder));
            }
            steps.accept(ends.get(i));
        }
        if (!entry.keepsOld()) {
            kept.remove();
        }
        forget();
    }

    /** The exchange is over: removes the journal, and what was discarded. */
    void forget() {
        journal.remove();
        steps.accept(RestoreStep.SETTLED);
        discardedOnes().forEach(StoreFolders::delete);
    }

    /** {@return the store that a rollback would put back} */
    Optional<KeptStore> kept() {
        if (!folders.stream().map(StoreSwap::old).allMatch(Files::exists)) {
            return Optional.empty();
        }
        long bytes = folders.stream()
                .map(StoreSwap::old)
                .mapToLong(StoreFolders::sizeOf)
                .sum();
        try {
            var known = kept.read().orElse(Map.of());
            var since = known.containsKey("since") ? Instant.parse(known.get("since")) : lastTouched();
            return Optional.of(new KeptStore(since, known.getOrDefault("replaced_by", "an unknown restore"), bytes));
        } catch (IllegalArgumentException | DateTimeException e) {
            return Optional.of(new KeptStore(lastTouched(), "an unknown restore", bytes));
        }
    }

    private Instant lastTouched() {
        var folder = old(folders.get(0));
        try {
            return Files.getLastModifiedTime(folder).toInstant();
        } catch (IOException e) {
            throw new BackupException.Unavailable(
                    "the kept store '" + folder + "' cannot be looked at: " + e.getMessage(),
                    "Check the permissions of the folder for the user that runs Neo4j.",
                    e);
        }
    }

    /** {@return the folders of the kept store} */
    List<Path> keptFolders() {
        return folders.stream().map(StoreSwap::old).toList();
    }

    /** Removes the kept store. */
    void removeKept() {
        for (var folder : folders) {
            if (Files.exists(old(folder))) { // by a rename first: half a store must not look like one
                rename(old(folder), freeName(folder));
            }
        }
        kept.remove();
        discardedOnes().forEach(StoreFolders::delete);
    }

    /**
     * Finishes or undoes the exchanges that a crash interrupted; called before any database is open.
     *
     * @return one sentence for each
     */
    static List<String> recover(Neo4jLayout layout) {
        var done = new ArrayList<String>();
        var failures = new ArrayList<BackupException>();
        for (var database : databasesWithAJournal(layout)) {
            try {
                var swap = new StoreSwap(layout.databaseLayout(database), step -> {});
                swap.journal.read().map(swap::settle).ifPresent(done::add);
            } catch (BackupException e) { // the other databases are settled all the same
                failures.add(e);
            }
        }
        if (!failures.isEmpty()) {
            throw failures.get(0);
        }
        return done;
    }

    /** By the journals and not by the folders: these may all have other names at the moment. */
    static List<String> databasesWithAJournal(Neo4jLayout layout) {
        var folder = layout.databasesDirectory();
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(SwapJournal.ENDING))
                    .map(name -> name.substring(0, name.length() - SwapJournal.ENDING.length()))
                    .toList();
        } catch (IOException e) {
            throw new BackupException.Unavailable(
                    "folder '" + folder + "' cannot be looked into: " + e.getMessage(),
                    "Check the permissions of the folder for the user that runs Neo4j.",
                    e);
        }
    }

    private String settle(Entry found) {
        var what = found.origin() == Origin.KEPT ? "a rollback" : "a restore";
        return switch (found.step()) {
            case REPLACING -> {
                putBack(found);
                requireBoth();
                forget();
                yield what + " of database '" + database + "' " + from(found)
                        + "was interrupted; the store from before it was put back";
            }
            case DONE -> {
                retire(found);
                yield what + " of database '" + database + "' " + from(found)
                        + "had succeeded when the server ended; the new store is in place";
            }
        };
    }

    /** One that is missing lies on a disk that is not mounted, or somebody has moved it: then nothing is decided. */
    private void requireBoth() {
        for (var folder : folders) {
            if (!Files.isDirectory(folder)) {
                throw new BackupException.Unavailable(
                        "'" + folder + "' is missing, and so is its '" + ASIDE
                                + "', after a restore that was interrupted",
                        "Mount what holds it, or put it there, and restart the server, which settles the restore then.");
            }
        }
    }

    private static String from(Entry entry) {
        return entry.origin() == Origin.KEPT ? "" : "from '" + entry.source() + "' ";
    }

    /** {@return where a folder that is aside belongs} */
    static Path liveOf(Path aside) {
        var name = aside.getFileName().toString();
        return aside.resolveSibling(name.substring(0, name.length() - ASIDE.length()));
    }

    private static Path aside(Path folder) {
        return folder.resolveSibling(folder.getFileName() + ASIDE);
    }

    private static Path discarded(Path folder, int number) {
        return folder.resolveSibling(folder.getFileName() + DISCARDED + (number == 1 ? "" : number));
    }

    private static Path old(Path folder) {
        return folder.resolveSibling(folder.getFileName() + OLD);
    }

    private static void rename(Path from, Path to) {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
            DurableProperties.forceFolder(to.resolveSibling("."));
            if (!from.resolveSibling(".")
                    .normalize()
                    .equals(to.resolveSibling(".").normalize())) {
                DurableProperties.forceFolder(from.resolveSibling("."));
            }
        } catch (IOException e) {
            throw new BackupException.Unavailable(
                    "cannot rename '" + from + "' to '" + to + "': " + e.getMessage(),
                    "Check the permissions of the folder that holds them for the user that runs Neo4j.",
                    e);
        }
    }
}
