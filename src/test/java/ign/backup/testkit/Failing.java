package ign.backup.testkit;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A server with the failpoints beside the plugin: its restores wait at a step, or end it there. */
public record Failing(Neo4jServer server) {

    private static final Duration LIMIT = Duration.ofMinutes(2);

    /** The server kills itself when a restore comes to this step. */
    public void killAt(String step) {
        set(step, "kill");
    }

    /** A restore waits at this step until {@link #release}. */
    public void waitAt(String step) {
        set(step, "wait");
    }

    private void set(String step, String action) {
        server.run("system", "CALL failpoint.set($step, $action)", Map.of("step", step, "action", action));
    }

    /** Returns when a restore waits at this step. */
    public void awaitStep(String step) {
        Await.until(
                "a restore to reach " + step, LIMIT, () -> server.run("system", "CALL failpoint.waiting()", Map.of())
                        .get(0)
                        .get("step")
                        .asString()
                        .equals(step));
    }

    /** Forgets what an earlier test has said. */
    public void clear() {
        server.run("system", "CALL failpoint.clear()", Map.of());
    }

    /** Keeps a transaction open that no client can end, until {@link #clear}. */
    public void holdTransaction() {
        server.run("system", "CALL failpoint.hold()", Map.of());
    }

    /** Lets the restore that waits go on. */
    public void release() {
        server.run("system", "CALL failpoint.release()", Map.of());
    }

    /** {@return the names of the threads that the server has at the moment} */
    public List<String> threads() {
        return server.run("system", "CALL failpoint.threads()", Map.of()).stream()
                .map(row -> row.get("name").asString())
                .toList();
    }

    /** Returns when the server has ended. */
    public void awaitDeath() {
        var process = ProcessHandle.of(server.pid()).orElse(null);
        Await.until("the end of the server", LIMIT, () -> process == null || !process.isAlive());
        server.kill();
    }
}
