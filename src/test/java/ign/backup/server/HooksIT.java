package ign.backup.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ign.backup.testkit.Await;
import ign.backup.testkit.BuildFolder;
import ign.backup.testkit.InTurn;
import ign.backup.testkit.Neo4jServer;
import ign.backup.testkit.Neo4jVersion;
import ign.backup.testkit.PrometheusText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.neo4j.driver.exceptions.Neo4jException;

/** Hooks and heap dumps around the backups of a real server. */
@Timeout(600)
class HooksIT {

    /** Writes down what it is told, and hangs with a child of its own when the test wants that. */
    private static final String SCRIPT = """
            #!/bin/sh
            me=${0##*/}
            env > "told-$me.part" && mv "told-$me.part" "told-$me"
            echo "$me was here"
            if [ -e "hang-$me" ]; then
                sleep 1000 &
                echo $! > child.part && mv child.part child
                wait
            fi
            """;

    private static final String PLAIN = "rwx------";

    @ParameterizedTest
    @InTurn
    void bothHooksAndTheHeapDump(Neo4jVersion version) throws IOException {
        version.assumeAvailable();
        var folder = BuildFolder.fresh("hooks");
        write(folder.resolve("before.sh"), "rwxrwxrwx");
        write(folder.resolve("after.sh"), PLAIN);
        try (var server = Neo4jServer.of(version)
                .environment("CANARY_TOKEN", "canary-of-the-environment")
                .environment("IGN_BACKUP_FORENSICS_HEAP_PERCENT", "1")
                .environment("IGN_BACKUP_FORENSICS_HEAP_DUMP", "true")
                .environment("IGN_BACKUP_FORENSICS_MAX_DUMPS", "2")
                .environment("IGN_BACKUP_HOOKS_FOLDER", folder.toString())
                .environment("IGN_BACKUP_HOOKS_BEFORE_BACKUP", "before.sh")
                .environment("IGN_BACKUP_HOOKS_AFTER_BACKUP", "after.sh")
                .environment("IGN_BACKUP_HOOKS_TIMEOUT", "8s")
                .start()) {
            anUnsafeHookDisablesThePlugin(server, folder);
            Files.setPosixFilePermissions(folder.resolve("before.sh"), PosixFilePermissions.fromString(PLAIN));
            server.restart();
            server.run("CREATE (:Something)");

            bothAreToldWhatTheyNeed(server, folder);
            theHeapIsDumped(server);
            withoutTheHookBeforeThereIsNoBackup(server, folder);
            aHookAfterThatHangsLeavesTheBackup(server, folder);
            aCancelEndsAHookWhileOthersWrite(server, folder);
            theLastDumpsAreKept(server);
        }
    }

    private static void write(Path file, String mode) throws IOException {
        Files.writeString(file, SCRIPT);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    }

    private static void anUnsafeHookDisablesThePlugin(Neo4jServer server, Path folder) throws IOException {
        var refused = catchThrowableOfType(Neo4jException.class, () -> server.run("CALL ign.backup.status()"));

        assertThat(refused.getMessage())
                .contains("ign.backup is disabled: the configuration has a fault: 'hooks.before_backup': hook '"
                        + folder.toRealPath()
                        + "/before.sh': expected is one that only its owner may write to, found is one"
                        + " that others may write to, its mode is rwxrwxrwx");
    }

