package ign.backup.graph.script;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ign.backup.model.BackupException;
import ign.backup.model.Progress;
import ign.backup.model.StopSignal;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.neo4j.graphdb.GraphDatabaseService;
import org.neo4j.harness.Neo4j;
import org.neo4j.harness.Neo4jBuilders;

/** On a real database: all of a script or nothing. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class ScriptRunTest {

    private static final String SCHEMA = """
            CREATE CONSTRAINT function_name FOR (f:Function) REQUIRE f.name IS UNIQUE;
            CREATE INDEX template_kind FOR (t:Template) ON (t.kind);
            """;

    private @Nullable Neo4j neo4j;
    private volatile boolean asked;

    @BeforeAll
    void start(@TempDir Path home) {
        neo4j = Neo4jBuilders.newInProcessBuilder(home).withDisabledServer().build();
    }

    @AfterAll
    void stop() {
        requireNonNull(neo4j).close();
    }

    @BeforeEach
    void clear() {
        cypher("MATCH (n) DETACH DELETE n");
        cypher("DROP CONSTRAINT function_name IF EXISTS");
        cypher("DROP INDEX template_kind IF EXISTS");
    }

    private GraphDatabaseService graph() {
        return requireNonNull(neo4j).defaultDatabaseService();
    }

    private void cypher(String statement) {
        graph().executeTransactionally(statement);
    }

    private void run(String text) {
        run(text, StopSignal.NEVER);
    }

    private void run(String text, StopSignal stop) {
        new ScriptRun(graph(), Script.of("initial_data.cypher", text), stop, Progress.NONE).run();
    }

    private long nodes() {
        return graph().executeTransactionally("MATCH (n) RETURN count(n) AS n", Map.of(), rows ->
                (long) requireNonNull(rows.next().get("n")));
    }

    private List<String> schema() {
        try (var transaction = graph().beginTx()) {
            var names = new TreeSet<String>();
            transaction.schema().getIndexes().forEach(index -> names.add(index.getName()));
            names.removeIf(name -> name.startsWith("index_"));
            return List.copyOf(names);
        }
    }

    /** The schema stands between and after the data, as people write it. */
    @Test
    void schemaAndDataAreExecutedWhateverTheirOrder() {
        run(
                "CREATE (:Function {name: 'a'});\n" + SCHEMA
                        + "CREATE (:Function {name: 'b'}) RETURN 1;\nMATCH (f:Function {name: 'a'}), (g {name: 'b'}) CREATE (f)-[:CALLS]->(g);");

        assertThat(nodes()).isEqualTo(2);
        assertThat(schema()).containsExactly("function_name", "template_kind");
    }

    @Test
    void aStatementThatFailsTakesAllOthersWithIt() {
        assertThatThrownBy(() -> run(SCHEMA + "CREATE (:Function {name: 'a'});\n\nRETURN 1/0;\nCREATE (:Never);"))
                .isInstanceOf(BackupException.BadRequest.class)
                .hasMessage(
                        "statement 4 of 'initial_data.cypher', which begins in line 5, cannot be executed: / by zero");
        assertThatThrownBy(() -> run(SCHEMA + "UNWIND [1, 1] AS i CREATE (:Function {name: i});"))
                .hasMessageContaining("statement 3 of 'initial_data.cypher', which begins in line 3,")
                .hasMessageContaining("already exists with label `Function` and property `name`");

        assertThat(nodes()).isZero();
        assertThat(schema()).isEmpty();
    }

    @Test
    void anErrorOfSyntaxIsFoundBeforeAnythingIsDone() {
        assertThatThrownBy(() -> run(SCHEMA + "CREATE (:Function {name: 'a'});\nCREAT (:Never);"))
                .isInstanceOf(BackupException.BadRequest.class)
                .hasMessageContaining(
                        "statement 4 of 'initial_data.cypher', which begins in line 4, cannot be executed:")
                .hasMessageContaining("CREAT");

        assertThat(nodes()).isZero();
        assertThat(schema()).isEmpty();
    }

    @Test
    void whatCannotBeTakenBackIsRefused() {
        cypher("CREATE INDEX template_kind FOR (t:Template) ON (t.kind)");

        assertThatThrownBy(() -> run("CREATE INDEX function_name FOR (t:A) ON (t.kind); DROP INDEX template_kind;"))
                .isInstanceOf(BackupException.BadRequest.class)
                .hasMessageEndingWith("it drops [template_kind], and that could not be taken back");
        assertThatThrownBy(() -> run("UNWIND [1, 2] AS i CALL (i) { CREATE (:A) } IN TRANSACTIONS;"))
                .isInstanceOf(BackupException.BadRequest.class)
                .hasMessageContaining("IN TRANSACTIONS");

        assertThat(nodes()).isZero();
        assertThat(schema()).containsExactly("template_kind");
    }

    /** As after a crash between schema and data. */
    @Test
    void schemaThatIsThereAlreadyIsNoFault() {
        cypher("CREATE CONSTRAINT function_name FOR (f:Function) REQUIRE f.name IS UNIQUE");

        run(SCHEMA + "CREATE (:Function {name: 'a'});");

        assertThat(nodes()).isEqualTo(1);
        assertThat(schema()).containsExactly("function_name", "template_kind");
    }

    @Test
    void aDatabaseWithNodesIsNotTouched() {
        cypher("CREATE (:Mine)");

        assertThatThrownBy(() -> run(SCHEMA + "CREATE (:Function {name: 'a'});"))
                .isInstanceOf(BackupException.BadRequest.class)
                .hasMessage("'initial_data.cypher' is for an empty database, and 'neo4j' has 1 nodes by now");

        assertThat(nodes()).isEqualTo(1);
        assertThat(schema()).isEmpty();
    }

    /** The one statement would go on for hours. */
    @Test
    void aLongStatementIsEndedWhenTheWorkIsToStop() {
        StopSignal stop = () -> {
            if (isExecuting("range(1, 100000000)")) {
                throw new BackupException.Cancelled("cancelled by 'neo4j'");
            }
        };

        assertThatThrownBy(() -> run(
                        SCHEMA
                                + "CREATE (:A);\nUNWIND range(1, 100000) AS i UNWIND range(1, 100000000) AS j RETURN sum(j);",
                        stop))
                .isInstanceOf(BackupException.Cancelled.class)
                .hasMessage("cancelled by 'neo4j'");

        assertThat(nodes()).isZero();
        assertThat(schema()).isEmpty();
    }

    private boolean isExecuting(String text) {
        return asked |= graph().executeTransactionally(
                                "SHOW TRANSACTIONS YIELD currentQuery WHERE currentQuery STARTS WITH 'UNWIND' AND currentQuery CONTAINS $text RETURN count(*) AS n",
                                Map.of("text", text),
                                rows -> (long) requireNonNull(rows.next().get("n")))
                > 0;
    }
}
