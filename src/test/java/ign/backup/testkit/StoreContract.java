package ign.backup.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ign.backup.model.BackupException;
import ign.backup.model.BackupName;
import ign.backup.model.Digest;
import ign.backup.storage.BackupStore;
import ign.backup.storage.NewBackup;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every store promises. */
@Timeout(60)
public abstract class StoreContract {

    protected static final BackupName NAME = new BackupName("ign_scripts_db_backup_20250128_143022.json");
    protected static final BackupName OTHER = new BackupName("neo4j-weekly-20250126_030000.json.zst");
    protected static final Digest DIGEST = new Digest("ab".repeat(32));

    /** {@return a new store without backups; its catalog is called {@code backup_metadata.json}} */
    protected abstract BackupStore store();

    /** Makes a backup of that text. */
    protected static void put(BackupStore store, BackupName name, String text) {
        try (var backup = store.create(name)) {
            append(backup, text);
            backup.publish();
        }
    }

    /** {@return the text of a backup} */
    protected static String text(BackupStore store, BackupName name) {
        try (var backup = store.open(name);
                var in = backup.stream()) {
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    protected static void append(NewBackup backup, String text) {
        backup.append(ByteBuffer.wrap(text.getBytes(UTF_8)));
    }

    @Test
    void isEmptyBeforeAnythingWasWritten() {
        var store = store();

        assertThat(store.list()).isEmpty();
        assertThat(store.contains(NAME)).isFalse();
        assertThat(store.digest(NAME)).isEmpty();
        assertThat(store.readCatalog().first()).isEmpty();
        assertThat(store.readCatalog().second()).isEmpty();
        assertThat(store.readCatalog().agree()).isTrue();
        assertThat(store.sweep()).isEmpty();
        assertThat(store.remove(NAME)).isFalse();
        assertThat(store.location()).isNotBlank();
        assertThat(store.freeBytes()).isPositive();
    }

    @Test
    void aPublishedBackupCanBeReadAndListed() {
        var store = store();
        put(store, OTHER, "weekly");
        put(store, NAME, "{\"data\": {}}");

        assertThat(store.list()).containsExactly(NAME, OTHER);
        assertThat(store.contains(NAME)).isTrue();
        assertThat(text(store, NAME)).isEqualTo("{\"data\": {}}");
        try (var backup = store.open(NAME)) {
            assertThat(text(store, NAME)).hasSize(12);
            assertThat(backup.name()).isEqualTo(NAME);
            assertThat(backup.size()).isEqualTo(12);
        }
    }

    @Test
    void aBackupIsInvisibleUntilItIsPublished() {
        var store = store();
        try (var backup = store.create(NAME)) {
            append(backup, "half");

            assertThat(store.list()).isEmpty();
            assertThat(store.contains(NAME)).isFalse();
            assertThatThrownBy(() -> store.open(NAME)).isInstanceOf(BackupException.NotFound.class);
            assertThat(backup.name()).isEqualTo(NAME);
        }
        assertThat(store.list()).isEmpty();
        put(store, NAME, "again");
        assertThat(text(store, NAME)).isEqualTo("again");
    }

    @Test
    void aTakenNameIsBusyAndWhatHasItStays() {
        var store = store();
        put(store, NAME, "first");

        assertThatThrownBy(() -> store.create(NAME))
                .isInstanceOf(BackupException.Busy.class)
                .hasMessageContaining("the name '" + NAME + "' is taken");
        assertThat(text(store, NAME)).isEqualTo("first");
    }

    @Test
    void ofTwoThatWantOneNameTheFirstToPublishHasIt() {
        var store = store();
        try (var slow = store.create(NAME)) {
            append(slow, "slow");
            put(store, NAME, "fast");

            assertThatThrownBy(slow::publish).isInstanceOf(BackupException.Busy.class);
        }
        assertThat(text(store, NAME)).isEqualTo("fast");
        assertThat(store.list()).containsExactly(NAME);
    }

    @Test
    void theBeginningIsWrittenAgain() {
        var store = store();
        try (var backup = store.create(NAME)) {
            append(backup, "????????,data");
            backup.overwrite(0, ByteBuffer.wrap("metadata".getBytes(UTF_8)));
            append(backup, "!");
            assertThat(backup.size()).isEqualTo(14);
            assertThatThrownBy(() -> backup.overwrite(10, ByteBuffer.allocate(5)))
                    .isInstanceOf(BackupException.Defect.class);
            assertThatThrownBy(() -> backup.overwrite(-1, ByteBuffer.allocate(1)))
                    .isInstanceOf(BackupException.Defect.class);
            backup.publish();
        }
        assertThat(text(store, NAME)).isEqualTo("metadata,data!");
    }

    @Test
    void appendsOfManyThreadsStayInOnePieceEach() throws Exception {
        var store = store();
        var threads = Executors.newFixedThreadPool(4);
        try (var backup = store.create(NAME)) {
            var start = new CountDownLatch(1);
            var writers = IntStream.range(0, 4)
                    .<Future<?>>mapToObj(number -> threads.submit(() -> {
                        start.await();
                        for (var line = 0; line < 200; line++) {
                            append(backup, String.valueOf((char) ('a' + number)).repeat(50) + "\n");
                        }
                        return null;
                    }))
                    .toList();
            start.countDown();
            for (var writer : writers) {
                writer.get(30, TimeUnit.SECONDS);
            }
            backup.publish();
        } finally {
            threads.shutdownNow();
        }
        assertThat(text(store, NAME).lines()).hasSize(800).allMatch(line -> line.matches("(.)\\1{49}"));
    }

    @Test
    void aWithdrawnBackupIsGone() {
        var store = store();
        try (var backup = store.create(NAME)) {
            append(backup, "bad");
            backup.publish();
            assertThat(store.list()).containsExactly(NAME);

            backup.withdraw();

            assertThat(store.list()).isEmpty();
            assertThatThrownBy(() -> store.open(NAME)).isInstanceOf(BackupException.NotFound.class);
        }
        assertThat(store.list()).isEmpty();
        put(store, NAME, "good");
        assertThat(text(store, NAME)).isEqualTo("good");
    }

    @Test
    void stepsOutOfOrderAreDefects() {
        var store = store();
        try (var backup = store.create(NAME)) {
            assertThatThrownBy(backup::withdraw).isInstanceOf(BackupException.Defect.class);
            backup.publish();
            assertThatThrownBy(() -> append(backup, "late")).isInstanceOf(BackupException.Defect.class);
            assertThatThrownBy(() -> backup.overwrite(0, ByteBuffer.allocate(0)))
                    .isInstanceOf(BackupException.Defect.class);
            assertThatThrownBy(backup::publish).isInstanceOf(BackupException.Defect.class);
            backup.withdraw();
            assertThatThrownBy(backup::withdraw).isInstanceOf(BackupException.Defect.class);
        }
    }

    @Test
    void readsFromAnyPosition() {
        var store = store();
        put(store, NAME, "0123456789");
        try (var backup = store.open(NAME)) {
            var into = ByteBuffer.allocate(4);
            assertThat(backup.read(into, 3)).isEqualTo(4);
            assertThat(into.array()).isEqualTo("3456".getBytes(UTF_8));
            assertThat(backup.read(into, 3)).isZero();
            assertThat(backup.read(into.clear(), 8)).isEqualTo(2);
            assertThat(backup.read(into, 10)).isEqualTo(-1);
        }
    }

    @Test
    void everyStreamStartsAtTheBeginning() throws IOException {
        var store = store();
        put(store, NAME, "0123456789\u00ff");
        try (var backup = store.open(NAME);
                var one = backup.stream();
                var other = backup.stream()) {
            assertThat(one.read()).isEqualTo('0');
            assertThat(one.skip(4)).isEqualTo(4);
            assertThat(one.available()).isEqualTo(7);
            assertThat(one.read()).isEqualTo('5');
            assertThat(other.read()).isEqualTo('0');
            assertThat(other.readAllBytes()).hasSize(11).endsWith(0xc3, 0xbf);
            assertThat(other.read()).isEqualTo(-1);
            assertThat(other.read(new byte[3], 1, 2)).isEqualTo(-1);
            assertThat(other.skip(3)).isZero();
        }
    }

    @Test
    void removesABackupAndItsDigestAndCanBeRepeated() {
        var store = store();
        put(store, NAME, "old");
        put(store, OTHER, "new");
        store.writeDigest(NAME, DIGEST);
        store.writeDigest(OTHER, DIGEST);

        assertThat(store.remove(NAME)).isTrue();
        assertThat(store.remove(NAME)).isFalse();

        assertThat(store.list()).containsExactly(OTHER);
        assertThat(store.digest(NAME)).isEmpty();
        assertThat(store.digest(OTHER)).contains(DIGEST);
    }

    @Test
    void aReplacementIsReadBeforeItTakesThePlaceOfTheOldOne() {
        var store = store();
        put(store, NAME, "old");
        store.writeDigest(NAME, DIGEST);
        try (var replacement = store.replace(NAME)) {
            replacement.append(ByteBuffer.wrap("the new one".getBytes(UTF_8)));
            try (var written = replacement.written()) {
                assertThat(written.size()).isEqualTo(11);
                assertThat(written.stream()).hasContent("the new one");
            }
            assertThat(text(store, NAME)).isEqualTo("old");
            assertThat(store.digest(NAME)).contains(DIGEST);

            replacement.publish();
        }
        assertThat(text(store, NAME)).isEqualTo("the new one");
        assertThat(store.digest(NAME)).isEmpty();
        assertThat(store.list()).containsExactly(NAME);
    }

    @Test
    void aReplacementThatIsNotPublishedLeavesTheOldOneAndCanAlsoBeTheFirst() {
        var store = store();
        put(store, NAME, "old");
        store.writeDigest(NAME, DIGEST);
        try (var replacement = store.replace(NAME)) {
            replacement.append(ByteBuffer.wrap("given up".getBytes(UTF_8)));
        }
        try (var first = store.replace(OTHER)) {
            first.append(ByteBuffer.wrap("first".getBytes(UTF_8)));
            first.publish();
            assertThatThrownBy(first::withdraw).isInstanceOf(BackupException.Defect.class);
        }
        assertThat(text(store, NAME)).isEqualTo("old");
        assertThat(store.digest(NAME)).contains(DIGEST);
        assertThat(text(store, OTHER)).isEqualTo("first");
    }

    @Test
    void theInitialBackupCanBeReadButIsNotListed() {
        var store = store();
        for (var name : new String[] {"initial_backup.json", "initial_backup.json.zst", "initial_backup.json.gz"}) {
            put(store, new BackupName(name), "initial");
            assertThat(text(store, new BackupName(name))).isEqualTo("initial");
        }
        put(store, NAME, "mine");

        assertThat(store.list()).containsExactly(NAME);
    }

    @Test
    void theCatalogIsNoBackup() {
        var store = store();
        var catalog = new BackupName("backup_metadata.json");
        store.writeCatalog("{}".getBytes(UTF_8));

        assertThat(store.list()).isEmpty();
        assertThatThrownBy(() -> store.create(catalog)).isInstanceOf(BackupException.BadRequest.class);
        assertThatThrownBy(() -> store.open(catalog)).isInstanceOf(BackupException.BadRequest.class);
        assertThatThrownBy(() -> store.contains(catalog)).isInstanceOf(BackupException.BadRequest.class);
        assertThatThrownBy(() -> store.remove(catalog)).isInstanceOf(BackupException.BadRequest.class);
        assertThat(store.readCatalog().first()).isPresent();
    }

    @Test
    void bothCopiesOfTheCatalogAreReplaced() {
        var store = store();
        store.writeCatalog("old".getBytes(UTF_8));
        store.writeCatalog("new".getBytes(UTF_8));

        var copies = store.readCatalog();

        assertThat(copies.first().orElseThrow()).isEqualTo("new".getBytes(UTF_8));
        assertThat(copies.second().orElseThrow()).isEqualTo("new".getBytes(UTF_8));
        assertThat(copies.agree()).isTrue();
    }

    @Test
    void aDigestIsReplaced() {
        var store = store();
        store.writeDigest(NAME, new Digest("00".repeat(32)));
        store.writeDigest(NAME, DIGEST);

        assertThat(store.digest(NAME)).contains(DIGEST);
    }

    @Test
    void aClaimedStoreIsBusyAndSaysWhoHasIt() {
        var store = store();
        try (var claim = store.claim("create of database 'neo4j' since 2025-01-28T14:30:22Z")) {
            assertThat(claim).isNotNull();
            assertThatThrownBy(() -> store.claim("somebody else"))
                    .isInstanceOf(BackupException.Busy.class)
                    .hasMessageContaining("taken by create of database 'neo4j' since 2025-01-28T14:30:22Z");
            assertThat(store.list()).isEmpty();
        }
        store.claim("somebody else").close();
    }
}
