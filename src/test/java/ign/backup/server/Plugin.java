package ign.backup.server;

import static org.assertj.core.api.Assertions.assertThat;

import ign.backup.testkit.Await;
import ign.backup.testkit.Neo4jServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.neo4j.driver.Record;
import org.neo4j.driver.SessionConfig;

/** The plugin in a running server, called as clients call it, and its folder as an operator sees it. */
public final class Plugin {

    /** How long anything may take before a test fails. */
    public static final Duration LIMIT = Duration.ofMinutes(2);

    private static final String SYSTEM = "system";
    private static final String RESTORE = "CALL ign.backup.restore($file, $options)";

    private final Neo4jServer server;

    private Plugin(Neo4jServer server) {
        this.server = server;
    }

    /** {@return the plugin of a running server} */
    public static Plugin of(Neo4jServer server) {
        return new Plugin(server);
    }

    /** The plugin of a server whose backup folder is emptied first. */
    public static Plugin withEmptyFolder(Neo4jServer server) {
        var plugin = new Plugin(server);
        plugin.files().forEach(name -> delete(plugin.folder().resolve(name)));
        return plugin;
    }

    /** Makes a backup that must succeed, and tells its name. */
    public String create(Map<String, Object> options) {
        var row = tryCreate(options);
        assertThat(row.get("success").asBoolean()).as("%s", row.asMap()).isTrue();
        return row.get("file").asString();
    }

    /** {@return the row of a call that may fail} */
    public Record tryCreate(Map<String, Object> options) {
        return row(Neo4jServer.DATABASE, "CALL ign.backup.create('campaign', $options)", Map.of("options", options));
    }

    /** Restores, from a session on {@code system}; must succeed. */
    public Record restore(String file) {
        var row = tryRestore(file);
        assertThat(row.get("success").asBoolean()).as("%s", row.asMap()).isTrue();
        return row;
    }

    /** {@return the row of a call that may fail} */
    public Record tryRestore(String file) {
        return tryRestore(file, Map.of("confirm", true));
    }

    /** {@return the row of a call that may fail} */
    public Record tryRestore(String file, Map<String, Object> options) {
        return row(SYSTEM, RESTORE, Map.of("file", file, "options", options));
    }

    /** {@return the row of a call that may fail} */
    public Record tryRollback() {
        return row(SYSTEM, "CALL ign.backup.rollback()", Map.of());
    }

    /** Restores, from a session on the database itself. */
    public Record restoreFromWithin(String file) {
        return row(Neo4jServer.DATABASE, RESTORE, Map.of("file", file, "options", Map.of("confirm", true)));
    }

    /** {@return the row of a verification} */
    public Record verify(String file) {
        return row(SYSTEM, "CALL ign.backup.verify($file)", Map.of("file", file));
    }

    /** {@return the rows of {@code list}, newest first} */
    public List<Record> list() {
        return server.run(SYSTEM, "CALL ign.backup.list()", Map.of());
    }

    /** {@return the row of that file in the list} */
    public Record listed(String file) {
        return list().stream()
                .filter(row -> row.get("file").asString().equals(file))
                .findFirst()
                .orElseThrow(() -> new AssertionError("'" + file + "' is not in the list"));
    }

    /** {@return the row of a status} */
    public Record status() {
        return row(SYSTEM, "CALL ign.backup.status()", Map.of());
    }

    /** {@return how the last operation ended, once it has} */
    public Map<String, Object> outcome(String operation) {
        return Await.untilPresent("the end of " + operation, LIMIT, () -> {
            var now = status();
            var last = now.get("last_operation");
            return now.get("operation").isNull()
                            && !last.isNull()
                            && last.get("operation").asString().equals(operation)
                    ? java.util.Optional.of(last.asMap())
                    : java.util.Optional.empty();
        });
    }

    /** Waits until what runs is as asked; fails when nothing is, within the limit. */
    public Record awaitStatus(String what, Predicate<Record> asked) {
        return Await.untilPresent(
                what, LIMIT, () -> java.util.Optional.of(status()).filter(asked));
    }

    public void awaitPhase(String phase) {
        awaitStatus("phase " + phase, row -> row.get("phase").asString("").equals(phase));
    }

    /** Runs a call in a thread of its own. */
    public static <T> CompletableFuture<T> inBackground(String name, java.util.function.Supplier<T> call) {
        Executor thread = work -> {
            var worker = new Thread(work, name);
            worker.setDaemon(true);
            worker.start();
        };
        return CompletableFuture.supplyAsync(call, thread);
    }

    /** {@return what a call in the background gave; its exception if it failed} */
    public static <T> T await(CompletableFuture<T> call) {
        try {
            return call.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new AssertionError("a call ended with an error", e);
        } catch (TimeoutException e) {
            throw new AssertionError("a call did not end", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** {@return the one row of a statement} */
    public Record row(String database, String statement, Map<String, Object> parameters) {
        try (var session = server.driver().session(SessionConfig.forDatabase(database))) {
            return session.run(statement, parameters).single();
        }
    }

    /** {@return where its backups are} */
    public Path folder() {
        return server.home().resolve("fullbackup");
    }

    /** {@return the names of all files in the backup folder, sorted} */
    public List<String> files() {
        return filesOf(folder());
    }

    /** {@return the names of all files in a folder, sorted; none when it is not there} */
    public static List<String> filesOf(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    byte[] read(String file) {
        try {
            return Files.readAllBytes(folder().resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void write(String file, byte[] bytes) {
        try {
            Files.createDirectories(folder());
            Files.write(folder().resolve(file), bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Does something while a file is in the place of the folder: whoever runs the tests may write everywhere. */
    public void withoutFolder(Runnable work) {
        var away = folder().resolveSibling("fullbackup-away");
        try {
            Files.createDirectories(folder());
            Files.move(folder(), away);
            try {
                Files.writeString(folder(), "in the way");
                work.run();
            } finally {
                Files.delete(folder());
                Files.move(away, folder());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Removes a backup as a person would, by hand. */
    public void discard(String file) {
        delete(file);
        delete(file + ".sha256");
    }

    void delete(String file) {
        delete(folder().resolve(file));
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Fills the graph with {@code thousands} of nodes and as many relationships, so that work on it takes a while. */
    public void fillWithMuch(int thousands) {
        server.run(
                Neo4jServer.DATABASE,
                "UNWIND range(1, $thousands) AS i CALL (i) { UNWIND range(1, 1000) AS j"
                        + " CREATE (n:Much {i: i, j: j, text: 'some text of node ' + i + '-' + j, u: randomUUID()})"
                        + " CREATE (n)-[:TO {at: j}]->(n) } IN TRANSACTIONS OF 20 ROWS",
                Map.of("thousands", thousands));
    }

    /** {@return the text of a value, or null} */
    static @Nullable String text(Record row, String column) {
        return row.get(column).isNull() ? null : row.get(column).asString();
    }
}
