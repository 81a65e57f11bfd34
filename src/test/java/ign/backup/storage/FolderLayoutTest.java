package ign.backup.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ign.backup.model.BackupException;
import ign.backup.model.BackupName;
import ign.backup.model.DatabaseName;
import ign.backup.model.Digest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What people and their tools find in the folder. */
@Timeout(60)
class FolderLayoutTest {

    private static final BackupName NAME = new BackupName("ign_scripts_db_backup_20250128_143022.json");
    private static final Digest DIGEST = new Digest("ab".repeat(32));

    @TempDir
    private Path parent;

    private Path folder() {
        return parent.resolve("neo4j/fullbackup");
    }

    private FolderStore store() {
        return new FolderStore(folder(), "backup_metadata.json");
    }

    private static void put(BackupStore store, String text) {
        try (var backup = store.create(NAME)) {
            backup.append(ByteBuffer.wrap(text.getBytes(UTF_8)));
            backup.publish();
        }
    }

    @Test
    void isMadeAtTheFirstWriteWithAGuideForPeople() throws IOException {
        var store = store();
        assertThat(store.list()).isEmpty();
        assertThat(store.freeBytes()).isPositive();
        assertThat(parent.resolve("neo4j")).doesNotExist();

        put(store, "{}");
        store.writeDigest(NAME, DIGEST);
        store.writeCatalog("[]".getBytes(UTF_8));

        try (var files = Files.list(folder())) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder(
                            "README.md",
                            ".gitkeep",
                            "backup_metadata.json",
                            "backup_metadata.json.copy",
                            NAME.value(),
                            NAME + ".sha256");
        }
        assertThat(folder().resolve("README.md"))
                .content()
                .contains("sha256sum -c *.sha256", "CALL ign.backup.restore('<backup>', {confirm: true});");
        assertThat(folder().resolve(".gitkeep")).isEmptyFile();
        assertThat(store.location()).isEqualTo(folder().toString());
    }

    @Test
    void isClosedToOthers() throws IOException {
        assumeTrue(parent.getFileSystem().supportedFileAttributeViews().contains("posix"), "no POSIX modes here");
        var store = store();
        put(store, "{}");
        store.writeDigest(NAME, DIGEST);
        store.writeCatalog("[]".getBytes(UTF_8));

        assertThat(mode(folder())).isIn("rwxr-x---", "rwx------");
        try (var files = Files.newDirectoryStream(folder())) {
            for (var file : files) {
                assertThat(mode(file)).as(file.toString()).isIn("rw-r-----", "rw-------");
            }
        }
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    @Test
    void aReadmeOfTheUsersOwnStays() throws IOException {
        Files.createDirectories(folder());
        Files.writeString(folder().resolve("README.md"), "mine");

        put(store(), "{}");

        assertThat(folder().resolve("README.md")).hasContent("mine");
    }

    @Test
    void anExistingEmptyFolderGetsItsGuideToo() throws IOException {
        Files.createDirectories(folder());

        put(store(), "{}");

        assertThat(folder().resolve("README.md")).exists();
    }

    @Test
    void theDigestFileIsWhatSha256sumReads() throws Exception {
        var store = store();
        put(store, "{\"data\": {}}\n");
        store.writeDigest(
                NAME, Digest.of(MessageDigest.getInstance("SHA-256").digest("{\"data\": {}}\n".getBytes(UTF_8))));

        assertThat(run("sha256sum", "-c", NAME + ".sha256")).isEqualTo(NAME + ": OK\n");
    }

    private String run(String... command) throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/" + command[0])), "no " + command[0] + " here");
        var process = new ProcessBuilder(command)
                .directory(folder().toFile())
                .redirectErrorStream(true)
                .start();
        var output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return output;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "%s  %s\n",
                "%s *%s\n",
                "%s  %s",
                "%s  %s\r\n",
                "%s  %s\n\n",
            })
    void readsDigestFilesOfOtherTools(String form) throws IOException {
        Files.createDirectories(folder());
        var hex = "AB".repeat(32);
        Files.writeString(folder().resolve(NAME + ".sha256"), String.format(Locale.ROOT, form, hex, NAME));

        assertThat(store().digest(NAME)).contains(DIGEST);
    }

    @ParameterizedTest
    @Tag("promise-E1")
    @Tag("promise-E6")
    @ValueSource(
            strings = {
                "",
                "\n",
                "abab  x.json",
                "%s",
                "%s %s",
                "%s   %s",
                "%s  ../%s",
                "%s  /etc/passwd",
                "%s  ./%s",
                "%s  other.json",
                "%s  %s\n%s  %s",
                "x%s  %s",
                "\\%s  %s",
                "%s\u0000  %s"
            })
    void aDigestFileThatIsNotOfThisBackupIsDamage(String form) throws IOException {
        Files.createDirectories(folder());
        var text = String.format(Locale.ROOT, form, DIGEST, NAME, DIGEST, NAME);
        Files.writeString(folder().resolve(NAME + ".sha256"), text);

        assertThatThrownBy(() -> store().digest(NAME))
                .isInstanceOf(BackupException.Damaged.class)
                .hasMessageStartingWith("the digest file '" + NAME + ".sha256' ");
    }

    @Test
    @Tag("promise-E6")
    void aHugeDigestFileIsNotRead() throws IOException {
        Files.createDirectories(folder());
        Files.write(folder().resolve(NAME + ".sha256"), new byte[1 << 20]);

        assertThatThrownBy(() -> store().digest(NAME))
                .isInstanceOf(BackupException.Damaged.class)
                .hasMessageContaining("has more than 4096 bytes");
    }

    @Test
    @Tag("promise-A8")
    void copiesOfTheCatalogThatDifferAreBothHandedOver() throws IOException {
        var store = store();
        store.writeCatalog("good".getBytes(UTF_8));
        Files.writeString(folder().resolve("backup_metadata.json"), "goo");

        var copies = store.readCatalog();
        assertThat(copies.agree()).isFalse();
        assertThat(copies.first().orElseThrow()).isEqualTo("goo".getBytes(UTF_8));
        assertThat(copies.second().orElseThrow()).isEqualTo("good".getBytes(UTF_8));

        Files.delete(folder().resolve("backup_metadata.json"));
        assertThat(store.readCatalog().agree()).isFalse();
        assertThat(store.readCatalog().first()).isEmpty();
        assertThat(store.readCatalog().second()).isPresent();
    }

    @Test
    void theCatalogMayHaveAnotherName() {
        var store = new FolderStore(folder(), "index.json");
        store.writeCatalog("[]".getBytes(UTF_8));

        assertThat(store.list()).isEmpty();
        assertThat(folder().resolve("index.json")).exists();
        assertThat(folder().resolve("index.json.copy")).exists();
    }

    @Test
    void isMadeAgainWhenItVanishes() throws IOException {
        var store = store();
        put(store, "old");
        try (var files = Files.newDirectoryStream(folder())) {
            for (var file : files) {
                Files.delete(file);
            }
        }
        Files.delete(folder());

        assertThat(store.list()).isEmpty();
        assertThat(store.contains(NAME)).isFalse();
        assertThatThrownBy(() -> store.open(NAME)).isInstanceOf(BackupException.NotFound.class);
        put(store, "new");

        assertThat(store.list()).containsExactly(NAME);
        assertThat(folder().resolve("README.md")).exists();
    }

    @Test
    void aFolderThatVanishesWhileABackupIsWrittenIsAClearError() throws IOException {
        var store = store();
        try (var backup = store.create(NAME)) {
            backup.append(ByteBuffer.wrap(new byte[10]));
            try (var files = Files.newDirectoryStream(folder())) {
                for (var file : files) {
                    Files.delete(file);
                }
            }
            Files.delete(folder());

            assertThatThrownBy(backup::publish)
                    .isInstanceOf(BackupException.Unavailable.class)
                    .hasMessageContaining(folder().resolve(NAME.value()).toString());
        }
    }

    @Test
    void aFileInThePlaceOfTheFolderIsAClearError() throws IOException {
        Files.createDirectories(folder().getParent());
        Files.writeString(folder(), "in the way");

        assertThatThrownBy(() -> put(store(), "{}"))
                .isInstanceOf(BackupException.Unavailable.class)
                .hasMessage("'" + folder() + "' is not a folder");
    }

    @Test
    void anotherDatabaseHasItsOwnFolder() {
        var store = store();
        var orders = store.inside(new DatabaseName("Orders.2025"));
        put(orders, "orders");
        put(store, "neo4j");

        assertThat(orders.location()).isEqualTo(folder().resolve("orders.2025").toString());
        assertThat(folder().resolve("orders.2025").resolve(NAME.value())).hasContent("orders");
        assertThat(folder().resolve(NAME.value())).hasContent("neo4j");
        assertThat(store.list()).containsExactly(NAME);
    }

    @ParameterizedTest
    @Tag("promise-E1")
    @ValueSource(strings = {"..", ".", "../x", "a/b", "a\\b", "/etc", "a\u0000b", "-rf", "\u0430dmin"})
    void aDatabaseNameCannotLeadOutOfTheFolder(String name) {
        assertThatThrownBy(() -> store().inside(new DatabaseName(name))).isInstanceOf(BackupException.BadRequest.class);
    }

    @Test
    @Tag("promise-G5")
    void filesOfOthersAreNeitherListedNorTouched() throws IOException {
        var store = store();
        put(store, "{}");
        for (var name :
                new String[] {"notes.txt", ".hidden.json", "a b.json", "x.json.sha256", "latest", "x.json.part"}) {
            Files.writeString(folder().resolve(name), name);
        }
        Files.createDirectory(folder().resolve("daily"));
        Files.createDirectory(folder().resolve("folder.json"));

        assertThat(store.list()).containsExactly(NAME);
        assertThat(store.sweep()).isEmpty();
        assertThat(store.remove(NAME)).isTrue();
        assertThat(folder().resolve("notes.txt")).hasContent("notes.txt");
        assertThat(folder().resolve(".hidden.json")).exists();
        assertThat(folder().resolve("x.json.part")).exists();
        assertThatThrownBy(() -> store.remove(new BackupName("folder.json")))
                .isInstanceOf(BackupException.Unavailable.class)
                .hasMessage("'" + folder().resolve("folder.json") + "' is not a regular file");
    }

    @ParameterizedTest
    @Tag("promise-E1")
    @ValueSource(
            strings = {
                "../x.json",
                "..\\x.json",
                "/etc/x.json",
                "a/../../b.json",
                "x\u0000.json",
                "CON",
                ".json",
                "..json",
                "\u0445.json",
                "x.json\n",
                "x.JSON",
                "",
                "x.json.sha256"
            })
    void noNameLeadsOut(String name) {
        assertThatThrownBy(() -> new BackupName(name)).isInstanceOf(BackupException.BadRequest.class);
    }

    @Test
    @Tag("promise-E1")
    void anEndlessNameIsRefused() {
        assertThatThrownBy(() -> new BackupName("x".repeat(5000) + ".json"))
                .isInstanceOf(BackupException.BadRequest.class)
                .hasMessageMatching("(?s).{0,250}");
        var longest = new BackupName("x".repeat(123) + ".json");
        try (var backup = store().create(longest)) {
            backup.publish();
        }
        store().writeDigest(longest, DIGEST);
        assertThat(store().list()).containsExactly(longest);
    }
}
