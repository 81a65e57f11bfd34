package ign.backup.restore;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import ign.backup.server.Plugin;
import ign.backup.testkit.Await;
import ign.backup.testkit.InTurn;
import ign.backup.testkit.Neo4jServer;
import ign.backup.testkit.Neo4jVersion;
import ign.backup.testkit.PerVersion;
import ign.backup.testkit.ProbePlugin;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;

/** A new store that cannot be built, from a backup that was sound when it was judged: nothing of the database is touched. */
@Tag("promise-F1")
class FailedBuildIT {

    /** Other than a machine is likely to have cores, which is what the settings would say by themselves. */
    private static final int THREADS = 5;

    private static final int TAIL_BYTES = 4 << 10;

    @RegisterExtension
    static final PerVersion<WatchedServer> SERVERS = new PerVersion<>(FailedBuildIT::start, WatchedServer::close);

    private static WatchedServer start(Neo4jVersion version) {
        return WatchedServer.of(Neo4jServer.of(version)
                .plugin(ProbePlugin.failpointJar())
                .environment("IGN_BACKUP_RESTORE_THREADS", String.valueOf(THREADS))
                .start());
    }

    private static WatchedServer watched(Neo4jVersion version) {
        var watched = SERVERS.of(version);
        watched.reset();
        return watched;
    }

    /** It changes behind where it was read when the first nodes are written: only so much of it waits in memory. */
    @ParameterizedTest
    @InTurn
    void aBackupThatChangesAfterItWasJudgedIsNotRestored(Neo4jVersion version) throws IOException {
        var watched = watched(version);
        var server = watched.server();
        for (int i = 0; i < 4; i++) {
            server.run(
                    Neo4jServer.DATABASE,
                    "UNWIND range(1, 100) AS i CREATE (:Large {text: $text})",
                    Map.of("text", "a large text ".repeat(8_000)));
        }
        server.run("CREATE (:Saved)-[:IS {state: 'before'}]->(:Saved)");
        var file = watched.plugin().create(Map.of("compression", "none"));
        var path = watched.plugin().folder().resolve(file);
        var digest = sha256(path);
        server.run("MATCH (n) DETACH DELETE n");
        server.run("CREATE (:Live)");
        var restore = watched.restoreUpTo("BUILDING", file);
        overwrite(path, "before", "behind");

        var row = restore.goOn();

        assertThat(row.get("success").asBoolean()).isFalse();
        assertThat(row.get("code").asString()).isEqualTo("damaged");
        assertThat(row.get("message").asString())
                .isEqualTo("backup '" + file + "' changed while it was restored: its SHA-256 was " + digest
                        + " and is now " + sha256(path));
        assertThat(row.get("hint").asString())
                .isEqualTo("Find out who writes to the backup folder, or check its disk.");
        assertThat(watched.count("Live")).isEqualTo(1);
        server.run("CREATE (:Live)");
        watched.assertNothingIsLeft();

        overwrite(path, "behind", "before");
        assertThat(watched.restore(file).get("code").asString()).isEqualTo("ok");
        assertThat(watched.count("Saved")).isEqualTo(2);
        watched.assertNothingIsLeft();
    }

    /** Java knows the zone, so that the file is sound, and Neo4j has no number for it. */
    @ParameterizedTest
    @InTurn
    void whatNeo4jsImporterRefusesIsSaidAndCostsNothing(Neo4jVersion version) throws IOException {
        var watched = watched(version);
        var server = watched.server();
        server.run("CREATE (:Saved {at: datetime('2025-01-28T14:30:22[Europe/Berlin]')})-[:R]->(:Saved)");
        var file = watched.plugin().create(Map.of("compression", "none"));
        var text = Files.readString(watched.plugin().folder().resolve(file));
        assertThat(text).contains("[Europe/Berlin]");
        Files.writeString(
                watched.plugin().folder().resolve("by-hand.json"), text.replace("[Europe/Berlin]", "[UTC+01:00]"));
        server.run("CREATE (:Live)");

        var row = watched.restore("by-hand.json");

        assertThat(watched.plugin().verify("by-hand.json").get("valid").asBoolean())
                .isTrue();
        assertThat(row.get("success").asBoolean()).isFalse();
        assertThat(row.get("code").asString()).isEqualTo("failed");
        assertThat(row.get("message").asString()).isEqualTo("Neo4j's importer failed: unknown tzid 'UTC+01:00'");
        assertThat(watched.count("Live")).isEqualTo(1);
        server.run("CREATE (:Live)");
        watched.assertNothingIsLeft();

        assertThat(watched.restore(file).get("code").asString()).isEqualTo("ok");
        assertThat(watched.count("Saved")).isEqualTo(2);
        assertThat(watched.count("Live")).isZero();
        watched.assertNothingIsLeft();
    }

    /** All of them come with their first nodes to where the restore waits. */
    @ParameterizedTest
    @InTurn
    void theImporterHasAsManyThreadsAsItsSettingSays(Neo4jVersion version) {
        var watched = watched(version);
        watched.plugin().fillWithMuch(2 * THREADS * 2);
        var file = watched.plugin().create(Map.of());
        var restore = watched.restoreUpTo("BUILDING", file);

        Await.until("the importer's threads", Plugin.LIMIT, () -> importersOf(watched) >= THREADS);
        assertThat(importersOf(watched)).isEqualTo(THREADS);

        assertThat(restore.goOn().get("code").asString()).isEqualTo("ok");
    }

    private static long importersOf(WatchedServer watched) {
        return watched.failing().threads().stream()
                .filter(name -> name.startsWith("NodesImporter"))
                .count();
    }

    /** In place, so that whoever has the file open reads it. */
    private static void overwrite(Path file, String text, String other) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            long from = channel.size() - TAIL_BYTES;
            var tail = ByteBuffer.allocate(TAIL_BYTES);
            channel.read(tail, from);
            int at = new String(tail.array(), ISO_8859_1).lastIndexOf(text);
            assertThat(at).as("where '%s' stands in the end of %s", text, file).isNotNegative();
            channel.write(ByteBuffer.wrap(other.getBytes(ISO_8859_1)), from + at);
        }
    }

    private static String sha256(Path file) throws IOException {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has it", e);
        }
    }
}
