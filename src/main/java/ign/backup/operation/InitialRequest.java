package ign.backup.operation;

import ign.backup.model.BackupException;
import ign.backup.model.BackupName;
import ign.backup.model.DatabaseName;
import ign.backup.model.OperationSubject;
import ign.backup.model.Tier;
import java.util.Optional;

/**
 * What a caller wants of a bundled backup.
 *
 * @param reason in the caller's words; empty means that of the backup it is made of, or a general one
 * @param from the backup it is made of; empty means the graph as it is
 * @param to the folder that gets it as well
 */
public record InitialRequest(
        DatabaseName database, Optional<String> reason, Optional<BackupName> from, Optional<String> to) {

    private static final int LONGEST_REASON = 1000;

    public InitialRequest {
        int length = reason.map(String::length).orElse(0);
        if (length > LONGEST_REASON) {
            throw new BackupException.BadRequest(
                    "the reason has " + length + " characters", "Say it in at most " + LONGEST_REASON + ".");
        }
    }

    /** {@return what is known of it before it is made} */
    OperationSubject subject() {
        return OperationSubject.asked(Optional.of(Tier.INITIAL), reason, Optional.empty());
    }
}
