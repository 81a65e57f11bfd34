package ign.backup.failpoint;

import ign.backup.graph.restore.RestoreStep;
import java.io.IOException;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.neo4j.dbms.api.DatabaseManagementService;
import org.neo4j.graphdb.Transaction;

/** What is to happen at which step; shared by the extension and the procedures of one server. */
final class Failpoints implements RestoreStep.Listener {

    static final Failpoints OF_THIS_SERVER = new Failpoints();

    private final Map<RestoreStep, String> actions = new ConcurrentHashMap<>();
    private final Queue<Transaction> held = new ConcurrentLinkedQueue<>();
    private volatile DatabaseManagementService dbms;
    private volatile String waitingAt = "";
    private volatile CountDownLatch release = new CountDownLatch(1);

    void set(RestoreStep step, String action) {
        if (!action.equals("kill") && !action.equals("wait")) {
            throw new IllegalArgumentException("an action is 'kill' or 'wait', not '" + action + "'");
        }
        release = new CountDownLatch(1);
        actions.put(step, action);
    }

    void useDatabasesOf(DatabaseManagementService service) {
        dbms = service;
    }

    void hold() {
        var transaction = dbms.database("neo4j").beginTx();
        transaction.createNode();
        held.add(transaction);
    }

    /** Nothing is to happen any more, and what waits or is held open goes on. */
    void clear() {
        held.forEach(Transaction::close);
        held.clear();
        actions.clear();
        release();
    }

    String waitingAt() {
        return waitingAt;
    }

    void release() {
        release.countDown();
    }

    /** Each action is for one time. */
    @Override
    public void reached(RestoreStep step, String database) {
        var action = actions.remove(step);
        if ("kill".equals(action)) {
            killThisServer();
        } else if ("wait".equals(action)) {
            awaitRelease(step);
        }
    }

    /** With SIGKILL, as the system does when memory runs out: no hook, no buffer of the JVM survives it. */
    private static void killThisServer() {
        try {
            new ProcessBuilder(
                            "kill", "-9", String.valueOf(ProcessHandle.current().pid()))
                    .start()
                    .waitFor();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException("the server could not be killed", e);
        }
    }

    private void awaitRelease(RestoreStep step) {
        waitingAt = step.name();
        try {
            if (!release.await(2, TimeUnit.MINUTES)) {
                throw new IllegalStateException("nobody released " + step);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            waitingAt = "";
        }
    }
}
