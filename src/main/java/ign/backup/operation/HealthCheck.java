package ign.backup.operation;

import java.util.Optional;

/**
 * One thing that was looked at.
 *
 * @param name stable, such as {@code age}
 * @param message what was found, a sentence
 * @param hint what to do; empty when nothing has to be done
 */
public record HealthCheck(String name, Status status, String message, Optional<String> hint) {

    /** How it stands. */
    public enum Status {
        OK,
        /** Somebody should look at it. */
        WARN,
        /** What is promised is not kept now. */
        FAIL
    }

    static HealthCheck ok(String name, String message) {
        return new HealthCheck(name, Status.OK, message, Optional.empty());
    }

    static HealthCheck warn(String name, String message, String hint) {
        return new HealthCheck(name, Status.WARN, message, Optional.of(hint));
    }

    static HealthCheck fail(String name, String message, String hint) {
        return new HealthCheck(name, Status.FAIL, message, Optional.of(hint));
    }
}
