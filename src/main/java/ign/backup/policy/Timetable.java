package ign.backup.policy;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import ign.backup.model.BackupException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.StringTokenizer;

/**
 * When something is due, as a line of a crontab says it, by the clocks of a zone.
 *
 * <p>Each local time that the line names is due once: at the first instant at which the clocks show it or have passed it. What
 * falls into an hour that is skipped in spring is due when the clocks are put forward, and an hour that comes twice in autumn is
 * due the first time only.
 */
public final class Timetable {

    private static final Map<String, String> NICKNAMES = Map.of(
            "@HOURLY", "0 * * * *",
            "@DAILY", "0 0 * * *",
            "@WEEKLY", "0 0 * * 0",
            "@MONTHLY", "0 0 1 * *");

    private static final int FIELDS = 5;

    /** Any time would do: from there it is looked a hundred years ahead. */
    private static final ZonedDateTime BEGINNING = ZonedDateTime.of(1999, 12, 31, 23, 59, 0, 0, ZoneOffset.UTC);

    private final ExecutionTime times;
    private final ZoneId zone;

    private Timetable(ExecutionTime times, ZoneId zone) {
        this.times = times;
        this.zone = zone;
    }

    /**
     * {@return the timetable of that line}
     *
     * @param expression minute, hour, day of the month, month, day of the week; or {@code @hourly}, {@code @daily}, {@code @weekly},
     *     {@code @monthly}
     * @throws BackupException.BadRequest when it is not such a line, or names a day that never comes
     */
    public static Timetable of(String expression, ZoneId zone) {
        var line = expression.strip().toUpperCase(Locale.ROOT);
        var fields = NICKNAMES.getOrDefault(line, line);
        var count = new StringTokenizer(fields).countTokens();
        if (count != FIELDS) {
            throw refused(expression, "it has " + count + " fields, not " + FIELDS);
        }
        var times = parse(expression, fields);
        if (times.nextExecution(BEGINNING).isEmpty()) {
            throw refused(expression, "no day is ever like that");
        }
        return new Timetable(times, zone);
    }

    private static ExecutionTime parse(String expression, String fields) {
        try {
            var unix = new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));
            return ExecutionTime.forCron(unix.parse(fields));
        } catch (IllegalArgumentException e) {
            var refusal = refused(expression, String.valueOf((e.getCause() == null ? e : e.getCause()).getMessage()));
            refusal.addSuppressed(e);
            throw refusal;
        }
    }

    private static BackupException refused(String expression, String reason) {
        return new BackupException.BadRequest(
                "the schedule '" + expression + "' cannot be followed: " + reason,
                "Give five fields as in crontab, such as '30 2 * * *' for every night at half past two, or '@hourly', '@daily',"
                        + " '@weekly', '@monthly'.");
    }

    /** {@return the first instant after {@code after} at which it is due; empty when there is none in the next hundred years} */
    public Optional<Instant> next(Instant after) {
        return times.nextExecution(shown(after).atZone(ZoneOffset.UTC)).map(this::instant);
    }

    /**
     * {@return the latest instant after {@code handled} and up to {@code now} at which it was due, so that of all that was missed
     * one is caught up}
     *
     * @param handled up to when everything was done; after {@code now} when the clock was set back, and then nothing was missed
     */
    public Optional<Instant> missed(Instant handled, Instant now) {
        var from = shown(handled);
        return times.lastExecution(shown(now).plusMinutes(1).atZone(ZoneOffset.UTC))
                .filter(due -> due.toLocalDateTime().isAfter(from))
                .map(this::instant);
    }

    /** {@return the latest minute that clocks have shown until then; it does not go back when they are put back} */
    private LocalDateTime shown(Instant instant) {
        var local = LocalDateTime.ofInstant(instant, zone).truncatedTo(ChronoUnit.MINUTES);
        var change = zone.getRules().previousTransition(instant.plusNanos(1));
        return change != null && change.getDateTimeBefore().isAfter(local)
                ? change.getDateTimeBefore().minusMinutes(1)
                : local;
    }

    private Instant instant(ZonedDateTime due) {
        var local = due.toLocalDateTime();
        var change = zone.getRules().getTransition(local);
        return change != null && change.isGap()
                ? change.getInstant()
                : local.toInstant(zone.getRules().getOffset(local));
    }
}
