package ign.backup.cli;

import ign.backup.model.ErrorCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ign backup prune}. */
@Command(name = "prune", header = "Remove the backups that retention does not keep, and say why each stays or goes.")
final class PruneCommand extends ServerCommand {

    private static final Table TABLE = new Table()
            .name("FILE", "file")
            .text("TIER", "tier")
            .text("ACTION", "action")
            .size("SIZE", "size_bytes")
            .text("WHY", "reason");

    @Option(names = "--dry-run", description = "Only say so.")
    private boolean dryRun;

    @Override
    ErrorCode ask(Server server) {
        var answer = askAndWatch(server, Call.of("prune").option("dryRun", dryRun));
        output().list(answer, TABLE, "No backups.", terminal());
        return ErrorCode.OK;
    }
}
