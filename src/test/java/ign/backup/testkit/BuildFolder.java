package ign.backup.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** Where the build has put what the tests need, and where they may write. */
public final class BuildFolder {

    private BuildFolder() {}

    /** {@return the packaged plugin, as users get it} */
    public static Path pluginJar() {
        return Path.of(property("ign.test.plugin"));
    }

    /** {@return the class path folder of the compiled tests} */
    public static Path testClasses() {
        return root().resolve("test-classes");
    }

    /** {@return the lib folder that the build assembled, {@code 5.26.30} or {@code cypher-shell-5.26.30}} */
    public static Path library(String name) {
        return root().resolve("servers").resolve(name).resolve("lib");
    }

    /** {@return the name of the library that is Neo4j Browser} */
    public static String browser() {
        return property("ign.test.browser");
    }

    /** Makes a new, empty folder that stays after the test, for whoever wants to see what happened. */
    public static Path fresh(String name) {
        try {
            var parent = Files.createDirectories(root().resolve("test-runs"));
            return Files.createTempDirectory(parent, name + "-").toAbsolutePath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@return the folder of what {@link SharedClasses} keeps; it is there} */
    static Path classArchives() {
        try {
            return Files.createDirectories(root().resolve("class-archives")).toAbsolutePath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@return the file in {@code target/bench} that keeps what a benchmark found out; its folder is there} */
    public static Path benchmark(String name) {
        try {
            return Files.createDirectories(root().resolve("bench")).resolve(name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@return what the build says under this name} */
    static String property(String name) {
        return Objects.requireNonNull(
                System.getProperty(name), name + " is not set: run integration tests with 'mvn verify'");
    }

    private static Path root() {
        return Path.of(property("ign.test.build"));
    }
}
