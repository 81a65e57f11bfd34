package ign.backup.operation;

import ign.backup.model.CatalogEntry;
import ign.backup.model.ChangeCounts;
import ign.backup.model.GraphState;
import ign.backup.policy.ChangeThresholds;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How far a database is from its last good backup.
 *
 * @param current empty while the database does not run
 * @param last the newest good backup
 * @param changes since then; empty when there is nothing to compare
 * @param counted whether every commit since then was counted; otherwise {@code changes} tell only what the numbers of elements show
 * @param lastChange when the last commit was counted, if one was since the server started
 * @param thresholds in force
 * @param assessment what they say; empty while the database does not run
 */
public record Standing(
        Optional<GraphState> current,
        Optional<CatalogEntry> last,
        Optional<ChangeCounts> changes,
        boolean counted,
        Optional<Instant> lastChange,
        ChangeThresholds thresholds,
        Optional<ChangeThresholds.Assessment> assessment) {

    /** {@return whether a backup is recommended; a database that does not run cannot be backed up} */
    public boolean isBackupRecommended() {
        return assessment.map(ChangeThresholds.Assessment::recommended).orElse(false);
    }

    /** {@return why, or why not, a clause each} */
    public List<String> reasons() {
        return assessment.map(ChangeThresholds.Assessment::reasons).orElse(List.of("the database does not run"));
    }
}
