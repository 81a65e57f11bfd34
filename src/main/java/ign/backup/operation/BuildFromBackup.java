package ign.backup.operation;

import ign.backup.graph.build.BuildPlan;
import ign.backup.graph.restore.NewStore;
import ign.backup.model.BackupName;
import ign.backup.model.IndexDefinition;

/** Builds a new store from a backup: the file is judged first, and read a second time into the store. */
public final class BuildFromBackup {

    private final BackupReader reader;

    /** From backups of {@code reader}. */
    public BuildFromBackup(BackupReader reader) {
        this.reader = reader;
    }

    Judgement judge(BackupName name, Running<?> work) {
        return reader.judge(name, work);
    }

    /**
     * Fills a store with a backup that was judged.
     *
     * @param check whether Neo4j's own check runs over it in the end
     */
    void into(NewStore newStore, Judgement judged, boolean check, Running<?> work) {
        var counts = judged.verdict().counts();
        var plan = new BuildPlan(
                counts.nodes(),
                counts.relationships(),
                judged.numbering(),
                judged.documentBytes(),
                hasLookupIndexes(judged));
        work.phase("build", counts.elements(), "elements");
        try (var loader = newStore.load(plan, work, work)) {
            reader.readByThreads(judged, loader, work);
            loader.finish();
        }
        if (check) {
            newStore.check(work, work);
        }
    }

    /** A file that says nothing of a schema gets what every new store has. */
    private static boolean hasLookupIndexes(Judgement judged) {
        return judged.verdict()
                .schema()
                .map(schema -> schema.indexes().stream().anyMatch(IndexDefinition::isLookup))
                .orElse(true);
    }
}
