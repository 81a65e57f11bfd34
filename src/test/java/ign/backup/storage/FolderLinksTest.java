package ign.backup.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ign.backup.model.BackupException;
import ign.backup.model.BackupName;
import ign.backup.model.DatabaseName;
import ign.backup.model.Digest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Links in the folder redirect nothing: whatever is tried, what they point at stays as it is. */
@Timeout(60)
@Tag("promise-E2")
class FolderLinksTest {

    private static final BackupName NAME = new BackupName("backup.json");
    private static final Digest DIGEST = new Digest("ab".repeat(32));

    @TempDir
    private Path parent;

    private Path folder;
    private Path outside;
    private FolderStore store;

    @BeforeEach
    void aFolderAndAFileOutsideOfIt() throws IOException {
        folder = Files.createDirectory(parent.resolve("backups"));
        outside = Files.writeString(parent.resolve("outside"), "secret");
        store = new FolderStore(folder, "backup_metadata.json");
    }

    @AfterEach
    void whatIsOutsideStays() {
        assertThat(outside).hasContent("secret");
        assertThat(Files.isRegularFile(outside, LinkOption.NOFOLLOW_LINKS)).isTrue();
    }

    private Path link(String name) throws IOException {
        return Files.createSymbolicLink(folder.resolve(name), outside);
    }

    private static void isRefused(ThrowingCallable call, Path link) {
        assertThatThrownBy(call)
                .isInstanceOf(BackupException.Unavailable.class)
                .hasMessage("'" + link + "' is a link, and links are not followed in a backup folder");
    }

    @Test
    void aLinkedBackupIsNoBackup() throws IOException {
        var link = link(NAME.value());

        assertThat(store.list()).isEmpty();
        isRefused(() -> store.open(NAME), link);
        isRefused(() -> store.contains(NAME), link);
        isRefused(() -> store.remove(NAME), link);
        assertThatThrownBy(() -> store.create(NAME)).isInstanceOf(BackupException.Busy.class);
        assertThat(link).isSymbolicLink();
    }

    @Test
    void aLinkThatLeadsNowhereTakesItsNameToo() throws IOException {
        Files.createSymbolicLink(folder.resolve(NAME.value()), parent.resolve("nowhere"));

        assertThatThrownBy(() -> store.create(NAME)).isInstanceOf(BackupException.Busy.class);
        assertThat(parent.resolve("nowhere")).doesNotExist();
    }

    @Test
    void aLinkThatAppearsWhileABackupIsWrittenIsNotFollowed() throws IOException {
        try (var backup = store.create(NAME)) {
            backup.append(ByteBuffer.wrap(new byte[3]));
            link(NAME.value());
            assertThatThrownBy(backup::publish).isInstanceOf(BackupException.Busy.class);
        }
        assertThat(folder.resolve(NAME.value())).isSymbolicLink();
    }

    @Test
    void aTemporaryFileThatIsSwappedForALinkIsNotPublished() throws IOException {
        try (var backup = store.create(NAME)) {
            backup.append(ByteBuffer.wrap(new byte[3]));
            try (var files = Files.newDirectoryStream(folder, "*.part")) {
                for (var file : files) {
                    Files.delete(file);
                    Files.createSymbolicLink(file, outside);
                }
            }
            assertThatThrownBy(backup::publish)
                    .isInstanceOf(BackupException.Unavailable.class)
                    .hasMessageContaining("was replaced by another file");
        }
        assertThat(folder.resolve(NAME.value())).doesNotExist();
    }

    @Test
    void aPublishedBackupThatIsSwappedForALinkIsNotWithdrawn() throws IOException {
        try (var backup = store.create(NAME)) {
            backup.publish();
            Files.delete(folder.resolve(NAME.value()));
            var link = link(NAME.value());
            assertThatThrownBy(backup::withdraw)
                    .isInstanceOf(BackupException.Unavailable.class)
                    .hasMessageContaining("was replaced by another file");
            assertThat(link).isSymbolicLink();
        }
    }

    @Test
    void aLinkedDigestIsNeitherReadNorWrittenNorRemoved() throws IOException {
        var link = link(NAME + ".sha256");
        Files.writeString(folder.resolve(NAME.value()), "{}");

        isRefused(() -> store.digest(NAME), link);
        isRefused(() -> store.writeDigest(NAME, DIGEST), link);
        assertThat(store.remove(NAME)).isTrue();
        assertThat(link).isSymbolicLink();
    }

    @Test
    void aLinkedCatalogIsNeitherReadNorWritten() throws IOException {
        var link = link("backup_metadata.json");
        isRefused(() -> store.readCatalog(), link);
        isRefused(() -> store.writeCatalog("{}".getBytes(UTF_8)), link);

        Files.delete(link);
        var copy = link("backup_metadata.json.copy");
        isRefused(() -> store.readCatalog(), copy);
        isRefused(() -> store.writeCatalog("{}".getBytes(UTF_8)), copy);
    }

    @Test
    void linkedGuidesAreLeftAlone() throws IOException {
        link("README.md");
        link(".gitkeep");

        store.writeCatalog("{}".getBytes(UTF_8));

        assertThat(folder.resolve("README.md")).isSymbolicLink();
    }

    @Test
    void aLinkedLockIsNotOpened() throws IOException {
        link(".ign-backup.lock");
        assertThatThrownBy(() -> store.claim("me")).isInstanceOf(BackupException.Unavailable.class);

        Files.delete(folder.resolve(".ign-backup.lock"));
        var holder = link(".ign-backup.holder");
        isRefused(() -> store.claim("me"), holder);
    }

    @Test
    void aLinkThatLooksLikeALeftoverIsNotSwept() throws IOException {
        var link = link(".ign-backup-1-1-" + "0".repeat(32) + ".part");

        assertThat(store.sweep()).isEmpty();
        assertThat(link).isSymbolicLink();
    }

    @Test
    void aLinkedFolderOfAnotherDatabaseIsRefused() throws IOException {
        var elsewhere = Files.createDirectory(parent.resolve("elsewhere"));
        var link = Files.createSymbolicLink(folder.resolve("orders"), elsewhere);
        var orders = store.inside(new DatabaseName("orders"));

        isRefused(orders::list, link);
        isRefused(() -> orders.create(NAME), link);
        assertThat(elsewhere).isEmptyDirectory();
    }

    @Test
    void theFolderItselfMayBeALinkOfTheOperator() throws IOException {
        var link = Files.createSymbolicLink(parent.resolve("link"), folder);
        var linked = new FolderStore(link, "backup_metadata.json");

        linked.writeCatalog("{}".getBytes(UTF_8));

        assertThat(folder.resolve("backup_metadata.json")).exists();
        assertThat(linked.readCatalog().agree()).isTrue();
    }

    @Test
    void aFolderThatIsALinkToNowhereIsAClearError() throws IOException {
        var link = Files.createSymbolicLink(parent.resolve("link"), parent.resolve("unplugged"));
        var linked = new FolderStore(link, "backup_metadata.json");

        assertThatThrownBy(() -> linked.create(NAME))
                .isInstanceOf(BackupException.Unavailable.class)
                .hasMessageStartingWith("the link '" + link + "' leads nowhere");
        assertThatThrownBy(linked::list).isInstanceOf(BackupException.Unavailable.class);
        assertThat(parent.resolve("unplugged")).doesNotExist();
    }
}
