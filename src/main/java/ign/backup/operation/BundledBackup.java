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
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a distribution brings along for an empty database: the backup {@code initial_backup.json}, also compressed, in the backup folder,
 * and in its place {@link InitialData}.
 *
 * <p>It is offered, or restored, only as long as the database has no element; it is in no list of backups, and retention leaves it alone.
 * Initial data come where there is no such backup, or where it was declined: as long as it is offered they would be in its way.
 */
public final class BundledBackup {

    /** Where it is made. */
    static final BackupName NAME = new BackupName("initial_backup.json");

    private final Graphs graphs;
    private final BackupStore store;
    private final Operations operations;
    private final RestoreBackup restore;
    private final InitialData initialData;
    private final LiveSettings settings;
    private final Events events;

    /** Databases that were looked at; what has failed for one is not tried again before the next start. */
    private final Map<DatabaseName, Attention> attention = new HashMap<>();

    private enum Attention {
        OFFERED,
        DONE
    }

    /** Looks for it in {@code store}; {@code events} hear of an offer. */
    public BundledBackup(
            Graphs graphs,
            BackupStore store,
            RestoreBackup restore,
            InitialData initialData,
            Operations operations,
            Live live) {
        this.graphs = graphs;
        this.store = store;
        this.operations = operations;
        this.restore = restore;
        this.initialData = initialData;
        this.settings = live.settings();
        this.events = live.events();
    }

    /** What says what is wanted, and what hears of it. */
    public record Live(LiveSettings settings, Events events) {}

    /** {@return the bundled backup, if the database runs, has no element, and is to be offered one} */
    public Optional<BackupName> offer(DatabaseName database) {
        boolean empty =
                graphs.stateIfRunning(database).map(BundledBackup::isEmpty).orElse(false);
        return empty && !mode().equals("off") ? bundle() : Optional.empty();
    }

    private Optional<BackupName> bundle() {
        return Arrays.stream(Compression.values())
                .map(compression -> new BackupName("initial_backup" + compression.ending()))
                .filter(store::contains)
                .findFirst();
    }

    private String mode() {
        return settings.get(AutomationSettings.INITIAL_RESTORE);
    }

    private static boolean isEmpty(GraphState state) {
        return state.nodes() == 0;
    }

    /**
     * Looks at each database once it runs; tells of what is offered, or restores it, or has it filled, and does not wait for that. An offer
     * stands until it is accepted or declined, or the database is not empty any more.
     */
    public synchronized void look() {
        for (var database : graphs.all()) {
            if (attention.get(database) != Attention.DONE) {
                graphs.stateIfRunning(database).ifPresent(state -> {
                    try {
                        attention.put(database, isEmpty(state) ? attendTo(database) : Attention.DONE);
                    } catch (BackupException.Busy e) {
                        return; // later
                    }
                });
            }
        }
    }

    private Attention attendTo(DatabaseName database) {
        boolean offered = attention.get(database) == Attention.OFFERED;
        var bundle = mode().equals("off") ? Optional.<BackupName>empty() : bundle();
        if (bundle.isEmpty() && offered && !mode().equals("off")) {
            return Attention.OFFERED; // somebody has taken it away, which is no answer
        }
        if (bundle.isEmpty()) {
            initialData.startIfWanted(database);
            return Attention.DONE;
        }
        if (mode().equals("auto")) {
            var request = request(database, bundle.get());
            Running<RestoreReport> unused =
                    operations.start("restore", database, Operations.OURSELVES, work -> restore.run(request, work));
            return Attention.DONE;
        }
        if (!offered) {
            events.tell(new Events.Noted(sentence(database, bundle.get())));
        }
        return Attention.OFFERED;
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
