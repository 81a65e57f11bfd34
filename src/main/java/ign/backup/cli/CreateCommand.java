package ign.backup.cli;

import ign.backup.cli.Answer.Row;
import ign.backup.model.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ign backup create}. */
@Command(
        name = "create",
        header = "Make a full backup of the graph, and read it back.",
        footer = {
            "",
            "Examples:",
            "  ign backup create --reason \"Before major update\"",
            "  ign backup create --auto",
            "  ign backup create --reason \"Pre-upgrade backup before v1.5.0\" --tier pre-upgrade --pin"
        })
final class CreateCommand extends ServerCommand {

    @Option(
            names = {"-r", "--reason"},
            paramLabel = "TEXT",
            description = "Why it is made; stands in the backup. Default: Manual backup")
    private @Nullable String reason;

    @Option(names = "--auto", description = "Only if enough was changed since the last one; says so if not.")
    private boolean auto;

    @Option(
            names = {"-t", "--tier"},
            paramLabel = "TIER",
            description = "manual, auto, daily, weekly, monthly or pre-upgrade. Default: manual")
    private @Nullable String tier;

    @Option(
            names = {"-c", "--compression"},
            paramLabel = "NAME",
            description = "none, zstd or gzip. Default: that of the tier")
    private @Nullable String compression;

    @Option(names = "--pin", description = "Keep retention from removing it.")
    private boolean pin;

    @Option(names = "--no-verify", description = "Do not read it back. Such a backup is not counted as a good one.")
    private boolean unverified;

    @Option(names = "--pause-writes", description = "Let commits wait while it is written; no backup needs that.")
    private boolean pauseWrites;

    @Option(
            names = "--pause-timeout",
            paramLabel = "TIME",
            description = "How long they wait at most, as 90s or 20m. Default: 20m")
    private @Nullable String pauseTimeout;

    @Option(names = "--trace-id", paramLabel = "ID", description = "An id of your own, kept in the backup.")
    private @Nullable String traceId;

    @Override
    ErrorCode ask(Server server) {
        var call = Call.of("create")
                .with(reason == null ? "Manual backup" : reason)
                .option("auto", auto)
                .option("tier", tier)
                .option("compression", compression)
                .option("pin", pin)
                .without("verify", unverified)
                .option("pauseWrites", pauseWrites)
                .option("pauseTimeout", pauseTimeout)
                .option("traceId", traceId);
        var answer = askAndWatch(server, call);
        return told(answer, lines(answer.row()));
    }

    private List<String> lines(Row row) {
        var lines = new ArrayList<String>();
        lines.add(row.text("message"));
        if (!row.text("path").isEmpty()) {
            var verified = row.is("verified") ? "verified in " + row.time("verify_ms") : "not verified";
            lines.add("  " + row.text("path"));
            lines.add("  " + row.size("size_bytes") + ", written in " + row.time("duration_ms") + ", " + verified);
            row.texts("removed").forEach(name -> lines.add("  removed " + name));
        }
        return lines;
    }
}
