package ign.backup.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ign.backup.hook.Hook;
import ign.backup.hook.HookFolder;
import ign.backup.model.BackupException;
import ign.backup.model.BackupHeader;
import ign.backup.model.BackupName;
import ign.backup.model.CatalogEntry;
import ign.backup.model.DatabaseName;
import ign.backup.model.Digest;
import ign.backup.model.OperationSubject;
import ign.backup.model.Tier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What hooks are told, and what becomes of a backup when they fail. */
@Timeout(60)
class BackupHooksTest {

    private static final DatabaseName DATABASE = new DatabaseName("neo4j");
    private static final String TELL = "env | grep ^IGN_BACKUP_ | sort\n";
    private static final Optional<String> NONE = Optional.empty();

    private final List<Events.Event> told = new ArrayList<>();
    private final Running<BackupReport> work = new Running<>(
            "create", DATABASE, "alice", OperationSubject.UNKNOWN, Clock.fixed(Instant.EPOCH, ZoneOffset.UTC), false);
    private final CreateRequest request = new CreateRequest(
            DATABASE,
            "every night",
            Tier.DAILY,
            Optional.empty(),
            true,
            false,
            Optional.empty(),
            Optional.empty(),
            Optional.of("trace 7"));

    @TempDir
    private Path folder;

