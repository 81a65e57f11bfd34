package ign.backup.graph.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ign.backup.graph.restore.SwapJournal.Entry;
import ign.backup.graph.restore.SwapJournal.Origin;
import ign.backup.graph.restore.SwapJournal.Step;
import ign.backup.model.BackupException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.neo4j.io.layout.Neo4jLayout;

/** Every state that a crash can leave the two folders of a database in, and what the next start makes of it. */
@Tag("promise-F1")
@Tag("promise-F2")
class StoreSwapTest {

    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    private static final List<String> PUT_BACK = List.of(
            "a restore of database 'neo4j' from 'b.json' was interrupted; the store from before it was put back");
    private static final List<String> FINISHED =
            List.of("a restore of database 'neo4j' from 'b.json' had succeeded when"
                    + " the server ended; the new store is in place");

    /** What an exchange of folders knows nothing of. */
    private static final Set<RestoreStep> OF_THE_DATABASE = EnumSet.of(
            RestoreStep.BUILDING,
            RestoreStep.BUILT,
            RestoreStep.STOPPED,
            RestoreStep.STARTED,
            RestoreStep.DEFINED,
            RestoreStep.OLD_STARTED);

    @TempDir
    private Path home = Path.of("");

    private Neo4jLayout layout = Neo4jLayout.of(home);

    @BeforeEach
    void aServerWithTheOldStoreAndANewOneBesideIt() throws IOException {
        layout = Neo4jLayout.of(home);
        for (var root : List.of("databases", "transactions")) {
            put(root + "/neo4j", "old");
            put(root + "/neo4j.ign-new", "new");
            put(root + "/system", "system");
        }
    }

    @Test
    void anExchangeKeepsTheOldStore() throws IOException {
        put("databases/neo4j.ign-old", "older");
        put("transactions/neo4j.ign-old", "older");

        exchange(swap(null), Origin.BUILT, true);

        assertNewIsThere();
        var kept = swap(null).kept().orElseThrow();
        assertThat(kept.since()).isEqualTo(NOW);
        assertThat(kept.replacedBy()).isEqualTo("b.json");
        assertThat(kept.sizeBytes()).isEqualTo(6);
    }

    @Test
    void anExchangeThatKeepsNothingRemovesOlderOnesToo() throws IOException {
        put("databases/neo4j.ign-old", "older");
        put("transactions/neo4j.ign-old", "older");

        exchange(swap(null), Origin.BUILT, false);

        assertThat(folders()).isEqualTo(both("neo4j", "new"));
        assertThat(swap(null).kept()).isEmpty();
    }

    private static Stream<RestoreStep> stepsOfAnExchange() {
        return Stream.of(RestoreStep.values())
                .filter(step ->
                        !OF_THE_DATABASE.contains(step) && !stepsOfUndoing().contains(step));
    }

    private static Set<RestoreStep> stepsOfUndoing() {
        return EnumSet.range(RestoreStep.NEW_STORE_GIVEN_UP, RestoreStep.OLD_LOGS_BACK);
    }

