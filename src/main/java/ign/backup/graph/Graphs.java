package ign.backup.graph;

import ign.backup.graph.build.BuildOptions;
import ign.backup.graph.export.SnapshotFacts;
import ign.backup.graph.export.SnapshotOptions;
import ign.backup.graph.merge.GraphMerge;
import ign.backup.graph.merge.MergeOptions;
import ign.backup.graph.merge.MergeSurvey;
import ign.backup.graph.restore.NewStore;
import ign.backup.graph.restore.Replacement;
import ign.backup.graph.restore.SwapOptions;
import ign.backup.graph.script.Script;
import ign.backup.model.BackupException;
import ign.backup.model.BackupName;
import ign.backup.model.CountedChanges;
import ign.backup.model.DatabaseName;
import ign.backup.model.GraphSink;
import ign.backup.model.GraphState;
import ign.backup.model.KeptStore;
import ign.backup.model.Progress;
import ign.backup.model.SavedChanges;
import ign.backup.model.StopSignal;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

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

    /** {@return the user databases} */
    List<DatabaseName> all();

    /** {@return where {@code database} stands now; counts come from the count store, at no cost} */
    GraphState state(DatabaseName database);

    /**
     * {@return how many nodes have that label, from the count store, at no cost; empty when the database does not know the label}
     */
    OptionalLong nodesWithLabel(DatabaseName database, String label);

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

    /** {@return as {@link #state}; empty when the database does not run, as one whose store is broken} */
    Optional<GraphState> stateIfRunning(DatabaseName database);

    /**
     * Says whether a store may take the place of the database's own: it gets its indexes afterwards, which is a write.
     *
     * @throws BackupException.BadRequest when an operator has made the database read-only
     */
    void requireWritable(DatabaseName database);

    /**
     * {@return a place beside the database in which a new store for it is built; the caller closes it}
     *
     * @param before where it stood when the restore was called; empty when it does not run
     */
    NewStore buildAside(DatabaseName database, BuildOptions options, Optional<GraphState> before);

    /**
     * Begins to merge a backup into a database that is in use.
     *
     * @param survey was shown the whole backup
     * @param progress advances by an element once it is committed or left out
     * @return what is to be shown the backup once more, by one thread; the caller closes it
     */
    GraphMerge merge(
            DatabaseName database, MergeSurvey survey, MergeOptions options, Progress progress, StopSignal stop);

    /**
     * Executes all statements of a script on a database without nodes, or none of them.
     *
     * @throws BackupException.BadRequest when it has nodes, or a statement fails
     */
    void run(Script script, DatabaseName database, Progress progress, StopSignal stop);

    /** {@return the store that the last restore has replaced, if it is still there} */
    Optional<KeptStore> kept(DatabaseName database);

    /**
     * {@return that store}
     *
     * @throws BackupException.NotFound when no store is kept
     */
    KeptStore requireKept(DatabaseName database);

    /**
     * Puts that store back in its place, as {@link NewStore#swap} does with a new one.
     *
     * @return the replacement, which the caller closes
     * @throws BackupException.NotFound when no store is kept
     */
    Replacement takeBack(DatabaseName database, SwapOptions options, StopSignal stop);

    /** Removes that store. */
    void removeKept(DatabaseName database);

    /** {@return what was committed to a database, as far as it was counted} */
    CountedChanges changes(DatabaseName database);

    /** Adds what an earlier life of the server had counted since a backup, if the database has started just where that one stopped. */
    void resumeCounting(DatabaseName database, SavedChanges saved);

    /** What was counted since a database has started was changed since that backup, which it has started with. */
    void countSince(DatabaseName database, BackupName backup);

    /** Refuses all writes of clients; {@return what ends that when it is closed, however often} */
    WriteBlock blockWrites(DatabaseName database);

    /** Writes of clients are refused until it is closed. */
    interface WriteBlock extends AutoCloseable {

        @Override
        void close();
    }
}
