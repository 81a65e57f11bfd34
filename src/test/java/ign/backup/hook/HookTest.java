package ign.backup.hook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ign.backup.model.BackupException;
import ign.backup.model.StopSignal;
import ign.backup.testkit.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What real scripts are given, and what becomes of those that do not end. */
@Timeout(60)
class HookTest {

    private static final Duration LONG = Duration.ofSeconds(50);
    private static final Duration SHORT = Duration.ofMillis(500);
    private static final String PATH = "/usr/bin:/bin";

    @TempDir
    private Path folder;

    @BeforeEach
    void closeToOthers() throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    }

    private Hook hook(String script) throws IOException {
        var file = Files.writeString(folder.resolve("hook.sh"), "#!/bin/sh\n" + script);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
        return new HookFolder(folder).hook("hook.sh");
    }

    private static HookRun run(Hook hook) {
        return hook.run(Map.of("PATH", PATH), LONG, StopSignal.NEVER);
    }

    @Test
    void itHasItsVariablesAndNoOthers() throws IOException {
        var hook = hook("exec /usr/bin/env\n");

        var run = hook.run(Map.of("PATH", PATH, "REASON", "two\nlines; $(id)", "NUL", "a\0b"), LONG, StopSignal.NEVER);

        assertThat(run.exitCode()).hasValue(0);
        assertThat(run.lines().stream().filter(line -> !line.matches("(PWD|SHLVL|OLDPWD|_)=.*")))
                .containsExactlyInAnyOrder("PATH=" + PATH, "REASON=two", "lines; $(id)", "NUL=a b");
    }

    @Test
    void itHasNoInputAndRunsInItsFolder() throws IOException {
        var run = run(hook("pwd -P\nwc -c\necho to the other stream >&2\nexit 3\n"));

        assertThat(run.lines()).containsExactly(folder.toRealPath().toString(), "0", "to the other stream");
        assertThat(run.exitCode()).hasValue(3);
        assertThat(run.succeeded()).isFalse();
    }

    @Test
    void oneThatHangsIsEndedWithAllThatItHasStarted() throws IOException {
        var hook = hook("sleep 1000 &\necho $! > child\necho begun\nwait\n");

        var run = hook.run(Map.of("PATH", PATH), SHORT, StopSignal.NEVER);

        assertThat(run.exitCode()).isEmpty();
        assertThat(run.lines()).containsExactly("begun");
        awaitEnd("child");
    }

    @Test
    void oneThatDoesNotWantToEndIsEndedToo() throws IOException {
        var hook = hook(
                "trap '' TERM\n(trap '' TERM; echo $$ > parent; while :; do sleep 1; done) &\necho $! > child\nwait\n");

        var run = hook.run(Map.of("PATH", PATH), SHORT, StopSignal.NEVER);

        assertThat(run.exitCode()).isEmpty();
        awaitEnd("parent");
        awaitEnd("child");
    }

    @Test
    void aCancelEndsIt() throws IOException {
        var hook = hook("echo $$ > parent\nexec sleep 1000\n");
        var looks = new AtomicInteger();

        assertThatThrownBy(() -> hook.run(Map.of("PATH", PATH), LONG, () -> {
                    if (looks.incrementAndGet() > 3 && Files.exists(folder.resolve("parent"))) {
                        throw new BackupException.Cancelled("cancelled by 'alice'");
                    }
                }))
                .isInstanceOf(BackupException.Cancelled.class)
                .hasMessage("cancelled by 'alice'");

        awaitEnd("parent");
    }

    @Test
    void oneThatWritesWithoutEndIsListenedTo() throws IOException {
        var run = run(hook("head -c 300000 /dev/zero | tr '\\0' 'x'\necho\nprintf 'bell\\007\\n'\n"));

        assertThat(run.exitCode()).hasValue(0);
        assertThat(run.lines()).singleElement().satisfies(line -> assertThat(line)
                .hasSize(16 << 10));
        assertThat(run.leftOutBytes()).isEqualTo(300_000 + 1 + 6 - (16 << 10));
    }

    @Test
    void whatItLeavesRunningIsNotWaitedFor() throws IOException {
        var run = run(hook("sleep 1000 &\necho $! > child\necho done\n"));

        assertThat(run.succeeded()).isTrue();
        assertThat(run.lines()).containsExactly("done");
        var child = ProcessHandle.of(pid("child"));
        assertThat(child).isPresent();
        child.get().destroyForcibly();
    }

    @Test
    void aMissingInterpreterIsSaid() throws IOException {
        var file = Files.writeString(folder.resolve("hook.sh"), "#!/no/such/interpreter\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));

        assertThatThrownBy(() -> run(new HookFolder(folder).hook("hook.sh")))
                .isInstanceOf(BackupException.Unavailable.class)
                .hasMessageStartingWith("hook 'hook.sh' cannot be started: ");
    }

    private void awaitEnd(String pidFile) throws IOException {
        long pid = pid(pidFile);
        Await.until("the end of " + pidFile, LONG, () -> isGone(pid));
    }

    /** What nobody has asked for its exit code yet has ended, too. */
    private static boolean isGone(long pid) {
        try {
            return Files.readString(Path.of("/proc", String.valueOf(pid), "stat"))
                    .contains(") Z ");
        } catch (IOException e) {
            return true;
        }
    }

    private long pid(String file) throws IOException {
        return Long.parseLong(Files.readString(folder.resolve(file)).strip());
    }
}
