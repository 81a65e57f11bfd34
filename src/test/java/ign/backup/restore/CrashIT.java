package ign.backup.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ign.backup.graph.restore.RestoreStep;
import ign.backup.server.Plugin;
import ign.backup.testkit.InTurn;
import ign.backup.testkit.Neo4jVersion;
import ign.backup.testkit.PerVersion;
import ign.backup.testkit.Probe.GraphDigest;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.neo4j.driver.Record;

/**
 * The server is killed at each step of a restore and of a rollback, and while one is undone: its next start has the whole old or the
 * whole new graph.
 */
@Tag("promise-F1")
@Tag("promise-F2")
class CrashIT {

    @RegisterExtension
    static final PerVersion<Prepared> SERVERS = new PerVersion<>(Prepared::make, prepared -> prepared.watched.close());

    private static final boolean IS_LONG = System.getProperty("proof.minutes") != null;

    private static final Set<RestoreStep> UNDOING =
            EnumSet.range(RestoreStep.NEW_STORE_GIVEN_UP, RestoreStep.OLD_STARTED);
    private static final Set<RestoreStep> ONLY_OF_A_RESTORE =
            EnumSet.of(RestoreStep.BUILDING, RestoreStep.BUILT, RestoreStep.DEFINED);

    private static final Set<RestoreStep> SOME_OF_A_ROLLBACK =
            EnumSet.of(RestoreStep.NEW_STORE_IN_PLACE, RestoreStep.OLD_STORE_BACK, RestoreStep.DECIDED);

    /** A server with a graph and the backup of another one. */
    private record Prepared(WatchedServer watched, String backup, GraphDigest restored) {

        static Prepared make(Neo4jVersion version) {
            var watched = WatchedServer.start(version);
            watched.server().probe().fillWithEveryValue(20);
            watched.server().run("CREATE CONSTRAINT only_one FOR (n:OnlyOne) REQUIRE n.id IS UNIQUE");
            watched.server().run("CREATE INDEX others FOR (n:Other) ON (n.i)");
            watched.server().run("CALL db.awaitIndexes()");
            var backup = watched.plugin().create(Map.of("compression", "zstd", "pin", true));
            return new Prepared(watched, backup, watched.server().probe().digest());
        }

        Plugin plugin() {
            return watched.plugin();
        }

        GraphDigest graph() {
            return watched.server().probe().digest();
        }

        /** Changes the graph, so that it is not that of the backup; {@return what it is then} */
        GraphDigest change() {
            watched.server().run("CREATE (:Changed {at: timestamp()})-[:BY]->(:Hand)");
            return graph();
        }

        /** Returns when the call has ended with its server, and this has been started again. */
        void startAfterDeathIn(CompletableFuture<Record> call) {
            watched.failing().awaitDeath();
            assertThatThrownBy(() -> Plugin.await(call)).isInstanceOf(RuntimeException.class);
            watched.server().start();
        }

        void assertRestores() {
            assertThat(plugin().restore(backup).get("code").asString()).isEqualTo("ok");
            assertThat(graph()).isEqualTo(restored);
            watched.assertNothingIsLeft();
        }

        void assertRollsBackTo(GraphDigest kept) {
            var row = plugin().tryRollback();
            assertThat(row.get("success").asBoolean()).as("%s", row.asMap()).isTrue();
            assertThat(graph()).isEqualTo(kept);
            watched.assertNothingIsLeft();
        }
    }

    private static Prepared prepared(Neo4jVersion version) {
        var prepared = SERVERS.of(version);
        prepared.watched.server().start();
        return prepared;
    }

    static Stream<Arguments> stepsOfARestore() {
        return onVersions(steps(step -> !UNDOING.contains(step)));
    }

    static Stream<Arguments> stepsOfARollback() {
        return onVersions(someOf(steps(step -> !UNDOING.contains(step) && !ONLY_OF_A_RESTORE.contains(step))));
    }

    static Stream<Arguments> stepsOfUndoingARestore() {
        return onVersions(steps(step -> UNDOING.contains(step) || step == RestoreStep.SETTLED));
    }

    static Stream<Arguments> stepsOfUndoingARollback() {
        return onVersions(someOf(steps(step -> UNDOING.contains(step) || step == RestoreStep.SETTLED)));
    }

    private static List<RestoreStep> steps(Predicate<RestoreStep> which) {
        return Arrays.stream(RestoreStep.values()).filter(which).toList();
    }

    /** A rollback's are those of a restore with other names of folders: only the long proof has all of them. */
    private static List<RestoreStep> someOf(List<RestoreStep> steps) {
        return steps.stream()
                .filter(step -> IS_LONG || SOME_OF_A_ROLLBACK.contains(step))
                .toList();
    }

    /** Each takes a start of the server: only the long proof has all on each version, the short one has the versions in turn. */
    private static Stream<Arguments> onVersions(List<RestoreStep> steps) {
        return Arrays.stream(Neo4jVersion.values())
                .filter(Neo4jVersion::isAvailable)
                .flatMap(version -> steps.stream()
                        .filter(step -> IS_LONG || InTurn.Versions.isTurnOf(version, steps.indexOf(step)))
                        .map(step -> Arguments.of(version, step)));
    }

