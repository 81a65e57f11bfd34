package ign.backup.documents;

import static org.assertj.core.api.Assertions.assertThat;

import ign.backup.config.Configuration;
import ign.backup.config.Origin;
import ign.backup.testkit.Golden;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The example for a pipeline says what a runner, the plugin and the image understand; {@link WorkflowIT} has its steps executed. */
@Timeout(30)
class WorkflowTest {

    private static final Path EXAMPLE = Path.of("examples/ci/migrate.yml");
    private static final Pattern PROCEDURE = Pattern.compile("ign\\.backup\\.\\w+");
    private static final Set<String> KNOWN = Set.of(
            "github.actor",
            "github.token",
            "github.ref_name",
            "secrets.NEO4J_PASSWORD",
            "job.services.neo4j.id",
            "steps.backup.outputs.file");

    private final Workflow workflow = Workflow.of(EXAMPLE);

    @Test
    void theServiceIsTheImageOfTheDockerfileWithSettingsThatAre() {
        var environment = new TreeMap<>(workflow.environmentOfService("neo4j"));

        assertThat(workflow.service("neo4j")).containsEntry("ports", List.of("7687:7687"));
        assertThat(workflow.service("neo4j").get("image")).asString().contains("neo4j-with-backups");
        assertThat(Golden.read(Path.of("examples/Dockerfile"))).contains("-t neo4j-with-backups ");
        assertThat(environment.remove("NEO4J_AUTH")).isEqualTo("neo4j/${{ secrets.NEO4J_PASSWORD }}");
        assertThat(environment).hasSize(4);
        assertThat(environment.keySet()).allMatch(name -> name.startsWith("IGN_BACKUP_"));
        var configuration = Configuration.load(Path.of("missing.conf"), Map.of(), environment);
        assertThat(configuration.effective().stream()
                        .filter(effective -> effective.origin() == Origin.ENVIRONMENT)
                        .map(effective -> effective.setting().environmentName()))
                .containsExactlyInAnyOrderElementsOf(environment.keySet());
    }

    @Test
    void noScriptHoldsAnExpressionAndEveryExpressionIsKnown() {
        assertThat(workflow.steps()).allSatisfy(step -> assertThat(Workflow.expressions(String.valueOf(step.run())))
                .as("an expression in a script could be anything, also a command: %s", step.name())
                .isEmpty());
        assertThat(KNOWN).containsAll(Workflow.expressions(Golden.read(EXAMPLE)));
    }

    @Test
    void everyProcedureThatExamplesNameExists() throws IOException {
        var known = new TreeSet<String>();
        Golden.read(Golden.SIGNATURES).lines().forEach(line -> known.add(line.substring(0, line.indexOf('('))));
        assertThat(known).contains("ign.backup.create");

        var named = new TreeSet<String>();
        for (var file : Examples.files()) {
            PROCEDURE.matcher(Golden.read(file)).results().forEach(found -> named.add(found.group()));
        }

        assertThat(named).contains("ign.backup.auto", "ign.backup.restore");
        assertThat(known).containsAll(named);
    }
}
