package ign.backup.operation;

import ign.backup.format.StateJson;
import ign.backup.model.BackupException;
import ign.backup.model.ServerState;
import ign.backup.storage.StateFile;
import java.util.function.UnaryOperator;

/** Keeps what must survive a restart: in memory, and in a file whenever it has changed. */
public final class StateKeeper {

    private final StateFile file;
    private ServerState state;

    private StateKeeper(StateFile file, ServerState state) {
        this.file = file;
        this.state = state;
    }

    /**
     * {@return what was kept}
     *
     * <p>A file that cannot be read is set aside, and nothing is known: the counts are derived from the graph then, schedules begin anew, and
     * settings that were changed by a call are as in the configuration. The log says so.
     */
    public static StateKeeper of(StateFile file, Events events) {
        try {
            return new StateKeeper(file, file.read().map(StateJson::read).orElse(ServerState.EMPTY));
        } catch (BackupException.Damaged e) {
            events.tell(new Events.Noted("what ign.backup.configure() had set and what was counted is lost, for '"
                    + file.location() + "' cannot be read (" + e.getMessage() + "); it is now '" + file.setAside()
                    + "'"));
            return new StateKeeper(file, ServerState.EMPTY);
        }
    }

    /** {@return what is kept now} */
    public synchronized ServerState state() {
        return state;
    }

    /** Changes it; durable when this returns, and as before when it throws. */
    public synchronized void update(UnaryOperator<ServerState> change) {
        var changed = change.apply(state);
        if (!changed.equals(state)) {
            file.write(StateJson.write(changed));
            state = changed;
        }
    }
}
