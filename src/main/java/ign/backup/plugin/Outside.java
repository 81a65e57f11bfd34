package ign.backup.plugin;

import ign.backup.config.Configuration;
import ign.backup.config.Settings;
import ign.backup.metrics.BackupMetrics;
import ign.backup.metrics.MetricsListener;
import ign.backup.metrics.OperationCounters;
import ign.backup.model.BackupException;
import ign.backup.operation.BackupCatalog;
import ign.backup.operation.Events;
import ign.backup.operation.Operations;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.neo4j.configuration.GraphDatabaseSettings;

/** What the plugin shows to the outside by itself. Nothing here can keep it, or the server, from working. */
final class Outside implements AutoCloseable {

    private final BackupExtensionFactory.Dependencies server;
    private final Configuration configuration;
    private final Listeners listeners;
    private final List<String> notes;
    private final OperationCounters counters;
    private final BackupMetrics metrics;
    private @Nullable MetricsListener listener;

    private Outside(
            BackupExtensionFactory.Dependencies server,
            Configuration configuration,
            Listeners listeners,
            List<String> notes,
            OperationCounters counters,
            BackupMetrics metrics) {
        this.server = server;
        this.configuration = configuration;
        this.listeners = listeners;
        this.notes = notes;
        this.counters = counters;
        this.metrics = metrics;
    }

    /**
     * Puts it together; shows nothing yet.
     *
     * @param listeners tell what is to be counted
     * @param notes gets what an operator should read in the status
     */
    static Outside of(
            BackupExtensionFactory.Dependencies server,
            Configuration configuration,
            BackupCatalog catalog,
            Operations operations,
            Listeners listeners,
            List<String> notes) {
        var data = server.config().get(GraphDatabaseSettings.data_directory);
        var counters = new OperationCounters(data.resolve("ign-backup").resolve("metrics.json"), listeners);
        listeners.add(counters);
        var metrics = new BackupMetrics(catalog, operations, counters, Clock.system(ZoneId.systemDefault()));
        return new Outside(server, configuration, listeners, notes, counters, metrics);
    }

    /** Begins to show it; to be called before the server opens its ports. */
    void start() {
        try {
            HttpFace.mount(server, metrics::text);
        } catch (RuntimeException e) { // backups do not need it
            note("the metrics are not at the server's HTTP port: " + e);
        }
        if (configuration.get(Settings.METRICS_ENABLED)) {
            listen();
        }
    }

    private void listen() {
        var address = new InetSocketAddress(
                configuration.get(Settings.METRICS_ADDRESS), configuration.get(Settings.METRICS_PORT));
        try {
            listener = MetricsListener.open(address, metrics::text);
        } catch (BackupException e) {
            note(e.explanation().replace("\n", ". "));
        }
    }

    private void note(String message) {
        notes.add(message);
        listeners.tell(new Events.Warned(message));
    }

    @Override
    public void close() {
        if (listener != null) {
            listener.close();
        }
        counters.close();
    }
}
