package ign.backup.operation;

import ign.backup.config.Configuration;
import ign.backup.config.Effective;
import ign.backup.config.Setting;
import ign.backup.model.BackupException;
import ign.backup.model.NearestName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/** The settings in force, some of which can be changed while the server runs; such a change survives restarts. */
public final class LiveSettings {

    private final StateKeeper keeper;
    private final Consumer<Configuration> check;
    private volatile Configuration now;

    /**
     * The settings with which the server started, and the changes that were kept. If those cannot be any more, as after a change of version,
     * none of them is in force, and the log says so.
     *
     * @param check throws {@link BackupException.BadRequest} at what only those who use a setting can see
     * @throws BackupException.BadRequest when one with which the server started is wrong
     */
    public LiveSettings(Configuration started, StateKeeper keeper, Consumer<Configuration> check, Events events) {
        this.keeper = keeper;
        this.check = check;
        check.accept(started);
        this.now = withKept(started, events);
    }

    private Configuration withKept(Configuration started, Events events) {
        try {
            var changed = started.changed(keeper.state().settings());
            check.accept(changed);
            return changed;
        } catch (BackupException.BadRequest e) {
            events.tell(new Events.Warned("what ign.backup.configure() had set is not in force: " + e.getMessage()
                    + ". Give each of these settings a value that can be, or null."));
            return started;
        }
    }

    /** {@return the value of a setting at this moment} */
    public <T> T get(Setting<T> setting) {
        return now.get(setting);
    }

    /** {@return all settings at this moment} */
    public Configuration now() {
        return now;
    }

    /**
     * Changes some settings, all or none of them.
     *
     * @param texts by name; empty to have a setting as it is configured
     * @return all settings as they are now
     * @throws BackupException.BadRequest which names all that is wrong; then nothing is changed
     */
    public synchronized List<Effective> change(Map<String, Optional<String>> texts) {
        if (texts.isEmpty()) {
            return now.effective();
        }
        refuseUnknown(texts.keySet());
        var all = new TreeMap<>(keeper.state().settings());
        texts.forEach((name, text) -> text.ifPresentOrElse(given -> all.put(name, given), () -> all.remove(name)));
        var changed = now.changed(all);
        check.accept(changed);
        keeper.update(state -> state.withSettings(all));
        now = changed;
        return now.effective();
    }

    /** Names are those of the table here, so that a change can be taken back by the name it was made with. */
    private void refuseUnknown(Set<String> names) {
        for (var name : new TreeSet<>(names)) {
            if (now.effective(name).isEmpty() && !keeper.state().settings().containsKey(name)) {
                var known = now.effective().stream().map(Effective::name).toList();
                throw new BackupException.BadRequest(
                        "there is no setting '" + name + "'",
                        "The nearest is '" + NearestName.to(name, known)
                                + "'; CALL ign.backup.configure() lists them.");
            }
        }
    }
}
