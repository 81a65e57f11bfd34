package ign.backup.cli;

import ign.backup.model.ErrorCode;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code ign backup auto}. */
@Command(name = "auto", header = "Make a backup if enough was changed since the last one; says so if not.")
final class AutoCommand extends ServerCommand {

    @Override
    ErrorCode ask(Server server) {
        var answer = askAndWatch(server, Call.of("auto"));
        var row = answer.row();
        var why = String.join("; ", row.texts("reasons"));
        return told(answer, List.of(row.text("message") + (why.isEmpty() ? "" : ": " + why)));
    }
}
