package ign.backup.server;

import static org.assertj.core.api.Assertions.assertThat;

import ign.backup.testkit.BuildFolder;
import ign.backup.testkit.InTurn;
import ign.backup.testkit.Neo4jServer;
import ign.backup.testkit.Neo4jVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.neo4j.driver.Value;

/** The backup folder as an operator sees it, and what happens when it cannot be written. */
class FolderIT {

    private static final String METADATA = "backup_metadata.json";

    @ParameterizedTest
    @InTurn
    void aFolderIsForItsOwnerAndGroupAndSaysWhatItIs(Neo4jVersion version) throws Exception {
        var server = Neo4jServer.shared(version);
        var plugin = Plugin.withEmptyFolder(server);
        Files.deleteIfExists(plugin.folder());
        server.run("CREATE (:A)");

        var file = plugin.create(Map.of());

        assertThat(plugin.files())
                .containsExactly(
                        ".gitkeep",
                        ".ign-backup.lock",
                        "README.md",
                        METADATA,
                        METADATA + ".copy",
                        file,
                        file + ".sha256");
        assertThat(file).matches("ign_scripts_db_backup_20[0-9]{6}_[0-9]{6}\\.json");
        assertThat(mode(plugin.folder())).isEqualTo("rwxr-x---");
        for (var name : plugin.files()) {
            assertThat(mode(plugin.folder().resolve(name))).as(name).isEqualTo("rw-r-----");
        }
        assertThat(new String(plugin.read("README.md"), StandardCharsets.UTF_8))
                .startsWith("# Backups of a Neo4j graph\n");
        assertThat(shell(plugin.folder(), "sha256sum", "-c", file + ".sha256")).isEqualTo(file + ": OK\n");
    }

    @ParameterizedTest
    @InTurn
    void twoBackupsInOneSecondHaveTwoNames(Neo4jVersion version) {
        var server = Neo4jServer.shared(version);
        var plugin = Plugin.withEmptyFolder(server);
        var names = new ArrayList<String>();

        for (int i = 0; i < 8; i++) {
            names.add(plugin.create(Map.of("tier", "monthly"))); // of which any number is kept
        }

        assertThat(names).doesNotHaveDuplicates();
        assertThat(plugin.list())
                .extracting(row -> row.get("file").asString())
                .containsExactlyInAnyOrderElementsOf(names);
    }

    @ParameterizedTest
    @InTurn
    void theOlderManualBackupGoesOnceTheNewOneIsVerifiedAndNothingElseDoes(Neo4jVersion version) {
        var server = Neo4jServer.shared(version);
        var plugin = Plugin.withEmptyFolder(server);
        var foreign = "{\"metadata\":{\"version\":\"1.0.0\",\"node_count\":0,\"relationship_count\":0},"
                + "\"data\":{\"nodes\":[],\"relationships\":[]}}";
        var pinned = plugin.create(Map.of("pin", true));
        var daily = plugin.create(Map.of("tier", "daily"));
        var older = plugin.create(Map.of());
        plugin.write("initial_backup.json", foreign.getBytes(StandardCharsets.UTF_8));
        plugin.write("initial_backup.json.sha256", "anything".getBytes(StandardCharsets.UTF_8));
        plugin.write("of-another-tool.json", foreign.getBytes(StandardCharsets.UTF_8));
        plugin.write("notes.txt", "of a person".getBytes(StandardCharsets.UTF_8));

        var unverified = plugin.tryCreate(Map.of("verify", false));
        assertThat(unverified.get("verified").asBoolean()).isFalse();
        assertThat(unverified.get("removed").asList()).isEmpty();
        assertThat(plugin.files()).contains(older);

        var newest = plugin.tryCreate(Map.of());

        var kept = newest.get("file").asString();
        var skipped = unverified.get("file").asString();
        assertThat(newest.get("removed").asList(Value::asString)).containsExactly(older);
        assertThat(plugin.files())
                .contains(pinned, daily, kept, "initial_backup.json", "initial_backup.json.sha256")
                .contains("of-another-tool.json", "notes.txt")
                .contains(skipped, skipped + ".sha256")
                .doesNotContain(older, older + ".sha256");
        assertThat(plugin.listed(skipped).get("state").asString()).isEqualTo("unproven");
        assertThat(server.neo4jLog())
                .contains("removed backup '" + older + "': tier 'manual' keeps 1, and newer good ones are there");
        assertThat(plugin.row(
                                "neo4j",
                                "CALL ign.backup.list({detailed: true}) YIELD file, state WHERE file = $file"
                                        + " RETURN state",
                                Map.of("file", older))
                        .get("state")
                        .asString())
                .isEqualTo("removed");
    }

