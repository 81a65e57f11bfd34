package ign.backup.operation;

import java.time.Instant;
import java.util.Locale;
import java.util.OptionalLong;

/**
 * Where a running operation is.
 *
 * @param operation {@code create}, {@code restore}, {@code verify}
 * @param caller the user who started it
 * @param phase what it does now
 * @param done how many units of the phase are done
 * @param total how many there are as far as is known, 0 if it is not
 * @param unit what is counted
 * @param ratePerSecond units per second in this phase
 * @param remainingMillis until the end of the phase, when it can be estimated
 */
public record ProgressReport(
        String operation,
        String caller,
        Instant started,
        String phase,
        long done,
        long total,
        String unit,
        double ratePerSecond,
        OptionalLong remainingMillis) {

    /** {@return one line for people, as it stands in the status details of the caller's transaction} */
    public String line() {
        var line = new StringBuilder("ign.backup." + operation + ": " + phase);
        if (total > 0) {
            line.append(String.format(Locale.ROOT, " %,d of %,d %s", Math.min(done, total), total, unit));
            line.append(String.format(Locale.ROOT, " (%.0f %%)", percent()));
        } else if (done > 0) {
            line.append(String.format(Locale.ROOT, " %,d %s", done, unit));
        }
        remainingMillis.ifPresent(
                millis -> line.append(", about ").append((millis + 999) / 1000).append(" s left"));
        return line.toString();
    }

    /** {@return 0 to 100; 0 when the total is not known} */
    public double percent() {
        return total > 0 ? Math.min(100.0, 100.0 * done / total) : 0;
    }
}
