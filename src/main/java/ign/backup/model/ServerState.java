package ign.backup.model;

import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the plugin of one server keeps over restarts, besides the backups themselves.
 *
 * <p>Immutable; a change makes a new one.
 *
 * @param settings texts of settings that were changed while the server ran, by name
 * @param changes what was counted in each database since its last backup
 * @param runs up to when the firings of each scheduled job have been attended to, by the job's name
 * @param health how health checks stood that were not {@code OK}, by database and check with {@code /} between them
 * @param filled the store that was filled with initial data, by the name of its database
 */
public record ServerState(
        Map<String, String> settings,
        Map<DatabaseName, SavedChanges> changes,
        Map<String, Instant> runs,
        Map<String, String> health,
        Map<String, String> filled) {

    /** Nothing is kept yet. */
    public static final ServerState EMPTY = new ServerState(Map.of(), Map.of(), Map.of(), Map.of(), Map.of());

    public ServerState {
        settings = Map.copyOf(settings);
        changes = Map.copyOf(changes);
        runs = Map.copyOf(runs);
        health = Map.copyOf(health);
        filled = Map.copyOf(filled);
    }

    /** {@return this state with other settings} */
    public ServerState withSettings(Map<String, String> others) {
        return new ServerState(others, changes, runs, health, filled);
    }

    /** {@return this state with the counts of one more database} */
    public ServerState with(DatabaseName database, SavedChanges counted) {
        var all = new TreeMap<DatabaseName, SavedChanges>(Comparator.comparing(DatabaseName::value));
        all.putAll(changes);
        all.put(database, counted);
        return new ServerState(settings, all, runs, health, filled);
    }

    /** {@return this state after the firings of a job up to that instant} */
    public ServerState withRun(String job, Instant handled) {
        var all = new TreeMap<>(runs);
        all.put(job, handled);
        return new ServerState(settings, changes, all, health, filled);
    }

    /** {@return this state with how a health check stands; {@code OK} is not kept} */
    public ServerState withHealth(String check, String status) {
        var all = new TreeMap<>(health);
        if (status.equals("OK")) {
            all.remove(check);
        } else {
            all.put(check, status);
        }
        return new ServerState(settings, changes, runs, all, filled);
    }

    /** {@return this state after that store was filled with initial data} */
    public ServerState withFilled(DatabaseName database, String storeId) {
        var all = new TreeMap<>(filled);
        all.put(database.value(), storeId);
        return new ServerState(settings, changes, runs, health, all);
    }

    /** {@return whether that store was} */
    public boolean isFilled(DatabaseName database, String storeId) {
        return storeId.equals(filled.get(database.value()));
    }
}
