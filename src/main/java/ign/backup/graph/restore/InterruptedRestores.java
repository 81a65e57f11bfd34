package ign.backup.graph.restore;

import ign.backup.graph.build.Staging;
import ign.backup.graph.build.StoreFolders;
import ign.backup.model.BackupException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.neo4j.io.layout.Neo4jLayout;

/** What the start of a server does about restores that a crash has interrupted, before any database is open. */
public final class InterruptedRestores {

    private InterruptedRestores() {}

    /**
     * Finishes or undoes exchanges of stores, removes what had been built, and names what it does not understand.
     *
     * @param defaultDatabase whose folders are never rubbish, whatever its name
     * @return one sentence for each
     */
    public static List<String> settle(Neo4jLayout layout, String defaultDatabase) {
        var roots = Leftovers.rootsOf(layout);
        var done = new ArrayList<>(StoreSwap.recover(layout));
        done.addAll(Leftovers.unexplained(roots, defaultDatabase));
        done.addAll(Leftovers.remove(roots, defaultDatabase));
        return done;
    }

    /**
     * Looks for a store that is aside, or has a journal, while nothing is in its place, as when the exchange could not be undone. Neo4j
     * would begin with an empty graph there, and clients would write into that.
     *
     * @param defaultDatabase whose folders are what they are, whatever its name
     * @throws BackupException.Unavailable when there is one: then the server must not start
     */
    public static void refuseAnEmptyStart(Neo4jLayout layout, String defaultDatabase) {
        for (var aside : Leftovers.aside(Leftovers.rootsOf(layout), defaultDatabase)) {
            requireStore(StoreSwap.liveOf(aside), "and '" + aside + "' is what a restore has moved away from there");
        }
        for (var database : StoreSwap.databasesWithAJournal(layout)) {
            for (var live : StoreFolders.of(layout.databaseLayout(database))) {
                requireStore(live, "after a restore that was interrupted and could not be settled");
            }
        }
    }

    private static void requireStore(Path live, String why) {
        if (!Files.isDirectory(live)) {
            throw new BackupException.Unavailable(
                    "'" + live + "' is missing, " + why
                            + "; with an empty graph in its place the server is not started",
                    "Remove what kept the plugin from putting it back, which neo4j.log tells, or rename it yourself, and"
                            + " start the server.");
        }
    }

    /** Removes what had been built in a folder of its own; {@return one sentence for each} */
    public static List<String> sweep(Neo4jLayout layout, Path staging) {
        return Leftovers.remove(Staging.rootsIn(staging, layout), "");
    }
}
