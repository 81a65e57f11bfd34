package ign.backup.plugin;

import ign.backup.config.AutomationSettings;
import ign.backup.graph.Graphs;
import ign.backup.model.BackupException;
import ign.backup.model.DatabaseName;
import ign.backup.model.OperationSubject;
import ign.backup.model.Tier;
import ign.backup.operation.AttendedBackup;
import ign.backup.operation.BackupCatalog;
import ign.backup.operation.BackupReport;
import ign.backup.operation.CreateRequest;
import ign.backup.operation.HealthWatch;
import ign.backup.operation.Job;
import ign.backup.operation.Operations;
import ign.backup.operation.RestoreDrill;
import ign.backup.operation.Running;
import ign.backup.operation.VerifyStored;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What the schedule starts. */
record Jobs(
        Graphs graphs,
        BackupCatalog catalog,
        Operations operations,
        AttendedBackup create,
        VerifyStored verify,
        RestoreDrill drill,
        Runnable health) {

    List<Job> all() {
        return List.of(
                new Job(
                        Tier.DAILY.label(),
                        Optional.of(AutomationSettings.DAILY_ENABLED),
                        AutomationSettings.DAILY_SCHEDULE,
                        () -> backups(Tier.DAILY)),
                new Job(
                        Tier.WEEKLY.label(),
                        Optional.of(AutomationSettings.WEEKLY_ENABLED),
                        AutomationSettings.WEEKLY_SCHEDULE,
                        () -> backups(Tier.WEEKLY)),
                new Job(
                        Tier.MONTHLY.label(),
                        Optional.of(AutomationSettings.MONTHLY_ENABLED),
                        AutomationSettings.MONTHLY_SCHEDULE,
                        () -> backups(Tier.MONTHLY)),
                new Job(
                        "verify",
                        Optional.empty(),
                        AutomationSettings.VERIFY_SCHEDULE,
                        () -> onEach(database -> Optional.of(operations.startInBackground(
                                "verify", database, OperationSubject.UNKNOWN, work -> verify.run(database, work))))),
                new Job("drill", Optional.empty(), AutomationSettings.DRILL_SCHEDULE, () -> onEach(this::drill)),
                new Job(HealthWatch.JOB, Optional.empty(), AutomationSettings.HEALTH_SCHEDULE, this::lookAtHealth));
    }

    /** Is no operation: it takes a moment, and hinders none. */
    private List<Running<?>> lookAtHealth() {
        health.run();
        return List.of();
    }

    private List<Running<?>> backups(Tier tier) {
        return onEach(database -> {
            var request = CreateRequest.byItself(database, "Scheduled " + tier.label() + " backup", tier);
            Running<BackupReport> running =
                    operations.startWhenFree("create", database, request.subject(), work -> create.run(request, work));
            return Optional.of(running);
        });
    }

    /** Without a backup there is nothing to rehearse; that there is none is for the health check to say. */
    private Optional<Running<?>> drill(DatabaseName database) {
        return catalog.latest(database)
                .map(entry -> operations.startInBackground(
                        "drill",
                        database,
                        OperationSubject.UNKNOWN,
                        work -> drill.rehearse(entry.name(), database, work)));
    }

    private List<Running<?>> onEach(Function<DatabaseName, Optional<? extends Running<?>>> start) {
        var started = new ArrayList<Running<?>>();
        for (var database : graphs.all()) {
            requireRunning(database);
            start.apply(database).ifPresent(started::add);
        }
        return started;
    }

    /** What fell due while the server was down is found before its databases are up. */
    private void requireRunning(DatabaseName database) {
        if (graphs.stateIfRunning(database).isEmpty()) {
            throw new BackupException.Unavailable(
                    "database '" + database + "' does not run", "SHOW DATABASES tells its state.");
        }
    }
}
