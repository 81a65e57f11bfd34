package ign.backup.cli;

import ign.backup.model.ErrorCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ign backup list}. */
@Command(name = "list", header = "List the backups, newest first.")
final class ListCommand extends ServerCommand {

    @Option(names = "--detailed", description = "Also those that were removed, and more of each.")
    private boolean detailed;

    @Override
    ErrorCode ask(Server server) {
        var answer = server.ask(Call.of("list").option("detailed", detailed));
        output().list(answer, detailed ? wide() : narrow(), "No backups. Make one: ign backup create", terminal());
        return ErrorCode.OK;
    }

    private static Table narrow() {
        return new Table()
                .text("FILE", "file")
                .text("TIER", "tier")
                .text("STATE", row -> row.text("state") + (row.is("pinned") ? ", pinned" : ""))
                .count("NODES", "node_count")
                .count("RELATIONSHIPS", "relationship_count")
                .size("SIZE", "size_bytes")
                .text("REASON", "reason");
    }

    private static Table wide() {
        return new Table()
                .text("FILE", "file")
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
