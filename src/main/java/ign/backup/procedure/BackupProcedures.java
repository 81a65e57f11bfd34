package ign.backup.procedure;

import ign.backup.model.BackupName;
import ign.backup.model.Compression;
import ign.backup.model.MergeKeys;
import ign.backup.model.Tier;
import ign.backup.operation.CreateRequest;
import ign.backup.operation.RestoreMode;
import ign.backup.operation.RestoreRequest;
import ign.backup.operation.VerifyLevel;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.neo4j.kernel.api.procedure.SystemProcedure;
import org.neo4j.procedure.Admin;
import org.neo4j.procedure.Description;
import org.neo4j.procedure.Mode;
import org.neo4j.procedure.Name;
import org.neo4j.procedure.Procedure;

/** {@code CALL ign.backup.…}: each procedure hands its arguments to an operation and gives back rows. */
public final class BackupProcedures extends ProcedureContext {

    /** Makes a backup. */
    @Admin
    @SystemProcedure
    @Procedure(name = "ign.backup.create", mode = Mode.READ)
    @Description(
            "Makes a full backup of the graph while it is in use, and verifies it."
                    + " Options: auto, database, compression, tier, verify, pin, pauseWrites, pauseTimeout, traceId, failOnError; see ign.backup.help().")
    public Stream<Rows.Created> create(
            @Name(value = "reason", defaultValue = "Manual backup", description = "Why the backup is made.")
                    String reason,
            @Name(value = "options", defaultValue = "{}", description = "Options by name.")
                    Map<String, Object> options) {
        return with(options, Help.CREATE, call -> {
            boolean onlyIfNeeded = call.options().flag("auto", false);
            var request = createRequest(reason, call, onlyIfNeeded ? Tier.AUTO : Tier.MANUAL);
            return Stream.of(
                    onlyIfNeeded
                            ? call.rowOf(() -> createIfNeeded(request, call), Rows.Created::failed)
                            : create(request, call));
        });
    }

    private static Rows.Created createIfNeeded(CreateRequest request, Call call) {
        var standing = call.backups().requireStanding(request.database());
        return standing.isBackupRecommended() ? create(request, call) : Rows.Created.notNeeded(standing);
    }

    private static Rows.Created create(CreateRequest request, Call call) {
        return call.row(
                () -> call.backups().create(request, call.caller().user()), Rows.Created::of, Rows.Created::failed);
    }

    private static CreateRequest createRequest(String reason, Call call, Tier otherwise) {
        var options = call.options();
        return new CreateRequest(
                        call.database(),
                        reason,
                        options.text("tier").map(Tier::of).orElse(otherwise),
                        options.text("compression").map(Compression::of),
                        options.flag("verify", true),
                        options.flag("pin", false),
                        options.flag("pauseWrites"),
                        options.duration("pauseTimeout"),
                        options.text("traceId"))
                .requireListed();
    }

    /** Restores a backup. */
    @Admin
    @SystemProcedure
    @Procedure(name = "ign.backup.restore", mode = Mode.READ)
    @Description(
            "Replaces the graph by that of a backup, the latest unless a file is named; any failure leaves the old graph."
                    + " Does nothing without {confirm:true}. Options: confirm, mode, keys, dryRun, check, blockWrites, safetyBackup,"
                    + " warmup, database, failOnError; see ign.backup.help().")
    public Stream<RestoreRows.Restored> restore(
            @Name(value = "file", defaultValue = "", description = "A name from ign.backup.list(); null is the latest.")
                    @Nullable String file,
            @Name(value = "options", defaultValue = "{}", description = "Options by name.")
                    Map<String, Object> options) {
        return with(options, Help.RESTORE, call -> {
            var request = restoreRequest(file, call);
            return Stream.of(call.row(
                    () -> call.backups().restore(request), RestoreRows.Restored::of, RestoreRows.Restored::failed));
        });
    }

    private static RestoreRequest restoreRequest(@Nullable String file, Call call) {
        var options = call.options();
        return new RestoreRequest(
                call.database(),
                Call.file(file),
                options.flag("confirm", false),
                options.text("mode").map(RestoreMode::of).orElse(RestoreMode.REPLACE),
                new RestoreRequest.Choices(
                        options.flag("dryRun", false),
                        options.flag("check", false),
                        options.flag("blockWrites", false),
                        options.flag("safetyBackup", true),
                        options.flag("warmup", false)),
                options.raw("keys").map(MergeKeys::of),
                call.caller());
    }

    /** Undoes a restore. */
    @Admin
    @SystemProcedure
    @Procedure(name = "ign.backup.rollback", mode = Mode.READ)
    @Description("Puts the store that the last restore has replaced back in its place, and keeps the other one instead."
            + " Options: database, failOnError.")
    public Stream<RestoreRows.RolledBack> rollback(
            @Name(value = "options", defaultValue = "{}", description = "Options by name.")
                    Map<String, Object> options) {
        return with(
                options,
                Help.ROLLBACK,
                call -> Stream.of(call.row(
                        () -> call.backups().rollBack(call.database(), call.caller()),
                        RestoreRows.RolledBack::of,
                        RestoreRows.RolledBack::failed)));
    }

