package ign.backup.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The archive that users get, unpacked, and its command line. */
public final class Distribution {

    private static final long LIMIT_SECONDS = 120;

    private Distribution() {}

    /** {@return the launcher of the command line} */
    public static Path ign() {
        return bin().resolve("ign");
    }

    /** {@return the folder of the launcher, for a search path} */
    public static Path bin() {
        return Unpacked.FOLDER.resolve("bin");
    }

    /** {@return the archive itself} */
    public static Path archive() {
        return Path.of(BuildFolder.pluginJar().toString().replace(".jar", "-distribution.tar.gz"));
    }

    /** What a command printed, and its exit code. */
    public record Run(int exitCode, String out, String err) {}

    /** Runs {@code ign} with these words against a server. */
    public static Run run(Neo4jServer server, String... words) {
        return run(Map.of("NEO4J_URI", server.boltUri().toString()), words);
    }

    /** Runs {@code ign} with these words, and with this in its environment. */
    public static Run run(Map<String, String> environment, String... words) {
        var command = new ArrayList<>(List.of(ign().toString()));
        command.addAll(List.of(words));
        return runCommand(environment, command);
    }

    /**
     * Runs a command line in a terminal of its own.
     *
     * @param question what it asks there
     * @param typed what somebody types when it has asked
     * @return with everything that the terminal showed as its output
     */
    public static Run inTerminal(Neo4jServer server, String question, String typed, String command) {
        var screen = BuildFolder.fresh("terminal").resolve("screen");
        var process = startInTerminal(server, screen, command);
        try {
            Await.until("question '" + question + "'", Duration.ofSeconds(LIMIT_SECONDS), () -> shown(screen)
                    .contains(question));
            process.getOutputStream().write(typed.getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().flush();
            assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS))
                    .as("end of '%s' within %s s", command, LIMIT_SECONDS)
                    .isTrue();
            return new Run(process.exitValue(), shown(screen), "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        } finally {
            process.destroyForcibly();
        }
    }

    /** {@return what a terminal has shown until now} */
    public static String shown(Path screen) {
        try {
            return new String(Files.readAllBytes(screen), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts a command line in a terminal of its own; whoever writes to its input types there. */
    public static Process startInTerminal(Neo4jServer server, Path output, String command) {
        var builder = new ProcessBuilder(
                        "script",
                        "--quiet",
                        "--return",
                        "--command",
                        // A build that runs in the background has Ctrl-C ignored, and so would all that it starts.
                        "env --default-signal=INT " + command.replace("ign ", ign() + " "),
                        "/dev/null")
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        prepare(builder, Map.of("NEO4J_URI", server.boltUri().toString(), "TERM", "xterm"));
        try {
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Run runCommand(Map<String, String> environment, List<String> command) {
        try {
            var folder = BuildFolder.fresh("ign");
            var out = folder.resolve("out");
            var err = folder.resolve("err");
            var builder =
                    new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
            prepare(builder, environment);
            var process = builder.start();
            process.getOutputStream().close();
            assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS))
                    .as("end of %s within %s s", command, LIMIT_SECONDS)
                    .isTrue();
            return new Run(process.exitValue(), Files.readString(out), Files.readString(err));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    private static void prepare(ProcessBuilder builder, Map<String, String> environment) {
        builder.environment().keySet().removeIf(name -> name.startsWith("NEO4J_"));
        builder.environment().put("JAVA_HOME", Jdk.ours().home().toString());
        builder.environment().put("LC_ALL", "C.UTF-8");
        builder.environment()
                .put("XDG_CACHE_HOME", Unpacked.FOLDER.resolve("cache").toString());
        builder.environment().putAll(environment);
    }

    /** Made once per JVM, when first needed. */
    private static final class Unpacked {

        private static final Path FOLDER = unpack();

        private static Path unpack() {
            var folder = BuildFolder.fresh("distribution");
            try {
                var tar = new ProcessBuilder(
                                "tar", "xzf", archive().toString(), "--strip-components=1", "-C", folder.toString())
                        .inheritIO()
                        .start();
                assertThat(tar.waitFor()).as("tar of %s", archive()).isZero();
                return folder;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError("interrupted", e);
            }
        }
    }
}
