package ign.backup.operation;

import ign.backup.model.DatabaseName;
import ign.backup.model.KeptStore;
import ign.backup.operation.RestoreReport.Size;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a rollback did.
 *
 * @param done false when it begins once the caller's own transaction has ended
 * @param kept the store that was put back
 * @param previous the size of the graph before; empty when the database did not run
 * @param now the size of the graph since; empty until it is done
 * @param unavailable how long the database was stopped
 * @param total from the call to the end
 */
public record RollBackReport(
        boolean done,
        DatabaseName database,
        KeptStore kept,
        Optional<Size> previous,
        Optional<Size> now,
        Duration unavailable,
        Duration total,
        List<String> warnings)
        implements Result {

    public RollBackReport {
        warnings = List.copyOf(warnings);
    }

    static RollBackReport swapping(DatabaseName database, KeptStore kept, Optional<Size> previous) {
        return new RollBackReport(
                false, database, kept, previous, Optional.empty(), Duration.ZERO, Duration.ZERO, List.of());
    }

    /** {@return the word in rows} */
    public String state() {
        return done ? "rolled-back" : "swapping";
    }

    /** {@return a sentence or two for people} */
    @Override
    public String message() {
        var store = "the store from before '" + kept.replacedBy() + "' (" + kept.since() + ")";
        return now.map(size -> String.format(
                        Locale.ROOT,
                        "Database '%s' has %s again: %s; not available for %.1f s. The other store is kept instead",
                        database,
                        store,
                        size,
                        unavailable.toMillis() / 1000.0))
                .orElseGet(() -> store + " will take the place of database '" + database
                        + "' as soon as this query has ended; CALL ign.backup.status() on 'system' tells the end");
    }

    /** {@return what to do next, a sentence, or an empty text} */
    public String hint() {
        return done ? "" : "Call it in a session on 'system' to wait for the end.";
    }
}
