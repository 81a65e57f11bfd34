package ign.backup.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** A program that the machine has or has not, such as a shell, Python or Node.js, run as a user runs it. */
public final class Program {

    private static final long LIMIT_SECONDS = 240;

    private Program() {}

    /** {@return whether these words can be run, and end well} */
    public static boolean answers(String... words) {
        try {
            var process = new ProcessBuilder(words)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException absent) {
            return false; // that is the answer
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** Skips the running test, with the reason, where these words cannot be run; with CI=true in the environment it fails instead. */
    public static void assumeAnswers(String... words) {
        assume(answers(words), "'" + String.join(" ", words) + "' does not work on this machine");
    }

    /** Skips the running test, with the reason, unless that is so; with CI=true in the environment it fails instead. */
    public static void assume(boolean isSo, String reason) {
        if ("true".equals(System.getenv("CI"))) {
            assertThat(isSo).as(reason + ", and CI=true wants all tests").isTrue();
        }
        Assumptions.assumeTrue(isSo, reason);
    }

    /** {@return a search path for programs, these folders first} */
    public static String path(Path... first) {
        return String.join(
                File.pathSeparator,
                Stream.concat(Stream.of(first).map(Path::toString), Stream.of(System.getenv("PATH")))
                        .toList());
    }

    /**
     * Runs a program to its end, with nothing on its input.
     *
     * @param environment what it has besides that of this process, which is without what speaks to a server
     */
    public static ToolResult run(Path folder, Map<String, String> environment, String... words) {
        try {
            var output = Files.createTempFile("program", ".out");
            var errors = Files.createTempFile("program", ".err");
            try {
                var builder = new ProcessBuilder(words)
                        .directory(folder.toAbsolutePath().toFile())
                        .redirectOutput(output.toFile())
                        .redirectError(errors.toFile());
                builder.environment().keySet().removeIf(name -> name.matches("(NEO4J|IGN_BACKUP|LANGFUSE)_.*"));
                builder.environment().put("LC_ALL", "C.UTF-8");
                builder.environment().putAll(environment);
                int exitCode = exitCode(builder.start(), List.of(words));
                return new ToolResult(exitCode, Files.readString(output), Files.readString(errors));
            } finally {
                Files.delete(output);
                Files.delete(errors);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int exitCode(Process process, List<String> words) throws IOException {
        try {
            process.getOutputStream().close();
            assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS))
                    .as("end of %s within %s s", words, LIMIT_SECONDS)
                    .isTrue();
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }
}
