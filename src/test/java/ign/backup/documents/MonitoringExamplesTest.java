package ign.backup.documents;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import ign.backup.testkit.Golden;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What can be said of alert rules and dashboard without a server; that their metrics are served is said with one. */
@Timeout(30)
class MonitoringExamplesTest {

    private static final Pattern EXPRESSION = Pattern.compile("(?m)^ {8}expr: \\S.*$");
    private static final Pattern ALERT = Pattern.compile("(?m)^ {6}- alert: ([A-Z][A-Za-z0-9]+)$");

    @Test
    void everyPanelAsksForAMetric() throws IOException {
        var dashboard = new ObjectMapper().readTree(Golden.read(Path.of("examples/grafana-dashboard.json")));

        var titles = new HashSet<String>();
        var ids = new HashSet<Integer>();
        for (var panel : dashboard.get("panels")) {
            assertThat(titles.add(panel.get("title").asText())).isTrue();
            assertThat(ids.add(panel.get("id").asInt())).isTrue();
            assertThat(panel.at("/targets/0/expr").asText()).contains("neo4j_backup_");
        }
        assertThat(titles).hasSizeGreaterThan(10);
    }

    @Test
    void everyAlertHasANameOfItsOwnAndAnExpression() {
        var rules = Golden.read(Path.of("examples/prometheus-alerts.yml"));

        var names = ALERT.matcher(rules).results().map(alert -> alert.group(1)).toList();
        assertThat(names).doesNotHaveDuplicates().hasSizeGreaterThan(5);
        assertThat(EXPRESSION.matcher(rules).results().toList()).hasSameSizeAs(names);
        assertThat(rules.lines()).noneMatch(line -> line.contains("\t"));
    }
}
