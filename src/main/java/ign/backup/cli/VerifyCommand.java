package ign.backup.cli;

import ign.backup.model.ErrorCode;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ign backup verify}. */
@Command(
        name = "verify",
        header = "Read a whole backup, and tell everything that is wrong with it.",
        footer = {
            "",
            "A path to a file that is here is read here, without a server; a name is looked up on the server.",
            "",
            "Examples:",
            "  ign backup verify",
            "  ign backup verify --level restore",
            "  ign backup verify /mnt/copies/ign_scripts_db_backup_20250128_143022.json"
        })
final class VerifyCommand extends ServerCommand {

    @Parameters(
            arity = "0..1",
            paramLabel = "FILE",
            description = "A name from ign backup list, or the path to a file. Default: the latest good backup")
    private @Nullable String file;

    @Option(
            names = "--level",
            paramLabel = "LEVEL",
            description = "full, or restore: also build a store of it, have Neo4j check it, and throw it away.")
    private @Nullable String level;

    @Override
    public Integer call() {
        var local = file == null || level != null ? null : LocalBackup.at(file).orElse(null);
        return local == null
                ? super.call()
                : print(LocalBackup.answer(local.verify())).exitCode();
    }

    @Override
    ErrorCode ask(Server server) {
        return print(askAndWatch(server, Call.of("verify").with(file).option("level", level)));
    }

    private ErrorCode print(Answer answer) {
        var row = answer.row();
        output().one(answer, List.of(row.text("file") + ": " + row.text("message")), terminal());
        if (!output().isJson()) {
            Output.remarks(row, terminal()).forEach(terminal().err()::println);
        }
        return row.is("valid") ? ErrorCode.OK : ErrorCode.DAMAGED;
    }
}
