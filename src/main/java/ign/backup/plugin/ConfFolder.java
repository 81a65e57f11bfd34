package ign.backup.plugin;

import java.nio.file.Path;
import java.util.Arrays;

/** Where the server's configuration lies. Neo4j 5.26 has no setting that tells, so it is found as the server itself finds it. */
final class ConfFolder {

    private static final String OPTION = "--config-dir=";

    private ConfFolder() {}

    static Path of(Path home) {
        var commandLine = System.getProperty("sun.java.command", "").split("\\s+");
        return Arrays.stream(commandLine)
                .filter(word -> word.startsWith(OPTION))
                .map(word -> Path.of(word.substring(OPTION.length())))
                .findFirst()
                .orElseGet(() -> fromEnvironment(home));
    }

    private static Path fromEnvironment(Path home) {
        var conf = System.getenv("NEO4J_CONF");
        return conf == null || conf.isBlank() ? home.resolve("conf") : Path.of(conf);
    }
}
