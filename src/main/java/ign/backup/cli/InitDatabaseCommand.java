package ign.backup.cli;

import ign.backup.model.BackupException;
import ign.backup.model.ErrorCode;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ign backup init-database}: the first start of an empty database. */
@Command(
        name = "init-database",
        header = "Fill an empty database with the bundled backup, if you like.",
        description = {
            "A database with data is never touched. Whoever declines declines for good (setting initial_restore), and gets the",
            "statements of the setting initial_data instead."
        })
final class InitDatabaseCommand extends ServerCommand {

    @Option(
            names = {"-y", "--yes", "--confirm"},
            description = "Restore without a question.")
    private boolean yes;

    @Option(names = "--no", description = "Decline without a question.")
    private boolean no;

    @Override
    ErrorCode ask(Server server) {
        var status = server.ask(Call.of("status"));
        var bundled = status.row().text("bundled_backup");
        if (bundled.isEmpty()) {
            long nodes = status.row().whole("node_count");
            var why = nodes > 0
                    ? "The database has " + People.count(nodes) + " nodes and is left as it is."
                    : "There is no bundled backup in " + status.row().text("folder") + ".";
            output().one(status, List.of(why), terminal());
            return ErrorCode.OK;
        }
        if (!agrees()) {
            server.ask(Call.of("configure").with(Map.of("initial_restore", "off")));
            output().one(
                            status,
                            List.of("Declined. The statements of initial_data fill the database, if it is set."),
                            terminal());
            return ErrorCode.OK;
        }
        var restore =
                Call.of("restore").with(bundled).option("mode", "into-empty").option("confirm", true);
        var answer = askAndWatch(server, restore);
        return told(answer, List.of(answer.row().text("message")));
    }

    private boolean agrees() {
        if (yes || no) {
            return yes;
        }
        if (!terminal().canAsk()) {
            throw new BackupException.BadRequest(
                    "nobody can be asked whether the bundled backup is to be restored", "Say --yes or --no.");
        }
        return terminal().agrees("Restore initial data from bundled backup?");
    }
}
