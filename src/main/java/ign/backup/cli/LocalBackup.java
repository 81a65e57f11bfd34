package ign.backup.cli;

import ign.backup.cli.Answer.Row;
import ign.backup.model.BackupHeader;
import ign.backup.model.BackupName;
import ign.backup.model.Progress;
import ign.backup.model.StopSignal;
import ign.backup.operation.CompareBackups;
import ign.backup.operation.Verdict;
import ign.backup.operation.VerifyBackup;
import ign.backup.storage.BackupStore;
import ign.backup.storage.FolderStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A backup file that can be read here, without a server.
 *
 * @param name its name in that folder
 */
record LocalBackup(BackupStore store, BackupName name) {

    private static final String EPISODE_LABEL = "Episodic";
    private static final int THREADS = Math.max(1, Runtime.getRuntime().availableProcessors() - 1);

    /** {@return the file, empty when there is none at that path} */
    static Optional<LocalBackup> at(String path) {
        var file = Path.of(path).toAbsolutePath().normalize();
        var folder = file.getParent();
        if (folder == null || !Files.isRegularFile(file)) {
            return Optional.empty();
        }
        var store = new FolderStore(folder, "backup_metadata.json");
        return Optional.of(new LocalBackup(store, new BackupName(String.valueOf(file.getFileName()))));
    }

    /** {@return what reading the whole file shows} */
    Verdict verify() {
        return new VerifyBackup(store, THREADS, EPISODE_LABEL)
                .run(name, Optional.empty(), StopSignal.NEVER, Progress.NONE);
    }

    /** {@return how this file and another differ} */
    CompareBackups.Comparison compare(LocalBackup other) {
        return CompareBackups.run(
                new CompareBackups.Side(store, name), new CompareBackups.Side(other.store, other.name), EPISODE_LABEL);
    }

    /** {@return a verdict with the columns of the procedures {@code info} and {@code verify}} */
    static Answer answer(Verdict verdict) {
        var values = new LinkedHashMap<String, @Nullable Object>();
        values.put("file", verdict.name().value());
        values.put("valid", verdict.valid());
        values.put("message", verdict.message());
        verdict.header().ifPresent(header -> describe(header, values));
        values.put("node_count", verdict.counts().nodes());
        values.put("relationship_count", verdict.counts().relationships());
        values.put("size_bytes", verdict.sizeBytes());
        values.put("compression", verdict.name().compression().label());
        values.put("sha256", verdict.sha256().hex());
        values.put("label_counts", verdict.counts().perLabel());
        values.put("type_counts", verdict.counts().perType());
        verdict.schema().ifPresent(schema -> {
            values.put("index_count", (long) schema.indexes().size());
            values.put("constraint_count", (long) schema.constraints().size());
        });
        values.put("episode_count", verdict.episodes());
        values.put("problems", verdict.problems());
        values.put("warnings", verdict.warnings());
        return new Answer(List.copyOf(values.keySet()), List.of(new Row(values)));
    }

    private static void describe(BackupHeader header, Map<String, @Nullable Object> values) {
        values.put("timestamp", header.timestamp());
        values.put("datetime", header.datetime());
        values.put("reason", header.reason());
        values.put("tier", header.tier().label());
        values.put("backup_type", header.backupType());
        values.put("source", header.source());
        values.put("format_version", header.version());
        header.origin().ifPresent(origin -> {
            values.put("database", origin.database().value());
            values.put("neo4j_version", origin.neo4jVersion());
            values.put("plugin_version", origin.pluginVersion());
            values.put("tx_id", origin.txId());
        });
    }
}
