package ign.backup.server;

import static org.assertj.core.api.Assertions.assertThat;

import ign.backup.testkit.Neo4jServer;
import ign.backup.testkit.Neo4jVersion;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Backups that a disk, a copy or a person has damaged; the sweep over every byte is another test. */
@Tag("promise-B1")
@Tag("promise-B2")
class DamageIT {

    private static final int SAMPLES = 12;

    @ParameterizedTest
    @EnumSource
    void everyDamageIsFoundAndNothingIsTouched(Neo4jVersion version) {
        var server = Neo4jServer.shared(version);
        var plugin = Plugin.withEmptyFolder(server);
        server.run(
                "UNWIND range(1, 50) AS i CREATE (:A {i: i, text: 'text ' + i})-[:R {at: date()}]->(:B {p: point({x: i, y: 1})})");
        server.run("CREATE CONSTRAINT a_i FOR (n:A) REQUIRE n.i IS UNIQUE");
        var original = server.probe().digest();
        var stop = new AtomicBoolean();
        var answers = new AtomicLong();
        var client = Plugin.inBackground("client", () -> {
            while (!stop.get()) {
                assertThat(server.run("MATCH (n:A {i: 7}) RETURN n.text AS text")
                                .get(0)
                                .get("text")
                                .asString())
                        .isEqualTo("text 7");
                answers.incrementAndGet();
            }
            return true;
        });

        for (var compression : new String[] {"none", "zstd", "gzip"}) {
            var file = plugin.create(Map.of("compression", compression, "pin", true));
            var bytes = plugin.read(file);
            var sidecar = plugin.read(file + ".sha256");
            damaged(bytes).forEach((damage, damaged) -> {
                plugin.write(file, damaged);
                assertIsRefused(plugin, file, damage);
            });
            plugin.write(file, bytes);

            sidecar[3] = sidecar[3] == 'a' ? (byte) 'b' : (byte) 'a';
            plugin.write(file + ".sha256", sidecar);
            assertIsRefused(plugin, file, "digit of the sidecar");
            sidecar = plugin.read(file + ".sha256");
            plugin.write(file + ".sha256", Arrays.copyOf(sidecar, 20));
            assertIsRefused(plugin, file, "cut sidecar");
            plugin.delete(file + ".sha256");
            assertThat(plugin.verify(file).get("state").asString()).isEqualTo("good");
        }

        stop.set(true);
        assertThat(Plugin.await(client)).isTrue();
        assertThat(answers.get()).isPositive();
        assertThat(server.probe().digest()).isEqualTo(original);
        assertThat(server.run("system", "SHOW DATABASE neo4j YIELD currentStatus", Map.of())
                        .get(0)
                        .get("currentStatus")
                        .asString())
                .isEqualTo("online");
        assertThat(Plugin.filesOf(server.home().resolve("data/databases")))
                .noneMatch(name -> name.contains("ign-aside"));
    }

    private static void assertIsRefused(Plugin plugin, String file, String damage) {
        var verified = plugin.verify(file);
        assertThat(verified.get("valid").asBoolean()).as(damage).isFalse();
        assertThat(verified.get("state").asString()).as(damage).isEqualTo("damaged");
        assertThat(verified.get("message").asString()).as(damage).startsWith("Backup validation failed: ");
        assertThat(verified.get("problems").size()).as(damage).isPositive();

        var restored = plugin.tryRestore(file);
        assertThat(restored.get("success").asBoolean()).as(damage).isFalse();
        assertThat(restored.get("state").asString()).as(damage).isEqualTo("failed");
        assertThat(restored.get("code").asString()).as(damage).isEqualTo("damaged");
        assertThat(restored.get("message").asString())
                .as(damage)
                .startsWith("backup '" + file + "' cannot be restored, and nothing was touched: ");
        assertThat(restored.get("hint").asString())
                .as(damage)
                .isEqualTo("Restore another backup; CALL ign.backup.list() shows which ones were verified.");
    }

    /** {@return the bytes, each time with another fault} */
    private static Map<String, byte[]> damaged(byte[] bytes) {
        var all = new LinkedHashMap<String, byte[]>();
        for (int i = 0; i < SAMPLES; i++) {
            int at = (int) ((long) (bytes.length - 1) * i / (SAMPLES - 1));
            var flipped = bytes.clone();
            flipped[at] ^= (byte) (1 << (i % 8));
            all.put("bit " + i % 8 + " of byte " + at, flipped);
        }
        for (int length : new int[] {0, 1, bytes.length / 3, bytes.length / 2, bytes.length - 8, bytes.length - 1}) {
            all.put("cut to " + length, Arrays.copyOf(bytes, length));
        }
        all.put("one byte more", Arrays.copyOf(bytes, bytes.length + 1));
        var twice = Arrays.copyOf(bytes, bytes.length * 2);
        System.arraycopy(bytes, 0, twice, bytes.length, bytes.length);
        all.put("twice", twice);
        return all;
    }
}
