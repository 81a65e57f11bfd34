package ign.backup.operation;

import ign.backup.model.BackupException;
import ign.backup.model.DatabaseName;
import ign.backup.model.HealthAlert;
import ign.backup.operation.HealthCheck.Status;
import java.time.Clock;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Looks at the health of all databases, and tells of each check that stands otherwise than before, once.
 *
 * <p>How they stood is kept over restarts. What was not looked at, as when the folder could not be read, stands as it stood.
 */
public final class HealthWatch {

    /** Its name in the schedule. */
    public static final String JOB = "health";

    private static final String FINE = Status.OK.name();
    private static final BinaryOperator<HealthCheck> WORSE =
            BinaryOperator.maxBy(Comparator.comparing(HealthCheck::status));

    private final Supplier<List<DatabaseName>> databases;
    private final Function<DatabaseName, List<HealthCheck>> health;
    private final StateKeeper keeper;
    private final Clock clock;
    private final Events events;

    /** What was told since the start and could not be kept, or is kept as well. */
    private final Map<String, String> told = new HashMap<>();

    /** Looks at these databases by {@code health}; {@code events} hears of what has changed. */
    public HealthWatch(
            Supplier<List<DatabaseName>> databases,
            Function<DatabaseName, List<HealthCheck>> health,
            StateKeeper keeper,
            Clock clock,
            Events events) {
        this.databases = databases;
        this.health = health;
        this.keeper = keeper;
        this.clock = clock;
        this.events = events;
    }

    /** Looks at all of them now. */
    public synchronized void look() {
        databases.get().forEach(this::look);
    }

    private void look(DatabaseName database) {
        var checks = new LinkedHashMap<String, HealthCheck>();
        health.apply(database).forEach(check -> checks.merge(check.name(), check, WORSE));
        checks.values().forEach(check -> compare(database, check));
    }

    private void compare(DatabaseName database, HealthCheck check) {
        var place = database + "/" + check.name();
        var before = before(place);
        var status = check.status().name();
        if (!status.equals(before)) {
            told.put(place, status);
            events.tell(new Events.Alerted(new HealthAlert(
                    database, check.name(), before, status, check.message(), check.hint(), clock.instant())));
            keep(place, status);
        }
    }

    private String before(String place) {
        var kept = keeper.state().health().getOrDefault(place, FINE);
        return told.getOrDefault(place, kept);
    }

    private void keep(String place, String status) {
        try {
            keeper.update(state -> state.withHealth(place, status));
        } catch (BackupException e) {
            events.tell(new Events.Warned(
                    "that health check will be told of once more after a restart: " + e.explanation()));
        }
    }
}
