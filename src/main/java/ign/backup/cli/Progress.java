package ign.backup.cli;

import ign.backup.cli.Answer.Row;
import java.time.Duration;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** How far the server is, phase by phase: a bar that moves on a terminal, now and then a line elsewhere. */
final class Progress implements AutoCloseable {

    private static final long NANOS_BETWEEN_LINES = Duration.ofSeconds(10).toNanos();

    private final Terminal terminal;
    private final boolean isShown;
    private String phase = "";
    private long saidAt;
    private @Nullable ProgressBar bar;

    /** Shows it unless nobody wants to see it. */
    Progress(Terminal terminal, boolean isShown) {
        this.terminal = terminal;
        this.isShown = isShown;
    }

    /** Shows what the status says of the operation that runs. */
    void show(Row status) {
        if (!isShown || status.text("operation").isEmpty()) {
            return;
        }
        var now = status.text("operation") + ": " + status.text("phase");
        long done = status.whole("done");
        long total = status.whole("total");
        if (terminal.isErrForPeople()) {
            move(now, done, total);
        } else {
            say(now, status);
        }
        phase = now;
    }

    private void move(String now, long done, long total) {
        if (total == 0) {
            return; // nobody knows yet how much there is to do
        }
        if (bar == null || !now.equals(phase)) {
            close();
            bar = bar(now, total);
        }
        bar.maxHint(Math.max(total, done));
        bar.stepTo(done);
    }

    private ProgressBar bar(String name, long total) {
        var line = new DelegatingProgressBarConsumer(
                text -> {
                    terminal.err().print("\r" + text);
                    terminal.err().flush();
                },
                terminal.width() - 1);
        return new ProgressBarBuilder()
                .setTaskName(name)
                .setInitialMax(total)
                .setStyle(terminal.hasEmoji() ? ProgressBarStyle.UNICODE_BLOCK : ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(200)
                .setConsumer(line)
                .showSpeed()
                .build();
    }

    private void say(String now, Row status) {
        long time = System.nanoTime();
        if (now.equals(phase) && time - saidAt < NANOS_BETWEEN_LINES) {
            return;
        }
        saidAt = time;
        var percent = status.number("percent")
                .map(number -> " " + Math.round(number.doubleValue()) + " %")
                .orElse("");
        var remaining = status.time("remaining_ms");
        terminal.err().println(now + percent + (remaining.isEmpty() ? "" : ", " + remaining + " left"));
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
            bar = null;
            terminal.err().println();
        }
    }
}
