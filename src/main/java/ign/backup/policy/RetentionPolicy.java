package ign.backup.policy;

import ign.backup.model.BackupException;
import ign.backup.model.Tier;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How many backups of each tier are kept, and how long. What either of the two lets go may go.
 *
 * @param maxBackups at least 1 each; a tier that is missing here is kept without limit of number
 * @param maxAges at least one day each; a tier that is missing here is kept without limit of age
 */
public record RetentionPolicy(Map<Tier, Integer> maxBackups, Map<Tier, Duration> maxAges) {

    private static final Duration ONE_DAY = Duration.ofDays(1);

    public RetentionPolicy {
        maxBackups.forEach((tier, count) -> {
            if (count < 1) {
                throw new BackupException.BadRequest(
                        "'" + count + "' backups of tier '" + tier.label() + "' cannot be kept, at least 1 must",
                        "Give a number from 1; to be rid of all backups, remove them by hand.");
            }
        });
        maxAges.forEach((tier, age) -> {
            if (age.compareTo(ONE_DAY) < 0) {
                throw new BackupException.BadRequest(
                        "backups of tier '" + tier.label() + "' cannot be kept for '" + age
                                + "', at least one day it must be",
                        "Give a duration from '1d' on; to be rid of all backups, remove them by hand.");
            }
        });
        maxBackups = Map.copyOf(maxBackups);
        maxAges = Map.copyOf(maxAges);
    }

    /** {@return how many backups of that tier are kept, or empty for all} */
    public OptionalInt maxBackups(Tier tier) {
        var count = maxBackups.get(tier);
        return count == null ? OptionalInt.empty() : OptionalInt.of(count);
    }

    /** {@return how long backups of that tier are kept, or empty for ever} */
    public Optional<Duration> maxAge(Tier tier) {
        return Optional.ofNullable(maxAges.get(tier));
    }
}
