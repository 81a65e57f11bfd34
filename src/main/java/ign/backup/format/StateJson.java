package ign.backup.format;

import ign.backup.model.BackupException;
import ign.backup.model.BackupName;
import ign.backup.model.ChangeCounts;
import ign.backup.model.DatabaseName;
import ign.backup.model.SavedChanges;
import ign.backup.model.ServerState;
import ign.backup.model.StorePoint;
import java.io.ByteArrayInputStream;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;

/** What a server's plugin keeps, as the bytes of {@code state.json}. */
public final class StateJson {

    private static final long VERSION = 1;
    private static final String PLACE = "state.json";

    private StateJson() {}

    /** {@return the state as JSON} */
    public static byte[] write(ServerState state) {
        var out = new JsonBytes(512);
        var fields = new ObjectWriter(out);
        fields.field("state_version", VERSION).field("settings", new TreeMap<>(state.settings()));
        var changes = new ObjectWriter(fields.begin("changes"));
        new TreeMap<>(byText(state.changes())).forEach((name, saved) -> write(changes.begin(name), saved));
        changes.end();
        var runs = new TreeMap<String, String>();
        state.runs().forEach((job, handled) -> runs.put(job, handled.toString()));
        fields.field("runs", runs)
                .field("health", new TreeMap<>(state.health()))
                .field("filled", new TreeMap<>(state.filled()))
                .end();
        out.raw('\n');
        return Arrays.copyOf(out.array(), out.size());
    }

    private static Map<String, SavedChanges> byText(Map<DatabaseName, SavedChanges> changes) {
        var texts = new TreeMap<String, SavedChanges>();
        changes.forEach((database, saved) -> texts.put(database.value(), saved));
        return texts;
    }

    private static void write(JsonBytes out, SavedChanges saved) {
        new ObjectWriter(out)
                .field("store_id", saved.at().storeId())
                .field("tx_id", saved.at().txId())
                .field("since", saved.since().value())
                .field("created_nodes", saved.counts().createdNodes())
                .field("created_relationships", saved.counts().createdRelationships())
                .field("deleted_nodes", saved.counts().deletedNodes())
                .field("deleted_relationships", saved.counts().deletedRelationships())
                .field("changed_nodes", saved.counts().changedNodes())
                .field("changed_relationships", saved.counts().changedRelationships())
                .end();
    }

    /**
     * {@return the state in these bytes}
     *
     * @throws BackupException.Damaged when they are none, or those of a newer version
     */
    public static ServerState read(byte[] bytes) {
        var input = new JsonInput(new ByteArrayInputStream(bytes), Limits.DEFAULT);
        input.allow(Long.MAX_VALUE); // they are in memory already
        var fields = JsonTree.nextObject(input, PLACE);
        if (input.nextOrEnd() != null) {
            throw input.damaged("something follows the end of " + PLACE);
        }
        if (fields.count("state_version") > VERSION) {
            throw fields.unexpected("state_version", "at most " + VERSION);
        }
        var changes = new TreeMap<String, SavedChanges>();
        each(fields, "changes", FieldMap::fields).forEach((name, saved) -> changes.put(name, changes(saved)));
        return new ServerState(
                each(fields, "settings", FieldMap::text),
                byName(changes),
                each(fields, "runs", (all, job) -> all.convert(job, Instant::parse)),
                each(fields, "health", FieldMap::text),
                each(fields, "filled", FieldMap::text));
    }

    private static Map<DatabaseName, SavedChanges> byName(Map<String, SavedChanges> changes) {
        var state = ServerState.EMPTY;
        for (var entry : changes.entrySet()) {
            state = state.with(new DatabaseName(entry.getKey()), entry.getValue());
        }
        return state.changes();
    }

    private static <T> Map<String, T> each(FieldMap fields, String name, BiFunction<FieldMap, String, T> reading) {
        var all = new TreeMap<String, T>();
        fields.optionalFields(name)
                .ifPresent(inner -> inner.names().forEach(key -> all.put(key, reading.apply(inner, key))));
        return all;
    }

    private static SavedChanges changes(FieldMap fields) {
        return new SavedChanges(
                new StorePoint(fields.text("store_id"), fields.count("tx_id")),
                fields.convert("since", BackupName::new),
                new ChangeCounts(
                        fields.count("created_nodes"),
                        fields.count("created_relationships"),
                        fields.count("deleted_nodes"),
                        fields.count("deleted_relationships"),
                        fields.count("changed_nodes"),
                        fields.count("changed_relationships")));
    }
}
