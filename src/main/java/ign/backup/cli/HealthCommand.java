package ign.backup.cli;

import ign.backup.cli.Answer.Row;
import ign.backup.model.ErrorCode;
import picocli.CommandLine.Command;

/** {@code ign backup health}; what is promised and not kept is an alarm. */
@Command(
        name = "health",
        header = "Look at everything that backups depend on.",
        description = "Ends with exit code 4 when a check fails, so that a job can ring a bell.")
final class HealthCommand extends ServerCommand {

    @Override
    ErrorCode ask(Server server) {
        var answer = server.ask(Call.of("health"));
        var table = new Table().name("CHECK", "check").text("STATUS", "status").text("MESSAGE", "message");
        output().list(answer, table, "Nothing to look at.", terminal());
        if (!output().isJson()) {
            answer.rows().stream().filter(row -> !row.text("hint").isEmpty()).forEach(this::printHint);
        }
        boolean fails =
                answer.rows().stream().anyMatch(row -> row.text("status").equals("FAIL"));
        return fails ? ErrorCode.ALARM : ErrorCode.OK;
    }

    private void printHint(Row row) {
        var colour = row.text("status").equals("FAIL") ? "red" : "yellow";
        terminal().out().println(terminal().coloured(colour, row.text("check")) + ": " + row.text("hint"));
    }
}
