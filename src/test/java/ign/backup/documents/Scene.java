package ign.backup.documents;

import ign.backup.documents.Markdown.Block;
import ign.backup.testkit.BuildFolder;
import ign.backup.testkit.Distribution;
import ign.backup.testkit.Neo4jServer;
import ign.backup.testkit.Neo4jVersion;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A machine as the pages imagine it: a running server with the plugin, and a shell that finds {@code cypher-shell}. */
final class Scene implements AutoCloseable {

    private static final String PASSWORD = "only-for-these-tests";
    private static final long LIMIT_SECONDS = 120;

    private final Neo4jServer server;
    private final Path tools = BuildFolder.fresh("documents");

    /**
     * What a block did.
     *
     * @param said on both streams, with the marks of strings as people read them
     */
    record Outcome(int exitCode, String said) {

        /** {@return whether a statement or command failed, or a row said so} */
        boolean failed() {
            return exitCode != 0 || said.lines().anyMatch(line -> line.startsWith("FALSE, "));
        }
    }

    Scene(Neo4jVersion version) {
        server = Neo4jServer.of(version).password(PASSWORD).start();
        makeCypherShell();
        linkIgn();
    }

    /** Begins a page: the sample graph, as the quick start loads it. */
    void loadSample() {
        server.clear();
        var outcome = run(List.of("cypher-shell", "-f", "examples/quickstart/sample.cypher"));
        if (outcome.failed()) {
            throw new AssertionError("the sample could not be loaded: " + outcome);
        }
    }

    Outcome execute(Block block) {
        if (block.language().equals("shell")) {
            return run(List.of("bash", "-euo", "pipefail", "-c", block.text()));
        }
        try {
            var script = Files.writeString(tools.resolve("block.cypher"), block.text());
            return run(List.of("cypher-shell", "--format", "plain", "--fail-fast", "-f", script.toString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Outcome run(List<String> command) {
        var output = tools.resolve("output");
        var words = List.of("env", "PATH=" + tools + File.pathSeparator + System.getenv("PATH"));
        var builder = new ProcessBuilder(java.util.stream.Stream.concat(words.stream(), command.stream())
                        .toList())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        var environment = builder.environment();
        environment.put("NEO4J_HOME", server.home().toString());
        environment.put("NEO4J_ADDRESS", server.boltUri().toString());
        environment.put("XDG_CACHE_HOME", tools.resolve("cache").toString());
        environment.put("NEO4J_USERNAME", "neo4j");
        environment.put("NEO4J_PASSWORD", PASSWORD);
        try {
            var process = builder.start();
            process.getOutputStream().close();
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
                throw new AssertionError(command + " did not end within " + LIMIT_SECONDS + " s");
            }
            return new Outcome(process.exitValue(), readable(Files.readString(output)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    private static String readable(String said) {
        return said.replace("\\n", "\n").replace("\\\"", "\"");
    }

    private void makeCypherShell() {
        var library = BuildFolder.library("cypher-shell-" + Neo4jVersion.V5_26.number());
        var java = Path.of(System.getProperty("java.home"), "bin", "java");
        var classes = tools.resolve("classes.jsa");
        // The first call writes down the classes that it has loaded; those after it are twice as fast.
        var script = String.join(
                "\n",
                "#!/usr/bin/env bash",
                "if [ -f '" + classes + "' ]; then share=SharedArchiveFile; else share=ArchiveClassesAtExit; fi",
                "exec '" + java + "' -Xmx256m -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xlog:disable \"-XX:$share="
                        + classes + "\" -cp '" + library + "/*' org.neo4j.shell.Main --non-interactive \"$@\"",
                "");
        try {
            var file = Files.writeString(tools.resolve("cypher-shell"), script);
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void linkIgn() {
        try {
            Files.createSymbolicLink(tools.resolve("ign"), Distribution.ign());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
