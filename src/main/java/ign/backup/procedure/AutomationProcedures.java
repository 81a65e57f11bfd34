package ign.backup.procedure;

import ign.backup.operation.CreateRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.neo4j.kernel.api.procedure.SystemProcedure;
import org.neo4j.procedure.Admin;
import org.neo4j.procedure.Description;
import org.neo4j.procedure.Mode;
import org.neo4j.procedure.Name;
import org.neo4j.procedure.Procedure;

/** {@code CALL ign.backup.…}: what lets the plugin work by itself, and what tells how it does. */
public final class AutomationProcedures extends ProcedureContext {

    /** Makes a backup if the graph has changed enough. */
    @Admin
    @SystemProcedure
    @Procedure(name = "ign.backup.auto", mode = Mode.READ)
    @Description(
            "Makes a backup if enough was changed since the last one, and says so otherwise; for applications to call after"
                    + " significant operations. Options: database, failOnError.")
    public Stream<AutomationRows.Auto> auto(
            @Name(value = "options", defaultValue = "{}", description = "Options by name.")
                    Map<String, Object> options) {
        return with(
                options,
                Help.AUTO,
                call -> Stream.of(
                        call.rowOf(() -> auto(call), failure -> AutomationRows.Auto.failed(failure, List.of()))));
    }

    private static AutomationRows.Auto auto(Call call) {
        var standing = call.backups().requireStanding(call.database());
        if (!standing.isBackupRecommended()) {
            return AutomationRows.Auto.notNeeded(standing);
        }
        var request = CreateRequest.whenNeeded(call.database(), standing.reasons());
        return call.row(
                () -> call.backups().create(request, call.caller().user()),
                report -> AutomationRows.Auto.of(report, standing),
                failure -> AutomationRows.Auto.failed(failure, standing.reasons()));
    }

    /** Changes settings while the server runs. */
    @Admin
    @SystemProcedure
    @Procedure(name = "ign.backup.configure", mode = Mode.READ)
    @Description(
            "Changes settings while the server runs, all of those given or none, and keeps them over restarts; null gives a"
                    + " setting back to the configuration. Lists all settings as they are in force.")
    public Stream<AutomationRows.Configured> configure(
            @Name(value = "settings", defaultValue = "{}", description = "Values by the names of settings.")
                    Map<String, Object> settings) {
        return with(Map.of(), Help.CONFIGURE, call -> {
            var texts = new HashMap<String, Optional<String>>();
            settings.forEach((name, value) -> texts.put(name, textOf(value)));
            return call.backups().configure(texts).stream().map(AutomationRows.Configured::of);
        });
    }

    private static Optional<String> textOf(@Nullable Object value) {
        return Optional.ofNullable(value).map(String::valueOf);
    }

    /** Removes what retention lets go. */
    @Admin
    @SystemProcedure
    @Procedure(name = "ign.backup.prune", mode = Mode.READ)
    @Description(
            "Removes the backups that retention does not keep, and says for each why it stays or goes; with {dryRun:true} it"
                    + " only says so. Options: dryRun, database.")
    public Stream<AutomationRows.Pruned> prune(
            @Name(value = "options", defaultValue = "{}", description = "Options by name.")
                    Map<String, Object> options) {
        return with(options, Help.PRUNE, call -> {
            boolean dryRun = call.options().flag("dryRun", false);
            var report = call.answer(
                    call.backups().prune(call.database(), dryRun, call.caller().user()));
            return AutomationRows.Pruned.of(report);
        });
    }

    /** Looks whether all is well. */
    @Admin
    @SystemProcedure
    @Procedure(name = "ign.backup.health", mode = Mode.READ)
    @Description("Looks at everything that backups depend on: a row for each check, with what to do where it is not OK."
            + " Options: database.")
    public Stream<AutomationRows.Checked> health(
            @Name(value = "options", defaultValue = "{}", description = "Options by name.")
                    Map<String, Object> options) {
        return with(options, Help.HEALTH, call -> call.backups().health(call.database()).stream()
                .map(AutomationRows.Checked::of));
    }

    /** Tells what is done when. */
    @Admin
    @SystemProcedure
    @Procedure(name = "ign.backup.schedule", mode = Mode.READ)
    @Description("Lists what is done by a timetable, and when next. Changed with ign.backup.configure.")
    public Stream<AutomationRows.Scheduled> schedule() {
        return with(Map.of(), Help.SCHEDULE, call -> call.backups().schedule().stream()
                .map(AutomationRows.Scheduled::of));
    }
}
