package ign.backup.cli;

import ign.backup.model.ErrorCode;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code ign backup pin} and {@code unpin}: what retention may do with one backup. */
abstract class PinCommand extends ServerCommand {

    private final String procedure;
    private final String outcome;

    @Parameters(paramLabel = "FILE", description = "A name from ign backup list.")
    private String file = "";

    private PinCommand(String procedure, String outcome) {
        this.procedure = procedure;
        this.outcome = outcome;
    }

    @Override
    ErrorCode ask(Server server) {
        var answer = server.ask(Call.of(procedure).with(file));
        output().one(answer, List.of(answer.row().text("file") + " " + outcome), terminal());
        return ErrorCode.OK;
    }

    /** {@code ign backup pin}. */
    @Command(name = "pin", header = "Keep retention from removing a backup.")
    static final class Pin extends PinCommand {
        Pin() {
            super("pin", "is pinned");
        }
    }

    /** {@code ign backup unpin}. */
    @Command(name = "unpin", header = "Leave a backup to retention again.")
    static final class Unpin extends PinCommand {
        Unpin() {
            super("unpin", "is not pinned any more");
        }
    }
}
