package ign.backup.cli;

import ign.backup.cli.Answer.Row;
import ign.backup.model.ErrorCode;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ign backup list}. */
@Command(name = "list", header = "List the backups, newest first.")
final class ListCommand extends ServerCommand {

    @Option(names = "--detailed", description = "Also those that were removed, and more of each.")
    private boolean detailed;

    @Option(
            names = "--trend",
            description = "How sizes went: oldest first, each with its growth since the one before of its tier.")
    private boolean trend;

    @Override
    ErrorCode ask(Server server) {
        var answer = server.ask(Call.of("list").option("detailed", detailed).option("trend", trend));
        output().list(answer, table(), "No backups. Make one: ign backup create", terminal());
        return ErrorCode.OK;
    }

    private Table table() {
        if (trend) {
            return growth();
        }
        return detailed ? wide() : narrow();
    }

    private static Table growth() {
        return new Table()
                .text("MADE", "datetime")
                .text("TIER", "tier")
                .text("STATE", "state")
                .size("SIZE", "size_bytes")
                .amount("GROWTH", ListCommand::growth)
                .name("FILE", "file");
    }

    private static String growth(Row row) {
        return row.number("growth_percent")
                .map(percent -> String.format(Locale.ROOT, "%+.1f %%", percent.doubleValue()))
                .orElse("");
    }

    private static Table narrow() {
        return new Table()
                .name("FILE", "file")
                .text("TIER", "tier")
                .text("STATE", row -> row.text("state") + (row.is("pinned") ? ", pinned" : ""))
                .count("NODES", "node_count")
                .count("RELATIONSHIPS", "relationship_count")
                .size("SIZE", "size_bytes")
                .text("REASON", "reason");
    }

    private static Table wide() {
        return new Table()
                .name("FILE", "file")
                .text("MADE", "timestamp")
                .text("TIER", "tier")
                .text("STATE", "state")
                .text("PINNED", row -> row.is("pinned") ? "yes" : "")
                .text("VERIFIED", row -> row.value("verified") == null ? "" : row.is("verified") ? "yes" : "no")
                .count("NODES", "node_count")
                .count("RELATIONSHIPS", "relationship_count")
                .count("EPISODES", "episode_count")
                .size("SIZE", "size_bytes")
                .text("COMPRESSION", "compression")
                .text("NEO4J", row -> row.map("details").text("neo4j_version"))
                .text("SHA-256", row -> row.text("sha256"))
                .text("REASON", "reason");
    }
}
