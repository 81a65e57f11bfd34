package ign.backup.server;

import static org.assertj.core.api.Assertions.assertThat;

import ign.backup.testkit.Neo4jServer;
import ign.backup.testkit.Neo4jVersion;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.neo4j.driver.Value;

/** A backup made on one version, restored on the other. */
@Tag("promise-B7")
class CrossVersionIT {

    private static final List<String> UNKNOWN_TO_THE_OLDER = List.of(
            "index 'vector_options' was created without its setting 'vector.default_search_expansion_factor' (1.0),"
                    + " which this Neo4j does not know",
            "index 'vector_relationship' was created without its setting 'vector.default_search_expansion_factor' (3.0),"
                    + " which this Neo4j does not know");

    @ParameterizedTest
    @EnumSource
    void whatOneVersionWroteTheOtherRestores(Neo4jVersion target) {
        var source = target == Neo4jVersion.V5_26 ? Neo4jVersion.V2026_08 : Neo4jVersion.V5_26;
        var from = Neo4jServer.shared(source);
        var to = Neo4jServer.shared(target);
        var fromPlugin = Plugin.withEmptyFolder(from);
        var toPlugin = Plugin.withEmptyFolder(to);
        from.probe().fillWithEveryValue(50);
        from.probe().createEverySchema();
        from.probe().dropLookupIndex();
        var original = from.probe().digest();

        var file = fromPlugin.create(Map.of("compression", "zstd"));
        toPlugin.write(file, fromPlugin.read(file));
        toPlugin.write(file + ".sha256", fromPlugin.read(file + ".sha256"));
        var row = toPlugin.restore(file);

        assertThat(row.get("warnings").asList(Value::asString))
                .containsExactlyElementsOf(target == Neo4jVersion.V5_26 ? UNKNOWN_TO_THE_OLDER : List.of());
        var restored = to.probe().digest();
        assertThat(restored.schema().lines())
                .containsExactlyElementsOf(original.schema().lines().toList());
        assertThat(restored).isEqualTo(original);
        assertThat(toPlugin.verify(file).get("state").asString()).isEqualTo("good");
    }
}