    @Tag("promise-A4")
    @ParameterizedTest
    @InTurn
    void aFullDiskCostsNothing(Neo4jVersion version) throws Exception {
        var disk = BuildFolder.fresh("small-disk");
        Assumptions.assumeTrue(mounts(disk), "a small disk can be mounted by root only: mount -t tmpfs was refused");
        try (var server = Neo4jServer.of(version)
                .environment("IGN_BACKUP_FOLDER", disk.resolve("backups").toString())
                .start()) {
            var plugin = Plugin.of(server);
            server.run("CREATE (:A {x: 1})");
            var good = plugin.create(Map.of());
            var folder = disk.resolve("backups");
            var files = Plugin.filesOf(folder);
            var metadata = Files.readString(folder.resolve(METADATA));
            plugin.fillWithMuch(30);

            var row = plugin.tryCreate(Map.of("compression", "gzip"));
            assertThat(row.get("success").asBoolean()).isFalse();
            assertThat(row.get("code").asString()).isEqualTo("unavailable");
            assertThat(row.get("message").asString())
                    .matches("the disk is full: cannot write '" + folder
                            + "/ign_scripts_db_backup_.*\\.json\\.gz', [0-9]+ bytes were needed, [0-9]+ are free");
            assertThat(row.get("hint").asString())
                    .matches("Make room on '.*' or set 'folder' to a larger disk; nothing was deleted to make room\\.");
            assertThat(row.get("file").isNull()).isTrue();
            var estimated = plugin.tryCreate(Map.of());
            assertThat(estimated.get("success").asBoolean()).isFalse();
            assertThat(estimated.get("message").asString())
                    .matches("the backup needs about [0-9,]+ bytes, but only [0-9,]+ bytes are free in '" + folder
                            + "'");

            assertThat(Plugin.filesOf(folder)).isEqualTo(files);
            assertThat(Files.readString(folder.resolve(METADATA))).isEqualTo(metadata);
            assertThat(plugin.verify(good).get("state").asString()).isEqualTo("good");
        } finally {
            shell(disk, "umount", "-l", disk.toString());
        }
    }

    @Tag("promise-A5")
    @ParameterizedTest
    @InTurn
    void aFolderThatVanishesIsMadeAgainAndAFileInItsPlaceIsAClearError(Neo4jVersion version) throws Exception {
        var server = Neo4jServer.shared(version);
        var plugin = Plugin.withEmptyFolder(server);
        server.run("CREATE (:A)");
        var lost = plugin.create(Map.of());
        plugin.files().forEach(plugin::delete);
        Files.delete(plugin.folder());

        assertThat(plugin.list()).isEmpty();
        assertThat(plugin.status().get("last_backup").isNull()).isTrue();
        var missing = plugin.tryRestore(lost);
        assertThat(missing.get("message").asString())
                .isEqualTo("there is no backup '" + lost + "' in '" + plugin.folder() + "'");

        Files.writeString(plugin.folder(), "not a folder");
        var row = plugin.tryCreate(Map.of());
        assertThat(row.get("success").asBoolean()).isFalse();
        assertThat(row.get("code").asString()).isEqualTo("unavailable");
        assertThat(row.get("message").asString()).isEqualTo("'" + plugin.folder() + "' is not a folder");
        assertThat(row.get("hint").asString()).isEqualTo("Move it away, or set 'folder' to another place.");

        Files.delete(plugin.folder());
        var again = plugin.create(Map.of());
        assertThat(plugin.files()).contains("README.md", ".gitkeep", METADATA, again);
    }

    @Tag("promise-A5")
    @ParameterizedTest
    @InTurn
    void aFolderThatCannotBeWrittenIsNamedWithTheUser(Neo4jVersion version) throws IOException {
        Assumptions.assumeFalse(
                "root".equals(System.getProperty("user.name")), "nothing is denied to root; run as another user");
        var server = Neo4jServer.shared(version);
        var plugin = Plugin.withEmptyFolder(server);
        plugin.create(Map.of());
        Files.setPosixFilePermissions(plugin.folder(), PosixFilePermissions.fromString("r-xr-x---"));
        try {
            var row = plugin.tryCreate(Map.of());

            assertThat(row.get("success").asBoolean()).isFalse();
            assertThat(row.get("code").asString()).isEqualTo("unavailable");
            assertThat(row.get("message").asString())
                    .startsWith("user '" + System.getProperty("user.name") + "' may not write '" + plugin.folder());
        } finally {
            Files.setPosixFilePermissions(plugin.folder(), PosixFilePermissions.fromString("rwxr-x---"));
        }
    }

    private static boolean mounts(Path folder) throws IOException, InterruptedException {
        var process = new ProcessBuilder("mount", "-t", "tmpfs", "-o", "size=700k", "tmpfs", folder.toString())
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
    }

    /** {@return what the command wrote} */
    private static String shell(Path folder, String... command) throws IOException, InterruptedException {
        var process = new ProcessBuilder(List.of(command))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        return output;
    }

    private static String mode(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }
}
