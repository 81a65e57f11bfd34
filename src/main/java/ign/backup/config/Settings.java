package ign.backup.config;

import ign.backup.model.Compression;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The table of settings: whatever can be set stands here, and nothing else can. */
public final class Settings {

    static final String FIRST = "0.1";

    public static final Setting<String> FOLDER = new Setting<>(
            "folder",
            SettingType.folder(),
            "fullbackup",
            "Where backups are kept; made at the first backup. May be a link.",
            FIRST);

    public static final Setting<Integer> MAX_BACKUPS = new Setting<>(
            "max_backups",
            SettingType.wholeNumber(1, Integer.MAX_VALUE),
            "1",
            "How many manual and how many automatic backups are kept. Older ones are removed once a newer one has been verified.",
            FIRST);

    public static final Setting<String> BACKUP_FILE_PATTERN = new Setting<>(
            "backup_file_pattern",
            SettingType.filePattern(),
            "ign_scripts_db_backup_{timestamp}.json",
            "Names of manual, automatic and pre-upgrade backups. A compressed one gets '.zst' or '.gz' at its end.",
            FIRST);

    public static final Setting<String> METADATA_FILE = new Setting<>(
            "metadata_file",
            SettingType.jsonFileName(),
            "backup_metadata.json",
            "Name of the file that lists the backups. Its copy has '.copy' at its end.",
            FIRST);

    public static final Setting<String> SOURCE_NAME = new Setting<>(
            "source_name",
            SettingType.text(),
            "IGN Scripts Learning System",
            "Who makes the backups; stands in every backup.",
            FIRST);

    public static final Setting<Compression> COMPRESSION = new Setting<>(
            "compression",
            SettingType.compression(),
            "none",
            "Compression of manual, automatic, pre-upgrade and initial backups.",
            FIRST);

    public static final Setting<Integer> ZSTD_LEVEL = new Setting<>(
            "zstd_level",
            SettingType.wholeNumber(1, 19),
            "1",
            "How hard zstd tries: 1 is fastest, 19 smallest.",
            FIRST);

    public static final Setting<Integer> GZIP_LEVEL = new Setting<>(
            "gzip_level", SettingType.wholeNumber(1, 9), "6", "How hard gzip tries: 1 is fastest, 9 smallest.", FIRST);

    public static final Setting<Integer> THREADS = new Setting<>(
            "threads",
            SettingType.threads(),
            "auto",
            "How many threads read the graph and compress it, and unpack and check a backup.",
            FIRST);

    public static final Setting<OptionalLong> MAX_BYTES_PER_SECOND = new Setting<>(
            "max_bytes_per_second",
            SettingType.bytesOrUnlimited(64 << 10),
            "unlimited",
            "How fast a backup may be written and read back, so that a busy server has the rest of its disk and cores.",
            FIRST);

    public static final Setting<Long> SNAPSHOT_MEMORY = new Setting<>(
            "snapshot_memory",
            SettingType.bytes(1 << 20),
            "64m",
            "How much memory the old states of elements that are changed during a backup may take; beyond it they wait in a"
                    + " temporary file of the backup folder.",
            FIRST);

    public static final Setting<Boolean> PAUSE_WRITES = new Setting<>(
            "pause_writes",
            SettingType.flag(),
            "false",
            "Whether commits wait while a backup is written. No backup needs it; it is for those who want quiet meanwhile. The"
                    + " environment variable BACKUP_PAUSE_EPISODE_PROCESSING=true sets it, too.",
            FIRST);

    public static final Setting<Duration> PAUSE_TIMEOUT = new Setting<>(
            "pause_timeout",
            SettingType.duration(),
            "20m",
            "How long commits wait at most if they do; then they go on, and so does the backup.",
            FIRST);

    public static final Setting<Integer> NODE_THRESHOLD = new Setting<>(
            "node_threshold",
            SettingType.wholeNumber(1, Integer.MAX_VALUE),
            "50",
            "From so many more nodes than in the last backup on, a new one is recommended and made automatically.",
            FIRST);

    public static final Setting<Integer> REL_THRESHOLD = new Setting<>(
            "rel_threshold",
            SettingType.wholeNumber(1, Integer.MAX_VALUE),
            "100",
            "The same for relationships.",
            FIRST);

