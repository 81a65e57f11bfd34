package ign.backup.cli;

import ign.backup.cli.Answer.Row;
import ign.backup.model.BackupException;
import ign.backup.model.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ign backup info}. */
@Command(
        name = "info",
        header = "Read a whole backup, and tell what it holds and where it comes from.",
        footer = {
            "",
            "A path to a file that is here is read here, without a server; a name is looked up on the server.",
            "",
            "Examples:",
            "  ign backup info ign_scripts_db_backup_20250128_143022.json",
            "  ign backup info ./neo4j-weekly-20250202_030000.json.zst --json"
        })
final class InfoCommand extends ServerCommand {

    private static final List<String> FACTS = List.of(
            "state",
            "datetime",
            "reason",
            "tier",
            "backup_type",
            "source",
            "database",
            "neo4j_version",
            "plugin_version",
            "format_version",
            "tx_id",
            "compression",
            "sha256");

    @Parameters(paramLabel = "FILE", description = "A name from ign backup list, or the path to a file.")
    private String file = "";

    @Option(names = "--markdown", description = "Print a piece of Markdown for release notes.")
    private boolean markdown;

    @Override
    public Integer call() {
        var local = LocalBackup.at(file);
        if (local.isEmpty()) {
            return super.call();
        }
        if (markdown) {
            throw new BackupException.BadRequest(
                    "only a server makes Markdown of a backup", "Name a backup that ign backup list shows.");
        }
        return print(LocalBackup.answer(local.get().verify())).exitCode();
    }

    @Override
    ErrorCode ask(Server server) {
        var answer = askAndWatch(server, Call.of("info").with(file));
        if (answer.rows().isEmpty()) {
            throw new BackupException.NotFound(
                    "there is no backup '" + file + "' on the server, and no such file here",
                    "ign backup list shows the names.");
        }
        if (markdown) {
            terminal().out().print(answer.row().text("markdown"));
            return ErrorCode.OK;
        }
        return print(answer);
    }

    private ErrorCode print(Answer answer) {
        var row = answer.row();
        output().one(answer, lines(row), terminal());
        if (!output().isJson()) {
            Output.remarks(row, terminal()).forEach(terminal().err()::println);
        }
        return row.is("valid") ? ErrorCode.OK : ErrorCode.DAMAGED;
    }

    private List<String> lines(Row row) {
        var lines = new ArrayList<String>();
        lines.add(row.text("file") + ": " + row.text("message"));
        for (var fact : FACTS) {
            var value = row.text(fact).isEmpty() ? row.map("details").text(fact) : row.text(fact);
            if (!value.isEmpty()) {
                lines.add(line(fact.replace('_', ' '), value));
            }
        }
        lines.add(line("size", row.size("size_bytes")));
        lines.add(line("nodes", row.count("node_count")));
        lines.addAll(counts(row.map("label_counts"), ":"));
        lines.add(line("relationships", row.count("relationship_count")));
        lines.addAll(counts(row.map("type_counts"), ""));
        lines.add(line("indexes", row.text("index_count")));
        lines.add(line("constraints", row.text("constraint_count")));
        lines.add(line("episodes", row.count("episode_count")));
        return lines;
    }

    private static List<String> counts(Row counts, String mark) {
        return counts.values().keySet().stream()
                .sorted()
                .map(name -> line("  " + mark + name, counts.count(name)))
                .toList();
    }

    private static String line(String name, String value) {
        return String.format(Locale.ROOT, "  %-18s %s", name, value);
    }
}
