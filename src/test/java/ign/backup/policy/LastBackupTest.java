package ign.backup.policy;

import static org.assertj.core.api.Assertions.assertThat;

import ign.backup.model.BackupName;
import ign.backup.model.Catalog;
import ign.backup.model.CatalogEntry;
import ign.backup.model.GraphState;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Backups in the words of {@link Entries}; their store is {@code store-1} unless they say otherwise. */
@Timeout(30)
class LastBackupTest {

    private static String of(String storeId, Optional<String> known, String... backups) {
        var catalog = new Catalog(Stream.of(backups).map(Entries::parse).toList(), List.of());
        var now = new GraphState(Entries.DATABASE, 1, 1, storeId, 99, "5.26.30");
        return LastBackup.of(catalog, now, known.map(name -> new BackupName(name + ".json")))
                .map(CatalogEntry::name)
                .map(BackupName::value)
                .orElse("none");
    }

    @Test
    void isTheNewestGoodOneOfTheStore() {
        assertThat(of("store-1", Optional.empty(), "a manual good 1", "b manual good 2", "c manual damaged 3"))
                .isEqualTo("b.json");
    }

    @Test
    void afterARestoreItIsTheRestoredOneAndNoNewerOneOfTheReplacedStore() {
        var backups = new String[] {"small manual good 1", "big manual good 2", "bigger daily good 3"};

        assertThat(of("restored", Optional.of("small"), backups)).isEqualTo("small.json");
        assertThat(of("store-1", Optional.empty(), backups))
                .as("after a rollback")
                .isEqualTo("bigger.json");
    }

    @Test
    void aBackupMadeAfterTheRestoreTakesItsPlace() {
        assertThat(of(
                        "store-2",
                        Optional.of("small"),
                        "small manual good 1",
                        "big manual good 2",
                        "after auto good 3 other-store"))
                .isEqualTo("after.json");
    }

    @Test
    void aRestoredFileMayHaveBeenCopiedInByHand() {
        assertThat(of("restored", Optional.of("copy"), "copy manual unrecorded 1 plain", "big manual good 2"))
                .isEqualTo("copy.json");
    }

    @Test
    void whenTheRestoredOneIsGoneOrBadThereIsNone() {
        assertThat(of("restored", Optional.of("gone"), "big manual good 2")).isEqualTo("none");
        assertThat(of("restored", Optional.of("bad"), "bad manual damaged 1", "big manual good 2"))
                .isEqualTo("none");
        assertThat(of("restored", Optional.of("away"), "away manual missing 1", "big manual good 2"))
                .isEqualTo("none");
    }

    @Test
    void aStoreOfWhichNothingIsKnownIsComparedWithTheNewestOfItsDatabase() {
        assertThat(of("unknown", Optional.empty(), "a manual good 1", "b manual good 2", "c manual good 3 foreign"))
                .isEqualTo("b.json");
        assertThat(of("unknown", Optional.empty())).isEqualTo("none");
    }
}
