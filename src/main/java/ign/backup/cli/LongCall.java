package ign.backup.cli;

import ign.backup.model.BackupException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A call that takes a while: it is seen how far the work is, and Ctrl-C ends the work on the server before the command ends. */
final class LongCall {

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(300);
    private static final long LIMIT_OF_CANCELLING_SECONDS = 30;

    private final Server server;
    private final FutureTask<Answer> work;
    private final Terminal terminal;

    private LongCall(Server server, Call call, Terminal terminal) {
        this.server = server;
        this.work = new FutureTask<>(() -> server.ask(call));
        this.terminal = terminal;
    }

    /** {@return what the server answers in the end} */
    static Answer ask(Server server, Call call, Output output, Terminal terminal) {
        var one = new LongCall(server, call, terminal);
        try (var progress = new Progress(terminal, !output.isQuiet())) {
            return one.finish(progress);
        }
    }

    private Answer finish(Progress progress) {
        var onInterrupt = new Thread(this::cancel, "ign-cancel");
        Runtime.getRuntime().addShutdownHook(onInterrupt);
        var worker = new Thread(work, "ign-call");
        worker.setDaemon(true);
        worker.start();
        try {
            while (true) {
                try {
                    return work.get(BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS);
                } catch (TimeoutException stillRunning) {
                    look(progress);
                }
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException known ? known : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } finally {
            forget(onInterrupt);
        }
    }

    /** While stores are exchanged the server may not answer for a moment. */
    private void look(Progress progress) {
        try {
            progress.show(server.ask(Call.of("status")).row());
        } catch (RuntimeException e) {
            if (!Failures.isPassing(e)) {
                throw e;
            }
        }
    }

    /** Runs when the process is told to end, and holds it up until the server has let the work be. */
    private void cancel() {
        terminal.err().println();
        terminal.err().println("Cancelling on the server …");
        try {
            server.ask(Call.of("cancel"));
            if (!endsSoon()) {
                terminal.err()
                        .println("The server has not ended the work within " + LIMIT_OF_CANCELLING_SECONDS
                                + " s; ign backup status tells what it does.");
            }
        } catch (BackupException e) {
            Failures.print(e, terminal);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        terminal.awaitLastWord();
    }

    private boolean endsSoon() throws InterruptedException {
        try {
            work.get(LIMIT_OF_CANCELLING_SECONDS, TimeUnit.SECONDS);
            return true;
        } catch (ExecutionException e) {
            return true; // as it should: who waits for the work says why it ended
        } catch (TimeoutException e) {
            return false;
        }
    }

    /** {@return whether that was in time} */
    private static boolean forget(Thread onInterrupt) {
        try {
            return Runtime.getRuntime().removeShutdownHook(onInterrupt);
        } catch (IllegalStateException alreadyEnding) {
            return false;
        }
    }
}