    /** Verifies a backup. */
    @Admin
    @SystemProcedure
    @Procedure(name = "ign.backup.verify", mode = Mode.READ)
    @Description("Reads a whole backup, the latest unless a file is named, and tells everything that is wrong with it;"
            + " with {level:'restore'} it builds a store of it beside the database besides. Options: level, database.")
    public Stream<Rows.Verified> verify(
            @Name(value = "file", defaultValue = "", description = "A name from ign.backup.list(); null is the latest.")
                    @Nullable String file,
            @Name(value = "options", defaultValue = "{}", description = "Options by name.")
                    Map<String, Object> options) {
        return with(options, Help.VERIFY, call -> {
            var level = call.options().text("level").map(VerifyLevel::of).orElse(VerifyLevel.FULL);
            var running = call.backups()
                    .verify(
                            Call.file(file),
                            call.database(),
                            level,
                            call.caller().user());
            return Stream.of(Rows.Verified.of(call.answer(running), level));
        });
    }

    /** Lists the backups. */
    @Admin
    @SystemProcedure
    @Procedure(name = "ign.backup.list", mode = Mode.READ)
    @Description(
            "Lists the backups, newest first; with {detailed:true} also those that were removed, and all that is known; with"
                    + " {trend:true} oldest first, with the growth of each. Options: detailed, trend, database.")
    public Stream<Rows.Listed> list(
            @Name(value = "options", defaultValue = "{}", description = "Options by name.")
                    Map<String, Object> options) {
        return with(options, Help.LIST, call -> {
            boolean detailed = call.options().flag("detailed", false);
            return call.options().flag("trend", false)
                    ? call.backups().trend().stream().map(point -> Rows.Listed.of(point, detailed))
                    : call.backups().list(detailed).stream().map(entry -> Rows.Listed.of(entry, detailed));
        });
    }

    /** Describes a backup. */
    @Admin
    @SystemProcedure
    @Procedure(name = "ign.backup.info", mode = Mode.READ)
    @Description("Tells what a backup holds, where it comes from and whether it is whole; no row for an unknown file."
            + " Options: database.")
    public Stream<Rows.Described> info(
            @Name(value = "file", description = "A name from ign.backup.list().") String file,
            @Name(value = "options", defaultValue = "{}", description = "Options by name.")
                    Map<String, Object> options) {
        return with(
                options,
                Help.INFO,
                call ->
                        call
                                .backups()
                                .info(new BackupName(file), call::checkTermination)
                                .map(Rows.Described::of)
                                .stream());
    }

    /** Tells where the backups stand. */
    @Admin
    @SystemProcedure
    @Procedure(name = "ign.backup.status", mode = Mode.READ)
    @Description(
            "Tells the counts of the graph now and in the last backup, whether a backup is recommended, and what runs."
                    + " Options: database.")
    public Stream<Rows.Status> status(
            @Name(value = "options", defaultValue = "{}", description = "Options by name.")
                    Map<String, Object> options) {
        return with(
                options,
                Help.STATUS,
                call -> Stream.of(Rows.Status.of(call.backups().status(call.database()))));
    }

    /** Cancels what runs. */
    @Admin
    @SystemProcedure
    @Procedure(name = "ign.backup.cancel", mode = Mode.READ)
    @Description("Ends the running operation of the database; it leaves nothing behind. Options: database.")
    public Stream<Rows.Cancelled> cancel(
            @Name(value = "options", defaultValue = "{}", description = "Options by name.")
                    Map<String, Object> options) {
        return with(
                options,
                Help.CANCEL,
                call -> Stream.of(call.backups()
                        .cancel(call.database(), call.caller().user())
                        .map(what -> new Rows.Cancelled(true, what))
                        .orElseGet(() -> new Rows.Cancelled(false, "nothing is running"))));
    }

    /** Pins a backup. */
    @Admin
    @SystemProcedure
    @Procedure(name = "ign.backup.pin", mode = Mode.READ)
    @Description("Keeps retention from removing a backup. Options: database.")
    public Stream<Rows.Listed> pin(
            @Name(value = "file", description = "A name from ign.backup.list().") String file,
            @Name(value = "options", defaultValue = "{}", description = "Options by name.")
                    Map<String, Object> options) {
        return with(
                options,
                Help.PIN,
                call -> Stream.of(Rows.Listed.of(call.backups().pin(new BackupName(file), true), false)));
    }

    /** Releases a backup. */
    @Admin
    @SystemProcedure
    @Procedure(name = "ign.backup.unpin", mode = Mode.READ)
    @Description("Lets retention remove a pinned backup again when its time has come. Options: database.")
    public Stream<Rows.Listed> unpin(
            @Name(value = "file", description = "A name from ign.backup.list().") String file,
            @Name(value = "options", defaultValue = "{}", description = "Options by name.")
                    Map<String, Object> options) {
        return with(
                options,
                Help.UNPIN,
                call -> Stream.of(Rows.Listed.of(call.backups().pin(new BackupName(file), false), false)));
    }

    /** Lists the procedures. */
    @Admin
    @SystemProcedure
    @Procedure(name = "ign.backup.help", mode = Mode.READ)
    @Description("Lists the procedures of ign.backup with their options and an example each.")
    public Stream<Rows.Helped> help() {
        return with(Map.of(), Help.HELP, call -> Help.ROWS.stream());
    }
}
