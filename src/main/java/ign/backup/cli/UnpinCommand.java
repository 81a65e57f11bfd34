package ign.backup.cli;

import ign.backup.model.ErrorCode;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code ign backup unpin}. */
@Command(name = "unpin", header = "Leave a backup to retention again.")
final class UnpinCommand extends ServerCommand {

    @Parameters(paramLabel = "FILE", description = "A name from ign backup list.")
    private String file = "";

    @Override
    ErrorCode ask(Server server) {
        var answer = server.ask(Call.of("unpin").with(file));
        output().one(answer, List.of(answer.row().text("file") + " is not pinned any more"), terminal());
        return ErrorCode.OK;
    }
}
