package ign.backup.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ign.backup.server.Plugin;
import ign.backup.testkit.BuildFolder;
import ign.backup.testkit.CompiledExample;
import ign.backup.testkit.CypherShell;
import ign.backup.testkit.InTurn;
import ign.backup.testkit.Neo4jServer;
import ign.backup.testkit.Neo4jVersion;
import ign.backup.testkit.ToolResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;

/** A bulk import with a backup before and after it, by the examples that are to be copied into an application. */
@Timeout(600)
class BulkImportIT {

    private static final Path EXAMPLES = Path.of("examples/applications");
    private static final String REASON = "Before bulk import of new patterns";

    private static CompiledExample example(Neo4jServer server) {
        return CompiledExample.of(EXAMPLES.resolve("BulkImport.java"), server.driver());
    }

    private static String importInto(CompiledExample example, List<Map<String, Object>> patterns) {
        return String.valueOf(example.call("importPatterns", List.class, patterns));
    }

    private static List<Map<String, Object>> patterns(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> Map.<String, Object>of("name", "pattern " + i, "uses", i))
                .toList();
    }

    private static long countOfPatterns(Neo4jServer server) {
        return server.run("MATCH (p:Pattern) RETURN count(p) AS n")
                .get(0)
                .get("n")
                .asLong();
    }

    private static List<String> tiers(Plugin plugin) {
        return plugin.list().stream().map(row -> row.get("tier").asString()).toList();
    }

    @ParameterizedTest
    @InTurn
    void theExampleInJavaMakesABackupBeforeAndAfter(Neo4jVersion version) {
        var server = Neo4jServer.shared(version);
        server.run("CREATE (:Function {name: 'f'})");
        var plugin = Plugin.withEmptyFolder(server);
        var example = example(server);

        var first = importInto(example, patterns(2300));

        assertThat(countOfPatterns(server)).isEqualTo(2300);
        assertThat(tiers(plugin)).containsExactly("auto", "manual");
        var before = plugin.list().get(1);
        assertThat(before.get("reason").asString()).isEqualTo(REASON);
        assertThat(before.get("node_count").asLong()).isEqualTo(1);
        assertThat(first)
                .startsWith(
                        "Outcome[patterns=2300, backup=" + before.get("file").asString() + ", after=Backup '")
                .contains("created: 2,301 nodes");

        var again = importInto(example, patterns(3));
        assertThat(again).contains("patterns=3, ", "after=No backup is needed");
        assertThat(tiers(plugin)).containsExactly("manual", "auto");
    }

    @ParameterizedTest
    @InTurn
    void theExampleInJavaNamesTheBackupWhenAnImportFails(Neo4jVersion version) {
        var server = Neo4jServer.shared(version);
        server.run("CREATE CONSTRAINT pattern_uses FOR (p:Pattern) REQUIRE p.uses IS UNIQUE");
        server.run("CREATE (:Pattern {name: 'other', uses: 1500})");
        var plugin = Plugin.withEmptyFolder(server);
        var before = server.probe().digest();
        var example = example(server);

        assertThatThrownBy(() -> importInto(example, patterns(2300)))
                .hasMessageMatching(
                        "Bulk import failed after 1000 of 2300 patterns. The graph of before is in '(\\S+)':"
                                + " CALL ign.backup.restore\\('\\1', \\{confirm: true}\\) on 'system'");

        assertThat(countOfPatterns(server)).isEqualTo(1001);
        plugin.restore(plugin.list().get(0).get("file").asString());
        assertThat(server.probe().digest()).isEqualTo(before);
    }

    @ParameterizedTest
    @InTurn
    void theExampleInJavaImportsNothingWithoutABackup(Neo4jVersion version) {
        var server = Neo4jServer.shared(version);
        var plugin = Plugin.withEmptyFolder(server);
        var example = example(server);

        plugin.withoutFolder(() -> assertThatThrownBy(() -> importInto(example, patterns(10)))
                .hasMessageStartingWith("Backup failed, nothing was imported: ")
                .hasMessageContaining("'" + plugin.folder() + "' is not a folder\nHINT: Move it away"));

        assertThat(countOfPatterns(server)).isZero();
    }

    @ParameterizedTest
    @InTurn
    void theExampleInCypherDoesTheSame(Neo4jVersion version) throws IOException {
        var server = Neo4jServer.shared(version);
        server.run("CREATE (:Function {name: 'f'})");
        var plugin = Plugin.withEmptyFolder(server);
        var lines = new StringBuilder("name,uses\n");
        patterns(1200).forEach(pattern -> lines.append(pattern.get("name")).append(",7\n"));
        var file = Files.writeString(BuildFolder.fresh("import").resolve("patterns.csv"), lines);

        var said = bulkImport(server, file).expectSuccess();

        assertThat(server.run("MATCH (p:Pattern) WHERE p.uses = 7 RETURN p")).hasSize(1200);
        assertThat(tiers(plugin)).containsExactly("auto", "manual");
        assertThat(plugin.list().get(1).get("reason").asString()).isEqualTo(REASON);
        assertThat(said.output()).contains(plugin.list().get(1).get("file").asString(), "TRUE, ");
        server.run("MATCH (p:Pattern) DELETE p");
        plugin.withoutFolder(() -> {
            var failed = bulkImport(server, file);
            assertThat(failed.exitCode()).isEqualTo(1);
            assertThat(failed.errors()).contains("is not a folder");
        });
        assertThat(countOfPatterns(server)).isZero();
    }

    private static ToolResult bulkImport(Neo4jServer server, Path file) {
        return CypherShell.runFile(
                server,
                Neo4jServer.DATABASE,
                EXAMPLES.resolve("bulk-import.cypher"),
                "-P",
                "{url: '" + file.toUri() + "'}");
    }
}
