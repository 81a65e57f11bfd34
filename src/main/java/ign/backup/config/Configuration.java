package ign.backup.config;

import ign.backup.model.BackupException;
import ign.backup.model.Compression;
import ign.backup.model.Tier;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** All settings as they are in force, checked. A change makes a new one. */
public final class Configuration {

    private final Map<Setting<?>, Object> values;
    private final Map<String, Effective> effective;

    /** As it was when the server started. */
    private final Map<String, Effective> started;

    Configuration(Map<Setting<?>, Object> values, Map<String, Effective> effective, Map<String, Effective> started) {
        this.values = Map.copyOf(values);
        this.effective = Map.copyOf(effective);
        this.started = Map.copyOf(started);
    }

    /**
     * {@return the configuration of the file, the system properties and the environment, of which a later one wins}
     *
     * @param file may be missing
     * @throws BackupException.BadRequest which names all faults at once
     */
    public static Configuration load(Path file, Map<String, String> systemProperties, Map<String, String> environment) {
        return new ConfigurationReader().read(file, systemProperties, environment);
    }

    /**
     * {@return this configuration with other texts of some settings, which win over where they were set before}
     *
     * @param texts by name; an earlier change that is not among them is not in force any more
     * @throws BackupException.BadRequest which names all faults at once: unknown names, names of settings that are read only when the
     *     server starts, and texts that are not as expected
     */
    public Configuration changed(Map<String, String> texts) {
        return new ConfigurationReader().change(started, texts);
    }

    /** {@return the configuration of someone who has set nothing} */
    public static Configuration defaults() {
        return new ConfigurationReader().read(Map.of(), Map.of());
    }

    /** {@return the value of a setting} */
    public <T> T get(Setting<T> setting) {
        @SuppressWarnings("unchecked") // the reader put there what the setting's own type made
        var value = (T) values.get(setting);
        if (value == null) {
            throw new BackupException.Defect("setting '" + setting.name() + "' is not in the table of settings", null);
        }
        return value;
    }

    /** {@return the backup folder} */
    public Path folder(Path neo4jHome) {
        return neo4jHome.resolve(get(Settings.FOLDER)).normalize();
    }

    /** {@return how backups of that tier are compressed unless the caller asks for something else} */
    public Compression compression(Tier tier) {
        return switch (tier) {
            case DAILY -> get(Settings.DAILY_COMPRESSION);
            case WEEKLY -> get(Settings.WEEKLY_COMPRESSION);
            case MONTHLY -> get(Settings.MONTHLY_COMPRESSION);
            case MANUAL, AUTO, PRE_UPGRADE, INITIAL -> get(Settings.COMPRESSION);
        };
    }

    /** {@return how many backups of that tier are kept, or empty for all} */
    public OptionalInt maxBackups(Tier tier) {
        return switch (tier) {
            case MANUAL, AUTO -> OptionalInt.of(get(Settings.MAX_BACKUPS));
            case DAILY -> get(Settings.DAILY_MAX_BACKUPS);
            case WEEKLY -> get(Settings.WEEKLY_MAX_BACKUPS);
            case MONTHLY -> get(Settings.MONTHLY_MAX_BACKUPS);
            case PRE_UPGRADE, INITIAL -> OptionalInt.empty();
        };
    }

    /** {@return how long backups of that tier are kept, or empty for ever} */
    public Optional<Duration> maxAge(Tier tier) {
        return switch (tier) {
            case DAILY -> get(Settings.DAILY_MAX_AGE);
            case WEEKLY -> get(Settings.WEEKLY_MAX_AGE);
            case MONTHLY -> get(Settings.MONTHLY_MAX_AGE);
            case MANUAL, AUTO, PRE_UPGRADE, INITIAL -> Optional.empty();
        };
    }

    /** {@return the beginnings of the file names of the tiers that have their own} */
    public Map<Tier, String> prefixes() {
        return Map.of(
                Tier.DAILY, get(Settings.DAILY_PREFIX),
                Tier.WEEKLY, get(Settings.WEEKLY_PREFIX),
                Tier.MONTHLY, get(Settings.MONTHLY_PREFIX));
    }

    /** {@return every setting's text and where it comes from, in the order of the table} */
    public List<Effective> effective() {
        return Settings.ALL.stream()
                .map(setting -> effective(setting.name()).orElseThrow())
                .toList();
    }

    /** {@return one setting's text and where it comes from, or empty when there is no such setting} */
    public Optional<Effective> effective(String name) {
        return Optional.ofNullable(effective.get(name));
    }
}
