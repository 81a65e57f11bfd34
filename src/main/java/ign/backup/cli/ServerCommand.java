package ign.backup.cli;

import ign.backup.model.ErrorCode;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command that asks a server. */
@Command(mixinStandardHelpOptions = true, versionProvider = Version.class, sortOptions = false)
abstract class ServerCommand implements Callable<Integer> {

    @ArgGroup(exclusive = false, validate = false, order = 2, heading = "Output:%n")
    private final Output output = new Output();

    @ArgGroup(exclusive = false, validate = false, order = 3, heading = "Connection:%n")
    private final Connection connection = new Connection();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        try (var server = connection.open(terminal())) {
            return ask(server).exitCode();
        }
    }

    /** Asks, and prints the answer; {@return how it ended} */
    abstract ErrorCode ask(Server server);

    Terminal terminal() {
        return Ign.terminal(spec);
    }

    Output output() {
        return output;
    }

    /** Asks for work that takes a while. */
    Answer askAndWatch(Server server, Call call) {
        return LongCall.ask(server, call, output, terminal());
    }

    /** Prints the one row of an answer: what went well to the output, what did not to the errors; {@return how it ended} */
    ErrorCode told(Answer answer, List<String> lines) {
        var row = answer.row();
        var outcome = ErrorCode.of(row.text("code"));
        boolean isFine = outcome == ErrorCode.OK || outcome == ErrorCode.PARTIAL;
        if (isFine || output.isJson()) {
            output.one(answer, lines, terminal());
        } else {
            terminal().err().println(terminal().coloured("red", "ERROR: ") + row.text("message"));
        }
        Output.remarks(row, terminal()).forEach(terminal().err()::println);
        return outcome;
    }
}
