package ign.backup.graph;

import ign.backup.model.BackupException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
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
 * {@code <database>.ign-old} the one before the last restore that succeeded. Every step can be repeated, so that a crash in the
 * middle of it, or of its recovery, loses nothing.
 */
final class StoreSwap {

    static final String ASIDE = ".ign-aside";
    static final String OLD = ".ign-old";

    private final List<Path> folders;
    private final SwapJournal journal;

    StoreSwap(DatabaseLayout layout) {
        this.folders = List.of(layout.databaseDirectory(), layout.getTransactionLogsDirectory());
        this.journal = new SwapJournal(layout.getNeo4jLayout().databasesDirectory(), layout.getDatabaseName());
    }

    /** Moves the live folders aside; the database is stopped. */
    void moveAside(String source) {
        journal.write(SwapJournal.Step.REPLACING, source);
        for (var folder : folders) {
            rename(folder, aside(folder));
        }
    }

    /** Puts what is aside back, over whatever stands in its place; the database is stopped. */
    void putBack() {
        for (var folder : folders) {
            if (Files.exists(aside(folder))) {
                delete(folder);
                rename(aside(folder), folder);
            }
        }
        journal.remove();
    }

    /** Makes the new folders final; what was aside becomes the old store, in place of an older one. */
    void finish(String source) {
        journal.write(SwapJournal.Step.DONE, source);
        retire();
    }

    private void retire() {
        for (var folder : folders) {
            if (Files.exists(aside(folder))) {
                delete(old(folder));
                rename(aside(folder), old(folder));
            }
        }
        journal.remove();
    }

    /**
     * Finishes or undoes the swaps that a crash interrupted; called before any database is open.
     *
     * @return one sentence for each
     */
    static List<String> recover(Neo4jLayout layout) {
        var done = new ArrayList<String>();
        for (var database : layout.databaseLayouts()) {
            interrupted(layout, database.getDatabaseName()).ifPresent(done::add);
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

    private static Path old(Path folder) {
        return folder.resolveSibling(folder.getFileName() + OLD);
    }

    private static void rename(Path from, Path to) {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
            SwapJournal.force(to.resolveSibling("."), StandardOpenOption.READ);
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
