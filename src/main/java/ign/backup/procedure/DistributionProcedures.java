package ign.backup.procedure;

import ign.backup.operation.InitialRequest;
import java.util.Map;
import java.util.stream.Stream;
import org.neo4j.kernel.api.procedure.SystemProcedure;
import org.neo4j.procedure.Admin;
import org.neo4j.procedure.Description;
import org.neo4j.procedure.Mode;
import org.neo4j.procedure.Name;
import org.neo4j.procedure.Procedure;

/** {@code CALL ign.backup.…}: what a distribution is made with. */
public final class DistributionProcedures extends ProcedureContext {

    /** Makes the bundled backup. */
    @Admin
    @SystemProcedure
    @Procedure(name = "ign.backup.init", mode = Mode.READ)
    @Description(
            "Makes initial_backup.json, with which a distribution fills an empty database, of the graph or of a stored backup, and"
                    + " verifies it before it replaces an older one. Options: from, to, reason, database, failOnError.")
    public Stream<DistributionRows.Initial> init(
            @Name(value = "options", defaultValue = "{}", description = "Options by name.")
                    Map<String, Object> options) {
        return with(options, Help.INIT, call -> {
            var request = new InitialRequest(
                    call.database(),
                    call.options().text("reason"),
                    Call.file(call.options().text("from").orElse(null)),
                    call.options().text("to"));
            return Stream.of(call.row(
                    () -> call.backups().init(request, call.caller().user()),
                    DistributionRows.Initial::of,
                    DistributionRows.Initial::failed));
        });
    }
}
