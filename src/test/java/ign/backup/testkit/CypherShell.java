package ign.backup.testkit;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
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

    /** Runs a file against a database, in plain format, to the first statement that fails. */
    public static ToolResult runFile(Neo4jServer server, String database, Path file, String... more) {
        var words = new ArrayList<String>(List.of(more));
        words.addAll(List.of("--fail-fast", "-f", file.toAbsolutePath().toString()));
        return call(server, database, words);
    }

    /** Runs statements against a database, in plain format, with more arguments of cypher-shell. */
    public static ToolResult run(Neo4jServer server, String database, String statements, String... more) {
        var words = new ArrayList<String>(List.of(more));
        words.add(statements);
        return call(server, database, words);
    }

    /** Makes a command {@code cypher-shell} in a folder, for scripts that have that folder on their path. */
    public static void makeCommand(Path folder) {
        var library = BuildFolder.library("cypher-shell-" + Neo4jVersion.V5_26.number());
        var script = "#!/usr/bin/env bash\nexec '" + Jdk.ours().java() + "' -Xmx256m -cp '" + library
                + "/*' org.neo4j.shell.Main --non-interactive \"$@\"\n";
        try {
            var file = Files.writeString(folder.resolve("cypher-shell"), script);
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ToolResult call(Neo4jServer server, String database, List<String> words) {
        var arguments = new ArrayList<String>(
                List.of("-a", server.boltUri().toString(), "-d", database, "--format", "plain", "--non-interactive"));
        var password = server.password();
        if (password != null) {
            arguments.addAll(List.of("-u", "neo4j", "-p", password));
        }
        arguments.addAll(words);
        var library = BuildFolder.library("cypher-shell-" + Neo4jVersion.V5_26.number());
        var command = new JavaProcess.Command(
                Jdk.ours(), List.of("-Xmx256m"), library + File.separator + "*", "org.neo4j.shell.Main", arguments);
        return ToolResult.of(command, server.home(), Map.of());
    }
}
