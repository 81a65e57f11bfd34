package ign.backup.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ign.backup.graph.restore.RestoreStep;
import ign.backup.server.Plugin;
import ign.backup.testkit.Failing;
import ign.backup.testkit.Neo4jServer;
import ign.backup.testkit.Neo4jVersion;
import ign.backup.testkit.PerVersion;
import ign.backup.testkit.Probe.GraphDigest;
import ign.backup.testkit.ProbePlugin;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The server is killed at each step of a restore and of a rollback: its next start has the whole old or the whole new graph. */
@Tag("promise-F1")
@Tag("promise-F2")
class CrashIT {

    @RegisterExtension
    static final PerVersion<Prepared> SERVERS = new PerVersion<>(Prepared::make, prepared -> prepared.server.close());

    private static final boolean IS_LONG = System.getProperty("proof.minutes") != null;
    private static final List<RestoreStep> SOME =
            List.of(RestoreStep.OLD_LOGS_ASIDE, RestoreStep.NEW_STORE_IN_PLACE, RestoreStep.DECIDED);
    private static final List<RestoreStep> ONLY_OF_A_RESTORE =
            List.of(RestoreStep.BUILDING, RestoreStep.BUILT, RestoreStep.DEFINED);

    /** A server with a graph and the backup of another one. */
    private record Prepared(Neo4jServer server, Plugin plugin, Failing failing, String backup, GraphDigest restored) {

        static Prepared make(Neo4jVersion version) {
            var server =
                    Neo4jServer.of(version).plugin(ProbePlugin.failpointJar()).start();
            var plugin = Plugin.of(server);
            server.probe().fillWithEveryValue(20);
            server.run("CREATE CONSTRAINT only_one FOR (n:OnlyOne) REQUIRE n.id IS UNIQUE");
            server.run("CREATE INDEX others FOR (n:Other) ON (n.i)");
            server.run("CALL db.awaitIndexes()");
            var backup = plugin.create(Map.of("compression", "zstd", "pin", true));
            var restored = server.probe().digest();
            return new Prepared(server, plugin, new Failing(server), backup, restored);
        }

        /** Changes the graph, so that it is not that of the backup. */
        GraphDigest change() {
            server.run("CREATE (:Changed {at: timestamp()})-[:BY]->(:Hand)");
            return server.probe().digest();
        }

        void assertNothingIsLeft() {
            assertThat(Plugin.filesOf(server.home().resolve("data/databases")))
                    .noneMatch(name -> name.contains("ign-aside")
                            || name.contains("ign-new")
                            || name.contains("ign-discarded")
                            || name.contains("ign-restore"));
            assertThat(Plugin.filesOf(server.home().resolve("data/transactions")))
                    .noneMatch(name ->
                            name.contains("ign-aside") || name.contains("ign-new") || name.contains("ign-discarded"));
        }
    }

    private static Prepared prepared(Neo4jVersion version) {
        var prepared = SERVERS.of(version);
        prepared.server.start();
        return prepared;
    }

    static Stream<Arguments> stepsOfARestore() {
        return cases(Neo4jVersion.V5_26, step -> true);
    }

    static Stream<Arguments> stepsOfARollback() {
        return cases(Neo4jVersion.V2026_08, step -> !ONLY_OF_A_RESTORE.contains(step));
    }

    /** Each takes a start of the server: so only the long proof has all of them on both versions. */
    private static Stream<Arguments> cases(Neo4jVersion main, Predicate<RestoreStep> steps) {
        return Arrays.stream(Neo4jVersion.values()).flatMap(version -> Arrays.stream(RestoreStep.values())
                .filter(steps)
                .filter(step -> IS_LONG || version == main || SOME.contains(step))
                .map(step -> Arguments.of(version, step)));
    }

