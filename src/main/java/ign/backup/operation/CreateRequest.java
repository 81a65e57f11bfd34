package ign.backup.operation;

import ign.backup.model.BackupException;
import ign.backup.model.Compression;
import ign.backup.model.DatabaseName;
import ign.backup.model.OperationSubject;
import ign.backup.model.Tier;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a caller wants of a new backup.
 *
 * @param reason in the caller's words, at most 1000 characters
 * @param compression empty means the tier's own
 * @param verify whether it is read back before it counts
 * @param pin whether retention leaves it alone
 * @param pauseWrites whether commits wait meanwhile; empty means as the settings say
 * @param pauseTimeout how long they wait at most; empty means as the settings say
 * @param traceId an id of the caller's own, kept in the header
 */
public record CreateRequest(
        DatabaseName database,
        String reason,
        Tier tier,
        Optional<Compression> compression,
        boolean verify,
        boolean pin,
        Optional<Boolean> pauseWrites,
        Optional<Duration> pauseTimeout,
        Optional<String> traceId) {

    private static final int LONGEST_REASON = 1000;

    /** {@return what is known of it before it is made} */
    public OperationSubject subject() {
        return OperationSubject.asked(Optional.of(tier), Optional.of(reason), traceId);
    }

    /** {@return what is made because of those changes, a clause each} */
    public static CreateRequest whenNeeded(DatabaseName database, List<String> changes) {
        return byItself(database, "Automatic backup: " + String.join("; ", changes), Tier.AUTO);
    }

    /** {@return what is made when nobody asks: verified, and otherwise as the settings of the tier say} */
    public static CreateRequest byItself(DatabaseName database, String reason, Tier tier) {
        var shown = reason.length() > LONGEST_REASON ? reason.substring(0, LONGEST_REASON) : reason;
        return new CreateRequest(
                database,
                shown,
                tier,
                Optional.empty(),
                true,
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** {@return what is made of the graph as it is for those who begin with an empty one: a plain document, read back} */
    static CreateRequest initial(DatabaseName database, String reason) {
        return new CreateRequest(
                database,
                reason,
                Tier.INITIAL,
                Optional.of(Compression.NONE),
                true,
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** {@return this, unless it asks for what has no place among the backups of the folder} */
    public CreateRequest requireListed() {
        if (tier == Tier.INITIAL) {
            throw new BackupException.BadRequest(
                    "tier 'initial' is for the one backup that is bundled with a distribution",
                    "Use another tier; CALL ign.backup.init() makes that one.");
        }
        return this;
    }

    public CreateRequest {
        if (pauseTimeout.isPresent() && !pauseWrites.orElse(true)) {
            throw new BackupException.BadRequest(
                    "'pauseTimeout' is given and 'pauseWrites' is false", "Leave one of the two out.");
        }
        if (reason.length() > LONGEST_REASON) {
            throw new BackupException.BadRequest(
                    "the reason has " + reason.length() + " characters", "Say it in at most " + LONGEST_REASON + ".");
        }
    }
}