    public static final Setting<Double> PERCENTAGE_THRESHOLD = new Setting<>(
            "percentage_threshold",
            SettingType.share(),
            "0.1",
            "The same for the growth of the number of nodes in relation to the last backup; 0.1 is ten percent.",
            FIRST);

    public static final Setting<OptionalLong> DELETION_THRESHOLD = new Setting<>(
            "deletion_threshold",
            SettingType.numberOrOff(),
            "off",
            "From so many nodes and relationships deleted since the last backup on, a new one is recommended and made automatically.",
            FIRST);

    public static final Setting<OptionalLong> MODIFICATION_THRESHOLD = new Setting<>(
            "modification_threshold",
            SettingType.numberOrOff(),
            "off",
            "The same for nodes and relationships whose labels or properties were changed.",
            FIRST);

    public static final Setting<Set<String>> ALLOWED_USERS = new Setting<>(
            "allowed_users",
            SettingType.names(),
            "",
            "Who may call the procedures that create, restore or remove backups. Empty: every user of the database.",
            FIRST);

    public static final Setting<String> RELEASE_ROOT = new Setting<>(
            "release_root",
            SettingType.folderOrNothing(),
            "",
            "The folder in which ign.backup.init may put 'initial_backup.json' with {to: '…'}, there or in a folder below. Empty: nowhere.",
            FIRST);

    public static final Setting<String> DAILY_PREFIX = prefix("daily");
    public static final Setting<OptionalInt> DAILY_MAX_BACKUPS = maxBackups("daily", "7");
    public static final Setting<Optional<Duration>> DAILY_MAX_AGE = maxAge("daily", "unlimited");
    public static final Setting<Compression> DAILY_COMPRESSION = compression("daily", "none");
    public static final Setting<String> WEEKLY_PREFIX = prefix("weekly");
    public static final Setting<OptionalInt> WEEKLY_MAX_BACKUPS = maxBackups("weekly", "5");
    public static final Setting<Optional<Duration>> WEEKLY_MAX_AGE = maxAge("weekly", "unlimited");
    public static final Setting<Compression> WEEKLY_COMPRESSION = compression("weekly", "zstd");
    public static final Setting<String> MONTHLY_PREFIX = prefix("monthly");
    public static final Setting<OptionalInt> MONTHLY_MAX_BACKUPS = maxBackups("monthly", "unlimited");
    public static final Setting<Optional<Duration>> MONTHLY_MAX_AGE = maxAge("monthly", "365d");
    public static final Setting<Compression> MONTHLY_COMPRESSION = compression("monthly", "zstd");

    public static final Setting<Integer> RESTORE_BATCH_SIZE = new Setting<>(
            "restore.batch_size",
            SettingType.wholeNumber(1, 1_000_000),
            "10000",
            "How many elements one transaction writes at most when a backup is merged into a graph.",
            FIRST);

    public static final Setting<Duration> RESTORE_CALLER_GRACE = new Setting<>(
            "restore.caller_grace",
            SettingType.duration(),
            "60s",
            "How long a restore waits for the transaction that asked for it to end.",
            FIRST);

    public static final Setting<Duration> RESTORE_INDEX_TIMEOUT = new Setting<>(
            "restore.index_timeout",
            SettingType.duration(),
            "10m",
            "How long a restore waits for the indexes to be online.",
            FIRST);

    public static final Setting<Duration> RESTORE_TRANSACTION_GRACE = new Setting<>(
            "restore.transaction_grace",
            SettingType.duration(),
            "1s",
            "How long transactions that are open when a restored store takes its place may go on; then they are ended with an"
                    + " error that drivers repeat.",
            FIRST);

    public static final Setting<Integer> RESTORE_THREADS = new Setting<>(
            "restore.threads",
            SettingType.threads(),
            "auto",
            "How many threads write the new store of a restore, beside those that read the backup.",
            FIRST);

    public static final Setting<Long> RESTORE_MEMORY = new Setting<>(
            "restore.memory",
            SettingType.memory(),
            "auto",
            "How much memory outside the heap the building of a new store may take besides 10 bytes for each node; it is free again"
                    + " afterwards.",
            FIRST);

