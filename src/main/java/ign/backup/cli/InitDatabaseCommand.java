package ign.backup.cli;

import ign.backup.model.ErrorCode;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ign backup init-database}: the first start of an empty database. */
@Command(
        name = "init-database",
        header = "Fill an empty database with the bundled backup, if you like.",
        description = "A database with data is never touched.")
final class InitDatabaseCommand extends ServerCommand {

    @Option(
            names = {"-y", "--yes", "--confirm"},
            description = "Restore without a question.")
    private boolean yes;

    @Option(names = "--no", description = "Do not restore, without a question.")
    private boolean no;

    @Override
    ErrorCode ask(Server server) {
        var status = server.ask(Call.of("status"));
        var bundled = status.row().text("bundled_backup");
        if (bundled.isEmpty()) {
            long nodes =
                    status.row().number("node_count").map(Number::longValue).orElse(0L);
            var why = nodes > 0
                    ? "The database has " + People.count(nodes) + " nodes and is left as it is."
                    : "There is no bundled backup in " + status.row().text("folder") + ".";
            output().one(status, List.of(why), terminal());
            return ErrorCode.OK;
        }
        if (no || (!yes && !terminal().agrees("Restore initial data from bundled backup?"))) {
            output().one(status, List.of("The database stays empty."), terminal());
            return ErrorCode.OK;
        }
        var restore =
                Call.of("restore").with(bundled).option("mode", "into-empty").option("confirm", true);
        var answer = askAndWatch(server, restore);
        return told(answer, List.of(answer.row().text("message")));
    }
}
