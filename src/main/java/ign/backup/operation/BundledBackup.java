package ign.backup.operation;

import ign.backup.config.AutomationSettings;
import ign.backup.graph.Graphs;
import ign.backup.model.BackupException;
import ign.backup.model.BackupName;
import ign.backup.model.Compression;
import ign.backup.model.DatabaseName;
import ign.backup.model.GraphState;
import ign.backup.storage.BackupStore;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The backup that a distribution brings along for an empty database: {@code initial_backup.json}, also compressed, in the backup folder.
 *
 * <p>It is offered, or restored, only as long as the database has no element; it is in no list of backups, and retention leaves it alone.
 */
public final class BundledBackup {

    private final Graphs graphs;
    private final BackupStore store;
    private final Operations operations;
    private final RestoreBackup restore;
    private final LiveSettings settings;
    private final Events events;

    /** Databases of which the log has told; a restore that failed is not tried again before the next start. */
    private final Set<DatabaseName> attendedTo = new HashSet<>();

    /** Looks for it in {@code store}. */
    public BundledBackup(
            Graphs graphs,
            BackupStore store,
            Operations operations,
            RestoreBackup restore,
            LiveSettings settings,
            Events events) {
        this.graphs = graphs;
        this.store = store;
        this.operations = operations;
        this.restore = restore;
        this.settings = settings;
        this.events = events;
    }

    /** {@return the bundled backup, if the database runs, has no element, and is to be offered one} */
    public Optional<BackupName> offer(DatabaseName database) {
        boolean empty =
                graphs.stateIfRunning(database).map(BundledBackup::isEmpty).orElse(false);
        return empty && !settings.get(AutomationSettings.INITIAL_RESTORE).equals("off")
                ? Arrays.stream(Compression.values())
                        .map(compression -> new BackupName("initial_backup" + compression.ending()))
                        .filter(store::contains)
                        .findFirst()
                : Optional.empty();
    }

    private static boolean isEmpty(GraphState state) {
        return state.nodes() == 0;
    }

    /** Looks at each database until it runs, once, and tells of what is offered, or restores it; does not wait for that. */
    public synchronized void look() {
        for (var database : graphs.all()) {
            if (!attendedTo.contains(database)
                    && graphs.stateIfRunning(database).isPresent()) {
                attendTo(database);
            }
        }
    }

    private void attendTo(DatabaseName database) {
        var offered = offer(database);
        if (offered.isPresent()
                && settings.get(AutomationSettings.INITIAL_RESTORE).equals("auto")) {
            try {
                var request = request(database, offered.get());
                Running<RestoreReport> unused =
                        operations.start("restore", database, Operations.OURSELVES, work -> restore.run(request, work));
            } catch (BackupException.Busy e) {
                return; // later
            }
        } else {
            offered.ifPresent(name -> events.tell(new Events.Noted(sentence(database, name))));
        }
        attendedTo.add(database);
    }

    /** {@return what an operator can do with it} */
    static String sentence(DatabaseName database, BackupName name) {
        return "database '" + database + "' is empty, and the bundled backup '" + name
                + "' is there: CALL ign.backup.restore('" + name
                + "', {mode: 'into-empty', confirm: true}) on database system restores it";
    }

    private static RestoreRequest request(DatabaseName database, BackupName name) {
        return new RestoreRequest(
                database,
                Optional.of(name),
                true,
                RestoreMode.INTO_EMPTY,
                new RestoreRequest.Choices(false, false, true, false, false),
                Optional.empty(),
                Nobody.CALLER);
    }

    /** Nobody waits for it in a transaction of the database. */
    private enum Nobody implements Caller {
        CALLER;

        @Override
        public String user() {
            return Operations.OURSELVES;
        }

        @Override
        public boolean isIn(DatabaseName database) {
            return false;
        }

        @Override
        public boolean hasLeft() {
            return true;
        }
    }
}
