package ign.backup.restore;

import static org.assertj.core.api.Assertions.assertThat;

import ign.backup.server.Plugin;
import ign.backup.testkit.Failing;
import ign.backup.testkit.Neo4jServer;
import ign.backup.testkit.Neo4jVersion;
import ign.backup.testkit.ProbePlugin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.neo4j.driver.Record;

/** A server whose restores can be made to wait at a step, and what tests look at meanwhile and afterwards. */
record WatchedServer(Neo4jServer server, Plugin plugin, Failing failing) {

    static final Map<String, Object> CONFIRMED = Map.of("confirm", true);

    /** {@return one that has been started} */
    static WatchedServer start(Neo4jVersion version) {
        version.assumeAvailable();
        return of(Neo4jServer.of(version).plugin(ProbePlugin.failpointJar()).start());
    }

    /** {@return one that has the failpoints beside the plugin} */
    static WatchedServer of(Neo4jServer server) {
        return new WatchedServer(server, Plugin.of(server), new Failing(server));
    }

    void close() {
        server.close();
    }

    /** Lets it run, with an empty graph, an empty backup folder, and nothing that waits. */
    void reset() {
        server.start();
        failing.clear();
        server.clear();
        Plugin.withEmptyFolder(server);
    }

    /** {@return a backup of one node {@code Saved}; there is one {@code Live} as well since} */
    String backUpAndGoOn() {
        server.run("CREATE (:Saved)");
        var file = plugin.create(Map.of());
        server.run("CREATE (:Live)");
        return file;
    }

    /** Restores, confirmed; {@return its row} */
    Record restore(String file) {
        return plugin.tryRestore(file, CONFIRMED);
    }

    /** {@return a restore, confirmed, that has come to this step and waits there} */
    Waiting restoreUpTo(String step, String file) {
        return restoreUpTo(step, file, CONFIRMED);
    }

    /** {@return a restore that has come to this step and waits there} */
    Waiting restoreUpTo(String step, String file, Map<String, Object> options) {
        failing.waitAt(step);
        var call = Plugin.inBackground("restore", () -> plugin.tryRestore(file, options));
        failing.awaitStep(step);
        return new Waiting(call, failing);
    }

    /** A restore that waits. */
    record Waiting(CompletableFuture<Record> call, Failing failing) {

        /** Lets it go on; {@return its row} */
        Record goOn() {
            failing.release();
            return Plugin.await(call);
        }
    }

    long count(String label) {
        return server.run("MATCH (n:" + label + ") RETURN count(n) AS n")
                .get(0)
                .get("n")
                .asLong();
    }

    /** {@return the folder of a store, by its name} */
    Path store(String name) {
        return server.home().resolve("data/databases").resolve(name);
    }

    /** Overwrites what no database starts without; {@return what it was, by name} */
    Map<String, byte[]> damage(String store) throws IOException {
        var whole = new HashMap<String, byte[]>();
        for (var name : List.of("neostore", "neostore.nodestore.db")) {
            var file = store(store).resolve(name);
            whole.put(name, Files.readAllBytes(file));
            Files.write(file, new byte[] {1, 2, 3});
        }
        return whole;
    }

    void mend(String store, Map<String, byte[]> whole) throws IOException {
        for (var file : whole.entrySet()) {
            Files.write(store(store).resolve(file.getKey()), file.getValue());
        }
    }

    /** Beside the databases there is at most the store that is kept. */
    void assertNothingIsLeft() {
        assertThat(Plugin.filesOf(server.home().resolve("data/databases")))
                .isSubsetOf(Set.of("neo4j", "neo4j.ign-old", "neo4j.ign-kept", "system", "store_lock"));
        assertThat(Plugin.filesOf(server.home().resolve("data/transactions")))
                .isSubsetOf(Set.of("neo4j", "neo4j.ign-old", "system"));
    }
}
