package ign.backup.plugin;

import ign.backup.config.Configuration;
import ign.backup.config.OutsideSettings;
import ign.backup.config.Setting;
import ign.backup.metrics.BackupMetrics;
import ign.backup.metrics.MetricsListener;
import ign.backup.metrics.OperationCounters;
import ign.backup.model.BackupException;
import ign.backup.notify.Delivery;
import ign.backup.notify.Kind;
import ign.backup.notify.Langfuse;
import ign.backup.notify.Secret;
import ign.backup.notify.Sink;
import ign.backup.notify.Webhook;
import ign.backup.operation.Events;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.neo4j.configuration.GraphDatabaseSettings;

/** What the plugin shows and tells to the outside by itself. Nothing here can keep it, or the server, from working. */
final class Outside implements AutoCloseable {

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);

    private final BackupExtensionFactory.Dependencies server;
    private final Configuration configuration;
    private final Listeners listeners;
    private final List<String> notes;
    private final OperationCounters counters;
    private final BackupMetrics metrics;
    private final List<Delivery> deliveries = new ArrayList<>();
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
     * @param measured what the metrics are about
     * @param listeners tell what is to be counted
     * @param notes gets what an operator should read in the status
     */
    static Outside of(
            BackupExtensionFactory.Dependencies server,
            Configuration configuration,
            BackupMetrics.Subjects measured,
            Listeners listeners,
            List<String> notes) {
        var counters = new OperationCounters(DataFolder.file(server, "metrics.json"), listeners);
        listeners.add(counters);
        var metrics = new BackupMetrics(measured, counters, Clock.system(ZoneId.systemDefault()));
        return new Outside(server, configuration, listeners, notes, counters, metrics);
    }

    /** Begins to show it; to be called before the server opens its ports. */
    void start() {
        try {
            HttpFace.mount(server, metrics::text);
        } catch (RuntimeException e) { // backups do not need it
            note("the page and the metrics are not at the server's HTTP port: " + e);
        }
        if (configuration.get(OutsideSettings.METRICS_ENABLED)) {
            listen();
        }
        configuration.get(OutsideSettings.WEBHOOK_URL).ifPresent(address -> tell(() -> webhook(address)));
        configuration.get(OutsideSettings.LANGFUSE_URL).ifPresent(address -> tell(() -> langfuse(address)));
    }

    /** One whose key cannot be read is not told, which is said. */
    private void tell(Supplier<Sink> sink) {
        try {
            var attempts = new Delivery.Attempts(
                    configuration.get(OutsideSettings.NOTIFY_ATTEMPTS),
                    configuration.get(OutsideSettings.NOTIFY_TIMEOUT),
                    FIRST_PAUSE);
            var delivery = new Delivery(sink.get(), attempts, listeners);
            deliveries.add(delivery);
            listeners.add(delivery);
        } catch (BackupException e) {
            note("nobody is notified: " + e.explanation().replace("\n", ". "));
        }
    }

    private Sink webhook(URI address) {
        var kinds = configuration.get(OutsideSettings.WEBHOOK_EVENTS);
        return new Webhook(
                address,
                file(OutsideSettings.WEBHOOK_SECRET_FILE).map(Secret::read),
                Arrays.stream(Kind.values())
                        .filter(kind -> kinds.contains(kind.label()))
                        .collect(Collectors.toSet()));
    }

    private Sink langfuse(URI address) {
        var key = configuration.get(OutsideSettings.LANGFUSE_PUBLIC_KEY);
        var secret = file(OutsideSettings.LANGFUSE_SECRET_KEY_FILE);
        if (key.isEmpty() || secret.isEmpty()) {
            throw new BackupException.BadRequest(
                    "'notify.langfuse.url' is set and one of its keys is not",
                    "Set 'notify.langfuse.public_key' and 'notify.langfuse.secret_key_file', too.");
        }
        return new Langfuse(address, key, Secret.read(secret.get()));
    }

    private Optional<Path> file(Setting<String> setting) {
        var home = server.config().get(GraphDatabaseSettings.neo4j_home);
        return Optional.of(configuration.get(setting))
                .filter(name -> !name.isEmpty())
                .map(home::resolve);
    }

    private void listen() {
        var address = new InetSocketAddress(
                configuration.get(OutsideSettings.METRICS_ADDRESS), configuration.get(OutsideSettings.METRICS_PORT));
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
        deliveries.forEach(Delivery::close);
        counters.close();
    }
}