    @BeforeEach
    void closeToOthers() throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    }

    private BackupHooks hooks(Optional<String> before, Optional<String> after, Duration timeout, boolean must)
            throws IOException {
        var settings = new BackupHooks.HookSettings(
                hook("before.sh", before), hook("after.sh", after), timeout, must, "/usr/bin:/bin");
        return new BackupHooks(settings, "/backups", told::add);
    }

    private BackupHooks hooks(Optional<String> before, Optional<String> after) throws IOException {
        return hooks(before, after, Duration.ofSeconds(50), true);
    }

    private Optional<Hook> hook(String name, Optional<String> script) throws IOException {
        if (script.isEmpty()) {
            return Optional.empty();
        }
        var file = Files.writeString(folder.resolve(name), "#!/bin/sh\n" + script.get());
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
        return Optional.of(new HookFolder(folder).hook(name));
    }

    private static BackupReport report() {
        var header = new BackupHeader(
                "1.1.0",
                "20250101_000000",
                "2025-01-01T00:00:00.000000",
                "every night",
                1,
                2,
                "full",
                "test",
                Optional.empty());
        var entry = new CatalogEntry(
                new BackupName("neo4j-daily-20250101_000000.json"),
                header,
                10,
                Optional.of(new Digest("0".repeat(64))),
                CatalogEntry.State.GOOD,
                false,
                Instant.EPOCH,
                Optional.empty(),
                OptionalLong.of(3),
                List.of());
        return new BackupReport(
                entry,
                "/backups/neo4j-daily-20250101_000000.json",
                Duration.ofSeconds(1),
                Duration.ZERO,
                Duration.ZERO,
                List.of("a warning"),
                List.of("an alert"),
                List.of(),
                new BackupReport.CleanUp(List.of(), Optional.empty()),
                OptionalLong.of(3));
    }

    private static Events.Event said(String hook, String line) {
        return new Events.Noted("hook '" + hook + "': " + line);
    }

    @Test
    void theOneBeforeIsToldWhatIsAskedFor() throws IOException {
        assertThat(hooks(Optional.of(TELL), NONE).before(request, work)).isEmpty();

        assertThat(told)
                .containsExactly(
                        said("before.sh", "IGN_BACKUP_DATABASE=neo4j"),
                        said("before.sh", "IGN_BACKUP_EVENT=before_backup"),
                        said("before.sh", "IGN_BACKUP_FOLDER=/backups"),
                        said("before.sh", "IGN_BACKUP_REASON=every night"),
                        said("before.sh", "IGN_BACKUP_TIER=daily"),
                        said("before.sh", "IGN_BACKUP_TRACE_ID=trace 7"));
    }

    @Test
    void theOneAfterIsToldWhatWasMade() throws IOException {
        assertThat(hooks(NONE, Optional.of(TELL)).after(request, report(), work))
                .isEmpty();

        assertThat(told)
                .containsExactly(
                        said("after.sh", "IGN_BACKUP_CODE=ok"),
                        said("after.sh", "IGN_BACKUP_DATABASE=neo4j"),
                        said("after.sh", "IGN_BACKUP_EVENT=after_backup"),
                        said("after.sh", "IGN_BACKUP_FILE=neo4j-daily-20250101_000000.json"),
                        said("after.sh", "IGN_BACKUP_FOLDER=/backups"),
                        said(
                                "after.sh",
                                "IGN_BACKUP_MESSAGE=Backup 'neo4j-daily-20250101_000000.json' created: 1 nodes and 2"
                                        + " relationships in 1.0 s; an alert"),
                        said("after.sh", "IGN_BACKUP_PATH=/backups/neo4j-daily-20250101_000000.json"),
                        said("after.sh", "IGN_BACKUP_REASON=every night"),
                        said("after.sh", "IGN_BACKUP_SHA256=" + "0".repeat(64)),
                        said("after.sh", "IGN_BACKUP_SIZE_BYTES=10"),
                        said("after.sh", "IGN_BACKUP_SUCCESS=true"),
                        said("after.sh", "IGN_BACKUP_TIER=daily"),
                        said("after.sh", "IGN_BACKUP_TRACE_ID=trace 7"),
                        said("after.sh", "IGN_BACKUP_VERIFIED=true"));
    }

    @Test
    void withoutOneBeforeThatSucceedsThereIsNoBackup() throws IOException {
        var hooks = hooks(Optional.of("echo the disk is not there\nexit 4\n"), NONE);

        assertThatThrownBy(() -> hooks.before(request, work))
                .isInstanceOf(BackupException.Unavailable.class)
                .hasMessage("hook 'before.sh' ended with exit code 4; so no backup was made");

        assertThat(told).containsExactly(said("before.sh", "the disk is not there"));
    }

    @Test
    void withWarnThereIs() throws IOException {
        var hooks = hooks(Optional.of("sleep 1000\n"), NONE, Duration.ofMillis(500), false);

        assertThat(hooks.before(request, work))
                .containsExactly(
                        "the hook before the backup failed: hook 'before.sh' did not end within 0.5 s and was ended");

        assertThat(told).singleElement().isInstanceOf(Events.Warned.class);
    }

    @Test
    void oneThatMayNotBeRunAnyMoreHasFailed() throws IOException {
        var hooks = hooks(Optional.of("exit 0\n"), Optional.of("exit 0\n"));
        Files.delete(folder.resolve("before.sh"));
        Files.delete(folder.resolve("after.sh"));

        assertThatThrownBy(() -> hooks.before(request, work)).isInstanceOf(BackupException.BadRequest.class);
        assertThat(hooks.after(request, report(), work))
                .singleElement()
                .asString()
                .startsWith("the hook after the backup failed: hook '")
                .endsWith("expected is an executable file, found is nothing");
    }

    @Test
    void aCancelEndsTheOneBeforeAndTheBackup() throws IOException {
        var hooks = hooks(Optional.of("sleep 1000\n"), NONE, Duration.ofSeconds(50), false);
        work.stop("cancelled by 'bob'");

        assertThatThrownBy(() -> hooks.before(request, work))
                .isInstanceOf(BackupException.Cancelled.class)
                .hasMessage("cancelled by 'bob'");
    }

    @Test
    void aCancelDuringTheOneAfterLeavesTheBackup() throws IOException {
        var hooks = hooks(NONE, Optional.of("sleep 1000\n"));
        work.stop("cancelled by 'bob'");

        assertThat(hooks.after(request, report(), work))
                .containsExactly("the hook after the backup failed: cancelled by 'bob'");
    }

    @Test
    void theOneAfterRunsAlsoAfterACancel() throws IOException {
        work.stop("cancelled by 'bob'");
        var failure = new BackupException.Cancelled("cancelled by 'bob'");

        hooks(NONE, Optional.of("echo $IGN_BACKUP_SUCCESS $IGN_BACKUP_CODE $IGN_BACKUP_FILE\n"))
                .afterFailure(request, failure, work);

        assertThat(told).containsExactly(said("after.sh", "false cancelled"));
    }

    @Test
    void whatFailsAfterAFailureIsOnlyLogged() throws IOException {
        hooks(NONE, Optional.of("echo $IGN_BACKUP_CODE: $IGN_BACKUP_MESSAGE\nexit 1\n"))
                .afterFailure(request, new OutOfMemoryError("no heap"), work);

        assertThat(told)
                .containsExactly(
                        said("after.sh", "failed: no heap"),
                        new Events.Warned(
                                "the hook after the backup failed: hook 'after.sh' ended with exit code 1. HINT: What"
                                        + " it wrote is in neo4j.log; 'hooks.timeout' and 'hooks.before_failure' can be set"
                                        + " otherwise."));
    }

    @Test
    void aReportKeepsItsOwnWarningsAndIsStillGood() {
        var report = report().and(List.of("the heap is full"), List.of("the hook failed"));

        assertThat(report.warnings()).containsExactly("a warning", "the heap is full", "the hook failed");
        assertThat(report.subject(request.subject()).alerts()).containsExactly("an alert", "the hook failed");
        assertThat(report.subject(request.subject()).hookFailures()).isEqualTo(1);
        assertThat(report.message()).endsWith("; an alert; the hook failed");
        assertThat(report.code()).isEqualTo(report().code());
    }
}
