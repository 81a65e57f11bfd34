package ign.backup.testkit;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/** The servers that the plugin must work in. */
public enum Neo4jVersion {
    /** The oldest, and the one we compile against; it runs in the JDK of the build. */
    V5_26("ign.test.neo4j.oldest", "org.neo4j.server.CommunityEntryPoint", 17),
    /** The newest; it needs JDK 21, so that its tests are skipped where none is known. */
    V2026_08("ign.test.neo4j.newest", "org.neo4j.server.Neo4jCommunity", 21);

    /** What to say when there is no JDK for the newest server. */
    private static final String HOW_TO_ENABLE =
            "needs JDK 21 or later: run 'mvn verify -Dneo4j2026.java.home=<folder of a JDK>', set JAVA_HOME_21_PLUS, or use .ci/run";

    private final String versionProperty;
    private final String mainClass;
    private final int leastFeature;

    Neo4jVersion(String versionProperty, String mainClass, int leastFeature) {
        this.versionProperty = versionProperty;
        this.mainClass = mainClass;
        this.leastFeature = leastFeature;
    }

    /** {@return the exact version, as {@code 5.26.30}} */
    public String number() {
        return BuildFolder.property(versionProperty);
    }

    /** {@return the JARs of the server} */
    public Path library() {
        return BuildFolder.library(number());
    }

    /** {@return whether it can be started here} */
    public boolean isAvailable() {
        return findJdk().isPresent();
    }

    /** Skips the running test, with the reason and the way out, where this server cannot be started. */
    public void assumeAvailable() {
        Assumptions.assumeTrue(isAvailable(), () -> "Neo4j " + number() + " " + HOW_TO_ENABLE);
    }

    /** {@return the JDK it runs in; asked for only when available} */
    public Jdk jdk() {
        return findJdk().orElseThrow(() -> new IllegalStateException("Neo4j " + number() + " " + HOW_TO_ENABLE));
    }

    String mainClass() {
        return mainClass;
    }

    /** A JDK that somebody names must be right; only when nobody names one it may be missing. */
    private Optional<Jdk> findJdk() {
        if (this == V5_26) {
            return Optional.of(Jdk.ours());
        }
        var named = Optional.ofNullable(System.getProperty("neo4j2026.java.home"))
                .or(() -> Optional.ofNullable(System.getenv("JAVA_HOME_21_PLUS")))
                .map(home -> Jdk.at(Path.of(home)));
        named.filter(jdk -> jdk.feature() < leastFeature).ifPresent(jdk -> {
            throw new IllegalStateException(
                    jdk.home() + " is JDK " + jdk.feature() + ", Neo4j " + number() + " " + HOW_TO_ENABLE);
        });
        return named.or(() -> Optional.of(Jdk.ours()).filter(jdk -> jdk.feature() >= leastFeature));
    }
}
