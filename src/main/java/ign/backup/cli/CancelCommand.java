package ign.backup.cli;

import ign.backup.model.ErrorCode;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code ign backup cancel}. */
@Command(name = "cancel", header = "End what runs; nothing of it stays behind.")
final class CancelCommand extends ServerCommand {

    @Override
    ErrorCode ask(Server server) {
        var answer = server.ask(Call.of("cancel"));
        output().one(answer, List.of(answer.row().text("message")), terminal());
        return ErrorCode.OK;
    }
}
