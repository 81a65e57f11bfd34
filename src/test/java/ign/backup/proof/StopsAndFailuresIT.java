package ign.backup.proof;

import static org.assertj.core.api.Assertions.assertThat;

import ign.backup.server.Plugin;
import ign.backup.testkit.Await;
import ign.backup.testkit.InTurn;
import ign.backup.testkit.Neo4jServer;
import ign.backup.testkit.Neo4jVersion;
import ign.backup.testkit.PerVersion;
import ign.backup.testkit.SmallDisk;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A backup under load that cannot end well. */
class StopsAndFailuresIT {

    private static final int WRITERS = 4;

    @RegisterExtension
    static final PerVersion<Prepared> SERVERS = new PerVersion<>(Prepared::make, Prepared::end);

    /** A server whose backup folder is a file system of its own, where this user may mount one. */
    private record Prepared(Neo4jServer server, Plugin plugin, SmallDisk disk) {

        static Prepared make(Neo4jVersion version) {
            var server = Neo4jServer.of(version)
                    .environment("IGN_BACKUP_GZIP_LEVEL", "9")
                    .environment("IGN_BACKUP_THREADS", "1")
                    .build();
            var plugin = Plugin.of(server);
            return new Prepared(server, plugin, SmallDisk.at(plugin.folder(), "size=100m,mode=750"));
        }

        void end() {
            server.close();
            disk.close();
        }
    }

    /** {@return a running server with the graph that writers change} */
    private static Prepared filled(Neo4jVersion version) {
        var prepared = SERVERS.of(version);
        prepared.server.start();
        prepared.server.clear();
        prepared.plugin.files().stream()
                .filter(name -> name.startsWith("ign_scripts_db_backup_"))
                .forEach(prepared.plugin::discard);
        Bank.create(prepared.server, WRITERS);
        return prepared;
    }

    @ParameterizedTest
    @EnumSource
    void aServerThatIsStoppedDuringABackupUnderLoadEndsAndLosesNothing(Neo4jVersion version) {
        var prepared = filled(version);
        var server = prepared.server;
        var plugin = prepared.plugin;
        List<Integer> confirmed;
        try (var writers = Writers.start(server, WRITERS)) {
            var create = Plugin.inBackground("create", () -> plugin.tryCreate(Map.of("compression", "gzip")));
            Await.until(
                    "a backup to begin",
                    Plugin.LIMIT,
                    () -> create.isDone()
                            || plugin.status().get("operation").asString("").equals("create"));
            var process = ProcessHandle.of(server.pid()).orElseThrow();
            process.destroy();
            Await.until("the end of the server", Plugin.LIMIT, () -> !process.isAlive());
            server.stop();
            confirmed = writers.acknowledged();
        }
        assertThat(server.neo4jLog()).contains("Stopped.");
        assertThat(plugin.files()).noneMatch(name -> name.endsWith(".part"));

        server.start();
        var found = GraphImage.of(server);
        var content = BackupFile.read(plugin.folder().resolve(plugin.create(Map.of())));
        assertThat(content.graph().differencesFrom(found)).isEmpty();
        for (int writer = 0; writer < WRITERS; writer++) {
            assertThat((Long) found.property(Bank.writer(writer), "n"))
                    .as("transactions of writer %s", writer)
                    .isGreaterThanOrEqualTo(confirmed.get(writer));
        }
    }

    /** Needs the right to mount a file system that is too small; skipped without. */
    @ParameterizedTest
    @InTurn
    void aFullDiskFailsTheBackupAndNoWriter(Neo4jVersion version) {
        var prepared = filled(version);
        Assumptions.assumeTrue(prepared.disk.isMounted(), "this user may not mount a small file system");
        var server = prepared.server;
        var plugin = prepared.plugin;
        try (var writers = Writers.start(server, WRITERS)) {
            plugin.discard(plugin.create(Map.of("verify", false)));
            var listeners = server.probe().listeners();
            var files = plugin.files();
            assertThat(prepared.disk.resize("1m")).isTrue();
            for (int i = 0; i < 3; i++) {
                var row = plugin.tryCreate(Map.of("compression", "none"));
                assertThat(row.get("message").asString()).contains("the disk is full");
                assertThat(row.get("code").asString()).isEqualTo("unavailable");
                writers.awaitProgress();
            }
            assertThat(plugin.files()).isEqualTo(files);
            assertThat(server.probe().listeners()).isEqualTo(listeners);
            Await.until("the end of its threads", Plugin.LIMIT, () -> server.probe().threads().stream()
                    .noneMatch(name -> name.startsWith("ign-backup-export")));

            assertThat(prepared.disk.resize("100m")).isTrue();
            var file = plugin.create(Map.of());
            writers.stop();
            var graph = BackupFile.read(plugin.folder().resolve(file)).graph();
            var expected = new Expectation(WRITERS).after(Witness.transactions(graph, WRITERS));
            assertThat(graph.differencesFrom(expected)).isEmpty();
        }
    }
}
