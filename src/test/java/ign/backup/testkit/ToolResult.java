package ign.backup.testkit;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a command-line tool answered. */
public record ToolResult(int exitCode, String output, String errors) {

    private static final long LIMIT_SECONDS = 600;

    /** Runs a tool to its end. */
    static ToolResult of(JavaProcess.Command command, Path folder, Map<String, String> environment) {
        try {
            var output = Files.createTempFile(folder, "tool", ".out");
            var errors = Files.createTempFile(folder, "tool", ".err");
            try {
                var exitCode = JavaProcess.start(command, folder, environment, output, errors)
                        .exitCode(LIMIT_SECONDS);
                return new ToolResult(exitCode, Files.readString(output), Files.readString(errors));
            } finally {
                Files.delete(output);
                Files.delete(errors);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Loads every class of a JAR as the server of this version would, in a JVM of its own; a line for each that does not link. */
    public static ToolResult ofLinkCheck(Neo4jVersion version, Path jar) {
        var classPath = String.join(
                File.pathSeparator,
                jar.toString(),
                version.library() + File.separator + "*",
                ProbePlugin.jar().toString());
        var command = new JavaProcess.Command(
                version.jdk(), List.of("-Xmx256m"), classPath, "ign.backup.probe.LinkCheck", List.of(jar.toString()));
        return of(command, BuildFolder.fresh("link"), Map.of());
    }

    /**
     * Runs a main class of the tests with the libraries of this version in a JVM of its own.
     *
     * @param folder where it runs
     */
    public static ToolResult ofMain(
            Neo4jVersion version, List<String> flags, Path folder, Class<?> main, String... arguments) {
        var opened = new ArrayList<>(ServerHome.OPENED);
        opened.addAll(flags);
        var classPath = BuildFolder.testClasses() + File.pathSeparator + version.library() + File.separator + "*";
        var command = new JavaProcess.Command(version.jdk(), opened, classPath, main.getName(), List.of(arguments));
        return of(command, folder, Map.of());
    }

    /** {@return the lines of the output} */
    public List<String> lines() {
        return output.lines().toList();
    }

    /** Fails the test, with all that was said, unless the exit code is 0. */
    public ToolResult expectSuccess() {
        if (exitCode != 0) {
            throw new AssertionError("exit code " + exitCode + "\n" + output + errors);
        }
        return this;
    }
}
