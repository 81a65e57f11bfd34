package ign.backup.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ign.backup.model.BackupException;
import ign.backup.model.BackupName;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** No path, and no link, leads out of the folder that is allowed. */
@Timeout(30)
class ReleaseFolderTest {

    private static final BackupName NAME = new BackupName("initial_backup.json");

    @TempDir
    private Path parent = Path.of("");

    private Path root = Path.of("");

    @BeforeEach
    void makeRoot() throws IOException {
        parent = parent.toRealPath();
        root = Files.createDirectory(parent.resolve("release"));
        Files.createDirectory(parent.resolve("elsewhere"));
    }

    private static void put(BackupStore store) {
        try (var backup = store.replace(NAME)) {
            backup.append(ByteBuffer.allocate(3));
            backup.publish();
        }
    }

    private BackupStore below(Path folder) {
        return ReleaseFolder.below(root, folder, "release_root");
    }

    @Test
    void foldersBelowTheRootAreMade() {
        put(below(root.resolve("neo4j/fullbackup")));
        put(below(root.resolve("neo4j/../neo4j/fullbackup")));
        put(below(root));

        assertThat(root.resolve("neo4j/fullbackup/initial_backup.json")).hasSize(3);
        assertThat(root.resolve("initial_backup.json")).hasSize(3);
    }

    @Test
    void nothingElseIsAllowed() {
        for (var other : new String[] {"..", "../elsewhere", "../release2", "neo4j/../../elsewhere", "/"}) {
            assertThatThrownBy(() -> below(root.resolve(other)))
                    .as(other)
                    .isInstanceOf(BackupException.BadRequest.class)
                    .hasMessageEndingWith(" is not in '" + root + "'")
                    .extracting(e -> ((BackupException) e).hint())
                    .asString()
                    .contains("the setting 'release_root'");
        }
        assertThat(parent.resolve("elsewhere")).isEmptyDirectory();
    }

    @Test
    void aLinkThatLeadsOutIsRefusedAndOneThatStaysInsideIsNot() throws IOException {
        Files.createSymbolicLink(root.resolve("out"), parent.resolve("elsewhere"));
        Files.createSymbolicLink(root.resolve("nowhere"), parent.resolve("missing"));
        Files.createDirectory(root.resolve("neo4j"));
        Files.createSymbolicLink(root.resolve("inside"), root.resolve("neo4j"));

        for (var folder : new String[] {"out", "out/fullbackup"}) {
            assertThatThrownBy(() -> below(root.resolve(folder)))
                    .as(folder)
                    .isInstanceOf(BackupException.BadRequest.class)
                    .hasMessageContaining("which is '" + parent.resolve("elsewhere"))
                    .hasMessageEndingWith(" is not in '" + root + "'");
        }
        assertThatThrownBy(() -> below(root.resolve("nowhere/fullbackup")))
                .isInstanceOf(BackupException.BadRequest.class)
                .hasMessageContaining("is not a folder, but a link that leads to none");
        put(below(root.resolve("inside/fullbackup")));

        assertThat(root.resolve("neo4j/fullbackup/initial_backup.json")).exists();
        assertThat(parent.resolve("elsewhere")).isEmptyDirectory();
    }

    /** Somebody is quicker than the one who looks. */
    @Test
    void aLinkThatIsPutThereAfterwardsIsNotFollowed() throws IOException {
        var store = below(root.resolve("later"));
        Files.createSymbolicLink(root.resolve("later"), parent.resolve("elsewhere"));

        assertThatThrownBy(() -> put(store)).isInstanceOf(BackupException.Unavailable.class);

        assertThat(parent.resolve("elsewhere")).isEmptyDirectory();
    }

    @Test
    void aFileIsNoFolderAndARootMustBeThere() throws IOException {
        Files.writeString(root.resolve("file"), "");

        assertThatThrownBy(() -> below(root.resolve("file/fullbackup"))).hasMessageContaining("is not a folder");
        assertThatThrownBy(() -> ReleaseFolder.below(parent.resolve("missing"), root, "release_root"))
                .isInstanceOf(BackupException.Unavailable.class)
                .hasMessageContaining("the folder of the setting 'release_root', is not there");
    }
}
