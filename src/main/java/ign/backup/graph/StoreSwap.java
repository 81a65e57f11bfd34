package ign.backup.graph;

import ign.backup.model.BackupException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.neo4j.io.fs.FileUtils;
import org.neo4j.io.layout.DatabaseLayout;
import org.neo4j.io.layout.Neo4jLayout;

/**
 * Moves the two folders of a stopped database, its store and its transaction logs, aside and back, by renames only.
 *
 * <p>Each folder says by its name what it is: {@code <database>.ign-aside} is the store before a restore that is under way,
 * {@code <database>.ign-old} the one before the last restore that succeeded, {@code <database>.ign-discarded} what a restore that
 * failed had built. Every step can be repeated, so that a crash in the
 * middle of it, or of its recovery, loses nothing.
 */
final class StoreSwap {

    static final String ASIDE = ".ign-aside";
    static final String OLD = ".ign-old";
    static final String DISCARDED = ".ign-discarded";

    private final List<Path> folders;
    private final SwapJournal journal;

    StoreSwap(DatabaseLayout layout) {
        this.folders = List.of(layout.databaseDirectory(), layout.getTransactionLogsDirectory());
        this.journal = new SwapJournal(layout.getNeo4jLayout().databasesDirectory(), layout.getDatabaseName());
    }

    /** Moves the live folders aside; the database is stopped. */
    void moveAside(String source) {
        for (var folder : folders) {
            if (Files.exists(aside(folder))) {
                throw new BackupException.Unavailable(
                        "'" + aside(folder) + "' is there already, from a restore that was never settled",
                        "Restart the server, which settles it, and call the restore again.");
            }
        }
        journal.write(SwapJournal.Step.REPLACING, source);
        for (var folder : folders) {
            rename(folder, aside(folder));
        }
    }

    /**
     * Puts what is aside back; what stood in its place is discarded, by a rename too. The database is stopped. Call {@link #forget}
     * once it runs.
     */
    void putBack() {
        for (var folder : folders) {
            if (Files.exists(aside(folder))) {
                if (Files.exists(folder)) {
                    delete(discarded(folder));
                    rename(folder, discarded(folder));
                }
                rename(aside(folder), folder);
            }
        }
    }

    /** Makes the new folders final: from here on a crash keeps them. Call {@link #retire} next. */
    void decide(String source) {
        journal.write(SwapJournal.Step.DONE, source);
    }

    /** Makes what is aside the old store, in place of an older one. */
    void retire() {
        for (var folder : folders) {
            if (Files.exists(aside(folder))) {
                delete(old(folder));
                rename(aside(folder), old(folder));
            }
        }
        forget();
    }

    /** The swap is over: removes the journal, and what was discarded. */
    void forget() {
        journal.remove();
        folders.forEach(folder -> delete(discarded(folder)));
    }

    /**
     * Finishes or undoes the swaps that a crash interrupted; called before any database is open.
     *
     * @return one sentence for each
     */
    static List<String> recover(Neo4jLayout layout) {
        var done = new ArrayList<String>();
        var failures = new ArrayList<BackupException>();
        for (var database : layout.databaseLayouts()) {
            try {
                interrupted(layout, database.getDatabaseName()).ifPresent(done::add);
            } catch (BackupException e) { // the other databases are settled all the same
                failures.add(e);
            }
        }
        if (!failures.isEmpty()) {
            throw failures.get(0);
        }
        return done;
    }

    private static Optional<String> interrupted(Neo4jLayout layout, String folderName) {
        var database =
                folderName.endsWith(ASIDE) ? folderName.substring(0, folderName.length() - ASIDE.length()) : folderName;
        var swap = new StoreSwap(layout.databaseLayout(database));
        return swap.journal.read().map(found -> swap.settle(database, found));
    }

    private String settle(String database, SwapJournal.Entry found) {
        return switch (found.step()) {
            case REPLACING -> {
                putBack();
                forget();
                yield "a restore of database '" + database + "' from '" + found.source()
                        + "' was interrupted; the store from before it was put back";
            }
            case DONE -> {
                retire();
                yield "a restore of database '" + database + "' from '" + found.source()
                        + "' had succeeded when the server ended; the restored store is in place";
            }
        };
    }

    private static Path aside(Path folder) {
        return folder.resolveSibling(folder.getFileName() + ASIDE);
    }

    private static Path discarded(Path folder) {
        return folder.resolveSibling(folder.getFileName() + DISCARDED);
    }

    private static Path old(Path folder) {
        return folder.resolveSibling(folder.getFileName() + OLD);
    }

    private static void rename(Path from, Path to) {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
            SwapJournal.forceFolder(to.resolveSibling("."));
        } catch (IOException e) {
            throw new BackupException.Unavailable(
                    "cannot rename '" + from + "' to '" + to + "': " + e.getMessage(),
                    "Check the permissions of the folder that holds them for the user that runs Neo4j.",
                    e);
        }
    }

    private static void delete(Path folder) {
        try {
            FileUtils.deleteDirectory(folder);
        } catch (IOException e) {
            throw new BackupException.Unavailable(
                    "cannot remove '" + folder + "': " + e.getMessage(),
                    "Check the permissions of the folder for the user that runs Neo4j.",
                    e);
        }
    }
}
