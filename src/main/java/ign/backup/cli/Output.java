package ign.backup.cli;

import ign.backup.cli.Answer.Row;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** How answers are printed. */
final class Output {

    @Option(
            names = "--json",
            description = "Print the answer as JSON: an object, or an array of objects for what is listed.")
    private boolean json;

    @Option(
            names = {"-q", "--quiet"},
            description = "Print no progress, and nothing of what went well.")
    private boolean quiet;

    /** {@return whether only a failure is worth a word} */
    boolean isQuiet() {
        return quiet;
    }

    /** {@return whether a script reads it} */
    boolean isJson() {
        return json;
    }

    /** Prints the one row that was answered, as JSON or in lines for people. */
    void one(Answer answer, List<String> lines, Terminal terminal) {
        if (json) {
            terminal.out().println(Json.of(answer.row(), answer.columns()));
        } else if (!quiet) {
            lines.forEach(terminal.out()::println);
        }
    }

    /** Prints all rows, as JSON or in a table for people. */
    void list(Answer answer, Table table, String ifEmpty, Terminal terminal) {
        if (json) {
            terminal.out().println(Json.of(answer));
        } else if (answer.rows().isEmpty()) {
            terminal.out().println(ifEmpty);
        } else {
            int width = terminal.isOutForPeople() ? terminal.width() : Integer.MAX_VALUE;
            table.lines(answer.rows(), width).forEach(terminal.out()::println);
        }
    }

    /** {@return what a row says besides, each after its word} */
    static List<String> remarks(Row row, Terminal terminal) {
        var lines = new ArrayList<String>();
        row.texts("warnings").forEach(text -> lines.add(terminal.coloured("yellow", "WARNING: ") + text));
        row.texts("problems").forEach(text -> lines.add(terminal.coloured("red", "PROBLEM: ") + text));
        if (!row.text("hint").isEmpty()) {
            lines.add("HINT: " + row.text("hint"));
        }
        return lines;
    }
}
