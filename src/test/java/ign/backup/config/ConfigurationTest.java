package ign.backup.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ign.backup.model.BackupException;
import ign.backup.model.Compression;
import ign.backup.model.Tier;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class ConfigurationTest {

    @TempDir
    private Path conf;

    private Path file(String text) throws IOException {
        return Files.writeString(conf.resolve("ign-backup.conf"), text);
    }

    private static Configuration ofEnvironment(String name, String text) {
        return Configuration.load(Path.of("missing.conf"), Map.of(), Map.of(name, text));
    }

    @Test
    void defaultsAreThoseOfTheMission() {
        var configuration = Configuration.defaults();

        assertThat(configuration.folder(Path.of("/neo4j"))).isEqualTo(Path.of("/neo4j/fullbackup"));
        assertThat(configuration.maxBackups(Tier.MANUAL)).hasValue(1);
        assertThat(configuration.maxBackups(Tier.AUTO)).hasValue(1);
        assertThat(configuration.maxBackups(Tier.DAILY)).hasValue(7);
        assertThat(configuration.maxBackups(Tier.WEEKLY)).hasValue(5);
        assertThat(configuration.maxBackups(Tier.MONTHLY)).isEmpty();
        assertThat(configuration.maxBackups(Tier.PRE_UPGRADE)).isEmpty();
        assertThat(configuration.maxAge(Tier.MONTHLY)).hasValue(Duration.ofDays(365));
        for (var tier : EnumSet.complementOf(EnumSet.of(Tier.MONTHLY))) {
            assertThat(configuration.maxAge(tier)).as(tier.label()).isEmpty();
        }
        assertThat(configuration.get(Settings.BACKUP_FILE_PATTERN)).isEqualTo("ign_scripts_db_backup_{timestamp}.json");
        assertThat(configuration.get(Settings.METADATA_FILE)).isEqualTo("backup_metadata.json");
        assertThat(configuration.get(Settings.SOURCE_NAME)).isEqualTo("IGN Scripts Learning System");
        assertThat(configuration.get(Settings.NODE_THRESHOLD)).isEqualTo(50);
        assertThat(configuration.get(Settings.REL_THRESHOLD)).isEqualTo(100);
        assertThat(configuration.get(Settings.PERCENTAGE_THRESHOLD)).isEqualTo(0.1);
        assertThat(configuration.get(Settings.DELETION_THRESHOLD)).isEmpty();
        assertThat(configuration.get(Settings.MODIFICATION_THRESHOLD)).isEmpty();
        assertThat(configuration.get(Settings.ALLOWED_USERS)).isEmpty();
        assertThat(configuration.get(Settings.THREADS)).isBetween(1, 8);
        assertThat(configuration.get(Settings.RESTORE_CALLER_GRACE)).isEqualTo(Duration.ofSeconds(60));
        assertThat(configuration.compression(Tier.MANUAL)).isEqualTo(Compression.NONE);
        assertThat(configuration.compression(Tier.DAILY)).isEqualTo(Compression.NONE);
        assertThat(configuration.compression(Tier.WEEKLY)).isEqualTo(Compression.ZSTD);
        assertThat(configuration.compression(Tier.MONTHLY)).isEqualTo(Compression.ZSTD);
        assertThat(configuration.prefixes())
                .isEqualTo(Map.of(
                        Tier.DAILY, "neo4j-daily-", Tier.WEEKLY, "neo4j-weekly-", Tier.MONTHLY, "neo4j-monthly-"));
        assertThat(configuration.effective())
                .hasSameSizeAs(Settings.ALL)
                .allMatch(effective -> effective.origin() == Origin.DEFAULT);
    }

    @Test
    void theLaterPlaceWinsAndIsNamed() throws IOException {
        var file = file("""
                # how many
                max_backups = 2
                ign.backup.node_threshold = 20
                zstd_level: 3
                compression=gzip
                """);

        var configuration = Configuration.load(
                file,
                Map.of("ign.backup.max_backups", "3", "ign.backup.zstd_level", "4", "java.home", "/java"),
                Map.of("IGN_BACKUP_MAX_BACKUPS", "5", "PATH", "/bin", "NEO4J_HOME", "/neo4j"));

        assertThat(configuration.get(Settings.MAX_BACKUPS)).isEqualTo(5);
        assertThat(configuration.get(Settings.NODE_THRESHOLD)).isEqualTo(20);
        assertThat(configuration.effective("max_backups"))
                .contains(new Effective(
                        Settings.MAX_BACKUPS, "5", Origin.ENVIRONMENT, "environment 'IGN_BACKUP_MAX_BACKUPS'"));
        assertThat(configuration.effective("zstd_level"))
                .contains(new Effective(
                        Settings.ZSTD_LEVEL, "4", Origin.SYSTEM_PROPERTY, "system property 'ign.backup.zstd_level'"));
        assertThat(configuration.effective("compression"))
                .contains(new Effective(Settings.COMPRESSION, "gzip", Origin.FILE, "file '" + file + "'"));
        assertThat(configuration.effective("gzip_level"))
                .contains(new Effective(Settings.GZIP_LEVEL, "6", Origin.DEFAULT, "default"));
        assertThat(configuration.effective("nothing")).isEmpty();
    }

    @Test
    @Tag("promise-T10")
    void allFaultsAreNamedAtOnce() throws IOException {
        var file = file("""
                max_backup = 2
                gzip_level = 10
                compression = lz4
                """);

        var failure = catchThrowableOfType(
                BackupException.BadRequest.class,
                () -> Configuration.load(
                        file,
                        Map.of("ign.backup.nodeTreshold", "3"),
                        Map.of("IGN_BACKUP_RESTORE_BACHSIZE", "5", "IGN_BACKUP_THREADS", "all")));

        assertThat(failure)
                .hasMessage("the configuration has 6 faults: "
                        + "there is no setting 'max_backup' (file '" + file + "'), the nearest is 'max_backups'; "
                        + "there is no setting 'ign.backup.nodeTreshold' (system property 'ign.backup.nodeTreshold'), "
                        + "the nearest is 'ign.backup.node_threshold'; "
                        + "there is no setting 'IGN_BACKUP_RESTORE_BACHSIZE' (environment 'IGN_BACKUP_RESTORE_BACHSIZE'), "
                        + "the nearest is 'IGN_BACKUP_RESTORE_BATCH_SIZE'; "
                        + "'compression' (file '" + file + "') is 'lz4', expected is 'none', 'zstd' or 'gzip'; "
                        + "'gzip_level' (file '" + file + "') is '10', expected is a whole number from 1 to 9; "
                        + "'threads' (environment 'IGN_BACKUP_THREADS') is 'all', expected is a whole number from 1 to 256, "
                        + "or 'auto': one per core, at most 8");
        assertThat(failure.hint()).isEqualTo("Correct it and restart the server; docs/settings.md lists all settings.");
    }

    @Test
    void aNameMayBeSpelledInOneWordWithCapitals() throws IOException {
        var configuration = Configuration.load(
                file("pauseWrites = true\nhealth.maxAgeDays = 3\n"),
                Map.of("ign.backup.maxBackups", "4"),
                Map.of("IGN_BACKUP_PAUSETIMEOUT", "1m"));

        assertThat(configuration.get(Settings.PAUSE_WRITES)).isTrue();
        assertThat(configuration.get(AutomationSettings.HEALTH_MAX_AGE_DAYS)).isEqualTo(3);
        assertThat(configuration.get(Settings.MAX_BACKUPS)).isEqualTo(4);
        assertThat(configuration.get(Settings.PAUSE_TIMEOUT)).isEqualTo(Duration.ofMinutes(1));
        var twice = file("maxBackups = 1\nmax_backups = 2\n");
        assertThatThrownBy(() -> Configuration.load(twice, Map.of(), Map.of()))
                .hasMessageContaining("'max_backups' stands twice in file '" + twice + "', spelled in two ways");
    }

    @Test
    void aChangeWinsOverEveryPlaceAndIsTakenBackByLeavingItOut() {
        var started = ofEnvironment("IGN_BACKUP_NODE_THRESHOLD", "20");

        var changed = started.changed(Map.of("node_threshold", "30"));

        assertThat(changed.get(Settings.NODE_THRESHOLD)).isEqualTo(30);
        assertThat(changed.effective("node_threshold"))
                .contains(new Effective(Settings.NODE_THRESHOLD, "30", Origin.CALL, "ign.backup.configure()"));
        assertThat(changed.changed(Map.of("rel_threshold", "5")).get(Settings.NODE_THRESHOLD))
                .isEqualTo(20);
    }

    @Test
    void aChangeNamesAllItsFaultsAtOnce() {
        var started = Configuration.defaults();

        assertThatThrownBy(
                        () -> started.changed(Map.of("folder", "elsewhere", "node_thresh", "1", "rel_threshold", "0")))
                .isInstanceOf(BackupException.BadRequest.class)
                .hasMessage("the configuration has 3 faults: 'folder' is read only when the server starts; "
                        + "there is no setting 'node_thresh' (ign.backup.configure()), the nearest is 'node_threshold'; "
                        + "'rel_threshold' (ign.backup.configure()) is '0', expected is a whole number from 1");
    }

    @Test
    void aNameThatStandsTwiceIsAFault() throws IOException {
        var file = file("max_backups=1\nmax_backups=2\nthreads=1\nign.backup.threads=2\n");

        assertThatThrownBy(() -> Configuration.load(file, Map.of(), Map.of()))
                .isInstanceOf(BackupException.BadRequest.class)
                .hasMessage("the configuration has 2 faults: 'max_backups' stands twice in file '" + file + "'; "
                        + "'threads' stands twice in file '" + file + "', with and without prefix");
    }

    @Test
    void aFileThatCannotBeReadIsAFault() throws IOException {
        assertThatThrownBy(() -> Configuration.load(conf, Map.of(), Map.of()))
                .isInstanceOf(BackupException.BadRequest.class)
                .hasMessageStartingWith("the configuration has a fault: file '" + conf + "' cannot be read: ");
        var badEscape = file("folder = \\uXYZ1\n");
        assertThatThrownBy(() -> Configuration.load(badEscape, Map.of(), Map.of()))
                .isInstanceOf(BackupException.BadRequest.class);
        var badBytes = Files.write(conf.resolve("latin"), new byte[] {'f', '=', (byte) 0xe4, '\n'});
        assertThatThrownBy(() -> Configuration.load(badBytes, Map.of(), Map.of()))
                .isInstanceOf(BackupException.BadRequest.class);
    }

    @Test
    void aFolderIsRelativeToTheHomeOrAbsolute() {
        assertThat(ofEnvironment("IGN_BACKUP_FOLDER", "../b/./c").folder(Path.of("/neo4j")))
                .isEqualTo(Path.of("/b/c"));
        assertThat(ofEnvironment("IGN_BACKUP_FOLDER", "/backups").folder(Path.of("/neo4j")))
                .isEqualTo(Path.of("/backups"));
    }

    @ParameterizedTest
    @CsvSource({
        "IGN_BACKUP_FOLDER, ~/backups",
        "IGN_BACKUP_FOLDER, ''",
        "IGN_BACKUP_MAX_BACKUPS, 0",
        "IGN_BACKUP_MAX_BACKUPS, -1",
        "IGN_BACKUP_MAX_BACKUPS, 1.5",
        "IGN_BACKUP_MAX_BACKUPS, ''",
        "IGN_BACKUP_MAX_BACKUPS, 99999999999999999999",
        "IGN_BACKUP_MAX_BACKUPS, 2147483648",
        "IGN_BACKUP_MAX_BACKUPS, unlimited",
        "IGN_BACKUP_TIERS_DAILY_MAX_BACKUPS, 0",
        "IGN_BACKUP_TIERS_MONTHLY_MAX_AGE, 365",
        "IGN_BACKUP_TIERS_MONTHLY_MAX_AGE, 23h",
        "IGN_BACKUP_TIERS_MONTHLY_MAX_AGE, 0d",
        "IGN_BACKUP_TIERS_MONTHLY_MAX_AGE, 1y",
        "IGN_BACKUP_BACKUP_FILE_PATTERN, backup.json",
        "IGN_BACKUP_BACKUP_FILE_PATTERN, ../{timestamp}.json",
        "IGN_BACKUP_BACKUP_FILE_PATTERN, {timestamp}{timestamp}.json",
        "IGN_BACKUP_BACKUP_FILE_PATTERN, {timestamp}.txt",
        "IGN_BACKUP_BACKUP_FILE_PATTERN, initial_backup_{timestamp}.json",
        "IGN_BACKUP_BACKUP_FILE_PATTERN, .{timestamp}.json",
        "IGN_BACKUP_METADATA_FILE, a/b.json",
        "IGN_BACKUP_METADATA_FILE, initial_backup.json",
        "IGN_BACKUP_METADATA_FILE, README.md",
        "IGN_BACKUP_TIERS_DAILY_PREFIX, a/b",
        "IGN_BACKUP_TIERS_DAILY_PREFIX, ''",
        "IGN_BACKUP_SOURCE_NAME, ' '",
        "IGN_BACKUP_THREADS, 0",
        "IGN_BACKUP_THREADS, many",
        "IGN_BACKUP_PERCENTAGE_THRESHOLD, 0",
        "IGN_BACKUP_PERCENTAGE_THRESHOLD, -0.1",
        "IGN_BACKUP_PERCENTAGE_THRESHOLD, NaN",
        "IGN_BACKUP_DELETION_THRESHOLD, 0",
        "IGN_BACKUP_DELETION_THRESHOLD, unlimited",
        "IGN_BACKUP_MODIFICATION_THRESHOLD, ''",
        "IGN_BACKUP_RESTORE_CALLER_GRACE, 60",
        "IGN_BACKUP_RESTORE_CALLER_GRACE, 1 fortnight",
        "IGN_BACKUP_RESTORE_CALLER_GRACE, -1s",
    })
    void refusesWhatCannotBe(String name, String text) {
        assertThatThrownBy(() -> ofEnvironment(name, text))
                .isInstanceOf(BackupException.BadRequest.class)
                .hasMessageContaining("(environment '" + name + "') is '" + text.strip() + "', expected is ");
    }

    @ParameterizedTest
    @CsvSource({"500ms, 500", "30s, 30000", "5m, 300000", "2 h, 7200000", "1d, 86400000", "0s, 0"})
    void readsDurations(String text, long millis) {
        assertThat(ofEnvironment("IGN_BACKUP_RESTORE_CALLER_GRACE", text).get(Settings.RESTORE_CALLER_GRACE))
                .isEqualTo(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @CsvSource({"0.1, 0.1", "10%, 0.1", "12.5 %, 0.125", "2, 2"})
    void readsShares(String text, double share) {
        assertThat(ofEnvironment("IGN_BACKUP_PERCENTAGE_THRESHOLD", text).get(Settings.PERCENTAGE_THRESHOLD))
                .isEqualTo(share);
    }

    @Test
    void readsTheOtherKinds() {
        assertThat(ofEnvironment("IGN_BACKUP_ALLOWED_USERS", " neo4j, backup,").get(Settings.ALLOWED_USERS))
                .isEqualTo(Set.of("neo4j", "backup"));
        assertThat(ofEnvironment("IGN_BACKUP_THREADS", "16").get(Settings.THREADS))
                .isEqualTo(16);
        assertThat(ofEnvironment("IGN_BACKUP_TIERS_DAILY_MAX_BACKUPS", "8").maxBackups(Tier.DAILY))
                .hasValue(8);
        assertThat(ofEnvironment("IGN_BACKUP_TIERS_DAILY_MAX_AGE", "36h").maxAge(Tier.DAILY))
                .hasValue(Duration.ofHours(36));
        assertThat(ofEnvironment("IGN_BACKUP_TIERS_MONTHLY_MAX_AGE", "unlimited")
                        .maxAge(Tier.MONTHLY))
                .isEmpty();
        assertThat(ofEnvironment("IGN_BACKUP_DELETION_THRESHOLD", "100").get(Settings.DELETION_THRESHOLD))
                .hasValue(100);
        assertThat(ofEnvironment("IGN_BACKUP_MODIFICATION_THRESHOLD", "off").get(Settings.MODIFICATION_THRESHOLD))
                .isEmpty();
    }

    @Test
    void anAddressIsOneOfTheWebAndHoldsNoPassword() {
        assertThat(ofEnvironment("IGN_BACKUP_NOTIFY_WEBHOOK_URL", "https://hooks.example:8443/a?b=c")
                        .get(OutsideSettings.WEBHOOK_URL))
                .contains(URI.create("https://hooks.example:8443/a?b=c"));
        assertThat(Configuration.defaults().get(OutsideSettings.WEBHOOK_URL)).isEmpty();
        for (var other :
                List.of("hooks.example", "ftp://hooks.example", "http://", "http://a b", "https://me:pw@x.example")) {
            assertThatThrownBy(() -> ofEnvironment("IGN_BACKUP_NOTIFY_WEBHOOK_URL", other))
                    .as(other)
                    .hasMessageContaining("expected is an address that begins with 'http://' or 'https://'")
                    .message()
                    .doesNotContain("pw");
        }
    }

    @Test
    void someWordsAreSomeOfThoseThatThereAre() {
        assertThat(ofEnvironment("IGN_BACKUP_NOTIFY_WEBHOOK_EVENTS", "alert, failure")
                        .get(OutsideSettings.WEBHOOK_EVENTS))
                .containsExactlyInAnyOrder("alert", "failure");
        for (var other : List.of("", "alarm", "alert,alarm")) {
            assertThatThrownBy(() -> ofEnvironment("IGN_BACKUP_NOTIFY_WEBHOOK_EVENTS", other))
                    .as(other)
                    .hasMessageContaining(
                            "expected is some of 'success', 'failure', 'alert', with commas between them");
        }
    }

    @Test
    void aSettingOutsideTheTableIsADefect() {
        var stranger = new Setting<>("stranger", SettingType.text(), "", "", "");
        assertThatThrownBy(() -> Configuration.defaults().get(stranger)).isInstanceOf(BackupException.Defect.class);
    }

    @Test
    void everyNameMeansOneSettingInEveryPlace() {
        var names = new HashSet<String>();
        for (var setting : Settings.ALL) {
            assertThat(names.add(setting.environmentName())).as(setting.name()).isTrue();
            assertThat(setting.environmentName())
                    .matches("IGN_BACKUP_[A-Z0-9_]+")
                    .doesNotStartWith("NEO4J_");
            assertThat(setting.propertyName()).isEqualTo("ign.backup." + setting.name());
            assertThat(setting.name().toLowerCase(Locale.ROOT)).isEqualTo(setting.name());
            assertThat(setting.description()).endsWith(".");
        }
        assertThat(Origin.FILE.label()).isEqualTo("file");
    }

    @Test
    void takesTheNameThatGraphitisBackupServiceHadForThePause() {
        var alias = "BACKUP_PAUSE_EPISODE_PROCESSING";

        assertThat(ofEnvironment(alias, "true").get(Settings.PAUSE_WRITES)).isTrue();
        assertThat(ofEnvironment(alias, "true")
                        .effective("pause_writes")
                        .orElseThrow()
                        .place())
                .contains(alias);
        assertThatThrownBy(() -> ofEnvironment(alias, "yes"))
                .hasMessageContaining(alias)
                .hasMessageContaining("'true' or 'false'");
    }

    @Test
    @Tag("promise-T10")
    void everySettingAloneChangesSomething() {
        for (var setting : Settings.ALL) {
            var changed = ofEnvironment(setting.environmentName(), otherText(setting));
            assertThat(changed.get(setting))
                    .as(setting.name())
                    .isNotEqualTo(Configuration.defaults().get(setting));
        }
    }

    private static String otherText(Setting<?> setting) {
        return switch (setting.type().label().split(" ", -1)[1]) {
            case "number" -> "3m";
            case "an" -> "99m"; // "auto" is an eighth of the machine, in other steps
            case "or" -> otherTextOfTwo(setting);
            case "whole" -> "9"; // "auto" is 8 threads at most
            case "duration" -> "7s";
            case "share" -> "0.7";
            case "cron" -> "1 1 1 1 *";
            case "address" -> "https://other.example";
            case "of" ->
                List.of("auto", "failure", "warn").stream()
                        .filter(setting.type().label()::contains)
                        .findFirst()
                        .orElseThrow();
            case "'zstd'" -> "gzip";
            case "file" -> setting.equals(Settings.BACKUP_FILE_PATTERN) ? "other-{timestamp}.json" : "other.json";
            default -> "other";
        };
    }

    /** Of what has two forms: a flag, a schedule beside {@code off}, an age or a size beside {@code unlimited}, and so on. */
    private static String otherTextOfTwo(Setting<?> setting) {
        var name = setting.name();
        return switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "enabled", "pause_writes", "heap_dump" -> setting.defaultText().equals("true") ? "false" : "true";
            case "schedule" -> "1 1 1 1 *";
            case "time_zone" -> "Asia/Kathmandu";
            case "max_age" -> "99d";
            case "initial_data" -> "initial_data.cypher";
            default -> "3m";
        };
    }

    @Test
    void nothingIsRunOrDumpedUnlessItIsSet() throws IOException {
        var defaults = Configuration.defaults();

        assertThat(defaults.get(AroundSettings.HEAP_PERCENT)).isEqualTo(85);
        assertThat(defaults.get(AroundSettings.HEAP_DUMP)).isFalse();
        assertThat(defaults.get(AroundSettings.BEFORE_BACKUP)).isEmpty();
        assertThat(defaults.get(AroundSettings.AFTER_BACKUP)).isEmpty();
        assertThat(defaults.get(AroundSettings.HOOKS_TIMEOUT)).isEqualTo(Duration.ofMinutes(1));
        assertThat(Configuration.load(file("forensics.heapPercent = 90"), Map.of(), Map.of())
                        .get(AroundSettings.HEAP_PERCENT))
                .isEqualTo(90);
    }

    @ParameterizedTest
    @ValueSource(strings = {"../before.sh", "/before.sh", "inner/before.sh", "inner\\before.sh", ".", ".."})
    void aHookIsANameAndNoPath(String text) {
        assertThatThrownBy(() -> ofEnvironment("IGN_BACKUP_HOOKS_BEFORE_BACKUP", text))
                .isInstanceOf(BackupException.BadRequest.class)
                .hasMessage("the configuration has a fault: 'hooks.before_backup' (environment"
                        + " 'IGN_BACKUP_HOOKS_BEFORE_BACKUP') is '" + text
                        + "', expected is nothing, or the name of a file without a folder, such as 'before.sh'");
    }
}
