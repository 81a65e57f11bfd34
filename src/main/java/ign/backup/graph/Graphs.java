package ign.backup.graph;

import ign.backup.graph.export.SnapshotFacts;
import ign.backup.graph.export.SnapshotOptions;
import ign.backup.model.BackupException;
import ign.backup.model.DatabaseName;
import ign.backup.model.GraphSink;
import ign.backup.model.GraphState;
import ign.backup.model.Progress;
import ign.backup.model.StopSignal;
import java.util.Optional;

/** The databases of a server, without a type of Neo4j in sight. */
public interface Graphs {

    /**
     * {@return the user database a caller means}
     *
     * @param asked what the caller named; nothing means the only user database
     * @throws BackupException.NotFound when there is none of that name, or none at all
     * @throws BackupException.BadRequest when {@code system} was named, or nothing and there is more than one
     */
    DatabaseName choose(Optional<DatabaseName> asked);

    /** {@return where {@code database} stands now; counts come from the count store, at no cost} */
    GraphState state(DatabaseName database);

    /**
     * Shows the graph to {@code sink} as it was at one instant, while others go on writing.
     *
     * @param expected where the database stood a moment before
     * @return what was shown
     * @throws BackupException.Unavailable when the database does not run, or the snapshot cannot be kept up
     * @throws BackupException.Overtaken when another attempt has every chance, with another sink
     */
    SnapshotFacts show(
            GraphState expected, GraphSink sink, SnapshotOptions options, StopSignal stop, Progress progress);

    /**
     * Takes the graph away and gives an empty one in its place, into which a backup is loaded. Open transactions of the database
     * are terminated.
     *
     * @param source the name of the backup, for the journal
     * @return the replacement, which the caller closes; the old graph comes back unless {@link Replacement#keep} was called
     */
    Replacement replace(DatabaseName database, String source);
}
