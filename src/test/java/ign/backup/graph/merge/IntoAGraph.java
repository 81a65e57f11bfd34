package ign.backup.graph.merge;

import static java.util.Objects.requireNonNull;

import ign.backup.model.MergeKeys;
import ign.backup.model.MergeReport;
import ign.backup.model.Progress;
import ign.backup.model.StopSignal;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.neo4j.dbms.api.DatabaseManagementService;
import org.neo4j.graphdb.Entity;
import org.neo4j.graphdb.GraphDatabaseService;
import org.neo4j.graphdb.Node;
import org.neo4j.graphdb.Relationship;
import org.neo4j.harness.Neo4j;
import org.neo4j.harness.Neo4jBuilders;

/** A real database into which a {@link FileGraph} is merged. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class IntoAGraph {

    @TempDir
    private Path home = Path.of("");

    private @Nullable Neo4j neo4j;

    @BeforeAll
    void start() {
        neo4j = Neo4jBuilders.newInProcessBuilder(home).withDisabledServer().build();
    }

    @AfterAll
    void stop() {
        requireNonNull(neo4j).close();
    }

    @BeforeEach
    void clear() {
        cypher("MATCH (n) DETACH DELETE n");
        try (var transaction = graph().beginTx()) {
            transaction.schema().getConstraints().forEach(constraint -> constraint.drop());
            transaction.commit();
        }
        cypher("DROP INDEX of_key IF EXISTS");
    }

    GraphDatabaseService graph() {
        return requireNonNull(neo4j).defaultDatabaseService();
    }

    DatabaseManagementService dbms() {
        return requireNonNull(neo4j).databaseManagementService();
    }

    void cypher(String statement) {
        graph().executeTransactionally(statement);
    }

    /** An index that can be asked when this returns. */
    void index(String statement) {
        cypher(statement);
        cypher("CALL db.awaitIndexes(60)");
    }

    MergeReport merge(FileGraph file, Map<String, ?> keys) {
        return merge(file, keys, file.options(false, 100), StopSignal.NEVER);
    }

    MergeReport dryRun(FileGraph file, Map<String, ?> keys) {
        return merge(file, keys, file.options(true, 100), StopSignal.NEVER);
    }

    MergeReport merge(FileGraph file, Map<String, ?> keys, MergeOptions options, StopSignal stop) {
        var survey = new MergeSurvey(MergeKeys.of(keys));
        file.showTo(survey);
        try (var merge = GraphMerge.begin(graph(), survey, options, Progress.NONE, stop)) {
            file.showTo(merge);
            return merge.finish();
        }
    }

    /** {@return all elements in words, without their ids} */
    List<String> now() {
        try (var transaction = graph().beginTx();
                var nodes = transaction.getAllNodes();
                var relationships = transaction.getAllRelationships()) {
            return Stream.concat(
                            nodes.stream().map(IntoAGraph::text),
                            relationships.stream().map(IntoAGraph::text))
                    .sorted()
                    .toList();
        }
    }

    private static String text(Node node) {
        var labels = new TreeSet<String>();
        node.getLabels().forEach(label -> labels.add(":" + label.name()));
        return "(" + String.join("", labels) + properties(node) + ")";
    }

    private static String text(Relationship relationship) {
        return text(relationship.getStartNode()) + "-[:"
                + relationship.getType().name() + properties(relationship) + "]->" + text(relationship.getEndNode());
    }

    private static String properties(Entity entity) {
        var text = new StringBuilder();
        for (var key : new TreeSet<>(entity.getAllProperties().keySet())) {
            var value = entity.getProperty(key);
            var plain = Arrays.deepToString(new Object[] {value});
            text.append(' ').append(key).append('=').append(plain, 1, plain.length() - 1);
            if (!(value instanceof Long) && !(value instanceof String)) {
                text.append(' ').append(value.getClass().getSimpleName());
            }
        }
        return text.toString();
    }
}
