package ign.backup.config;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The part of the table of {@link Settings} that says what others are told: metrics and notifications. */
public final class OutsideSettings {

    public static final Setting<String> EPISODE_LABEL = new Setting<>(
            "episode_label",
            SettingType.text(),
            "Episodic",
            "The label of the nodes that Graphiti calls episodes: they are counted apart, and a backup that lacks them gives alarm.",
            Settings.FIRST);

    public static final Setting<Boolean> METRICS_ENABLED = new Setting<>(
            "metrics.enabled",
            SettingType.flag(),
            "false",
            "Whether the metrics are served at an address of their own, too, without authentication. At the server's HTTP port they are"
                    + " at '/ign/backup/metrics' in any case.",
            Settings.FIRST);

    public static final Setting<String> METRICS_ADDRESS = new Setting<>(
            "metrics.address",
            SettingType.text(),
            "127.0.0.1",
            "The host name or address at which they are served; '0.0.0.0' is every address of the machine.",
            Settings.FIRST);

    public static final Setting<Integer> METRICS_PORT =
            new Setting<>("metrics.port", SettingType.wholeNumber(1, 65535), "2004", "The port there.", Settings.FIRST);

    public static final Setting<Optional<URI>> WEBHOOK_URL = new Setting<>(
            "notify.webhook.url",
            SettingType.webAddressOrNothing(),
            "",
            "The address that is told by POST how each operation has ended, and which health checks have changed. Empty: none.",
            Settings.FIRST);

    public static final Setting<String> WEBHOOK_SECRET_FILE = new Setting<>(
            "notify.webhook.secret_file",
            SettingType.folderOrNothing(),
            "",
            "The file with the key by which these messages are signed. Empty: they are not.",
            Settings.FIRST);

    public static final Setting<Set<String>> WEBHOOK_EVENTS = new Setting<>(
            "notify.webhook.events",
            SettingType.someOf("success", "failure", "alert"),
            "success,failure,alert",
            "Which of them are sent; an alert is of an operation that has ended well and found something amiss, or of a health check that"
                    + " stands otherwise than before.",
            Settings.FIRST);

    public static final Setting<Optional<URI>> LANGFUSE_URL = new Setting<>(
            "notify.langfuse.url",
            SettingType.webAddressOrNothing(),
            "",
            "The Langfuse server, from version 3.22 on, that gets each backup as a trace with a score. Empty: none.",
            Settings.FIRST);

    public static final Setting<String> LANGFUSE_PUBLIC_KEY = new Setting<>(
            "notify.langfuse.public_key",
            SettingType.textOrNothing(),
            "",
            "The public key of the project there.",
            Settings.FIRST);

    public static final Setting<String> LANGFUSE_SECRET_KEY_FILE = new Setting<>(
            "notify.langfuse.secret_key_file",
            SettingType.folderOrNothing(),
            "",
            "The file with the secret key of the project.",
            Settings.FIRST);

    public static final Setting<Duration> NOTIFY_TIMEOUT = new Setting<>(
            "notify.timeout",
            SettingType.duration(),
            "10s",
            "How long one attempt to tell somebody may take.",
            Settings.FIRST);

    public static final Setting<Integer> NOTIFY_ATTEMPTS = new Setting<>(
            "notify.attempts",
            SettingType.wholeNumber(1, 10),
            "3",
            "How often it is tried; the pauses are 1 s, 2 s, 4 s and so on.",
            Settings.FIRST);

    /** All of them, in the order of the documentation. */
    static final List<Setting<?>> ALL = List.of(
            EPISODE_LABEL,
            METRICS_ENABLED,
            METRICS_ADDRESS,
            METRICS_PORT,
            WEBHOOK_URL,
            WEBHOOK_SECRET_FILE,
            WEBHOOK_EVENTS,
            LANGFUSE_URL,
            LANGFUSE_PUBLIC_KEY,
            LANGFUSE_SECRET_KEY_FILE,
            NOTIFY_TIMEOUT,
            NOTIFY_ATTEMPTS);

    private OutsideSettings() {}
}
