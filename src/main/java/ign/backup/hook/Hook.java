package ign.backup.hook;

import ign.backup.model.BackupException;
import ign.backup.model.StopSignal;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/** An executable that an operator has named. */
public final class Hook {

    private static final Duration LOOK_EVERY = Duration.ofMillis(50);

    private final HookFolder folder;
    private final String name;

    Hook(HookFolder folder, String name) {
        this.folder = folder;
        this.name = name;
    }

    /** {@return the name of the file} */
    public String name() {
        return name;
    }

    /**
     * Runs it: without a shell, in its folder, without input, with these variables and no others.
     *
     * @param limit when it is over, the process and all that it has started are ended
     * @param stop ends them, too
     * @throws BackupException.BadRequest when it is not as it must be (any more)
     * @throws BackupException.Unavailable when it cannot be started
     * @throws BackupException.Cancelled when {@code stop} said so; nothing of it runs then
     */
    public HookRun run(Map<String, String> variables, Duration limit, StopSignal stop) {
        var process = start(folder.executable(name), variables);
        var output = Output.of(process);
        boolean ended = false;
        try {
            process.getOutputStream().close();
            ended = await(process, limit, stop);
            output.awaitEnd();
        } catch (IOException e) {
            throw cannotStart(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BackupException.Cancelled("the wait for hook '" + name + "' was interrupted");
        } finally {
            if (!ended) {
                new ProcessTree(process).end();
            }
        }
        var exitCode = ended ? OptionalInt.of(process.exitValue()) : OptionalInt.empty();
        return new HookRun(exitCode, output.lines(), output.leftOutBytes());
    }

    private Process start(Path executable, Map<String, String> variables) {
        var builder = new ProcessBuilder(executable.toString())
                .directory(folder.path().toFile())
                .redirectErrorStream(true);
        builder.environment().clear();
        variables.forEach((variable, text) -> builder.environment().put(variable, text.replace('\0', ' ')));
        try {
            return builder.start();
        } catch (IOException e) {
            throw cannotStart(e);
        }
    }

    private BackupException cannotStart(IOException cause) {
        return new BackupException.Unavailable(
                "hook '" + name + "' cannot be started: " + cause.getMessage(),
                "Run it by hand as the user of the server; a script begins with '#!' and an interpreter that is there.",
                cause);
    }

    /** {@return whether it ended in time} */
    private static boolean await(Process process, Duration limit, StopSignal stop) throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        while (!process.waitFor(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
            stop.check();
            if (System.nanoTime() - end > 0) {
                return false;
            }
        }
        return true;
    }
}
