package ign.backup.cli;

import ign.backup.model.BackupException;
import ign.backup.model.ErrorCode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ign backup restore}. */
@Command(
        name = "restore",
        header = "Replace the graph by that of a backup.",
        footer = {
            "",
            "The new graph is built and checked beside the one in use, which is replaced within a moment. Any failure leaves the",
            "old one. ign backup rollback brings it back.",
            "",
            "Examples:",
            "  ign backup restore",
            "  ign backup restore --file ign_scripts_db_backup_20250128_143022.json --confirm",
            "  ign backup restore --dry-run --check",
            "  ign backup restore --mode merge --key Function=name --confirm"
        })
final class RestoreCommand extends ServerCommand {

    @Option(
            names = {"-f", "--file"},
            paramLabel = "FILE",
            description = "A name from ign backup list. Default: the latest good backup")
    private @Nullable String file;

    @Option(
            names = {"-y", "--confirm", "--yes"},
            description = "Do it without a question.")
    private boolean confirmed;

    @Option(
            names = "--mode",
            paramLabel = "MODE",
            description = "replace, into-empty (refused if there are nodes), or merge. Default: replace")
    private @Nullable String mode;

    @Option(
            names = "--key",
            paramLabel = "LABEL=PROPERTY",
            description = "With --mode merge: what identifies the elements of a label or type. May be repeated.")
    private Map<String, String> keys = new LinkedHashMap<>();

    @Option(names = "--dry-run", description = "Judge, build and check, then throw away. The graph is not touched.")
    private boolean dryRun;

    @Option(names = "--check", description = "Have Neo4j check the new store before it is used.")
    private boolean check;

    @Option(
            names = "--block-writes",
            description = "Make the database read-only until the swap, so that no write is lost.")
    private boolean blockWrites;

    @Option(names = "--no-safety-backup", description = "Keep nothing of the graph that is replaced.")
    private boolean withoutSafety;

    @Option(names = "--warmup", description = "Read the new store into the page cache afterwards.")
    private boolean warmup;

    @Override
    ErrorCode ask(Server server) {
        if (!confirmed && !dryRun) {
            confirm(server);
        }
        var answer = askAndWatch(server, asked().option("confirm", !dryRun));
        return told(answer, List.of(answer.row().text("message")));
    }

    private Call asked() {
        return Call.of("restore")
                .with(file)
                .option("mode", mode)
                .option("keys", keys.isEmpty() ? null : keys)
                .option("dryRun", dryRun)
                .option("check", check)
                .option("blockWrites", blockWrites)
                .without("safetyBackup", withoutSafety)
                .option("warmup", warmup);
    }

    /** The server says what would be replaced by what when nobody has confirmed. */
    private void confirm(Server server) {
        var terminal = terminal();
        var preview = server.ask(asked()).row();
        if (!preview.text("state").equals("refused")) {
            throw new BackupException.BadRequest(preview.text("message"), preview.text("hint"));
        }
        if (!terminal.canAsk()) {
            throw new BackupException.BadRequest(
                    preview.text("message"), "Nobody can be asked here: say --confirm if this is what you want.");
        }
        terminal.out().println(preview.text("message"));
        if (!terminal.agrees("Do it?")) {
            throw new BackupException.Cancelled("nothing was restored");
        }
    }
}
