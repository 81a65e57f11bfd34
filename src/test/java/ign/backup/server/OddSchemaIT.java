package ign.backup.server;

import static org.assertj.core.api.Assertions.assertThat;

import ign.backup.testkit.Neo4jServer;
import ign.backup.testkit.Neo4jVersion;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Files whose schema this server cannot have, or whose data it cannot have with that schema. */
class OddSchemaIT {

    @Tag("promise-F1")
    @ParameterizedTest
    @EnumSource
    void aConstraintThatTheDataViolatesPutsTheOldGraphBack(Neo4jVersion version) {
        var server = Neo4jServer.shared(version);
        var plugin = Plugin.withEmptyFolder(server);
        server.run("CREATE CONSTRAINT one_mail FOR (u:User) REQUIRE u.mail IS UNIQUE");
        server.run("CREATE (:User {mail: 'ann@example.org'})-[:KNOWS]->(:User {mail: 'bob@example.org'})");
        var text = text(plugin, plugin.create(Map.of()));
        plugin.write("twice.json", bytes(text.replace("bob@example.org", "ann@example.org")));
        server.run("CREATE (:After)");
        var before = server.probe().digest();

        var row = plugin.tryRestore("twice.json");

        assertThat(row.get("success").asBoolean()).isFalse();
        assertThat(row.get("code").asString()).isEqualTo("damaged");
        assertThat(row.get("message").asString())
                .startsWith("constraint 'one_mail' cannot be created: ")
                .endsWith("; the database is as it was before");
        assertThat(server.probe().digest()).isEqualTo(before);
    }

    @ParameterizedTest
    @EnumSource
    void whatThisEditionOrVersionLacksIsLeftOutAndReported(Neo4jVersion version) {
        var server = Neo4jServer.shared(version);
        var plugin = Plugin.withEmptyFolder(server);
        server.run("CREATE (:User {mail: 'ann@example.org', name: 'Ann'})");
        server.run("CREATE CONSTRAINT one_mail FOR (u:User) REQUIRE u.mail IS UNIQUE");
        server.run("CREATE INDEX by_name FOR (u:User) ON (u.name)");
        var text = text(plugin, plugin.create(Map.of()))
                .replace(
                        "\"constraints\":[",
                        "\"constraints\":[{\"name\":\"user_key\",\"type\":\"NODE_KEY\",\"entity_type\":\"NODE\","
                                + "\"labels_or_types\":[\"User\"],\"properties\":[\"name\"],"
                                + "\"create_statement\":\"CREATE CONSTRAINT …\"},")
                .replace(
                        "\"type\":\"RANGE\",\"entity_type\":\"NODE\",\"labels_or_types\":[\"User\"],\"properties\":[\"name\"]",
                        "\"type\":\"HOLOGRAM\",\"entity_type\":\"NODE\",\"labels_or_types\":[\"User\"],\"properties\":[\"name\"]");
        plugin.write("odd.json", bytes(text));

        var row = plugin.restore("odd.json");

        assertThat(row.get("warnings").asList(value -> value.asString()))
                .contains(
                        "constraint 'user_key' was left out: constraints of type NODE_KEY need Neo4j Enterprise Edition",
                        "index 'by_name' was left out: this Neo4j does not know the index type 'HOLOGRAM'");
        assertThat(server.run("MATCH (u:User) RETURN u.name AS name")
                        .get(0)
                        .get("name")
                        .asString())
                .isEqualTo("Ann");
        assertThat(server.run("SHOW CONSTRAINTS YIELD name RETURN collect(name) AS names")
                        .get(0)
                        .get("names")
                        .asList(value -> value.asString()))
                .containsExactly("one_mail");
    }

    private static String text(Plugin plugin, String file) {
        return new String(plugin.read(file), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
