package ign.backup.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ign.backup.server.Plugin;
import ign.backup.testkit.Await;
import ign.backup.testkit.BuildFolder;
import ign.backup.testkit.Failing;
import ign.backup.testkit.InTurn;
import ign.backup.testkit.Neo4jServer;
import ign.backup.testkit.Neo4jVersion;
import ign.backup.testkit.ProbePlugin;
import ign.backup.testkit.SmallDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;

/** Disks that are full, elsewhere, or not to be written; tests that need a small one are skipped for users who may not mount. */
@Tag("promise-F4")
class DiskIT {

    private static final String NEEDS_MOUNT = "a small disk can be mounted by root only";

    @ParameterizedTest
    @InTurn
    void aFullDiskCostsNothingButAnError(Neo4jVersion version) throws IOException {
        version.assumeAvailable();
        var server = Neo4jServer.of(version).plugin(ProbePlugin.failpointJar()).build();
        try (var disk = SmallDisk.at(server.home().resolve("data"), "size=1500m")) {
            assumeTrue(disk.isMounted(), NEEDS_MOUNT);
            server.start();
            var plugin = Plugin.of(server);
            plugin.fillWithMuch(20);
            var file = plugin.create(Map.of("compression", "zstd"));
            server.run("CREATE (:Live)");
            var before = server.probe().digest();

            var filler = disk.fillUpTo(3 << 20);
            var refused = plugin.tryRestore(file);
            assertThat(refused.get("code").asString()).isEqualTo("unavailable");
            assertThat(refused.get("message").asString())
                    .matches("the new store needs about [0-9,]+ MB in '.*/databases', and [0-9] MB are free;"
                            + " nothing was touched");
            Files.delete(filler);

            var failing = new Failing(server);
            failing.waitAt("BUILDING");
            var call = Plugin.inBackground("restore", () -> plugin.tryRestore(file));
            failing.awaitStep("BUILDING");
            disk.fillUpTo(0);
            failing.release();
            var failed = Plugin.await(call);
            assertThat(failed.get("code").asString()).as("%s", failed.asMap()).isEqualTo("unavailable");
            assertThat(failed.get("message").asString()).startsWith("the new store could not be written: ");
            assertThat(server.probe().digest()).isEqualTo(before);
            Files.delete(filler);

            server.run("CREATE (:StillWritable)");
            assertThat(plugin.restore(file).get("code").asString()).isEqualTo("ok");
            assertThat(Plugin.filesOf(disk.folder().resolve("databases"))).noneMatch(name -> name.endsWith(".ign-new"));
        } finally {
            server.close();
        }
    }

    /** The decision cannot be written down, so that the old store is put back, once Neo4j has the room to close the new one. */
    @ParameterizedTest
    @InTurn
    void aDiskThatIsFullAtTheDecisionBringsTheOldStoreBack(Neo4jVersion version) throws IOException {
        version.assumeAvailable();
        var server = Neo4jServer.of(version).plugin(ProbePlugin.failpointJar()).build();
        try (var disk = SmallDisk.at(server.home().resolve("data"), "size=1500m")) {
            assumeTrue(disk.isMounted(), NEEDS_MOUNT);
            server.start();
            var watched = WatchedServer.of(server);
            var file = watched.backUpAndGoOn();
            var restore = watched.restoreUpTo("DEFINED", file);
            var filler = disk.fillUpTo(0);

            watched.failing().release();
            Await.until(
                    "a stop that finds no room",
                    Plugin.LIMIT,
                    () -> server.neo4jLog().contains("No space left on device")
                            || restore.call().isDone());
            Files.delete(filler);

            var row = Plugin.await(restore.call());
            assertThat(row.get("code").asString()).as("%s", row.asMap()).isEqualTo("unavailable");
            assertThat(row.get("message").asString())
                    .startsWith("the journal of the restore, '" + watched.store("neo4j.ign-restore")
                            + "', cannot be written: ")
                    .endsWith("; the database is as it was before");
            assertThat(watched.count("Live")).isEqualTo(1);
            server.run("CREATE (:Live)");
            assertThat(watched.restore(file).get("code").asString()).isEqualTo("ok");
            assertThat(watched.count("Saved")).isEqualTo(1);
            watched.assertNothingIsLeft();
        } finally {
            server.close();
        }
    }

    /** From there on nothing is put back; what is left to do needs a little room, and the next start does it. */
    @ParameterizedTest
    @InTurn
    void aDiskThatIsFullAfterTheDecisionLeavesTheRestToTheNextStart(Neo4jVersion version) throws IOException {
        version.assumeAvailable();
        var server = Neo4jServer.of(version).plugin(ProbePlugin.failpointJar()).build();
        try (var disk = SmallDisk.at(server.home().resolve("data"), "size=1500m")) {
            assumeTrue(disk.isMounted(), NEEDS_MOUNT);
            server.start();
            var watched = WatchedServer.of(server);
            var file = watched.backUpAndGoOn();
            var restore = watched.restoreUpTo("DECIDED", file);
            var filler = disk.fillUpTo(0);

            var row = restore.goOn();

            assertThat(row.get("state").asString()).as("%s", row.asMap()).isEqualTo("restored");
            assertThat(row.get("warnings").asList(warning -> warning.asString()))
                    .singleElement()
                    .asString()
                    .startsWith("the old store could not be put away, which the next start of the server does: ");
            Files.delete(filler);
            server.restart();
            assertThat(watched.count("Saved")).isEqualTo(1);
            watched.assertNothingIsLeft();
            assertThat(watched.plugin().tryRollback().get("state").asString()).isEqualTo("rolled-back");
            assertThat(watched.count("Live")).isEqualTo(1);
        } finally {
            server.close();
        }
    }