    private static void bothAreToldWhatTheyNeed(Neo4jServer server, Path folder) throws IOException {
        var made = Plugin.of(server).tryCreate(Map.of("tier", "weekly", "traceId", "trace 7"));

        assertThat(made.get("success").asBoolean()).as("%s", made.asMap()).isTrue();
        var before = told(folder, "before.sh");
        assertThat(before)
                .containsEntry("IGN_BACKUP_EVENT", "before_backup")
                .containsEntry("IGN_BACKUP_DATABASE", "neo4j")
                .containsEntry("IGN_BACKUP_TIER", "weekly")
                .containsEntry("IGN_BACKUP_REASON", "campaign")
                .containsEntry("IGN_BACKUP_TRACE_ID", "trace 7")
                .containsEntry("IGN_BACKUP_FOLDER", Plugin.of(server).folder().toString())
                .containsKey("PATH")
                .doesNotContainKey("IGN_BACKUP_FILE");
        assertThat(before.keySet())
                .allMatch(name -> name.startsWith("IGN_BACKUP_")
                        || List.of("PATH", "PWD", "OLDPWD", "SHLVL", "_").contains(name))
                .doesNotContain("IGN_BACKUP_HOOKS_FOLDER");
        var file = made.get("file").asString();
        assertThat(told(folder, "after.sh"))
                .containsEntry("IGN_BACKUP_EVENT", "after_backup")
                .containsEntry("IGN_BACKUP_SUCCESS", "true")
                .containsEntry("IGN_BACKUP_CODE", "ok")
                .containsEntry("IGN_BACKUP_FILE", file)
                .containsEntry("IGN_BACKUP_PATH", made.get("path").asString())
                .containsEntry("IGN_BACKUP_SHA256", made.get("sha256").asString())
                .containsEntry(
                        "IGN_BACKUP_SIZE_BYTES",
                        String.valueOf(made.get("size_bytes").asLong()))
                .containsEntry("IGN_BACKUP_VERIFIED", "true")
                .containsEntry("IGN_BACKUP_MESSAGE", made.get("message").asString());
        assertThat(server.neo4jLog())
                .contains(
                        "[ign.backup] hook 'before.sh': before.sh was here",
                        "[ign.backup] hook 'after.sh': after.sh was here");
    }

