package ign.backup.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the example of an installation leaves in a Neo4j home; what a server makes of that is for {@code DistributionIT}. */
@Timeout(60)
class InstallScriptTest {

    @TempDir
    private Path parent = Path.of("");

    private Path bundle = Path.of("");
    private Path home = Path.of("");

    private record Run(int exitCode, String said) {}

    @BeforeEach
    void release() throws IOException {
        bundle = Files.createDirectories(parent.resolve("release/neo4j/fullbackup"));
        home = parent.resolve("home");
    }

    private void bundleBackup() throws IOException {
        Files.writeString(bundle.resolve("initial_backup.json"), "{}");
        Files.writeString(bundle.resolve("initial_backup.json.sha256"), "digest");
    }

    private Run install(String typed, String... options) throws IOException, InterruptedException {
        var command = new ArrayList<>(
                List.of("examples/scripts/install.sh", parent.resolve("release").toString(), home.toString()));
        command.addAll(List.of(options));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (var in = process.getOutputStream()) {
            in.write(typed.getBytes(StandardCharsets.UTF_8));
        }
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return new Run(process.exitValue(), said);
    }

    private String configuration() throws IOException {
        return Files.readString(home.resolve("conf/ign-backup.conf"));
    }

    @Test
    void theAnswerIsTypedOrGiven() throws IOException, InterruptedException {
        bundleBackup();
        assertThat(install("y\n").exitCode()).isZero();
        assertThat(configuration()).isEqualTo("initial_restore = auto\n");
        assertThat(home.resolve("fullbackup/initial_backup.json")).hasContent("{}");
        assertThat(home.resolve("fullbackup/initial_backup.json.sha256")).hasContent("digest");

        Files.writeString(bundle.resolve("initial_data.cypher"), "CREATE (:A);");
        home = parent.resolve("second");
        assertThat(install("", "--no").exitCode()).isZero();
        assertThat(configuration()).isEqualTo("initial_data = initial_data.cypher\ninitial_restore = off\n");
        assertThat(home.resolve("fullbackup/initial_data.cypher")).hasContent("CREATE (:A);");

        home = parent.resolve("third");
        assertThat(install("").exitCode()).isZero();
        assertThat(configuration()).endsWith("initial_restore = off\n");
    }

    @Test
    void nothingIsChangedForAnAnswerThatIsNoneOrWhatSomebodyHasSet() throws IOException, InterruptedException {
        bundleBackup();
        assertThat(install("", "--maybe").exitCode()).isEqualTo(2);
        assertThat(home).doesNotExist();

        Files.createDirectories(home.resolve("conf"));
        Files.writeString(home.resolve("conf/ign-backup.conf"), "initial_restore = offer\n");
        assertThat(install("", "--yes").exitCode()).isEqualTo(1);
        assertThat(configuration()).isEqualTo("initial_restore = offer\n");
        assertThat(home.resolve("fullbackup/initial_backup.json")).doesNotExist();
    }

    @Test
    void aReleaseWithoutABackupIsInstalled() throws IOException, InterruptedException {
        var run = install("");

        assertThat(run.exitCode()).isZero();
        assertThat(run.said()).contains("There is no bundled backup in ");
        assertThat(home.resolve("conf/ign-backup.conf")).doesNotExist();
    }
}
