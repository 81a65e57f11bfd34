package ign.backup.bench;

import ign.backup.testkit.BuildFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a benchmark finds out, as Markdown: printed while it comes, and kept in {@code target/bench} up to its last line. */
final class Report {

    private final Path file;
    private final StringBuilder text = new StringBuilder();

    /** Begins {@code target/bench/name.md} anew, with the machine and how busy it is. */
    Report(String name) {
        file = BuildFolder.benchmark(name + ".md");
        line("<!-- " + Machine.describe() + " -->");
    }

    void heading(String heading) {
        line("\n## " + heading);
    }

    void paragraph(String paragraph) {
        line("\n" + paragraph);
    }

    void point(String point) {
        line("* " + point);
    }

    /** Begins a table. */
    void table(String... columns) {
        line("");
        row((Object[]) columns);
        line("|" + "---|".repeat(columns.length));
    }

    void row(Object... cells) {
        line(Stream.of(cells).map(String::valueOf).collect(Collectors.joining(" | ", "| ", " |")));
    }

    /** {@return {@code 1,234.5}} */
    static String number(double value, int decimals) {
        return String.format(Locale.ROOT, "%,." + decimals + "f", value);
    }

    /** {@return {@code 1,234}} */
    static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    /** {@return megabytes of 1,000,000 bytes} */
    static String megabytes(long bytes) {
        return number(bytes / 1e6, bytes < 10_000_000 ? 1 : 0);
    }

    private void line(String line) {
        text.append(line).append('\n');
        System.out.println(line);
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
