package ign.backup.operation;

import ign.backup.model.BackupException;
import ign.backup.model.BackupHeader;
import ign.backup.model.BackupName;
import ign.backup.model.CatalogEntry;
import ign.backup.model.CatalogEntry.State;
import ign.backup.model.Digest;
import ign.backup.model.ErrorCode;
import ign.backup.model.GraphCounts;
import ign.backup.model.GraphSchema;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What reading a whole backup has shown.
 *
 * @param header empty when it could not be read
 * @param counts of the elements that were read
 * @param schema empty when the file has none
 * @param digestKnown whether a digest from elsewhere was there to compare with
 * @param damaged whether the bytes are bad; a sound file may be beyond this server too
 * @param problems everything that is wrong, one sentence each
 * @param warnings what is odd but harmless
 */
public record Verdict(
        BackupName name,
        long sizeBytes,
        Digest sha256,
        Optional<BackupHeader> header,
        GraphCounts counts,
        Optional<GraphSchema> schema,
        boolean digestKnown,
        boolean damaged,
        List<String> problems,
        List<String> warnings)
        implements Result {

    public Verdict {
        problems = List.copyOf(problems);
        warnings = List.copyOf(warnings);
    }

    /** {@return whether the backup is what it should be} */
    public boolean valid() {
        return problems.isEmpty();
    }

    @Override
    public ErrorCode code() {
        return valid() ? ErrorCode.OK : ErrorCode.DAMAGED;
    }

    /** {@return the sentence that the plan gives for either outcome} */
    @Override
    public String message() {
        return valid() ? "Backup validation successful" : "Backup validation failed: " + String.join("; ", problems);
    }

    /** {@return the state of the backup that follows} */
    public State state() {
        if (damaged) {
            return State.DAMAGED;
        }
        return valid() && digestKnown ? State.GOOD : State.UNPROVEN;
    }

    /** {@return this outcome as the catalog keeps it} */
    public CatalogEntry.Verification at(Instant time) {
        return new CatalogEntry.Verification(time, valid(), message());
    }

    /** {@return the header of a valid backup} */
    public BackupHeader requireHeader() {
        return header.orElseThrow(() -> new BackupException.Damaged(
                "backup '" + name + "' has no readable header",
                "Restore another backup; CALL ign.backup.list() shows them."));
    }
}
