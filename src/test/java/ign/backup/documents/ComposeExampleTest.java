package ign.backup.documents;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import ign.backup.config.AutomationSettings;
import ign.backup.config.Configuration;
import ign.backup.config.Origin;
import ign.backup.config.OutsideSettings;
import ign.backup.model.Tier;
import ign.backup.policy.Timetable;
import ign.backup.testkit.Golden;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The example for Docker Compose means by its names and values what the plugin, and the other container, make of them. */
@Timeout(30)
class ComposeExampleTest {

    private static final Path EXAMPLE = Path.of("examples/docker-compose.backup.yml");
    private static final String OURS = "IGN_BACKUP_";

    /** Those of the reference of docker-volume-backup that are used here. */
    private static final Set<String> THEIRS = Set.of(
            "BACKUP_CRON_EXPRESSION",
            "BACKUP_FILENAME",
            "BACKUP_PRUNING_PREFIX",
            "BACKUP_RETENTION_DAYS",
            "BACKUP_COMPRESSION",
            "BACKUP_EXCLUDE_REGEXP",
            "BACKUP_STOP_DURING_BACKUP_LABEL",
            "BACKUP_STOP_SERVICE_TIMEOUT",
            "AWS_S3_BUCKET_NAME",
            "AWS_ENDPOINT",
            "AWS_ACCESS_KEY_ID",
            "AWS_SECRET_ACCESS_KEY");

    private final Map<String, Object> compose = parsed();

    private static Map<String, Object> parsed() {
        var options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        return new Yaml(new SafeConstructor(options)).load(Golden.read(EXAMPLE));
    }

    private Map<String, Object> service(String name) {
        return child(child(compose, "services"), name);
    }

    @SuppressWarnings("unchecked") // what it is not, the test fails at
    private static Map<String, Object> child(Map<String, Object> parent, String name) {
        return (Map<String, Object>) requireNonNull(parent.get(name), name);
    }

    @SuppressWarnings("unchecked") // as above
    private static List<String> texts(Map<String, Object> parent, String name) {
        return (List<String>) requireNonNull(parent.get(name), name);
    }

    /** What is no text could be read as something else. */
    private static Map<String, String> environment(Map<String, Object> service) {
        var texts = new TreeMap<String, String>();
        child(service, "environment").forEach((name, value) -> {
            assertThat(value).as(name).isInstanceOf(String.class);
            texts.put(name, (String) value);
        });
        return texts;
    }

    private static String text(Map<String, String> environment, String name) {
        return requireNonNull(environment.get(name), name);
    }

    private Configuration configuration() {
        var environment = environment(service("neo4j"));
        return Configuration.load(Path.of("missing.conf"), Map.of(), environment);
    }

    @Test
    void everyVariableOfOursIsASettingWithAValueThatCanBe() {
        var names = environment(service("neo4j")).keySet().stream()
                .filter(name -> name.startsWith(OURS))
                .toList();
        var configuration = configuration();

        assertThat(names).hasSizeGreaterThan(15);
        var set = configuration.effective().stream()
                .filter(effective -> effective.origin() == Origin.ENVIRONMENT)
                .map(effective -> effective.setting().environmentName())
                .toList();
        assertThat(set).containsAll(names);
        assertThat(configuration.get(OutsideSettings.EPISODE_LABEL)).isEqualTo("Episodic");
    }

    @Test
    void everyScheduleIsOne() {
        var configuration = configuration();
        for (var schedule : List.of(
                AutomationSettings.DAILY_SCHEDULE,
                AutomationSettings.WEEKLY_SCHEDULE,
                AutomationSettings.MONTHLY_SCHEDULE,
                AutomationSettings.VERIFY_SCHEDULE,
                AutomationSettings.HEALTH_SCHEDULE)) {
            assertThat(Timetable.of(configuration.get(schedule), configuration.get(AutomationSettings.TIME_ZONE)))
                    .as(schedule.name())
                    .isNotNull();
        }
        assertThat(configuration.get(AutomationSettings.DAILY_ENABLED)).isTrue();
        assertThat(configuration.get(AutomationSettings.WEEKLY_ENABLED)).isTrue();
        assertThat(configuration.get(AutomationSettings.MONTHLY_ENABLED)).isTrue();
    }

    @Test
    void theServerHasThePluginAndAFolderThatItMayWriteTo() {
        var neo4j = service("neo4j");
        var folder = configuration().folder(Path.of("/var/lib/neo4j")).toString();

        assertThat(neo4j).containsEntry("image", "neo4j:5.26").containsEntry("container_name", "neo4j-graphiti");
        assertThat(texts(neo4j, "volumes"))
                .contains("../plugins:/plugins:ro", "neo4j-backups:" + folder, "neo4j-data:/data");
        var owner = service("backup-folder");
        assertThat(texts(owner, "volumes")).containsExactly("neo4j-backups:" + folder);
        assertThat(texts(owner, "entrypoint")).containsExactly("chown", "neo4j:neo4j", folder);
        assertThat(child(child(neo4j, "depends_on"), "backup-folder"))
                .containsEntry("condition", "service_completed_successfully");
        assertThat(child(compose, "volumes").keySet())
                .containsExactlyInAnyOrder("neo4j-data", "neo4j-backups", "neo4j-archives");
    }

    @ParameterizedTest
    @EnumSource(names = {"DAILY", "WEEKLY", "MONTHLY"})
    void whatATierHasMadeIsShippedAfterItWasMadeAndNothingElse(Tier tier) {
        var service = service("backup-" + tier.label());
        var environment = environment(service);
        var prefix = requireNonNull(configuration().prefixes().get(tier));

        assertThat(service).containsEntry("image", "offen/docker-volume-backup:v2.43.0");
        assertThat(texts(service, "profiles")).containsExactly("backup");
        assertThat(texts(service, "volumes")).contains("neo4j-backups:/backup/neo4j:ro", "neo4j-archives:/archive");
        environment.remove("<<");
        assertThat(THEIRS).containsAll(environment.keySet());
        assertThat(environment).containsEntry("BACKUP_PRUNING_PREFIX", prefix);
        assertThat(text(environment, "BACKUP_FILENAME"))
                .startsWith(prefix)
                .endsWith(".tar." + text(environment, "BACKUP_COMPRESSION"));
        assertThat(Integer.parseInt(text(environment, "BACKUP_RETENTION_DAYS"))).isPositive();
        assertThat(Timetable.of(text(environment, "BACKUP_CRON_EXPRESSION"), ZoneOffset.UTC))
                .isNotNull();
        var excluded =
                Pattern.compile(text(environment, "BACKUP_EXCLUDE_REGEXP").replace("$$", "$"));
        configuration().prefixes().forEach((other, beginning) -> {
            var file = "/backup/neo4j/" + beginning + "20250128_143022.json";
            assertThat(excluded.matcher(file).find()).as(file).isEqualTo(isShippedApart(other) && other != tier);
        });
        assertThat(excluded.matcher("/backup/neo4j/.ign-backup-a-b-0.part").find())
                .isTrue();
        assertThat(excluded.matcher("/backup/neo4j/backup_metadata.json").find())
                .isFalse();
    }

    private static boolean isShippedApart(Tier tier) {
        return tier == Tier.DAILY || tier == Tier.WEEKLY || tier == Tier.MONTHLY;
    }
}