    @ParameterizedTest
    @InTurn
    void aStoreThatCouldNotBeRenamedToItsPlaceIsNotBuilt(Neo4jVersion version) {
        version.assumeAvailable();
        try (var elsewhere = SmallDisk.at(BuildFolder.fresh("elsewhere"), "size=50m")) {
            assumeTrue(elsewhere.isMounted(), NEEDS_MOUNT);
            try (var server = Neo4jServer.of(version)
                    .environment(
                            "IGN_BACKUP_RESTORE_STAGING", elsewhere.folder().toString())
                    .start()) {
                server.run("CREATE (:Live)");
                var plugin = Plugin.of(server);
                var file = plugin.create(Map.of());

                var row = plugin.tryRestore(file);

                assertThat(row.get("code").asString()).isEqualTo("unavailable");
                assertThat(row.get("message").asString())
                        .contains("/neo4j.ign-new' is on another file system than '")
                        .endsWith("; nothing was touched");
                assertThat(server.run("MATCH (n:Live) RETURN n")).hasSize(1);
            }
        }
    }

    @ParameterizedTest
    @InTurn
    void aDatabaseThatIsAMountOfItsOwnIsNotReplaced(Neo4jVersion version) {
        version.assumeAvailable();
        var server = Neo4jServer.of(version).build();
        try (var mount = SmallDisk.at(server.home().resolve("data/databases/neo4j"), "size=400m")) {
            assumeTrue(mount.isMounted(), NEEDS_MOUNT);
            server.start();
            server.run("CREATE (:Live)");
            var plugin = Plugin.of(server);
            var file = plugin.create(Map.of());

            var row = plugin.tryRestore(file);

            assertThat(row.get("message").asString())
                    .contains("databases/neo4j' is a file system of its own (a mount), so that it cannot be renamed");
            assertThat(server.run("MATCH (n:Live) RETURN n")).hasSize(1);
        } finally {
            server.close();
        }
    }

    @ParameterizedTest
    @InTurn
    void aFolderThatCannotBeWrittenIsNamed(Neo4jVersion version) {
        version.assumeAvailable();
        try (var locked = SmallDisk.at(BuildFolder.fresh("locked"), "ro,size=1m")) {
            assumeTrue(locked.isMounted(), NEEDS_MOUNT);
            try (var server = Neo4jServer.of(version)
                    .environment("IGN_BACKUP_RESTORE_STAGING", locked.folder().toString())
                    .start()) {
                var plugin = Plugin.of(server);
                server.run("CREATE (:Live)");
                var file = plugin.create(Map.of());

                var row = plugin.tryRestore(file);

                assertThat(row.get("code").asString()).isEqualTo("unavailable");
                assertThat(row.get("message").asString())
                        .startsWith("the folders in which a new store is built, [")
                        .endsWith("; nothing was touched");
            }
        }
    }

    @ParameterizedTest
    @InTurn
    void aStagingFolderOfItsOwnIsUsedAndSwept(Neo4jVersion version) {
        version.assumeAvailable();
        try (var server = Neo4jServer.of(version)
                .plugin(ProbePlugin.failpointJar())
                .environment("IGN_BACKUP_RESTORE_STAGING", "staging")
                .start()) {
            var plugin = Plugin.of(server);
            server.run("CREATE (:Saved)");
            var file = plugin.create(Map.of());
            var failing = new Failing(server);
            failing.killAt("BUILT");
            var call = Plugin.inBackground("restore", () -> plugin.tryRestore(file));
            failing.awaitDeath();
            assertThat(call.handle((row, failure) -> failure != null).join()).isTrue();
            var staging = ownFolderIn(server.home().resolve("staging"));
            assertThat(Plugin.filesOf(staging)).containsExactly("neo4j.ign-new");

            server.start();
            assertThat(Plugin.filesOf(staging)).isEmpty();
            assertThat(plugin.restore(file).get("code").asString()).isEqualTo("ok");
            assertThat(Plugin.filesOf(staging)).isEmpty();
        }
    }

    /** Each server has its own in a folder that several may use. */
    private static Path ownFolderIn(Path staging) {
        var own = Plugin.filesOf(staging);
        assertThat(own).hasSize(1);
        return staging.resolve(own.get(0)).resolve("databases");
    }

    @ParameterizedTest
    @InTurn
    void theOldStoreGoesWhenItsTimeHasPassed(Neo4jVersion version) {
        version.assumeAvailable();
        try (var server = Neo4jServer.of(version)
                .environment("IGN_BACKUP_KEEP_OLD_STORE", "1s")
                .start()) {
            var plugin = Plugin.of(server);
            server.run("CREATE (:Saved)");
            plugin.restore(plugin.create(Map.of()));

            Await.until("the removal of the old store", Duration.ofMinutes(2), () -> server.neo4jLog()
                    .contains("removed the old store of database 'neo4j' ("));

            assertThat(plugin.status().get("old_store").isNull()).isTrue();
            assertThat(Plugin.filesOf(server.home().resolve("data/databases")))
                    .noneMatch(name -> name.contains("ign-"));
        }
    }
}
