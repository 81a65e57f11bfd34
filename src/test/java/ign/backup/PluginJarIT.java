package ign.backup;

import static org.assertj.core.api.Assertions.assertThat;

import ign.backup.testkit.BuildFolder;
import ign.backup.testkit.Neo4jServer;
import ign.backup.testkit.Neo4jVersion;
import ign.backup.testkit.ToolResult;
import java.io.IOException;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The packaged JAR stands first on the class path of the server: it must hold nothing but what is ours by name. */
class PluginJarIT {

    @Test
    void holdsOnlyWhatIsOursByName() throws IOException {
        try (var jar = new JarFile(BuildFolder.pluginJar().toFile())) {
            var names = jar.stream()
                    .filter(entry -> !entry.isDirectory())
                    .map(entry -> entry.getName())
                    .toList();

            assertThat(names)
                    .allMatch(name -> name.startsWith("ign/backup/") || name.startsWith("META-INF/"))
                    .filteredOn(name -> name.startsWith("META-INF/"))
                    .allMatch(name -> name.equals("META-INF/MANIFEST.MF")
                            || name.equals("META-INF/LICENSE")
                            || name.startsWith("META-INF/services/"));
            assertThat(names)
                    .noneMatch(name -> name.contains("jackson")
                            || name.contains("zstd")
                            || name.contains("commons/io")
                            || name.startsWith("ign/backup/probe/")
                            || name.startsWith("ign/backup/testkit/"));
        }
    }

    @Test
    void saysItsVersion() throws IOException {
        try (var jar = new JarFile(BuildFolder.pluginJar().toFile())) {
            var version = jar.getManifest().getMainAttributes().getValue("Implementation-Version");

            assertThat(BuildFolder.pluginJar().getFileName()).hasToString("ign-backup-" + version + ".jar");
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyClassLinksInTheServer(Neo4jVersion version) {
        version.assumeAvailable();

        var said = ToolResult.ofLinkCheck(version, BuildFolder.pluginJar()).expectSuccess();

        assertThat(said.lines()).singleElement().asString().startsWith("loaded ");
    }

    @ParameterizedTest
    @EnumSource
    void theServerHasNothingToSayAgainstIt(Neo4jVersion version) {
        try (var server =
                Neo4jServer.of(version).start()) { // not the shared one, in which others have made mistakes on purpose
            assertThat(server.complaints()).isEmpty();
        }
    }
}
