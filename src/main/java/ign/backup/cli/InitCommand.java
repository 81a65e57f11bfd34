package ign.backup.cli;

import ign.backup.model.ErrorCode;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ign backup init}. */
@Command(
        name = "init",
        header = "Write initial_backup.json, which a distribution brings along for an empty database.",
        footer = {
            "",
            "Examples:",
            "  ign backup init",
            "  ign backup init --from ign_scripts_db_backup_20250128_143022.json --to release/neo4j/fullbackup"
        })
final class InitCommand extends ServerCommand {

    @Option(names = "--from", paramLabel = "FILE", description = "A backup to make it of. Default: the graph as it is")
    private @Nullable String from;

    @Option(
            names = "--to",
            paramLabel = "FOLDER",
            description = "Another folder of the server to write it into as well.")
    private @Nullable String to;

    @Override
    ErrorCode ask(Server server) {
        var answer = askAndWatch(server, Call.of("init").option("from", from).option("to", to));
        return told(answer, List.of(answer.row().text("message")));
    }
}
