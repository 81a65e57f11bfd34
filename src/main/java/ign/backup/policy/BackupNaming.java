package ign.backup.policy;

import ign.backup.model.BackupException;
import ign.backup.model.BackupName;
import ign.backup.model.Compression;
import ign.backup.model.Tier;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** How backups are called: by a pattern, or by their tier's prefix, and the time. The name carries no order and no meaning. */
public final class BackupNaming {

    private static final String TIMESTAMP = "{timestamp}";
    private static final String JSON = ".json";

    private final String pattern;
    private final Map<Tier, String> prefixes;

    /**
     * Names by these rules.
     *
     * @param pattern holds <code>{timestamp}</code> once and ends in {@code .json}
     * @param prefixes of the tiers that have one; the others follow the pattern
     */
    public BackupNaming(String pattern, Map<Tier, String> prefixes) {
        if (!pattern.endsWith(JSON) || pattern.split("\\{timestamp}", -1).length != 2) {
            throw new BackupException.BadRequest(
                    "the file name pattern '" + pattern + "' does not hold '{timestamp}' once and end in '.json'",
                    "Use a pattern such as 'ign_scripts_db_backup_{timestamp}.json'.");
        }
        this.pattern = pattern.substring(0, pattern.length() - JSON.length());
        this.prefixes = Map.copyOf(prefixes);
    }

    /**
     * {@return the name of the next backup}
     *
     * <p>A second backup of the same second gets {@code _2} at the end of its name, a third {@code _3}. The initial backup has one
     * fixed name, taken or not.
     *
     * @param timestamp {@code yyyyMMdd_HHmmss}
     * @param taken knows the names of the store and those of the history
     */
    public BackupName next(Tier tier, String timestamp, Compression compression, Predicate<BackupName> taken) {
        if (tier == Tier.INITIAL) {
            return new BackupName("initial_backup" + compression.ending());
        }
        var prefix = prefixes.get(tier);
        var base = prefix == null ? pattern.replace(TIMESTAMP, timestamp) : prefix + timestamp;
        return IntStream.iterate(1, number -> number + 1)
                .mapToObj(number -> base + (number == 1 ? "" : "_" + number) + compression.ending())
                .map(BackupName::new)
                .filter(taken.negate())
                .findFirst()
                .orElseThrow();
    }
}
