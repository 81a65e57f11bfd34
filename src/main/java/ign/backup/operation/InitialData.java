package ign.backup.operation;

import ign.backup.graph.Graphs;
import ign.backup.graph.script.Script;
import ign.backup.model.BackupException;
import ign.backup.model.DatabaseName;
import ign.backup.storage.TextFile;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Fills an empty database by the statements of a Cypher file in the backup folder, where there is no backup to begin with; once for each
 * store.
 */
public final class InitialData {

    private final Graphs graphs;
    private final Operations operations;
    private final StateKeeper keeper;
    private final Optional<TextFile> file;
    private final List<String> notes;
    private final Events events;

    /**
     * By the statements of {@code file}.
     *
     * @param keeper remembers which stores were filled
     * @param file empty when there is none to look for
     * @param notes gets what an operator should read in the status when it fails
     * @param events hear of a store that is not filled a second time
     */
    public InitialData(
            Graphs graphs,
            Operations operations,
            StateKeeper keeper,
            Optional<TextFile> file,
            List<String> notes,
            Events events) {
        this.graphs = graphs;
        this.operations = operations;
        this.keeper = keeper;
        this.file = file;
        this.notes = notes;
        this.events = events;
    }

    /** What was made. */
    private record Report(String file, int statements, long nodes, long relationships) implements Result {

        @Override
        public String message() {
            return String.format(
                    Locale.ROOT,
                    "'%s' was executed: %,d statements, %,d nodes and %,d relationships",
                    file,
                    statements,
                    nodes,
                    relationships);
        }
    }

    /**
     * Starts it, if the file is there and the store was not filled before; does not wait for it.
     *
     * @throws BackupException.Busy when the database is not free
     */
    void startIfWanted(DatabaseName database) {
        if (file.isEmpty() || !file.get().exists()) {
            return;
        }
        var script = file.get();
        if (keeper.state().isFilled(database, graphs.state(database).storeId())) {
            events.tell(new Events.Noted("database '" + database + "' is empty, and '" + script.name()
                    + "' was executed on this store before: it is not executed again"));
            return;
        }
        Running<Report> unused =
                operations.start("populate", database, Operations.OURSELVES, work -> fill(script, database, work));
    }

    private Report fill(TextFile text, DatabaseName database, Running<?> work) {
        try {
            var read = text.read()
                    .orElseThrow(() ->
                            new BackupException.NotFound("'" + text.name() + "' is gone", "Put it back, or not."));
            var script = Script.of(text.name(), read);
            graphs.run(script, database, work, work);
            var now = graphs.state(database);
            keeper.update(state -> state.withFilled(database, now.storeId()));
            return new Report(text.name(), script.statements().size(), now.nodes(), now.relationships());
        } catch (BackupException e) {
            notes.add("database '" + database + "' was not filled with initial data: " + e.getMessage());
            throw e;
        }
    }
}
