package ign.backup.policy;

import ign.backup.model.BackupException;
import ign.backup.model.Tier;
import java.util.Map;
import java.util.OptionalInt;

/**
 * How many backups of each tier are kept.
 *
 * @param maxBackups at least 1 each; a tier that is missing here is kept without limit
 */
public record RetentionPolicy(Map<Tier, Integer> maxBackups) {

    public RetentionPolicy {
        maxBackups.forEach((tier, count) -> {
            if (count < 1) {
                throw new BackupException.BadRequest(
                        "'" + count + "' backups of tier '" + tier.label() + "' cannot be kept, at least 1 must",
                        "Give a number from 1; to be rid of all backups, remove them by hand.");
            }
        });
        maxBackups = Map.copyOf(maxBackups);
    }

    /** {@return how many backups of that tier are kept, or empty for all} */
    public OptionalInt of(Tier tier) {
        var count = maxBackups.get(tier);
        return count == null ? OptionalInt.empty() : OptionalInt.of(count);
    }
}