    @ParameterizedTest
    @MethodSource("stepsOfARestore")
    void aRestoreThatIsKilledLeavesTheOldOrTheNewGraph(Neo4jVersion version, RestoreStep step) {
        var prepared = prepared(version);
        var old = prepared.change();
        prepared.watched.failing().killAt(step.name());

        prepared.startAfterDeathIn(Plugin.inBackground("restore", () -> prepared.watched.restore(prepared.backup)));

        boolean isDecided = step.compareTo(RestoreStep.DECIDED) >= 0;
        assertThat(prepared.graph()).isEqualTo(isDecided ? prepared.restored : old);
        assertNotes(prepared, step, "a restore of database 'neo4j' from '" + prepared.backup + "' ");
        prepared.watched.assertNothingIsLeft();
        prepared.assertRestores();
    }

    @ParameterizedTest
    @MethodSource("stepsOfARollback")
    void aRollbackThatIsKilledLeavesTheOldOrTheNewGraph(Neo4jVersion version, RestoreStep step) {
        var prepared = prepared(version);
        var old = prepared.change();
        prepared.plugin().restore(prepared.backup);
        prepared.watched.failing().killAt(step.name());

        prepared.startAfterDeathIn(Plugin.inBackground("rollback", prepared.plugin()::tryRollback));

        boolean isDecided = step.compareTo(RestoreStep.DECIDED) >= 0;
        assertThat(prepared.graph()).isEqualTo(isDecided ? old : prepared.restored);
        assertNotes(prepared, step, "a rollback of database 'neo4j' ");
        prepared.watched.assertNothingIsLeft();
        prepared.assertRollsBackTo(isDecided ? prepared.restored : old);
    }

    /** The new store does not start, so that the old one is put back. */
    @ParameterizedTest
    @MethodSource("stepsOfUndoingARestore")
    void aRestoreThatIsKilledWhileItIsUndoneLeavesTheOldGraph(Neo4jVersion version, RestoreStep step)
            throws IOException {
        var prepared = prepared(version);
        var old = prepared.change();
        prepared.watched.failing().killAt(step.name());

        var restore = prepared.watched.restoreUpTo("NEW_LOGS_IN_PLACE", prepared.backup);
        prepared.watched.damage("neo4j");
        prepared.watched.failing().release();
        prepared.startAfterDeathIn(restore.call());

        assertThat(prepared.graph()).isEqualTo(old);
        assertNotes(prepared, step, "a restore of database 'neo4j' from '" + prepared.backup + "' ");
        prepared.watched.assertNothingIsLeft();
        prepared.assertRestores();
    }

    /** The store that was kept does not start; it is kept on. */
    @ParameterizedTest
    @MethodSource("stepsOfUndoingARollback")
    void aRollbackThatIsKilledWhileItIsUndoneLeavesTheOldGraph(Neo4jVersion version, RestoreStep step)
            throws IOException {
        var prepared = prepared(version);
        var kept = prepared.change();
        prepared.plugin().restore(prepared.backup);
        var whole = prepared.watched.damage("neo4j.ign-old");
        prepared.watched.failing().killAt(step.name());

        prepared.startAfterDeathIn(Plugin.inBackground("rollback", prepared.plugin()::tryRollback));

        assertThat(prepared.graph()).isEqualTo(prepared.restored);
        assertNotes(prepared, step, "a rollback of database 'neo4j' ");
        prepared.watched.assertNothingIsLeft();
        prepared.watched.mend("neo4j.ign-old", whole);
        prepared.assertRollsBackTo(kept);
    }

    /** Neo4j would make an empty graph in its place. */
    @ParameterizedTest
    @EnumSource
    void aServerDoesNotStartWithoutItsStoreWhileThatIsAside(Neo4jVersion version) throws IOException {
        var prepared = prepared(version);
        var graph = prepared.change();
        var server = prepared.watched.server();
        server.stop();
        var data = server.home().resolve("data");
        for (var root : List.of("databases", "transactions")) {
            Files.move(data.resolve(root).resolve("neo4j"), data.resolve(root).resolve("neo4j.ign-aside"));
        }

        assertThatThrownBy(server::start)
                .hasMessageContaining("'" + data.resolve("databases/neo4j") + "' is missing, and '");

        for (var root : List.of("databases", "transactions")) {
            Files.move(
                    data.resolve(root).resolve("neo4j.ign-aside"),
                    data.resolve(root).resolve("neo4j"));
        }
        server.start();
        assertThat(prepared.graph()).isEqualTo(graph);
        prepared.watched.assertNothingIsLeft();
    }

    /** Before the journal is written, and after it is gone, there is nothing to tell. */
    private static void assertNotes(Prepared prepared, RestoreStep step, String what) {
        var notes = prepared.plugin().status().get("notes").asList(value -> value.asString());
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
