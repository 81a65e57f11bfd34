package ign.backup.operation;

import java.util.ArrayList;
import java.util.List;

/** Makes a backup with what an operator wants done around it: a look at the heap, a hook before it, a hook after it. */
public final class AttendedBackup {

    private final CreateBackup create;
    private final HeapWatch heap;
    private final BackupHooks hooks;

    /** Makes backups with {@code create}. */
    public AttendedBackup(CreateBackup create, HeapWatch heap, BackupHooks hooks) {
        this.create = create;
        this.heap = heap;
        this.hooks = hooks;
    }

    /** As {@link CreateBackup#run}; the hook after it has run when this returns, and also when it throws. */
    public BackupReport run(CreateRequest request, Running<BackupReport> work) {
        var warnings = new ArrayList<String>();
        var failedHooks = new ArrayList<String>();
        BackupReport report;
        try {
            warnings.addAll(heap.look(work));
            failedHooks.addAll(hooks.before(request, work));
            report = create.run(request, work);
        } catch (RuntimeException | Error e) { // allow IllegalCatch: what a hook began must be undone
            hooks.afterFailure(request, e, work);
            throw e;
        }
        failedHooks.addAll(hooks.after(request, report, work));
        return report.and(warnings, List.copyOf(failedHooks));
    }
}
