package ign.backup.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;

/** The command {@code ign}; what it can do stands in its groups of commands. */
@Command(
        name = "ign",
        description = "Tools around a Neo4j graph.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        subcommands = {BackupGroup.class, CommandLine.HelpCommand.class})
public final class Ign {

    private final Terminal terminal;

    private Ign(Terminal terminal) {
        this.terminal = terminal;
    }

    /** Runs one command, and ends the process with its exit code. */
    public static void main(String[] arguments) {
        var terminal = Terminal.ofProcess();
        int exitCode = run(terminal, arguments);
        terminal.finish();
        System.exit(exitCode);
    }

    /** {@return the exit code of one command} */
    static int run(Terminal terminal, String... arguments) {
        var line = new CommandLine(new Ign(terminal))
                .setOut(terminal.out())
                .setErr(terminal.err())
                .setColorScheme(terminal.colours())
                .setUsageHelpWidth(Math.max(60, Math.min(terminal.width(), 120)))
                .setAbbreviatedOptionsAllowed(false)
                .setCaseInsensitiveEnumValuesAllowed(true);
        line.setParameterExceptionHandler(Failures::ofArguments);
        line.setExecutionExceptionHandler((failure, of, parsed) -> Failures.print(failure, terminal));
        return line.execute(arguments);
    }

    /** {@return the terminal of the process that runs a command} */
    static Terminal terminal(CommandSpec spec) {
        return ((Ign) spec.root().userObject()).terminal;
    }
}
