package ign.backup.operation;

import static org.assertj.core.api.Assertions.assertThat;

import ign.backup.codec.Codecs;
import ign.backup.format.DocumentWriter;
import ign.backup.model.BackupHeader;
import ign.backup.model.BackupName;
import ign.backup.model.CatalogEntry.Verification;
import ign.backup.model.Compression;
import ign.backup.model.Progress;
import ign.backup.model.StopSignal;
import ign.backup.testkit.MemoryStore;
import ign.backup.testkit.MovableClock;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The catalog remembers how the verifications of a backup ended, and not without limit. */
@Timeout(30)
class VerificationHistoryTest {

    private static final Instant NOON = Instant.parse("2025-01-28T12:00:00Z");
    private static final BackupName NAME = new BackupName("a.json");
    private static final BackupHeader DRAFT =
            new BackupHeader(DocumentWriter.VERSION, "", "", "", 0, 0, "full", "", Optional.empty());

    private final MemoryStore store = new MemoryStore();
    private final MovableClock clock = new MovableClock(NOON, ZoneOffset.UTC);
    private final BackupCatalog catalog = new BackupCatalog(store, clock, Events.NONE);
    private final VerifyBackup verify = new VerifyBackup(store, 1, "Episodic");

    private void verifyAgain() {
        clock.move(Duration.ofDays(7));
        catalog.enter(verify.run(NAME, catalog.recordedDigest(NAME), StopSignal.NEVER, Progress.NONE));
    }

    @Test
    void theLastTenAreRemembered() throws IOException {
        try (var target = store.create(NAME)) {
            var writer = new DocumentWriter(Codecs.of(Compression.NONE), target, DRAFT);
            writer.seal(DRAFT.sealed(writer.finish(), 12));
            target.publish();
        }
        var expected = new ArrayList<Instant>();
        for (int i = 0; i < 12; i++) {
            verifyAgain();
            expected.add(0, clock.instant());
        }

        var entry = new BackupCatalog(store, clock, Events.NONE).describe(NAME);

        assertThat(entry.verification()).map(Verification::time).contains(clock.instant());
        assertThat(entry.verifications())
                .extracting(Verification::time)
                .containsExactlyElementsOf(expected.subList(0, 10));
        assertThat(entry.verifications()).allMatch(Verification::valid);
    }
}
