package ign.backup.graph.restore;

import ign.backup.model.GraphSchema;
import ign.backup.model.GraphState;
import ign.backup.model.Progress;
import ign.backup.model.StopSignal;
import ign.backup.model.Warmth;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Another store in the place of the old one, until it is either kept or given up.
 *
 * <p>Clients read it already; their writes are refused with an error that drivers repeat until it is kept, so that giving it up
 * loses nothing that was confirmed.
 */
public interface Replacement extends AutoCloseable {

    /** {@return how long the database was stopped} */
    Duration unavailable();

    /** {@return how many transactions were committed between the call and the swap: the new store does not have them} */
    long transactionsLost();

    /** {@return the schema of the graph that was taken away; empty when its database did not run} */
    Optional<GraphSchema> replacedSchema();

    /**
     * Makes the schema equal to the given one, except that its indexes may still be populated afterwards.
     *
     * @return what could not be created and why, one sentence each; empty if all was
     * @throws ign.backup.model.BackupException.Damaged when the data violates a constraint
     */
    List<String> define(GraphSchema schema, Progress progress, StopSignal stop);

    /**
     * Waits until all indexes are online or have failed.
     *
     * @return which are not online and why, one sentence each; empty if all are
     */
    List<String> awaitIndexes(Duration limit, Progress progress, StopSignal stop);

    /** {@return where the new graph stands} */
    GraphState state();

    /**
     * Makes the new graph final, and lets clients write.
     *
     * @return what an operator should know, one sentence each
     */
    List<String> keep();

    /** Reads the store into the page cache. */
    Warmth warmUp(Progress progress, StopSignal stop);

    /** {@return what became of the graphs} */
    Fate fate();

    /** What can become of the graphs. */
    enum Fate {
        /** Neither was decided; after closing: putting the old one back failed, and the next start of the server tries again. */
        OPEN("the store that served before could not be put back; restart the server, which does that"),
        /** The new one was kept. */
        KEPT("the new store is in place all the same"),
        /** The old one is back. */
        PUT_BACK("the database is as it was before"),
        /** The old one is back, and could not be started; the next start of the server tries again. */
        PUT_BACK_STOPPED(
                "the store that served before is back in its place, but does not run; restart the server, which starts it");

        private final String clause;

        Fate(String clause) {
            this.clause = clause;
        }

        /** {@return the end of a sentence about a failure} */
        public String clause() {
            return clause;
        }
    }

    /** Puts the old graph back unless the new one was kept. */
    @Override
    void close();
}
