package ign.backup.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ign.backup.model.BackupException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neo4j.io.layout.Neo4jLayout;

/** Every state that a crash can leave the two folders of a database in, and what the next start makes of it. */
@Tag("promise-F1")
@Tag("promise-F2")
class StoreSwapTest {

    private static final List<String> PUT_BACK = List.of(
            "a restore of database 'neo4j' from 'b.json' was interrupted; the store from before it was put back");
    private static final List<String> FINISHED =
            List.of("a restore of database 'neo4j' from 'b.json' had succeeded when"
                    + " the server ended; the restored store is in place");

    @TempDir
    private Path home = Path.of("");

    private Neo4jLayout layout = Neo4jLayout.of(home);
    private StoreSwap swap = new StoreSwap(layout.databaseLayout("neo4j"));

    @BeforeEach
    void aServerWithTheOldStore() throws IOException {
        layout = Neo4jLayout.of(home);
        swap = new StoreSwap(layout.databaseLayout("neo4j"));
        put("databases/neo4j", "old");
        put("transactions/neo4j", "old");
        put("databases/system", "system");
        put("transactions/system", "system");
    }

    @Test
    void withoutAJournalNothingIsTouched() throws IOException {
        put("databases/neo4j.ign-old", "older");
        var before = folders();

        assertThat(StoreSwap.recover(layout)).isEmpty();

        assertThat(folders()).isEqualTo(before);
    }

    @Test
    void aCrashBeforeTheFirstRenameLeavesTheOldStore() throws IOException {
        journal(SwapJournal.Step.REPLACING);

        assertThat(StoreSwap.recover(layout)).isEqualTo(PUT_BACK);

        assertOldIsBack();
    }

    @Test
    void aCrashBetweenTheTwoRenamesPutsTheStoreBack() throws IOException {
        journal(SwapJournal.Step.REPLACING);
        move("databases/neo4j", "databases/neo4j.ign-aside");

        assertThat(StoreSwap.recover(layout)).isEqualTo(PUT_BACK);

        assertOldIsBack();
    }

    @Test
    void aCrashWhileTheNewStoreIsFilledPutsTheOldOneBack() throws IOException {
        swap.moveAside("b.json");
        put("databases/neo4j", "new");
        put("transactions/neo4j", "new");

        assertThat(StoreSwap.recover(layout)).isEqualTo(PUT_BACK);

        assertOldIsBack();
    }

    @Test
    void aCrashWhileTheOldStoreIsPutBackIsSettledByTheNextStart() throws IOException {
        swap.moveAside("b.json");
        put("databases/neo4j", "new");
        put("transactions/neo4j", "new");
        move("databases/neo4j", "databases/neo4j.ign-discarded");
        move("databases/neo4j.ign-aside", "databases/neo4j");
        move("transactions/neo4j", "transactions/neo4j.ign-discarded");

        assertThat(StoreSwap.recover(layout)).isEqualTo(PUT_BACK);

        assertOldIsBack();
    }

    @Test
    void aCrashAfterTheDecisionKeepsTheNewStore() throws IOException {
        put("databases/neo4j.ign-old", "older");
        swap.moveAside("b.json");
        put("databases/neo4j", "new");
        put("transactions/neo4j", "new");
        swap.decide("b.json");

        assertThat(StoreSwap.recover(layout)).isEqualTo(FINISHED);

        assertNewIsThere();
    }

    @Test
    void aCrashBetweenTheLastTwoRenamesKeepsTheNewStore() throws IOException {
        swap.moveAside("b.json");
        put("databases/neo4j", "new");
        put("transactions/neo4j", "new");
        swap.decide("b.json");
        move("databases/neo4j.ign-aside", "databases/neo4j.ign-old");

        assertThat(StoreSwap.recover(layout)).isEqualTo(FINISHED);

        assertNewIsThere();
    }

    @Test
    void recoveryCanBeRepeated() throws IOException {
        swap.moveAside("b.json");
        put("databases/neo4j", "new");
        assertThat(StoreSwap.recover(layout)).isEqualTo(PUT_BACK);

        assertThat(StoreSwap.recover(layout)).isEmpty();

        assertOldIsBack();
    }

    @Test
    void aFolderThatWasNeverSettledIsNotOverwritten() throws IOException {
        put("transactions/neo4j.ign-aside", "precious");
        var before = folders();

        assertThatThrownBy(() -> swap.moveAside("b.json"))
                .isInstanceOf(BackupException.Unavailable.class)
                .hasMessageContaining("neo4j.ign-aside' is there already");

        assertThat(folders()).isEqualTo(before);
    }

    @Test
    void anUnreadableJournalChangesNothing() throws IOException {
        Files.writeString(home.resolve("data/databases/neo4j.ign-restore"), "step=SOMETHING");
        move("databases/neo4j", "databases/neo4j.ign-aside");
        var before = folders();

        assertThatThrownBy(() -> StoreSwap.recover(layout))
                .isInstanceOf(BackupException.Unavailable.class)
                .hasMessageContaining("cannot be read");

        assertThat(folders()).isEqualTo(before);
    }

    private void assertOldIsBack() throws IOException {
        assertThat(folders())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "databases/neo4j", "old",
                        "databases/system", "system",
                        "transactions/neo4j", "old",
                        "transactions/system", "system"));
    }

    private void assertNewIsThere() throws IOException {
        assertThat(folders())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "databases/neo4j", "new",
                        "databases/neo4j.ign-old", "old",
                        "databases/system", "system",
                        "transactions/neo4j", "new",
                        "transactions/neo4j.ign-old", "old",
                        "transactions/system", "system"));
    }

    private void journal(SwapJournal.Step step) {
        new SwapJournal(layout.databasesDirectory(), "neo4j").write(step, "b.json");
    }

    private void put(String folder, String content) throws IOException {
        var path = Files.createDirectories(home.resolve("data").resolve(folder));
        Files.writeString(path.resolve("store"), content);
    }

    private void move(String from, String to) throws IOException {
        Files.move(home.resolve("data").resolve(from), home.resolve("data").resolve(to));
    }

    /** {@return each folder, and each other file, with what is in it} */
    private Map<String, String> folders() throws IOException {
        var found = new TreeMap<String, String>();
        for (var root : List.of("databases", "transactions")) {
            try (var entries = Files.list(home.resolve("data").resolve(root))) {
                for (var entry : entries.toList()) {
                    var content = Files.isDirectory(entry) ? entry.resolve("store") : entry;
                    found.put(root + "/" + entry.getFileName(), Files.readString(content));
                }
            }
        }
        return found;
    }
}
