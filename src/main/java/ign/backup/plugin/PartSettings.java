package ign.backup.plugin;

import ign.backup.config.AutomationSettings;
import ign.backup.config.Configuration;
import ign.backup.config.OutsideSettings;
import ign.backup.config.Settings;
import ign.backup.graph.build.BuildOptions;
import ign.backup.model.BackupException;
import ign.backup.model.Compression;
import ign.backup.model.Tier;
import ign.backup.operation.CreateSettings;
import ign.backup.operation.RestoreSettings;
import ign.backup.policy.BackupNaming;
import ign.backup.policy.ChangeThresholds;
import ign.backup.policy.RetentionPolicy;
import ign.backup.policy.Timetable;
import ign.backup.storage.BackupStore;
import ign.backup.storage.ReleaseFolder;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the settings say to each part. */
final class PartSettings {

    private PartSettings() {}

    /** What only a timetable can tell of an expression. */
    static void checkSchedules(Configuration configuration) {
        for (var setting : List.of(
                AutomationSettings.DAILY_SCHEDULE,
                AutomationSettings.WEEKLY_SCHEDULE,
                AutomationSettings.MONTHLY_SCHEDULE,
                AutomationSettings.VERIFY_SCHEDULE,
                AutomationSettings.DRILL_SCHEDULE)) {
            var expression = configuration.get(setting);
            try {
                if (!expression.equals("off")) {
                    Timetable.of(expression, configuration.get(AutomationSettings.TIME_ZONE));
                }
            } catch (BackupException.BadRequest e) {
                throw new BackupException.BadRequest(
                        "setting '" + setting.name() + "': " + e.getMessage(), String.valueOf(e.hint()), e);
            }
        }
    }

    static CreateSettings createSettings(Configuration configuration) {
        return new CreateSettings(
                new BackupNaming(configuration.get(Settings.BACKUP_FILE_PATTERN), configuration.prefixes()),
                configuration.get(Settings.SOURCE_NAME),
                version(),
                configuration.get(Settings.THREADS),
                configuration::compression,
                compression -> level(configuration, compression),
                configuration.get(Settings.SNAPSHOT_MEMORY),
                configuration.get(Settings.MAX_BYTES_PER_SECOND),
                configuration.get(Settings.PAUSE_WRITES),
                configuration.get(Settings.PAUSE_TIMEOUT),
                configuration.get(OutsideSettings.EPISODE_LABEL));
    }

    private static int level(Configuration configuration, Compression compression) {
        return switch (compression) {
            case ZSTD -> configuration.get(Settings.ZSTD_LEVEL);
            case GZIP -> configuration.get(Settings.GZIP_LEVEL);
            case NONE -> 0;
        };
    }

    static RestoreSettings restoreSettings(Configuration configuration, Path home) {
        return new RestoreSettings(
                new BuildOptions(
                        configuration.get(Settings.RESTORE_THREADS),
                        configuration.get(Settings.RESTORE_MEMORY),
                        stagingOf(configuration, home)),
                configuration.get(Settings.RESTORE_BATCH_SIZE),
                configuration.get(Settings.RESTORE_CALLER_GRACE),
                configuration.get(Settings.RESTORE_TRANSACTION_GRACE),
                configuration.get(Settings.RESTORE_INDEX_TIMEOUT),
                configuration.get(Settings.KEEP_OLD_STORE));
    }

    private static Optional<Path> stagingOf(Configuration configuration, Path home) {
        return Optional.of(configuration.get(Settings.RESTORE_STAGING))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> home.resolve(folder).normalize());
    }

    /** {@return the folder that somebody wants 'initial_backup.json' in, if it may be there} */
    static BackupStore releaseFolder(Configuration configuration, Path home, String asked) {
        var setting = Settings.RELEASE_ROOT;
        var root = configuration.get(setting);
        if (root.isEmpty()) {
            throw new BackupException.BadRequest(
                    "no folder but the backup folder may be written to: the setting '" + setting.name() + "' is empty",
                    "Set '" + setting.name() + "' (" + setting.environmentName()
                            + ") to the folder of your releases and"
                            + " restart the server, or leave the option 'to' out.");
        }
        return ReleaseFolder.below(home.resolve(root), pathOf(home, asked), setting.name());
    }

    private static Path pathOf(Path home, String asked) {
        try {
            return home.resolve(asked);
        } catch (InvalidPathException e) {
            throw new BackupException.BadRequest(
                    "option 'to' is no path: " + e.getMessage(), "Give a path, absolute or from the Neo4j home.", e);
        }
    }

    static RetentionPolicy retention(Configuration configuration) {
        Map<Tier, Integer> most = new EnumMap<>(Tier.class);
        Map<Tier, Duration> longest = new EnumMap<>(Tier.class);
        for (var tier : Tier.values()) {
            configuration.maxBackups(tier).ifPresent(count -> most.put(tier, count));
            configuration.maxAge(tier).ifPresent(age -> longest.put(tier, age));
        }
        return new RetentionPolicy(most, longest);
    }

    static ChangeThresholds thresholds(Configuration configuration) {
        return new ChangeThresholds(
                configuration.get(Settings.NODE_THRESHOLD),
                configuration.get(Settings.REL_THRESHOLD),
                configuration.get(Settings.PERCENTAGE_THRESHOLD),
                configuration.get(Settings.DELETION_THRESHOLD),
                configuration.get(Settings.MODIFICATION_THRESHOLD));
    }

    /** {@return the version in the JAR's manifest; outside a JAR there is none} */
    private static String version() {
        @Nullable String version = Wiring.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
