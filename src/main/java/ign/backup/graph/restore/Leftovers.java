package ign.backup.graph.restore;

import ign.backup.graph.build.Staging;
import ign.backup.graph.build.StoreFolders;
import ign.backup.model.BackupException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.neo4j.io.layout.Neo4jLayout;

/** What restores that did not come to their end have left beside the databases; looked for before any database is open. */
final class Leftovers {

    private Leftovers() {}

    /**
     * Removes stores that were being built, what was discarded, and halves of kept stores; nothing of a database with a store aside, which
     * somebody has to settle first.
     *
     * @param spared a name that is no rubbish
     * @return one sentence for each, also for one that cannot be removed
     */
    static List<String> remove(List<Path> roots, String spared) {
        var removed = new ArrayList<String>();
        var unsettled = aside(roots, spared).stream().map(Leftovers::databaseOf).collect(Collectors.toSet());
        for (var folder : foldersIn(roots)) {
            var name = folder.getFileName().toString();
            if (!name.equals(spared)
                    && !unsettled.contains(databaseOf(folder))
                    && (name.endsWith(Staging.NEW) || name.contains(StoreSwap.DISCARDED) || isHalf(name, roots))) {
                removed.add(remove(folder));
            }
        }
        return removed;
    }

    private static String remove(Path folder) {
        try {
            long bytes = StoreFolders.sizeOf(folder);
            StoreFolders.delete(folder);
            return "removed '" + folder + "' (" + bytes + " bytes), which a restore that did not end has left";
        } catch (BackupException e) { // it only takes space: no reason to do without the plugin
            return "could not remove what a restore that did not end has left: " + e.explanation();
        }
    }

    /**
     * A crash while a kept store was removed leaves its logs, which are of no use. A store without logs is not such a half: their
     * disk is not mounted.
     */
    private static boolean isHalf(String name, List<Path> roots) {
        if (!name.endsWith(StoreSwap.OLD)) {
            return false;
        }
        var stores = roots.get(0);
        var database = name.substring(0, name.length() - StoreSwap.OLD.length());
        return !Files.isDirectory(stores.resolve(name)) && Files.isDirectory(stores.resolve(database));
    }

    /** {@return for each store that is aside without a journal, what to do; nothing is guessed} */
    static List<String> unexplained(List<Path> roots, String spared) {
        return aside(roots, spared).stream()
                .map(folder ->
                        "'" + folder + "' is the store from before a restore, but its journal is missing, so that"
                                + " nothing was done with it: stop the server, and rename it to its database's name if that is"
                                + " the store you want, or remove it")
                .toList();
    }

    /** {@return the folders that are aside, of stores and of logs} */
    static List<Path> aside(List<Path> roots, String spared) {
        return foldersIn(roots).stream()
                .filter(folder -> folder.getFileName().toString().endsWith(StoreSwap.ASIDE))
                .filter(folder -> !folder.getFileName().toString().equals(spared))
                .toList();
    }

    /** {@return the database that a folder of ours belongs to} */
    private static String databaseOf(Path folder) {
        var name = folder.getFileName().toString();
        int ending = name.lastIndexOf(StoreSwap.ENDINGS);
        return ending < 0 ? name : name.substring(0, ending);
    }

    static List<Path> rootsOf(Neo4jLayout layout) {
        return List.of(layout.databasesDirectory(), layout.transactionLogsRootDirectory());
    }

    private static List<Path> foldersIn(List<Path> roots) {
        var folders = new ArrayList<Path>();
        for (var root : roots) {
            if (!Files.isDirectory(root)) {
                continue;
            }
            try (var found = Files.list(root)) {
                found.filter(Files::isDirectory).sorted().forEach(folders::add);
            } catch (IOException e) {
                throw new BackupException.Unavailable(
                        "folder '" + root + "' cannot be looked into: " + e.getMessage(),
                        "Check the permissions of the folder for the user that runs Neo4j.",
                        e);
            }
        }
        return folders;
    }
}