    public static final Setting<String> RESTORE_STAGING = new Setting<>(
            "restore.staging",
            SettingType.folderOrNothing(),
            "",
            "The folder in which a restore builds the new store, on the file system of Neo4j's databases. Empty: beside them.",
            FIRST);

    public static final Setting<Duration> KEEP_OLD_STORE = new Setting<>(
            "keep_old_store",
            SettingType.duration(),
            "7d",
            "How long the store that a restore has replaced is kept for ign.backup.rollback(); the next restore replaces it sooner.",
            FIRST);

    /** Names of those that {@code ign.backup.configure} can change while the server runs. */
    public static final Set<String> CHANGEABLE = Stream.concat(
                    Stream.of(
                            NODE_THRESHOLD,
                            REL_THRESHOLD,
                            PERCENTAGE_THRESHOLD,
                            DELETION_THRESHOLD,
                            MODIFICATION_THRESHOLD),
                    AutomationSettings.CHANGEABLE.stream())
            .map(Setting::name)
            .collect(Collectors.toUnmodifiableSet());

    /** Every setting, in the order of the documentation. */
    public static final List<Setting<?>> ALL = Stream.concat(
                    Stream.of(
                            FOLDER,
                            MAX_BACKUPS,
                            BACKUP_FILE_PATTERN,
                            METADATA_FILE,
                            SOURCE_NAME,
                            COMPRESSION,
                            ZSTD_LEVEL,
                            GZIP_LEVEL,
                            THREADS,
                            MAX_BYTES_PER_SECOND,
                            SNAPSHOT_MEMORY,
                            PAUSE_WRITES,
                            PAUSE_TIMEOUT,
                            NODE_THRESHOLD,
                            REL_THRESHOLD,
                            PERCENTAGE_THRESHOLD,
                            DELETION_THRESHOLD,
                            MODIFICATION_THRESHOLD,
                            ALLOWED_USERS,
                            RELEASE_ROOT,
                            DAILY_PREFIX,
                            DAILY_MAX_BACKUPS,
                            DAILY_MAX_AGE,
                            DAILY_COMPRESSION,
                            WEEKLY_PREFIX,
                            WEEKLY_MAX_BACKUPS,
                            WEEKLY_MAX_AGE,
                            WEEKLY_COMPRESSION,
                            MONTHLY_PREFIX,
                            MONTHLY_MAX_BACKUPS,
                            MONTHLY_MAX_AGE,
                            MONTHLY_COMPRESSION,
                            RESTORE_BATCH_SIZE,
                            RESTORE_CALLER_GRACE,
                            RESTORE_TRANSACTION_GRACE,
                            RESTORE_INDEX_TIMEOUT,
                            RESTORE_THREADS,
                            RESTORE_MEMORY,
                            RESTORE_STAGING,
                            KEEP_OLD_STORE),
                    Stream.of(AutomationSettings.ALL, OutsideSettings.ALL, AroundSettings.ALL)
                            .flatMap(List::stream))
            .toList();

    private Settings() {}

    private static Setting<String> prefix(String tier) {
        return new Setting<>(
                "tiers." + tier + ".prefix",
                SettingType.prefix(),
                "neo4j-" + tier + "-",
                "Beginning of the names of " + tier + " backups; the timestamp follows.",
                FIRST);
    }

    private static Setting<OptionalInt> maxBackups(String tier, String defaultText) {
        return new Setting<>(
                "tiers." + tier + ".max_backups",
                SettingType.numberOrUnlimited(),
                defaultText,
                "How many " + tier + " backups are kept.",
                FIRST);
    }

    private static Setting<Optional<Duration>> maxAge(String tier, String defaultText) {
        return new Setting<>(
                "tiers." + tier + ".max_age",
                SettingType.ageOrUnlimited(),
                defaultText,
                "How long " + tier + " backups are kept. Only time in which backups were made counts.",
                FIRST);
    }

    private static Setting<Compression> compression(String tier, String defaultText) {
        return new Setting<>(
                "tiers." + tier + ".compression",
                SettingType.compression(),
                defaultText,
                "Compression of " + tier + " backups.",
                FIRST);
    }
}
