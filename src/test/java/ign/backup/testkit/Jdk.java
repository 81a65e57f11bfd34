package ign.backup.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * A Java installation.
 *
 * @param feature 17, 21, 25 …
 */
public record Jdk(Path home, int feature) {

    private static final Pattern VERSION = Pattern.compile("version \"(\\d+)");

    /** {@return the one that runs this test} */
    public static Jdk ours() {
        return new Jdk(
                Path.of(System.getProperty("java.home")), Runtime.version().feature());
    }

    /** Asks the installation in this folder for its version. */
    public static Jdk at(Path home) {
        try {
            var process = new ProcessBuilder(home.resolve("bin/java").toString(), "-version")
                    .redirectErrorStream(true)
                    .start();
            process.getOutputStream().close();
            var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            var version = VERSION.matcher(said);
            if (!version.find()) {
                throw new IllegalStateException("no version of Java in what " + home + " says: " + said);
            }
            return new Jdk(home, Integer.parseInt(version.group(1)));
        } catch (IOException e) {
            throw new UncheckedIOException("no Java in " + home, e);
        }
    }

    /** {@return the command that starts it} */
    public Path java() {
        return home.resolve("bin/java");
    }
}
