package ign.backup.operation;

import ign.backup.hook.Hook;
import ign.backup.hook.HookRun;
import ign.backup.model.BackupException;
import ign.backup.model.ErrorCode;
import ign.backup.model.Progress;
import ign.backup.model.StopSignal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The operator's own executables around a backup: what they are told, and what becomes of the backup when they fail. */
public final class BackupHooks {

    /** A cancel, or a server that stops, waits no longer. */
    private static final Duration LONGEST_AFTER_CANCEL = Duration.ofSeconds(10);

    private static final String PREFIX = "IGN_BACKUP_";

    private final HookSettings settings;
    private final String folder;
    private final Events events;

    /**
     * Which there are.
     *
     * @param timeout how long each may take
     * @param beforeMustSucceed whether there is no backup when the hook before it fails
     * @param path where the hooks find other programs, as in the variable {@code PATH}
     */
    public record HookSettings(
            Optional<Hook> before, Optional<Hook> after, Duration timeout, boolean beforeMustSucceed, String path) {}

    /** Runs hooks around backups into {@code folder}; {@code events} hears what they write. */
    public BackupHooks(HookSettings settings, String folder, Events events) {
        this.settings = settings;
        this.folder = folder;
        this.events = events;
    }

    /**
     * Runs the one before.
     *
     * @return what went wrong, if the backup is to be made in spite of it
     * @throws BackupException when it is not to be made
     */
    List<String> before(CreateRequest request, Running<?> work) {
        if (settings.before().isEmpty()) {
            return List.of();
        }
        work.phase("hook before", 0, "");
        var hook = settings.before().get();
        try {
            run(hook, variables("before_backup", request), settings.timeout(), work);
            return List.of();
        } catch (BackupException.Cancelled e) {
            throw e;
        } catch (BackupException e) {
            if (settings.beforeMustSucceed()) {
                throw e.and("so no backup was made");
            }
            return List.of(warned("before", e));
        }
    }

    /** Runs the one after a backup that was made. {@return what went wrong; the backup is good all the same} */
    List<String> after(CreateRequest request, BackupReport report, Running<?> work) {
        var entry = report.entry();
        var more = Map.of(
                "FILE", entry.name().value(),
                "PATH", report.path(),
                "SIZE_BYTES", String.valueOf(entry.sizeBytes()),
                "SHA256", entry.sha256().map(String::valueOf).orElse(""),
                "VERIFIED", String.valueOf(entry.isGood()));
        return after(request, outcome(true, report.code(), report.message()), more, settings.timeout(), work, work);
    }

    /** Runs the one after a backup that was not made; what goes wrong is logged, and changes nothing. */
    void afterFailure(CreateRequest request, Throwable failure, Running<?> work) {
        boolean cancelled = failure instanceof BackupException.Cancelled;
        boolean shorter = cancelled && settings.timeout().compareTo(LONGEST_AFTER_CANCEL) > 0;
        var code = failure instanceof BackupException known ? known.code() : ErrorCode.FAILED;
        var unused = after(
                request,
                outcome(false, code, String.valueOf(failure.getMessage())),
                Map.of(),
                shorter ? LONGEST_AFTER_CANCEL : settings.timeout(),
                cancelled ? StopSignal.NEVER : work, // it undoes what the one before has done
                work);
    }

    private List<String> after(
            CreateRequest request,
            Map<String, String> outcome,
            Map<String, String> more,
            Duration limit,
            StopSignal stop,
            Progress progress) {
        if (settings.after().isEmpty()) {
            return List.of();
        }
        progress.phase("hook after", 0, "");
        var variables = variables("after_backup", request);
        outcome.forEach((name, text) -> variables.put(PREFIX + name, text));
        more.forEach((name, text) -> variables.put(PREFIX + name, text));
        try {
            run(settings.after().get(), variables, limit, stop);
            return List.of();
        } catch (BackupException e) {
            return List.of(warned("after", e));
        } catch (RuntimeException e) { // the backup is there
            return List.of(warned("after", new BackupException.Defect("the hook failed with " + e, e)));
        }
    }

    private static Map<String, String> outcome(boolean success, ErrorCode code, String message) {
        return Map.of("SUCCESS", String.valueOf(success), "CODE", code.label(), "MESSAGE", message);
    }

    private Map<String, String> variables(String event, CreateRequest request) {
        var variables = new LinkedHashMap<String, String>();
        variables.put("PATH", settings.path());
        variables.put(PREFIX + "EVENT", event);
        variables.put(PREFIX + "DATABASE", request.database().value());
        variables.put(PREFIX + "TIER", request.tier().label());
        variables.put(PREFIX + "REASON", request.reason());
        variables.put(PREFIX + "FOLDER", folder);
        request.traceId().ifPresent(id -> variables.put(PREFIX + "TRACE_ID", id));
        return variables;
    }

    private void run(Hook hook, Map<String, String> variables, Duration limit, StopSignal stop) {
        var run = hook.run(variables, limit, stop);
        run.lines().forEach(line -> events.tell(new Events.Noted("hook '" + hook.name() + "': " + line)));
        if (run.leftOutBytes() > 0) {
            events.tell(new Events.Noted(
                    "hook '" + hook.name() + "': (" + run.leftOutBytes() + " bytes more are not shown)"));
        }
        if (!run.succeeded()) {
            throw new BackupException.Unavailable(
                    "hook '" + hook.name() + "' " + fault(run, limit),
                    "What it wrote is in neo4j.log; 'hooks.timeout' and 'hooks.before_failure' can be set otherwise.");
        }
    }

    private static String fault(HookRun run, Duration limit) {
        return run.exitCode().isPresent()
                ? "ended with exit code " + run.exitCode().getAsInt()
                : "did not end within " + limit.toMillis() / 1000.0 + " s and was ended";
    }

    private String warned(String when, BackupException e) {
        var message = "the hook " + when + " the backup failed: " + e.getMessage();
        events.tell(new Events.Warned(message + ". HINT: " + e.hint()));
        return message;
    }
}
