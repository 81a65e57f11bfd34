package ign.backup.graph;

import ign.backup.model.GraphSchema;
import ign.backup.model.GraphState;
import ign.backup.model.GraphVisitor;
import ign.backup.model.Progress;
import ign.backup.model.StopSignal;
import java.time.Duration;
import java.util.List;

/**
 * An empty graph in the place of the old one, until it is either kept or given up.
 *
 * <p>Clients can read it while it is filled; their writes are refused with an error that drivers repeat.
 */
public interface Replacement extends AutoCloseable {

    /** What a loader needs to know about the backup beforehand. */
    record Expected(long nodes, long largestNodeId) {}

    /**
     * {@return a visitor that creates what it is shown: all nodes before the first relationship; the caller closes it}
     *
     * @param batchSize most elements in one transaction
     * @param progress advances by an element once it is committed
     */
    Loader loader(Expected expected, int batchSize, Progress progress, StopSignal stop);

    /** {@return the schema of the graph that was taken away} */
    GraphSchema replacedSchema();

    /**
     * Makes the schema equal to the given one and waits until all indexes are online or have failed.
     *
     * @param limit how long the indexes may take
     * @return what could not be created and why, one sentence each; empty if all was
     */
    List<String> apply(GraphSchema schema, Duration limit, Progress progress, StopSignal stop);

    /** {@return where the new graph stands} */
    GraphState state();

    /**
     * Makes the new graph final. The old store stays aside until the next restore succeeds.
     *
     * @return what an operator should know, one sentence each
     */
    List<String> keep();

    /** {@return what became of the graphs} */
    Fate fate();

    /** What can become of the graphs. */
    enum Fate {
        /** Neither was decided; after closing: putting the old one back failed, and the next start of the server tries again. */
        OPEN,
        /** The new one was kept. */
        KEPT,
        /** The old one is back. */
        PUT_BACK
    }

    /** Puts the old graph back unless the new one was kept. */
    @Override
    void close();

    /** Creates elements in batches. */
    interface Loader extends GraphVisitor, AutoCloseable {

        /** Returns when everything that was shown is in the database. */
        void finish();

        /** Frees the loader's thread; what was not finished is lost. */
        @Override
        void close();
    }
}
