package ign.backup.model;

import java.time.Instant;
import java.util.Optional;

/**
 * A health check stands otherwise than when it was looked at before.
 *
 * @param check its name
 * @param before {@code OK}, {@code WARN} or {@code FAIL}
 * @param status likewise, and another one
 * @param message what was found
 * @param hint what to do; empty when nothing has to be done
 */
public record HealthAlert(
        DatabaseName database,
        String check,
        String before,
        String status,
        String message,
        Optional<String> hint,
        Instant time) {

    /** {@return whether all is well again} */
    public boolean isOver() {
        return status.equals("OK");
    }

    /** {@return it as a line of the log} */
    public String line() {
        return "health of database '" + database + "': " + check + " is " + status + ", was " + before + ": " + message
                + hint.map(what -> ". HINT: " + what).orElse("");
    }
}
