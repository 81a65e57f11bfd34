package ign.backup.cli;

import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.ColorScheme;

/**
 * Who reads what is printed, and who answers questions.
 *
 * <p>Whether the streams are terminals is known by the launcher, which says so in system properties: {@code ign.terminal} lists those
 * of {@code in}, {@code out} and {@code err} that are one, {@code ign.columns} their width. Without it, none is.
 */
final class Terminal {

    private static final int WIDTH = 100;

    private final PrintWriter out;
    private final PrintWriter err;
    private final @Nullable Console console;
    private final String terminals;
    private final int width;
    private final CountDownLatch lastWord = new CountDownLatch(1);

    private Terminal(PrintWriter out, PrintWriter err, @Nullable Console console, String terminals, int width) {
        this.out = out;
        this.err = err;
        this.console = console;
        this.terminals = terminals;
        this.width = width;
    }

    /** {@return that of this process} */
    static Terminal ofProcess() {
        var terminals = System.getProperty("ign.terminal", "");
        int width = Optional.of(System.getProperty("ign.columns", ""))
                .filter(text -> text.matches("[0-9]{1,4}"))
                .map(Integer::parseInt)
                .filter(columns -> columns >= 20)
                .orElse(WIDTH);
        var charset = charset();
        return new Terminal(
                new PrintWriter(new FileOutputStream(FileDescriptor.out), true, charset),
                new PrintWriter(new FileOutputStream(FileDescriptor.err), true, charset),
                terminals.contains("in") ? System.console() : null,
                terminals,
                width);
    }

    /** {@return one that nobody sits before, with its output where tests can read it} */
    static Terminal ofWriters(PrintWriter out, PrintWriter err) {
        return new Terminal(out, err, null, "", WIDTH);
    }

    private static Charset charset() {
        var name = System.getProperty("stdout.encoding", System.getProperty("sun.stdout.encoding", ""));
        return name.isEmpty() ? Charset.defaultCharset() : Charset.forName(name);
    }

    PrintWriter out() {
        return out;
    }

    PrintWriter err() {
        return err;
    }

    /** Says that nothing more will be printed. */
    void finish() {
        out.flush();
        err.flush();
        lastWord.countDown();
    }

    /** Returns when nothing more will be printed, or after some seconds. */
    void awaitLastWord() {
        try {
            lastWord.await(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** {@return how many characters fit into a line} */
    int width() {
        return width;
    }

    /** {@return whether a table should fit the width, since a person reads it} */
    boolean isOutForPeople() {
        return terminals.contains("out");
    }

    /** {@return whether a line may be overwritten there} */
    boolean isErrForPeople() {
        return terminals.contains("err");
    }

    /** {@return whether a question would be heard and answered} */
    boolean canAsk() {
        return console != null;
    }

    /** {@return whether pictures of things can be printed} */
    boolean hasEmoji() {
        return charset().equals(StandardCharsets.UTF_8);
    }

    /** {@return colours for a terminal whose user has not forbidden them with {@code NO_COLOR}} */
    ColorScheme colours() {
        return Help.defaultColorScheme(ansi());
    }

    private Ansi ansi() {
        var forbidden = System.getenv("NO_COLOR");
        return isOutForPeople() && (forbidden == null || forbidden.isEmpty()) ? Ansi.ON : Ansi.OFF;
    }

    /** {@return a word in a colour, as {@code red}, where there are colours} */
    String coloured(String colour, String text) {
        return ansi().enabled() ? ansi().string("@|" + colour + " " + text + "|@") : text;
    }

    /** {@return whether the answer to a question is yes; anything else than yes is no} */
    boolean agrees(String question) {
        var answer = console == null ? null : console.readLine("%s", question + " [y/N] ");
        return answer != null && answer.strip().toLowerCase(Locale.ROOT).matches("y|yes");
    }

    /** {@return what was typed without being shown; empty when nobody could be asked} */
    Optional<String> secret(String prompt) {
        var typed = console == null ? null : console.readPassword("%s", prompt);
        return Optional.ofNullable(typed).map(String::new);
    }
}
