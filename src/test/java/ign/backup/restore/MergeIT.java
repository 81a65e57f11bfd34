package ign.backup.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ign.backup.server.Plugin;
import ign.backup.testkit.Neo4jServer;
import ign.backup.testkit.Neo4jVersion;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.neo4j.driver.Record;
import org.neo4j.driver.exceptions.Neo4jException;

/** A backup merged into a graph in use, as a client calls it; the rules are tested beside their package. */
@Tag("promise-F8")
class MergeIT {

    private static final Map<String, Object> KEYS = Map.of("Person", "id", "City", List.of("name"));

    /** A server that many share: its graph and its backup folder were empty. */
    private record Merging(Neo4jServer server, Plugin plugin) {

        static Merging into(Neo4jVersion version) {
            var server = Neo4jServer.shared(version);
            return new Merging(server, Plugin.withEmptyFolder(server));
        }

        /** {@return a backup of the graph after these statements} */
        String backUpAfter(String... statements) {
            for (var statement : statements) {
                server.run(statement);
            }
            return plugin.create(Map.of("pin", true, "compression", "zstd"));
        }

        Record merge(String file, Map<String, Object> more) {
            var options = new HashMap<>(more);
            options.put("mode", "merge");
            options.put("keys", KEYS);
            return plugin.tryRestore(file, options);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatWasDeletedComesBackAndWhatIsNewStays(Neo4jVersion version) {
        var merging = Merging.into(version);
        var server = merging.server;
        var file = merging.backUpAfter(
                "CREATE CONSTRAINT person FOR (p:Person) REQUIRE p.id IS UNIQUE",
                "CREATE (a:Person {id: 1, name: 'Ada', at: datetime('2025-01-28T14:30:22+01:00')})"
                        + "-[:LIVES_IN {since: 2001}]->(:City {name: 'Ulm'}), (a)-[:KNOWS]->(:Person {id: 2, name: 'Bo'}),"
                        + " (:NoKey {x: 1})");
        server.run("MATCH (p:Person {id: 2}) DETACH DELETE p");
        server.run("MATCH (p:Person {id: 1}) SET p.name = 'Ada L.', p.new = true");
        server.run("CREATE (:Person {id: 3, name: 'Cy'})");

        var refused = merging.merge(file, Map.of("confirm", true));
        assertThat(refused.get("code").asString()).isEqualTo("bad-request");
        assertThat(refused.get("message").asString())
                .isEqualTo("a merge changes the graph step by step, and there is no good backup of its present state");
        var asked = merging.merge(file, Map.of());
        assertThat(asked.get("state").asString()).isEqualTo("refused");
        assertThat(asked.get("message").asString())
                .startsWith("not confirmed; nothing was done. This would merge 4 nodes");

        var before = server.probe().digest();
        var dry = merging.merge(file, Map.of("dryRun", true));
        assertThat(server.probe().digest()).isEqualTo(before);
        merging.plugin.row("neo4j", "CALL ign.backup.create('Before the merge', {tier: 'pre-upgrade'})", Map.of());
        var row = merging.merge(file, Map.of("confirm", true));

        assertThat(dry.get("merge").asMap()).isEqualTo(row.get("merge").asMap());
        assertThat(dry.get("state").asString()).isEqualTo("checked");
        assertThat(row.get("state").asString()).isEqualTo("merged");
        assertThat(row.get("success").asBoolean()).isTrue();
        assertThat(row.get("code").asString()).isEqualTo("partial");
        assertThat(row.get("message").asString())
                .isEqualTo("'" + file + "' merged into database 'neo4j': nodes 1 created, 1 updated, 1 unchanged, 1"
                        + " conflicts; relationships 1 created, 0 updated, 1 unchanged, 0 conflicts");
        assertThat(row.get("merge").get("conflicts").asList()).hasSize(1);
        assertThat(
                        server.run(
                                "MATCH (p:Person) RETURN p.id AS id, p.name AS name, coalesce(p.new, false) AS new ORDER BY id"))
                .extracting(Record::asMap)
                .containsExactly(
                        Map.of("id", 1L, "name", "Ada", "new", true),
                        Map.of("id", 2L, "name", "Bo", "new", false),
                        Map.of("id", 3L, "name", "Cy", "new", false));

        var again = merging.merge(file, Map.of("confirm", true, "safetyBackup", false));
        assertThat(again.get("merge").get("nodes").get("unchanged").asLong()).isEqualTo(3);
    }

    @ParameterizedTest
    @EnumSource
    void withoutKeysThereIsNoMerging(Neo4jVersion version) {
        var merging = Merging.into(version);
        var plugin = merging.plugin;
        var file = merging.backUpAfter("CREATE (:Person {id: 1})");

        var expected = "but a map from labels and relationship types to the properties";
        var without = plugin.tryRestore(file, Map.of("mode", "merge"));
        assertThat(without.get("code").asString()).isEqualTo("bad-request");
        assertThat(without.get("message").asString()).contains(expected);
        assertThatThrownBy(() -> plugin.tryRestore(file, Map.of("mode", "merge", "keys", List.of("id"))))
                .isInstanceOf(Neo4jException.class)
                .hasMessageContaining(expected);
    }

    /** Who forgets the mode would lose the graph. */
    @ParameterizedTest
    @EnumSource
    void keysWithoutTheModeAreRefused(Neo4jVersion version) {
        var merging = Merging.into(version);
        var server = merging.server;
        var file = merging.backUpAfter("CREATE (:Person {id: 1})");
        server.run("CREATE (:Person {id: 2})");
        var before = server.probe().digest();

        var row = merging.plugin.tryRestore(file, Map.of("keys", KEYS, "confirm", true));

        assertThat(row.get("code").asString()).isEqualTo("bad-request");
        assertThat(row.get("message").asString())
                .isEqualTo("the option 'keys' is for mode 'merge', and mode 'replace' would replace the whole graph");
        assertThat(row.get("hint").asString()).isEqualTo("Call it with {mode:'merge'} as well, or without 'keys'.");
        assertThat(server.probe().digest()).isEqualTo(before);
    }
}
