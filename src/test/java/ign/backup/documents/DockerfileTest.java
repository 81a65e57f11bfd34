package ign.backup.documents;

import static org.assertj.core.api.Assertions.assertThat;

import ign.backup.config.Configuration;
import ign.backup.config.Origin;
import ign.backup.testkit.Golden;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The example of an image means by its names and values what the plugin, the official image and Docker make of them. */
@Timeout(30)
class DockerfileTest {

    private static final Path EXAMPLE = Path.of("examples/Dockerfile");
    private static final String OWNER = "7474:7474";
    private static final Pattern STAGE = Pattern.compile("(\\S+) AS (\\w+)");
    private static final Pattern VERSION = Pattern.compile("<neo4j.version>([^<]+)</neo4j.version>");

    private record Instruction(String word, String rest) {

        List<String> words() {
            return List.of(rest.split(" +"));
        }
    }

    /** What stands between two FROM: on which image or stage, and what. */
    private record Stage(String from, List<Instruction> instructions) {

        Stream<Instruction> all(String word) {
            return instructions.stream()
                    .filter(instruction -> instruction.word().equals(word));
        }

        Map<String, String> environment() {
            var environment = new TreeMap<String, String>();
            all("ENV").flatMap(set -> set.words().stream()).forEach(pair -> {
                assertThat(pair).matches("[A-Z_]+=[\\w/.-]+");
                var parts = pair.split("=", 2);
                assertThat(environment.put(parts[0], parts[1])).as(parts[0]).isNull();
            });
            return environment;
        }
    }

    private final String text = Golden.read(EXAMPLE);
    private final Map<String, Stage> stages = stages();

    private Map<String, Stage> stages() {
        var stages = new TreeMap<String, Stage>();
        List<Instruction> current = new ArrayList<>();
        for (var line : text.replace("\\\n", " ").lines().toList()) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            var parts = line.split(" +", 2);
            if (parts[0].equals("FROM")) {
                var stage = STAGE.matcher(parts[1]);
                assertThat(stage.matches()).as(line).isTrue();
                current = new ArrayList<>();
                stages.put(stage.group(2), new Stage(stage.group(1), current));
            } else {
                assertThat(parts[0]).as(line).isIn("COPY", "RUN", "ENV", "VOLUME");
                current.add(new Instruction(parts[0], parts[1].strip()));
            }
        }
        return stages;
    }

    private Stage stage(String name) {
        return stages.getOrDefault(name, new Stage("", List.of()));
    }

    @Test
    void theTargetsAreThoseThatTheCommentsNameOnTheServerThatIsTested() {
        var version = VERSION.matcher(Golden.read(Path.of("pom.xml")));
        assertThat(version.find()).isTrue();

        assertThat(stages).containsOnlyKeys("base", "plain", "bundled");
        assertThat(stage("base").from()).isEqualTo("neo4j:" + version.group(1) + "-community");
        assertThat(stage("plain").from()).isEqualTo("base");
        assertThat(stage("bundled").from()).isEqualTo("base");
        assertThat(text)
                .contains("docker build -f examples/Dockerfile --target plain -t neo4j-with-backups .")
                .contains("The target 'bundled'");
    }

    @Test
    void whatIsCopiedIsMadeByTheBuildOrByTheReleaseScript() {
        var copies =
                stages.values().stream().flatMap(stage -> stage.all("COPY")).toList();
        assertThat(copies).hasSize(2).allSatisfy(copy -> {
            assertThat(copy.words()).startsWith("--chown=" + OWNER);
            assertThat(copy.rest()).endsWith("/");
        });

        var plugin = stage("base").all("COPY").findFirst().orElseThrow().words();
        assertThat(plugin.subList(1, 3)).containsExactly("plugins/ign-backup-*.jar", "/var/lib/neo4j/plugins/");
        assertThat(Golden.read(Path.of("plugins/README.md")))
                .contains("`mvn package` puts `ign-backup-<version>.jar` here");
        assertThat(Golden.read(Path.of("src/build/distribution.xml")))
                .contains("<outputDirectory>plugins</outputDirectory>");
        var bundle = stage("bundled").all("COPY").findFirst().orElseThrow().words();
        assertThat(bundle.subList(1, 4))
                .containsExactly(
                        "release/neo4j/fullbackup/initial_backup.json",
                        "release/neo4j/fullbackup/initial_backup.json.sha256",
                        folder() + "/");
        assertThat(Golden.read(Path.of("examples/scripts/release.sh")))
                .contains("/neo4j/fullbackup'", "initial_backup.json.sha256");
    }

    @Test
    void everyVariableIsASettingOfOursWithAValueThatCanBe() {
        for (var stage : stages.values()) {
            var environment = stage.environment();
            assertThat(environment.keySet()).allMatch(name -> name.startsWith("IGN_BACKUP_"));
            var configuration = Configuration.load(Path.of("missing.conf"), Map.of(), environment);
            assertThat(configuration.effective().stream()
                            .filter(effective -> effective.origin() == Origin.ENVIRONMENT)
                            .map(effective -> effective.setting().environmentName()))
                    .containsExactlyInAnyOrderElementsOf(environment.keySet());
        }
        assertThat(stage("bundled").environment()).containsExactly(Map.entry("IGN_BACKUP_INITIAL_RESTORE", "auto"));
    }

    @Test
    void theServersUserOwnsTheFolderOfBackupsWhichIsAVolumeOnceItIsFilled() {
        var making = stage("base").all("RUN").map(Instruction::rest).toList();
        assertThat(making).containsExactly("mkdir " + folder() + " && chown " + OWNER + " " + folder());
        assertThat(stage("base").all("VOLUME")).isEmpty();
        for (var name : List.of("plain", "bundled")) {
            var instructions = stage(name).instructions();
            assertThat(instructions.get(instructions.size() - 1)).isEqualTo(new Instruction("VOLUME", folder()));
        }
        assertThat(text.lines().filter(line -> line.startsWith("#   docker run")))
                .singleElement()
                .asString()
                .contains("-v neo4j-backups:" + folder() + " ", "-e NEO4J_AUTH=");
    }

    private String folder() {
        return stage("base").environment().getOrDefault("IGN_BACKUP_FOLDER", "");
    }
}
