package ign.backup.metrics;

import ign.backup.model.ErrorCode;
import ign.backup.model.OperationRecord;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is known of the operations of the past.
 *
 * @param values by a name such as {@code operations/create/ok}; never below zero
 */
record Counts(SortedMap<String, Double> values) {

    static final Counts NONE = new Counts(Collections.emptySortedMap());

    /** Followed by an operation and how it ended: how many did. */
    static final String OPERATIONS = "operations/";

    /** Followed by a tier: whether its last backup succeeded, 1 or 0. */
    static final String SUCCESS = "success/";

    static final String VERIFY_FAILURES = "verify_failures";
    static final String HOOK_FAILURES = "hook_failures";
    static final String LAST_VERIFY = "last_verify";
    static final String RESTORE_DOWNTIME = "restore_downtime";
    static final String RESTORE_DURATION = "restore_duration";

    Counts {
        values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
    }

    /** {@return these counts after one more operation has ended} */
    Counts plus(OperationRecord ended) {
        var next = new TreeMap<>(values);
        next.merge(OPERATIONS + ended.operation() + "/" + ended.code().label(), 1.0, Double::sum);
        if (isVerifyFailure(ended)) {
            next.merge(VERIFY_FAILURES, 1.0, Double::sum);
        }
        if (ended.subject().hookFailures() > 0) {
            next.merge(HOOK_FAILURES, (double) ended.subject().hookFailures(), Double::sum);
        }
        switch (ended.operation()) {
            case "create" ->
                ended.subject()
                        .tier()
                        .ifPresent(tier -> next.put(SUCCESS + tier.label(), ended.succeeded() ? 1.0 : 0.0));
            case "verify" -> {
                if (ended.succeeded()) {
                    next.put(LAST_VERIFY, seconds(ended.ended()));
                }
            }
            case "restore" ->
                ended.subject().unavailable().ifPresent(downtime -> {
                    next.put(RESTORE_DOWNTIME, downtime.toNanos() / 1e9);
                    next.put(RESTORE_DURATION, ended.duration().toNanos() / 1e9);
                });
            default -> {
                // has nothing of its own
            }
        }
        return new Counts(next);
    }

    /** Also of a new backup that did not pass, and of one that lacks something. */
    private static boolean isVerifyFailure(OperationRecord ended) {
        boolean reads = ended.operation().equals("verify") || ended.operation().equals("create");
        return reads
                && (ended.code() == ErrorCode.DAMAGED
                        || ended.subject().alerts().size() > ended.subject().hookFailures());
    }

    /** {@return seconds since 1970} */
    static double seconds(Instant instant) {
        return instant.getEpochSecond() + instant.getNano() / 1e9;
    }

    /** {@return one of them} */
    OptionalDouble value(String name) {
        var value = values.get(name);
        return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    /** {@return those whose names begin so, by the rest of their names} */
    Map<String, Double> under(String prefix) {
        var found = new TreeMap<String, Double>();
        values.forEach((name, value) -> {
            if (name.startsWith(prefix)) {
                found.put(name.substring(prefix.length()), value);
            }
        });
        return found;
    }
}
