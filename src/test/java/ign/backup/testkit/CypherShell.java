package ign.backup.testkit;

import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The real cypher-shell, as a process. */
public final class CypherShell {

    private CypherShell() {}

    /** Runs statements against the users' database, in plain format. */
    public static ToolResult run(Neo4jServer server, String statements) {
        return run(server, Neo4jServer.DATABASE, statements);
    }

    /** Runs statements against a database, in plain format, with more arguments of cypher-shell. */
    public static ToolResult run(Neo4jServer server, String database, String statements, String... more) {
        var arguments = new ArrayList<String>(
                List.of("-a", server.boltUri().toString(), "-d", database, "--format", "plain", "--non-interactive"));
        var password = server.password();
        if (password != null) {
            arguments.addAll(List.of("-u", "neo4j", "-p", password));
        }
        arguments.addAll(List.of(more));
        arguments.add(statements);
        var library = BuildFolder.library("cypher-shell-" + Neo4jVersion.V5_26.number());
        var command = new JavaProcess.Command(
                Jdk.ours(), List.of("-Xmx256m"), library + File.separator + "*", "org.neo4j.shell.Main", arguments);
        return ToolResult.of(command, server.home(), Map.of());
    }
}
