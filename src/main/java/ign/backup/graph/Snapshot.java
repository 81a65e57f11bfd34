package ign.backup.graph;

import ign.backup.model.BackupException;
import ign.backup.model.GraphSink;
import ign.backup.model.Progress;
import ign.backup.model.StopSignal;
import java.time.Instant;

/** A graph that is ready to be shown, once. */
public interface Snapshot extends AutoCloseable {

    /** {@return the instant whose state is shown} */
    Instant instant();

    /** {@return counts, store and last transaction at that instant} */
    GraphState state();

    /**
     * Shows schema, nodes and relationships, in this order.
     *
     * @param threads how many threads read, encode and pack; at least 1
     * @throws BackupException.BadRequest when an element has a value that Neo4j Community cannot store; names element and property
     */
    void show(GraphSink sink, int threads, StopSignal stop, Progress progress);

    @Override
    void close();
}
