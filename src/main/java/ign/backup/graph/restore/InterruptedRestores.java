package ign.backup.graph.restore;

import ign.backup.graph.build.Staging;
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
        done.addAll(Leftovers.unexplained(roots));
        done.addAll(Leftovers.remove(roots, defaultDatabase));
        return done;
    }

    /** Removes what had been built in a folder of its own; {@return one sentence for each} */
    public static List<String> sweep(Neo4jLayout layout, Path staging) {
        return Leftovers.remove(Staging.rootsIn(staging, layout), "");
    }
}
