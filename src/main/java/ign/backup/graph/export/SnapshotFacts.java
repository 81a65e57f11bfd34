package ign.backup.graph.export;

import ign.backup.graph.changes.ChangeCounter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What a snapshot was.
 *
 * @param instant every transaction that had begun to commit before it was shown, whole, and no other
 * @param lastTxId a transaction up to which all were shown; while others write, a few later ones may have been, too
 * @param paused for how long commits were held up because that was asked for; zero otherwise
 * @param changes what has been committed since, and is not in it
 * @param warnings what the reader of the backup should know, a clause each
 */
public record SnapshotFacts(
        Instant instant, long lastTxId, Duration paused, ChangeCounter.Mark changes, List<String> warnings) {

    public SnapshotFacts {
        warnings = List.copyOf(warnings);
    }
}
