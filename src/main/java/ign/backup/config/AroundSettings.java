package ign.backup.config;

import java.time.Duration;
import java.util.List;

/** The part of the table of {@link Settings} that says what is done around a backup: a look at the heap, and hooks. */
public final class AroundSettings {

    public static final Setting<Integer> HEAP_PERCENT = new Setting<>(
            "forensics.heap_percent",
            SettingType.wholeNumber(1, 100),
            "85",
            "A backup that begins while a larger share of the heap is used says so in its warnings and in the log; 100: never.",
            Settings.FIRST);

    public static final Setting<Boolean> HEAP_DUMP = new Setting<>(
            "forensics.heap_dump",
            SettingType.flag(),
            "false",
            "Whether it also dumps the heap first. That stops the server for seconds, and a dump holds data and passwords.",
            Settings.FIRST);

    public static final Setting<String> DUMP_FOLDER = new Setting<>(
            "forensics.dump_folder",
            SettingType.folderOrNothing(),
            "",
            "Where dumps are kept; of one server alone. Empty: 'dumps' in the server's data folder.",
            Settings.FIRST);

    public static final Setting<Integer> MAX_DUMPS = new Setting<>(
            "forensics.max_dumps",
            SettingType.wholeNumber(1, 1000),
            "2",
            "How many dumps are kept. Older ones are removed once a newer one is there.",
            Settings.FIRST);

    public static final Setting<String> HOOKS_FOLDER = new Setting<>(
            "hooks.folder",
            SettingType.folderOrNothing(),
            "",
            "The only folder from which hooks are run. Empty: there are none.",
            Settings.FIRST);

    public static final Setting<String> BEFORE_BACKUP = hook("before_backup", "before");
    public static final Setting<String> AFTER_BACKUP = hook("after_backup", "after");

    public static final Setting<String> BEFORE_FAILURE = new Setting<>(
            "hooks.before_failure",
            SettingType.oneOf("fail", "warn"),
            "fail",
            "What becomes of a backup when the hook before it fails: it is not made, or made with a warning.",
            Settings.FIRST);

    public static final Setting<Duration> HOOKS_TIMEOUT = new Setting<>(
            "hooks.timeout",
            SettingType.duration(),
            "60s",
            "How long a hook may take; then it has failed, and is ended with all that it has started.",
            Settings.FIRST);

    /** All of them, in the order of the documentation. */
    static final List<Setting<?>> ALL = List.of(
            HEAP_PERCENT,
            HEAP_DUMP,
            DUMP_FOLDER,
            MAX_DUMPS,
            HOOKS_FOLDER,
            BEFORE_BACKUP,
            AFTER_BACKUP,
            BEFORE_FAILURE,
            HOOKS_TIMEOUT);

    private AroundSettings() {}

    private static Setting<String> hook(String name, String when) {
        return new Setting<>(
                "hooks." + name,
                SettingType.programOrNothing(),
                "",
                "The executable in 'hooks.folder' that is run " + when + " each backup. Empty: none.",
                Settings.FIRST);
    }
}
