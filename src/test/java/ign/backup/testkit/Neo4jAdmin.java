package ign.backup.testkit;

import java.io.File;
import java.util.List;

/** The real neo4j-admin of a server, as a process; most commands want the server stopped. */
public final class Neo4jAdmin {

    private Neo4jAdmin() {}

    /** Runs one command, as {@code database}, {@code check}, {@code neo4j}. */
    public static ToolResult run(Neo4jServer server, String... arguments) {
        return run(server.serverHome(), arguments);
    }

    static ToolResult run(ServerHome home, String... arguments) {
        var command = new JavaProcess.Command(
                home.version().jdk(),
                List.of("-Xmx512m"),
                home.folder().resolve("plugins/*")
                        + File.pathSeparator
                        + home.folder().resolve("lib/*"),
                "org.neo4j.server.startup.Neo4jAdminCommand",
                List.of(arguments));
        return ToolResult.of(command, home.folder(), home.processEnvironment());
    }
}
