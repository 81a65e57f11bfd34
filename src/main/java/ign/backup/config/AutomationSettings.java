package ign.backup.config;

import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Stream;

/** The part of the table of {@link Settings} that says what is done by itself, and when. */
public final class AutomationSettings {

    public static final Setting<Boolean> AUTO_ENABLED = new Setting<>(
            "auto.enabled",
            SettingType.flag(),
            "true",
            "Whether a backup is made by itself when a threshold is reached, or when there is none yet.",
            Settings.FIRST);

    public static final Setting<Duration> AUTO_MIN_INTERVAL = new Setting<>(
            "auto.min_interval",
            SettingType.duration(),
            "5m",
            "The least time between the beginnings of two automatic backups, and the longest that one waits for a quiet moment.",
            Settings.FIRST);

    public static final Setting<Duration> AUTO_QUIET = new Setting<>(
            "auto.quiet",
            SettingType.duration(),
            "10s",
            "An automatic backup waits until nothing was changed for so long, so that a bulk import makes one backup.",
            Settings.FIRST);

    public static final Setting<Integer> HEALTH_MAX_AGE_DAYS = new Setting<>(
            "health.max_age_days",
            SettingType.wholeNumber(1, 36_500),
            "7",
            "The latest backup is too old when it is more whole days old.",
            Settings.FIRST);

    public static final Setting<ZoneId> TIME_ZONE = new Setting<>(
            "time_zone",
            SettingType.timeZone(),
            "system",
            "The zone of schedules and of the times in backups and their names.",
            Settings.FIRST);

    public static final Setting<Boolean> DAILY_ENABLED = enabled("daily");
    public static final Setting<String> DAILY_SCHEDULE = schedule("daily", "0 2 * * *");
    public static final Setting<Boolean> WEEKLY_ENABLED = enabled("weekly");
    public static final Setting<String> WEEKLY_SCHEDULE = schedule("weekly", "0 3 * * 0");
    public static final Setting<Boolean> MONTHLY_ENABLED = enabled("monthly");
    public static final Setting<String> MONTHLY_SCHEDULE = schedule("monthly", "0 4 1 * *");

    public static final Setting<String> VERIFY_SCHEDULE = new Setting<>(
            "verify.schedule",
            SettingType.scheduleOrOff(),
            "30 4 * * 0",
            "When all stored backups are read again, to find what a disk has lost. A cron expression, or 'off'.",
            Settings.FIRST);

    public static final Setting<String> DRILL_SCHEDULE = new Setting<>(
            "drill.schedule",
            SettingType.scheduleOrOff(),
            "off",
            "When the latest backup is built into a store beside the database and thrown away, to rehearse a restore. A cron"
                    + " expression, or 'off'.",
            Settings.FIRST);

    public static final Setting<String> HEALTH_SCHEDULE = new Setting<>(
            "health.schedule",
            SettingType.scheduleOrOff(),
            "@hourly",
            "When the health checks are made by themselves; what has changed is told once. A cron expression, or 'off'.",
            Settings.FIRST);

    public static final Setting<String> INITIAL_RESTORE = new Setting<>(
            "initial_restore",
            SettingType.oneOf("off", "offer", "auto"),
            "offer",
            "What is done with 'initial_backup.json' in the backup folder when a database is empty: nothing, tell of it, or restore it."
                    + " 'off' declines it, also while it is offered.",
            Settings.FIRST);

    public static final Setting<String> INITIAL_DATA = new Setting<>(
            "initial_data",
            SettingType.cypherFileNameOrNothing(),
            "",
            "The file in the backup folder, such as 'initial_data.cypher', whose statements fill an empty database at the start of the"
                    + " server, if no 'initial_backup.json' is there or 'initial_restore' is 'off'. Empty: none.",
            Settings.FIRST);

    /** Those that can be changed while the server runs. */
    static final List<Setting<?>> CHANGEABLE = List.of(
            AUTO_ENABLED,
            AUTO_MIN_INTERVAL,
            AUTO_QUIET,
            HEALTH_MAX_AGE_DAYS,
            DAILY_ENABLED,
            DAILY_SCHEDULE,
            WEEKLY_ENABLED,
            WEEKLY_SCHEDULE,
            MONTHLY_ENABLED,
            MONTHLY_SCHEDULE,
            VERIFY_SCHEDULE,
            DRILL_SCHEDULE,
            HEALTH_SCHEDULE,
            INITIAL_RESTORE);

    /** All of them, in the order of the documentation. */
    static final List<Setting<?>> ALL = Stream.concat(CHANGEABLE.stream(), Stream.of(TIME_ZONE, INITIAL_DATA))
            .toList();

    private AutomationSettings() {}

    private static Setting<Boolean> enabled(String tier) {
        return new Setting<>(
                "tiers." + tier + ".enabled",
                SettingType.flag(),
                "true",
                "Whether " + tier + " backups are made by the schedule.",
                Settings.FIRST);
    }

    private static Setting<String> schedule(String tier, String defaultText) {
        return new Setting<>(
                "tiers." + tier + ".schedule",
                SettingType.schedule(),
                defaultText,
                "When " + tier + " backups are made: a cron expression of five fields.",
                Settings.FIRST);
    }
}
