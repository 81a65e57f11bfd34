package ign.backup.server;

import static org.assertj.core.api.Assertions.assertThat;

import ign.backup.testkit.InTurn;
import ign.backup.testkit.Neo4jServer;
import ign.backup.testkit.Neo4jVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Files that came into the folder by hand, and a folder that lost its catalog. */
class ForeignFilesIT {

    private static final String METADATA = "backup_metadata.json";
    private static final String COPY = "backup_metadata.json.copy";

    @Tag("promise-B8")
    @ParameterizedTest
    @EnumSource
    void aFileOfFormat10IsListedVerifiedAndRestoredAndTheLiveSchemaStays(Neo4jVersion version) throws IOException {
        var server = Neo4jServer.shared(version);
        var plugin = Plugin.withEmptyFolder(server);
        server.run("CREATE (:Function {name: 'old'})");
        plugin.create(Map.of()); // so that the folder is in use
        server.run("CREATE CONSTRAINT function_name FOR (n:Function) REQUIRE n.name IS UNIQUE");
        server.run("CREATE TEXT INDEX function_text FOR (n:Function) ON (n.description)");
        var schema = server.probe().digest().schema();
        plugin.write("plan.json", golden("plan.json"));

        var listed = plugin.listed("plan.json");
        assertThat(listed.get("state").asString()).isEqualTo("unrecorded");
        assertThat(listed.get("reason").asString()).isEqualTo("Manual backup before deployment");
        assertThat(listed.get("verified").isNull()).isTrue();
        assertThat(listed.get("sha256").isNull()).isTrue();

        var verified = plugin.verify("plan.json");
        assertThat(verified.get("valid").asBoolean()).isTrue();
        assertThat(verified.get("message").asString()).isEqualTo("Backup validation successful");
        assertThat(verified.get("state").asString()).isEqualTo("unproven");
        assertThat(plugin.listed("plan.json").get("state").asString()).isEqualTo("unproven");

        var row = plugin.restore("plan.json");
        assertThat(row.get("node_count").asLong()).isEqualTo(2);
        assertThat(row.get("relationship_count").asLong()).isEqualTo(1);
        assertThat(row.get("warnings").asList(value -> value.asString()))
                .contains("the file says nothing about the schema: the database kept its indexes and constraints");
        var restored = server.run("MATCH (a:Function)-[r:CO_OCCURS_WITH]->(b) RETURN a, r, b")
                .get(0);
        assertThat(restored.get("a").asNode().asMap())
                .isEqualTo(Map.of(
                        "name", "system.tag.readBlocking",
                        "category", "tag_operations",
                        "description", "Read tag values with blocking behavior",
                        "usage_count", 142L));
        assertThat(restored.get("r").asRelationship().asMap())
                .isEqualTo(Map.of("confidence", 0.85, "support", 0.23, "created_at", "2025-01-28T14:30:22"));
        assertThat(restored.get("b").asNode().asMap())
                .isEqualTo(Map.of(
                        "weights",
                        List.of(1.0, 2.5),
                        "empty",
                        List.of(),
                        "_private",
                        "kept as it stands",
                        "$dollar",
                        true));
        assertThat(server.probe().digest().schema()).isEqualTo(schema);
    }

    @ParameterizedTest
    @InTurn
    void otherShapesOfFormat10AreRestoredAndAWrongOneIsRefused(Neo4jVersion version) throws IOException {
        var server = Neo4jServer.shared(version);
        var plugin = Plugin.withEmptyFolder(server);
        plugin.write("metadata-last.json", golden("metadata-last.json"));
        plugin.write("byte-order-mark-and-crlf.json", golden("byte-order-mark-and-crlf.json"));

        plugin.restore("metadata-last.json");
        assertThat(server.run("MATCH (a:P)-[r:KNOWS]->(b:P:Q) RETURN a.n AS n")
                        .get(0)
                        .get("n")
                        .asLong())
                .isEqualTo(1);
        plugin.restore("byte-order-mark-and-crlf.json");
        assertThat(server.run("MATCH (a:A) RETURN a.text AS text")
                        .get(0)
                        .get("text")
                        .asString())
                .isEqualTo("café é 😀");

        var before = server.probe().digest();
        var dangling = new String(golden("metadata-last.json"), StandardCharsets.UTF_8)
                .replace("\"_end_id\":2", "\"_end_id\":3");
        plugin.write("dangling.json", dangling.getBytes(StandardCharsets.UTF_8));
        var refused = plugin.tryRestore("dangling.json");
        assertThat(refused.get("success").asBoolean()).isFalse();
        assertThat(refused.get("code").asString()).isEqualTo("damaged");
        assertThat(refused.get("message").asString())
                .startsWith("backup 'dangling.json' cannot be restored, and nothing was touched: ");
        assertThat(server.probe().digest()).isEqualTo(before);
    }

    @Tag("promise-A8")
    @ParameterizedTest
    @InTurn
    void aFolderWithoutItsCatalogIsReadAgainAndEverythingCountsAsPinned(Neo4jVersion version) {
        var server = Neo4jServer.shared(version);
        var plugin = Plugin.withEmptyFolder(server);
        server.run("CREATE (:A)");
        var first = plugin.create(Map.of("pin", true));
        var second = plugin.create(Map.of("tier", "daily"));
        plugin.delete(METADATA);
        plugin.delete(COPY);

        assertThat(plugin.list()).hasSize(2).allMatch(row -> row.get("pinned").asBoolean());
        assertThat(plugin.list()).allMatch(row -> row.get("state").asString().equals("unrecorded"));
        assertThat(plugin.verify(second).get("state").asString()).isEqualTo("good");

        plugin.write(METADATA, "{\"catalog_version\": 1, \"back".getBytes(StandardCharsets.UTF_8));
        plugin.write(COPY, new byte[0]);
        assertThat(plugin.list()).hasSize(2).allMatch(row -> row.get("pinned").asBoolean());
        assertThat(server.neo4jLog())
                .contains(
                        "the catalog is rebuilt from the files of " + plugin.folder()
                                + ", for both its copies are damaged; every backup found counts as pinned until it is released");

        var released = plugin.row("system", "CALL ign.backup.unpin($file)", Map.of("file", first));
        assertThat(released.get("file").asString()).isEqualTo(first);
        assertThat(released.get("pinned").asBoolean()).isFalse();
        assertThat(plugin.listed(second).get("pinned").asBoolean()).isTrue();
    }

    @Tag("promise-A8")
    @ParameterizedTest
    @InTurn
    void oneCopyOfTheCatalogIsEnough(Neo4jVersion version) {
        var server = Neo4jServer.shared(version);
        var plugin = Plugin.withEmptyFolder(server);
        var file = plugin.create(Map.of());
        var entry = plugin.listed(file).asMap();

        plugin.delete(METADATA);
        assertThat(plugin.listed(file).asMap()).isEqualTo(entry);
        plugin.write(METADATA, "damaged".getBytes(StandardCharsets.UTF_8));
        assertThat(plugin.listed(file).asMap()).isEqualTo(entry);
        plugin.row("system", "CALL ign.backup.pin($file)", Map.of("file", file));
        plugin.write(COPY, "damaged".getBytes(StandardCharsets.UTF_8));
        assertThat(plugin.listed(file).get("pinned").asBoolean()).isTrue();
    }

    private static byte[] golden(String name) throws IOException {
        try (var in =
                Objects.requireNonNull(ForeignFilesIT.class.getResourceAsStream("/golden/format-1.0/" + name), name)) {
            return in.readAllBytes();
        }
    }
}
