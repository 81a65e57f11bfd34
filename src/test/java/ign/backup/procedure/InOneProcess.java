package ign.backup.procedure;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.neo4j.graphdb.GraphDatabaseService;
import org.neo4j.harness.Neo4j;

/** Tests that call procedures of a server in this process, which they have started. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class InOneProcess {

    @Nullable Neo4j neo4j;

    @AfterAll
    void stop() {
        requireNonNull(neo4j).close();
    }

    GraphDatabaseService graph() {
        return requireNonNull(neo4j).defaultDatabaseService();
    }

    GraphDatabaseService system() {
        return requireNonNull(neo4j).databaseManagementService().database("system");
    }

    static Map<String, Object> row(GraphDatabaseService database, String statement) {
        return row(database, statement, Map.of());
    }

    static Map<String, Object> row(GraphDatabaseService database, String statement, Map<String, Object> parameters) {
        return database.executeTransactionally(statement, parameters, result -> result.next());
    }
}
