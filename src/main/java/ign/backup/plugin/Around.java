package ign.backup.plugin;

import ign.backup.config.AroundSettings;
import ign.backup.config.Configuration;
import ign.backup.config.Setting;
import ign.backup.forensics.HeapDumper;
import ign.backup.forensics.HeapDumps;
import ign.backup.forensics.HeapUse;
import ign.backup.hook.Hook;
import ign.backup.hook.HookFolder;
import ign.backup.model.BackupException;
import ign.backup.operation.AttendedBackup;
import ign.backup.operation.BackupHooks;
import ign.backup.operation.CreateBackup;
import ign.backup.operation.Events;
import ign.backup.operation.HeapWatch;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.neo4j.configuration.Config;
import org.neo4j.configuration.GraphDatabaseSettings;

/** What the settings want done around a backup. */
final class Around {

    private static final String USUAL_PATH = "/usr/local/bin:/usr/bin:/bin";

    private final Configuration configuration;
    private final Path home;
    private final Path data;
    private final List<BackupException> faults = new ArrayList<>();
    private final BackupHooks.HookSettings hooks;

    private Around(Configuration configuration, Path home, Path data) {
        this.configuration = configuration;
        this.home = home;
        this.data = data;
        this.hooks = new BackupHooks.HookSettings(
                hook(AroundSettings.BEFORE_BACKUP),
                hook(AroundSettings.AFTER_BACKUP),
                configuration.get(AroundSettings.HOOKS_TIMEOUT),
                configuration.get(AroundSettings.BEFORE_FAILURE).equals("fail"),
                Optional.ofNullable(System.getenv("PATH")).orElse(USUAL_PATH));
    }

    /**
     * {@return what is wanted}
     *
     * @throws BackupException.BadRequest when a hook is not as it must be; names all that are not
     */
    static Around of(Configuration configuration, Config server) {
        var around = new Around(
                configuration,
                server.get(GraphDatabaseSettings.neo4j_home),
                server.get(GraphDatabaseSettings.data_directory));
        around.refuseFaults();
        return around;
    }

    private void refuseFaults() {
        if (faults.isEmpty()) {
            return;
        }
        var fault = new BackupException.BadRequest(
                "the configuration has " + (faults.size() == 1 ? "a fault: " : faults.size() + " faults: ")
                        + faults.stream().map(Throwable::getMessage).collect(Collectors.joining("; ")),
                faults.get(0).hint());
        faults.forEach(fault::addSuppressed);
        throw fault;
    }

    /**
     * {@return backups with all that}
     *
     * @param folder where the backups go
     */
    AttendedBackup attended(CreateBackup create, String folder, Clock clock, Events events) {
        var heap = new HeapWatch(configuration.get(AroundSettings.HEAP_PERCENT), dumps(), HeapUse::now, clock, events);
        return new AttendedBackup(create, heap, new BackupHooks(hooks, folder, events));
    }

    private Optional<HeapDumps> dumps() {
        return configuration.get(AroundSettings.HEAP_DUMP)
                ? Optional.of(new HeapDumps(
                        folder(AroundSettings.DUMP_FOLDER).orElseGet(() -> data.resolve("dumps")),
                        configuration.get(AroundSettings.MAX_DUMPS),
                        HeapDumper.ofThisJvm()))
                : Optional.empty();
    }

    private Optional<Hook> hook(Setting<String> setting) {
        var name = configuration.get(setting);
        if (name.isEmpty()) {
            return Optional.empty();
        }
        try {
            var folder = folder(AroundSettings.HOOKS_FOLDER)
                    .orElseThrow(
                            () -> new BackupException.BadRequest(
                                    "expected is a folder in 'hooks.folder', found is nothing",
                                    "Set 'hooks.folder' to the folder that has the hook, or take the hook out of the settings."));
            return Optional.of(new HookFolder(folder).hook(name));
        } catch (BackupException.BadRequest e) {
            faults.add(new BackupException.BadRequest("'" + setting.name() + "': " + e.getMessage(), e.hint(), e));
            return Optional.empty();
        }
    }

    private Optional<Path> folder(Setting<String> setting) {
        return Optional.of(configuration.get(setting))
                .filter(name -> !name.isEmpty())
                .map(home::resolve);
    }
}
