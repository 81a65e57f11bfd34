package ign.backup.plugin;

import ign.backup.graph.ServerGraphs;
import ign.backup.model.BackupException;
import ign.backup.operation.AccessGate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.neo4j.kernel.lifecycle.Lifecycle;

/**
 * The plugin's life in a server.
 *
 * <p>An exception that left one of these methods would keep the server from starting. So whatever goes wrong is caught, logged,
 * and told by every procedure: then the plugin is disabled, and the server runs. Only where it would run on an empty graph, because a store
 * is not in its place, it must not start.
 */
final class BackupExtension implements Lifecycle {

    private final BackupExtensionFactory.Dependencies server;
    private final ServerLog log;
    private volatile AccessGate gate = AccessGate.closed(List.of("it has not started yet"));
    private @Nullable Wiring wiring;

    BackupExtension(BackupExtensionFactory.Dependencies server) {
        this.server = server;
        this.log = new ServerLog(server.logs());
    }

    /** Runs before any database is open: the time to settle a restore that a crash interrupted. */
    @Override
    public void init() {
        server.procedures().registerComponent(AccessGate.class, context -> gate, true);
        try {
            var notes = new ArrayList<String>();
            for (var settled : ServerGraphs.recoverInterruptedRestores(server.config())) {
                notes.add(settled);
                log.warn(settled);
            }
            wiring = Wiring.of(server, log, notes);
            gate = wiring.gate();
        } catch (BackupException e) {
            disable(e.explanation(), e);
        } catch (RuntimeException | LinkageError e) { // whatever it is, the server must start
            disable("it cannot start: " + e, e);
        }
        refuseAnEmptyStart();
    }

    private void refuseAnEmptyStart() {
        try {
            ServerGraphs.refuseAnEmptyStart(server.config());
        } catch (BackupException e) {
            log.error(e.explanation(), e);
            throw e;
        } catch (RuntimeException | LinkageError e) {
            log.error("whether a store is aside is not known: " + e, e);
        }
    }

    private void disable(String reason, Throwable cause) {
        gate = AccessGate.closed(List.of(reason));
        log.error("disabled: " + reason, cause);
    }

    @Override
    public void start() {
        if (wiring != null) {
            wiring.start();
        } else {
            showWhyDisabled();
        }
    }

    /** The page is there all the same, and shows what every procedure tells. */
    private void showWhyDisabled() {
        try {
            HttpFace.mount(server, () -> "");
        } catch (RuntimeException | LinkageError e) { // whatever it is, the server must start
            log.error("the page is not at the server's HTTP port: " + e, e);
        }
    }

    /** Databases still run now, and clients are gone: what is under way is stopped and cleaned up. */
    @Override
    public void stop() {
        if (wiring != null) {
            wiring.stop();
        }
    }

    @Override
    public void shutdown() {}
}
