package ign.backup.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The probe must see every difference, and none that is only one of ids or versions. */
class ProbeIT {

    @ParameterizedTest
    @EnumSource
    void seesTheSameGraphInOtherIds(Neo4jVersion version) {
        var server = Neo4jServer.shared(version);
        server.run("CREATE (a:A {x: 1})-[:R {y: 2}]->(b:B), (b)-[:S]->(a), (:C)");
        var first = server.probe().digest();

        server = Neo4jServer.shared(version);
        server.run(
                "CREATE (:C) CREATE (b:B) CREATE (a:A) SET a.x = 1 CREATE (b)-[:S]->(a) CREATE (a)-[r:R]->(b) SET r.y = 2");

        assertThat(server.probe().digest()).isEqualTo(first);
        assertThat(first.nodes()).isEqualTo(3);
        assertThat(first.relationships()).isEqualTo(2);
    }

    static List<String> changes() {
        return List.of(
                "MATCH (a:A) SET a.x = 1.0",
                "MATCH (a:A) SET a.x = '1'",
                "MATCH (a:A) SET a.x = [1]",
                "MATCH (a:A) SET a.x = []",
                "MATCH (a:A) REMOVE a.x",
                "MATCH (a:A) SET a.y = ''",
                "MATCH (a:A) SET a:Z",
                "MATCH (c:C) REMOVE c:C",
                "MATCH ()-[r:R]->() SET r.y = 3",
                "CREATE (:C)",
                "MATCH (a:A), (b:B) CREATE (b)-[:S]->(a)",
                "MATCH (a)-[s:S]->(b) DELETE s CREATE (b)-[:S]->(a)",
                "MATCH (c:C), (b)-[s:S]->() DELETE s CREATE (b)-[:S]->(c)",
                "MATCH (c:C), ()-[s:S]->(a) DELETE s CREATE (c)-[:S]->(a)");
    }

    @ParameterizedTest
    @MethodSource("changes")
    void seesAChange(String change) {
        var server = Neo4jServer.shared(Neo4jVersion.V5_26);
        server.run("CREATE (a:A {x: 1})-[:R {y: 2}]->(b:B), (b)-[:S]->(a), (:C)");
        var before = server.probe().digest();

        server.run(change);

        assertThat(server.probe().digest().content()).isNotEqualTo(before.content());
    }

    @ParameterizedTest
    @EnumSource
    void holdsEveryValueAndSchemaAlikeInEveryVersion(Neo4jVersion version) {
        var server = filled(version);
        var oldest = filled(Neo4jVersion.V5_26);

        assertThat(server.probe().dump())
                .hasSizeGreaterThan(1000)
                .containsExactlyInAnyOrderElementsOf(oldest.probe().dump());
        assertThat(schema(server)).hasSize(26).containsExactlyInAnyOrderElementsOf(schema(oldest));
        assertThat(server.probe().digest().content())
                .isEqualTo(oldest.probe().digest().content());

        server.probe().dropLookupIndex();
        server.probe().createFailedIndex();
        assertThat(server.probe().digest().schema().lines())
                .hasSize(26)
                .anyMatch(line -> line.startsWith("INDEX 'failed_by_size' RANGE node ['Fidelity'] ['value']"))
                .noneMatch(line -> line.contains("LOOKUP node"));
    }

    /** Each version makes up other names for what has none. */
    private static List<String> schema(Neo4jServer server) {
        return server.probe()
                .digest()
                .schema()
                .lines()
                .map(line -> line.replaceFirst("'(constraint|index)_[0-9a-f]{8}'", "'$1_generated'"))
                .toList();
    }

    private static Neo4jServer filled(Neo4jVersion version) {
        var server = Neo4jServer.shared(version);
        server.probe().fillWithEveryValue(100);
        server.probe().createEverySchema();
        return server;
    }
}