    @ParameterizedTest
    @MethodSource("stepsOfARestore")
    void aRestoreThatIsKilledLeavesTheOldOrTheNewGraph(Neo4jVersion version, RestoreStep step) {
        var prepared = prepared(version);
        var old = prepared.change();
        prepared.failing.killAt(step.name());

        var call = Plugin.inBackground("restore", () -> prepared.plugin.tryRestore(prepared.backup));
        prepared.failing.awaitDeath();
        assertThatThrownBy(() -> Plugin.await(call)).isInstanceOf(RuntimeException.class);
        prepared.server.start();

        boolean isDecided = step.compareTo(RestoreStep.DECIDED) >= 0;
        assertThat(prepared.server.probe().digest()).isEqualTo(isDecided ? prepared.restored : old);
        assertNotes(prepared, step, "a restore of database 'neo4j' from '" + prepared.backup + "' ");
        prepared.assertNothingIsLeft();

        assertThat(prepared.plugin.restore(prepared.backup).get("code").asString())
                .isEqualTo("ok");
        assertThat(prepared.server.probe().digest()).isEqualTo(prepared.restored);
        prepared.assertNothingIsLeft();
    }

    @ParameterizedTest
    @MethodSource("stepsOfARollback")
    void aRollbackThatIsKilledLeavesTheOldOrTheNewGraph(Neo4jVersion version, RestoreStep step) {
        var prepared = prepared(version);
        var old = prepared.change();
        prepared.plugin.restore(prepared.backup);
        prepared.failing.killAt(step.name());

        var call = Plugin.inBackground("rollback", prepared.plugin::tryRollback);
        prepared.failing.awaitDeath();
        assertThatThrownBy(() -> Plugin.await(call)).isInstanceOf(RuntimeException.class);
        prepared.server.start();

        boolean isDecided = step.compareTo(RestoreStep.DECIDED) >= 0;
        assertThat(prepared.server.probe().digest()).isEqualTo(isDecided ? old : prepared.restored);
        assertNotes(prepared, step, "a rollback of database 'neo4j' ");
        prepared.assertNothingIsLeft();

        var again = prepared.plugin.tryRollback();
        assertThat(again.get("success").asBoolean()).as("%s", again.asMap()).isTrue();
        assertThat(prepared.server.probe().digest()).isEqualTo(isDecided ? prepared.restored : old);
        prepared.assertNothingIsLeft();
    }

    /** Neo4j would make an empty graph in its place. */
    @ParameterizedTest
    @EnumSource
    void aServerDoesNotStartWithoutItsStoreWhileThatIsAside(Neo4jVersion version) throws IOException {
        var prepared = prepared(version);
        var graph = prepared.change();
        prepared.server.stop();
        var data = prepared.server.home().resolve("data");
        for (var root : List.of("databases", "transactions")) {
            Files.move(data.resolve(root).resolve("neo4j"), data.resolve(root).resolve("neo4j.ign-aside"));
        }

        assertThatThrownBy(prepared.server::start)
                .hasMessageContaining("'" + data.resolve("databases/neo4j") + "' is missing, and '");

        for (var root : List.of("databases", "transactions")) {
            Files.move(
                    data.resolve(root).resolve("neo4j.ign-aside"),
                    data.resolve(root).resolve("neo4j"));
        }
        prepared.server.start();
        assertThat(prepared.server.probe().digest()).isEqualTo(graph);
        prepared.assertNothingIsLeft();
    }

    /** Before the journal is written, and after it is gone, there is nothing to tell. */
    private static void assertNotes(Prepared prepared, RestoreStep step, String what) {
        var notes = prepared.plugin.status().get("notes").asList(value -> value.asString());
        if (step == RestoreStep.SETTLED) {
            assertThat(notes).noneMatch(note -> note.startsWith(what));
        } else if (step.compareTo(RestoreStep.DECIDED) >= 0) {
            assertThat(notes).contains(what + "had succeeded when the server ended; the new store is in place");
        } else if (step.compareTo(RestoreStep.ANNOUNCED) >= 0) {
            assertThat(notes).contains(what + "was interrupted; the store from before it was put back");
        } else {
            assertThat(notes)
                    .anyMatch(note ->
                            note.startsWith("removed '") && note.endsWith("which a restore that did not end has left"));
        }
    }
}
