package ign.backup.failpoint;

import ign.backup.graph.restore.RestoreStep;
import java.util.stream.Stream;
import org.neo4j.kernel.api.procedure.SystemProcedure;
import org.neo4j.procedure.Mode;
import org.neo4j.procedure.Name;
import org.neo4j.procedure.Procedure;

/** How a test says what is to happen; to be called on {@code system}. */
public final class FailpointProcedures {

    /** One row: where a restore waits, or an empty text. */
    public record WaitingRow(String step) {}

    /** One row for each thread of the server. */
    public record ThreadRow(String name) {}

    /** Kills the server at a step, or lets it wait there. */
    @SystemProcedure
    @Procedure(name = "failpoint.set", mode = Mode.READ)
    public Stream<WaitingRow> set(@Name("step") String step, @Name("action") String action) {
        Failpoints.OF_THIS_SERVER.set(RestoreStep.valueOf(step), action);
        return waiting();
    }

    /** Says where a restore waits. */
    @SystemProcedure
    @Procedure(name = "failpoint.waiting", mode = Mode.READ)
    public Stream<WaitingRow> waiting() {
        return Stream.of(new WaitingRow(Failpoints.OF_THIS_SERVER.waitingAt()));
    }

    /** Opens a transaction as another plugin might, and keeps it open. */
    @SystemProcedure
    @Procedure(name = "failpoint.hold", mode = Mode.READ)
    public Stream<WaitingRow> hold() {
        Failpoints.OF_THIS_SERVER.hold();
        return waiting();
    }

    /** Forgets what was said, and lets a restore that waits go on. */
    @SystemProcedure
    @Procedure(name = "failpoint.clear", mode = Mode.READ)
    public Stream<WaitingRow> clear() {
        Failpoints.OF_THIS_SERVER.clear();
        return waiting();
    }

    /** Lets a restore that waits go on. */
    @SystemProcedure
    @Procedure(name = "failpoint.release", mode = Mode.READ)
    public Stream<WaitingRow> release() {
        Failpoints.OF_THIS_SERVER.release();
        return waiting();
    }

    /** Names the threads of the server. */
    @SystemProcedure
    @Procedure(name = "failpoint.threads", mode = Mode.READ)
    public Stream<ThreadRow> threads() {
        return Thread.getAllStackTraces().keySet().stream().map(thread -> new ThreadRow(thread.getName()));
    }
}
