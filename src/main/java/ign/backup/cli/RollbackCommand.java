package ign.backup.cli;

import ign.backup.model.BackupException;
import ign.backup.model.ErrorCode;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ign backup rollback}. */
@Command(
        name = "rollback",
        header = "Bring back the graph that the last restore has replaced.",
        description = "The graph of now is kept instead: a second rollback undoes the first.")
final class RollbackCommand extends ServerCommand {

    @Option(
            names = {"-y", "--confirm", "--yes"},
            description = "Do it without a question.")
    private boolean confirmed;

    @Override
    ErrorCode ask(Server server) {
        if (!confirmed) {
            confirm(server);
        }
        var answer = askAndWatch(server, Call.of("rollback"));
        return told(answer, List.of(answer.row().text("message")));
    }

    private void confirm(Server server) {
        var kept = server.ask(Call.of("status")).row().map("old_store");
        var question = kept.values().isEmpty()
                ? "No store of an earlier restore is kept."
                : "The graph that was replaced by '" + kept.text("replaced_by") + "' on " + kept.text("since")
                        + " comes back in place of the one of now.";
        if (!terminal().canAsk()) {
            throw new BackupException.BadRequest(
                    question, "Nobody can be asked here: say --confirm if this is what you want.");
        }
        terminal().out().println(question);
        if (!terminal().agrees("Do it?")) {
            throw new BackupException.Cancelled("nothing was changed");
        }
    }
}