    @ParameterizedTest
    @MethodSource("stepsOfAnExchange")
    void aCrashAtAnyStepOfARestoreIsSettled(RestoreStep step) throws IOException {
        assertThatThrownBy(() -> exchange(swap(step), Origin.BUILT, true)).isInstanceOf(Crash.class);

        var notes = InterruptedRestores.settle(layout, "neo4j");

        if (step.compareTo(RestoreStep.DECIDED) >= 0) {
            assertThat(notes).isEqualTo(step == RestoreStep.SETTLED ? List.of() : FINISHED);
            assertNewIsThere();
        } else {
            assertThat(notes).containsAll(PUT_BACK);
            assertThat(folders()).isEqualTo(both("neo4j", "old"));
        }
        assertThat(InterruptedRestores.settle(layout, "neo4j")).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("stepsOfAnExchange")
    void aCrashAtAnyStepOfARollbackKeepsBothStores(RestoreStep step) throws IOException {
        exchange(swap(null), Origin.BUILT, true);

        assertThatThrownBy(() -> exchange(swap(step), Origin.KEPT, true)).isInstanceOf(Crash.class);
        InterruptedRestores.settle(layout, "neo4j");

        boolean isDecided = step.compareTo(RestoreStep.DECIDED) >= 0;
        assertStores(isDecided ? "old" : "new", isDecided ? "new" : "old");
        assertThat(swap(null).kept()).isPresent();
    }

    @ParameterizedTest
    @MethodSource("stepsOfUndoing")
    void aCrashWhileTheOldStoreIsPutBackIsSettledByTheNextStart(RestoreStep step) throws IOException {
        assertThatThrownBy(() -> undo(swap(step), Origin.BUILT)).isInstanceOf(Crash.class);

        assertThat(InterruptedRestores.settle(layout, "neo4j")).containsAll(PUT_BACK);

        assertThat(folders()).isEqualTo(both("neo4j", "old"));
    }

    @ParameterizedTest
    @MethodSource("stepsOfUndoing")
    void aCrashWhileARollbackIsUndoneKeepsBothStores(RestoreStep step) throws IOException {
        exchange(swap(null), Origin.BUILT, true);

        assertThatThrownBy(() -> undo(swap(step), Origin.KEPT)).isInstanceOf(Crash.class);
        InterruptedRestores.settle(layout, "neo4j");

        assertStores("new", "old");
        assertThat(swap(null).kept()).isPresent();
    }

    @Test
    void withoutAJournalAStoreThatIsAsideIsNamedAndNotTouched() throws IOException {
        move("databases/neo4j", "databases/neo4j.ign-aside");
        put("transactions/neo4j.ign-old", "half");
        var before = folders();

        assertThat(InterruptedRestores.settle(layout, "neo4j"))
                .singleElement()
                .asString()
                .contains("databases/neo4j.ign-aside' is the store from before a restore, but its journal is missing");

        assertThatThrownBy(() -> InterruptedRestores.refuseAnEmptyStart(layout, "neo4j"))
                .isInstanceOf(BackupException.Unavailable.class)
                .hasMessageContaining("databases/neo4j' is missing, and '");
        assertThat(folders()).isEqualTo(before);
    }

    @Test
    void aStoreThatIsAsideWithAnotherInItsPlaceIsNoEmptyStart() throws IOException {
        put("databases/neo4j.ign-aside", "older");

        InterruptedRestores.refuseAnEmptyStart(layout, "neo4j");
    }

    @Test
    void whatWasBeingBuiltIsRemovedAtTheNextStart() throws IOException {
        assertThat(InterruptedRestores.settle(layout, "neo4j"))
                .hasSize(2)
                .allMatch(note -> note.contains("neo4j.ign-new' (3 bytes), which a restore that did not end has left"));

        assertThat(folders()).isEqualTo(both("neo4j", "old"));
    }

    @Test
    void aFolderThatWasNeverSettledIsNotOverwritten() throws IOException {
        put("transactions/neo4j.ign-aside", "precious");
        var before = folders();

        assertThatThrownBy(() -> exchange(swap(null), Origin.BUILT, true))
                .isInstanceOf(BackupException.Unavailable.class)
                .hasMessageContaining("neo4j.ign-aside' is there already");

        assertThat(folders()).isEqualTo(before);
    }

    @Test
    void anUnreadableJournalChangesNothing() throws IOException {
        Files.writeString(home.resolve("data/databases/neo4j.ign-restore"), "step=SOMETHING");
        move("databases/neo4j", "databases/neo4j.ign-aside");
        var before = folders();

        assertThatThrownBy(() -> InterruptedRestores.settle(layout, "neo4j"))
                .isInstanceOf(BackupException.Unavailable.class)
                .hasMessageContaining("cannot be read");
        assertThatThrownBy(() -> InterruptedRestores.refuseAnEmptyStart(layout, "neo4j"))
                .isInstanceOf(BackupException.Unavailable.class);

        assertThat(folders()).isEqualTo(before);
    }

    @Test
    void aStoreThatIsMissingWithItsAsideIsNoEmptyStartEither() throws IOException {
        swap(null).announce(Origin.BUILT, "b.json", true, NOW);
        remove("databases/neo4j");

        assertThatThrownBy(() -> InterruptedRestores.settle(layout, "neo4j")).hasMessageContaining("is missing");
        assertThatThrownBy(() -> InterruptedRestores.refuseAnEmptyStart(layout, "neo4j"))
                .hasMessageContaining("databases/neo4j' is missing, after a restore that was interrupted");
    }

    @Test
    void aDatabaseMayHaveTheNameOfAFolderOfOurs() throws IOException {
        put("databases/shop.ign-aside", "shop");

        InterruptedRestores.refuseAnEmptyStart(layout, "shop.ign-aside");
    }

    @Test
    void theKeptStoreCanBeRemoved() throws IOException {
        exchange(swap(null), Origin.BUILT, true);

        swap(null).removeKept();

        assertThat(folders()).isEqualTo(both("neo4j", "new"));
    }

    @Test
    void aCrashWhileTheKeptStoreIsRemovedLeavesNothing() throws IOException {
        exchange(swap(null), Origin.BUILT, true);
        move("databases/neo4j.ign-old", "databases/neo4j.ign-discarded");

        assertThat(InterruptedRestores.settle(layout, "neo4j")).hasSize(2);

        var found = folders();
        found.remove("databases/neo4j.ign-kept");
        assertThat(found).isEqualTo(both("neo4j", "new"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"databases", "transactions"})
    void aKeptStoreStaysWhenOneOfItsDisksIsNotMounted(String root) throws IOException {
        exchange(swap(null), Origin.BUILT, true);
        move(root, "unmounted");
        Files.createDirectories(home.resolve("data").resolve(root));

        assertThat(InterruptedRestores.settle(layout, "neo4j")).isEmpty();

        Files.delete(home.resolve("data").resolve(root));
        move("unmounted", root);
        assertThat(swap(null).kept()).isPresent();
        assertStores("new", "old");
    }

    @Test
    void aKeptStoreOfUnknownOriginCanStillBePutBack() throws IOException {
        exchange(swap(null), Origin.BUILT, true);
        Files.writeString(home.resolve("data/databases/neo4j.ign-kept"), "since=yesterday");

        assertThat(swap(null).kept().orElseThrow().replacedBy()).isEqualTo("an unknown restore");
        exchange(swap(null), Origin.KEPT, true);
        assertStores("old", "new");
    }

    /** Which of the two is live, and which is kept. */
    private void assertStores(String live, String kept) throws IOException {
        var expected = both("neo4j", live);
        expected.putAll(both("neo4j.ign-old", kept));
        var found = folders();
        found.remove("databases/neo4j.ign-kept");
        assertThat(found).isEqualTo(expected);
    }

    @Test
    void theJournalKeepsWhatItIsTold() {
        var journal = new SwapJournal(layout.databasesDirectory(), "neo4j");
        var entry = new Entry(Step.REPLACING, Origin.KEPT, "the store from before 'b=#.json'", false, NOW);

        journal.write(entry);

        assertThat(journal.read()).contains(entry);
        assertThat(journal.read().orElseThrow().at(Step.DONE).step()).isEqualTo(Step.DONE);
    }

    /** Ends the process, as far as this test goes. */
    private static final class Crash extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** {@return what exchanges folders, and crashes after a step} */
    private StoreSwap swap(@Nullable RestoreStep crash) {
        return new StoreSwap(layout.databaseLayout("neo4j"), step -> {
            if (step == crash) {
                throw new Crash();
            }
        });
    }

    private void exchange(StoreSwap swap, Origin origin, boolean keepsOld) {
        var entry = begin(swap, origin, keepsOld);
        swap.decide(entry);
        swap.retire(entry);
    }

    private void undo(StoreSwap swap, Origin origin) {
        swap.putBack(begin(swap, origin, true));
        swap.forget();
    }

    private Entry begin(StoreSwap swap, Origin origin, boolean keepsOld) {
        var entry = swap.announce(origin, "b.json", keepsOld, NOW);
        swap.exchange(
                origin == Origin.KEPT
                        ? swap.keptFolders()
                        : List.of(
                                home.resolve("data/databases/neo4j.ign-new"),
                                home.resolve("data/transactions/neo4j.ign-new")));
        return entry;
    }

    /** {@return the folders of a database, and of {@code system}} */
    private static Map<String, String> both(String name, String content) {
        return new HashMap<>(Map.of(
                "databases/" + name,
                content,
                "transactions/" + name,
                content,
                "databases/system",
                "system",
                "transactions/system",
                "system"));
    }

    private void assertNewIsThere() throws IOException {
        var expected = both("neo4j", "new");
        expected.putAll(both("neo4j.ign-old", "old"));
        var found = folders();
        assertThat(found.remove("databases/neo4j.ign-kept")).contains("replaced_by=b.json");
        assertThat(found).isEqualTo(expected);
    }

    private void put(String folder, String content) throws IOException {
        var path = Files.createDirectories(home.resolve("data").resolve(folder));
        Files.writeString(path.resolve("store"), content);
    }

    private void move(String from, String to) throws IOException {
        Files.move(home.resolve("data").resolve(from), home.resolve("data").resolve(to));
    }

    private void remove(String folder) throws IOException {
        var path = home.resolve("data").resolve(folder);
        Files.delete(path.resolve("store"));
        Files.delete(path);
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
