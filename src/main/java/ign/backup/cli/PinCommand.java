package ign.backup.cli;

import ign.backup.model.ErrorCode;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code ign backup pin}. */
@Command(name = "pin", header = "Keep retention from removing a backup.")
final class PinCommand extends ServerCommand {

    @Parameters(paramLabel = "FILE", description = "A name from ign backup list.")
    private String file = "";

    @Override
    ErrorCode ask(Server server) {
        var answer = server.ask(Call.of("pin").with(file));
        output().one(answer, List.of(answer.row().text("file") + " is pinned"), terminal());
        return ErrorCode.OK;
    }
}