    private static void theHeapIsDumped(Neo4jServer server) throws IOException {
        var dump = dumps(server).get(0);

        assertThat(dump.getFileName().toString()).matches("pre-backup-20[0-9]{6}_[0-9]{6}\\.hprof");
        try (var in = Files.newInputStream(dump)) {
            assertThat(new String(in.readNBytes(12), StandardCharsets.US_ASCII)).isEqualTo("JAVA PROFILE");
        }
        assertThat(Files.getPosixFilePermissions(dump)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(Files.getPosixFilePermissions(folderOfDumps(server)))
                .isEqualTo(PosixFilePermissions.fromString("rwx------"));
        assertThat(server.neo4jLog())
                .containsPattern(
                        "WARN  \\[ign.backup] before the backup [0-9.]+ % of the heap are used, [0-9]+ of 512 MiB")
                .contains("[ign.backup] heap dump '" + dump + "' made, "
                        + Math.round(Files.size(dump) / 1024.0 / 1024.0) + " MiB");
        Files.writeString(folderOfDumps(server).resolve("java_pid1.hprof"), "of somebody else");
    }

    private static void withoutTheHookBeforeThereIsNoBackup(Neo4jServer server, Path folder) throws IOException {
        int before = Plugin.of(server).list().size();
        Files.createFile(folder.resolve("hang-before.sh"));

        var row = Plugin.of(server).tryCreate(Map.of());

        assertThat(row.get("success").asBoolean()).isFalse();
        assertThat(row.get("code").asString()).isEqualTo("unavailable");
        assertThat(row.get("message").asString())
                .isEqualTo("hook 'before.sh' did not end within 8.0 s and was ended; so no backup was made");
        assertThat(Plugin.of(server).list()).hasSize(before);
        assertThat(told(folder, "after.sh"))
                .containsEntry("IGN_BACKUP_SUCCESS", "false")
                .containsEntry("IGN_BACKUP_CODE", "unavailable")
                .doesNotContainKey("IGN_BACKUP_FILE");
        awaitEndOfChild(folder);
        Files.delete(folder.resolve("hang-before.sh"));
    }

    private static void aHookAfterThatHangsLeavesTheBackup(Neo4jServer server, Path folder) throws IOException {
        Files.createFile(folder.resolve("hang-after.sh"));

        var row = Plugin.of(server).tryCreate(Map.of());

        var warning = "the hook after the backup failed: hook 'after.sh' did not end within 8.0 s and was ended";
        assertThat(row.get("success").asBoolean()).as("%s", row.asMap()).isTrue();
        assertThat(row.get("code").asString()).isEqualTo("ok");
        assertThat(row.get("warnings").asList(value -> value.asString())).contains(warning);
        assertThat(row.get("message").asString()).endsWith("; " + warning);
        assertThat(server.neo4jLog())
                .contains("WARN  [ign.backup] " + warning + " (backup '"
                        + row.get("file").asString() + "')");
        var metrics = metrics(server);
        assertThat(metrics.require("neo4j_backup_hook_failures_total")).isEqualTo(1);
        assertThat(metrics.require("neo4j_backup_verify_failures_total")).isZero();
        awaitEndOfChild(folder);
        Files.delete(folder.resolve("hang-after.sh"));
    }

    private static void aCancelEndsAHookWhileOthersWrite(Neo4jServer server, Path folder) throws IOException {
        Files.createFile(folder.resolve("hang-before.sh"));
        var call = Plugin.inBackground("caller", () -> Plugin.of(server).tryCreate(Map.of()));
        Await.until("the hook", Plugin.LIMIT, () -> Files.exists(folder.resolve("child")));

        server.run("CREATE (:Written {meanwhile: true})");
        var phase = Plugin.of(server).status().get("phase").asString();
        server.run("system", "CALL ign.backup.cancel()", Map.of());

        assertThat(phase).isEqualTo("hook before");
        assertThat(Plugin.await(call).get("code").asString()).isEqualTo("cancelled");
        assertThat(server.run("MATCH (n:Written) RETURN n")).hasSize(1);
        Await.until("the hook after the cancel", Plugin.LIMIT, () -> "cancelled"
                .equals(told(folder, "after.sh").get("IGN_BACKUP_CODE")));
        awaitEndOfChild(folder);
        Files.delete(folder.resolve("hang-before.sh"));
    }

    private static void theLastDumpsAreKept(Neo4jServer server) throws IOException {
        assertThat(dumps(server)).hasSize(2);
        assertThat(folderOfDumps(server).resolve("java_pid1.hprof")).hasContent("of somebody else");
        assertThat(server.neo4jLog()).containsPattern("\\[ign.backup] removed heap dump 'pre-backup-[0-9_]+\\.hprof'");
    }

    private static PrometheusText metrics(Neo4jServer server) throws IOException {
        var address = server.httpUri().resolve("/ign/backup/metrics").toURL();
        try (var in = address.openStream()) {
            return PrometheusText.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    private static Path folderOfDumps(Neo4jServer server) {
        return server.home().resolve("data/dumps");
    }

    private static List<Path> dumps(Neo4jServer server) throws IOException {
        try (var files = Files.list(folderOfDumps(server))) {
            return files.filter(file -> file.getFileName().toString().startsWith("pre-backup-"))
                    .sorted()
                    .toList();
        }
    }

    private static Map<String, String> told(Path folder, String hook) {
        try {
            return Files.readAllLines(folder.resolve("told-" + hook)).stream()
                    .map(line -> line.split("=", 2))
                    .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1], (one, other) -> one, TreeMap::new));
        } catch (IOException e) {
            throw new AssertionError("the hook was not run", e);
        }
    }

    /** Of what the hook has started nothing runs on; what nobody has asked for its exit code yet has ended, too. */
    private static void awaitEndOfChild(Path folder) throws IOException {
        var process = Path.of("/proc", Files.readString(folder.resolve("child")).strip(), "stat");
        Await.until("the end of the hook's child", Plugin.LIMIT, () -> {
            try {
                return Files.readString(process).contains(") Z ");
            } catch (IOException e) {
                return true;
            }
        });
        Files.delete(folder.resolve("child"));
    }
}
