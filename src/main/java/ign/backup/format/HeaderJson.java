package ign.backup.format;

import ign.backup.model.BackupHeader;
import ign.backup.model.BackupHeader.Origin;
import ign.backup.model.BackupName;
import ign.backup.model.DatabaseName;
import ign.backup.model.Tier;
import java.time.OffsetDateTime;
import java.util.Optional;

/** The fields of a backup's header, as they stand in the file and in the catalog. */
final class HeaderJson {

    private HeaderJson() {}

    static void write(ObjectWriter out, BackupHeader header) {
        out.field("timestamp", header.timestamp())
                .field("datetime", header.datetime())
                .field("reason", header.reason())
                .field("node_count", header.nodeCount())
                .field("relationship_count", header.relationshipCount())
                .field("version", header.version())
                .field("backup_type", header.backupType())
                .field("source", header.source());
        header.origin().ifPresent(origin -> write(out, origin));
    }

    /** Only version and counts are demanded: the rest of a foreign file is told as far as it is there. */
    static BackupHeader read(FieldMap fields) {
        return read(fields, FormatVersion.of(fields.text("version")).text());
    }

    /** As a catalog repeats it: of a file that could not be read there is no version, and that must not spoil the catalog. */
    static BackupHeader readRepeated(FieldMap fields) {
        return read(fields, fields.text("version", ""));
    }

    private static BackupHeader read(FieldMap fields, String version) {
        return new BackupHeader(
                version,
                fields.text("timestamp", ""),
                fields.text("datetime", ""),
                fields.text("reason", ""),
                fields.count("node_count"),
                fields.count("relationship_count"),
                fields.text("backup_type", "full"),
                fields.text("source", ""),
                origin(fields));
    }

    private static void write(ObjectWriter out, Origin origin) {
        out.field("database", origin.database().value())
                .field("neo4j_version", origin.neo4jVersion())
                .field("plugin_version", origin.pluginVersion())
                .field("store_id", origin.storeId())
                .field("snapshot_time", origin.snapshotTime().toString())
                .field("tx_id", origin.txId())
                .field("tier", origin.tier().label())
                .field("parent", origin.parent().map(BackupName::value))
                .field("duration_ms", origin.durationMillis())
                .field("trace_id", origin.traceId())
                .field("created_by", origin.createdBy());
    }

    private static Optional<Origin> origin(FieldMap fields) {
        if (!fields.has("snapshot_time")) {
            return Optional.empty();
        }
        return Optional.of(new Origin(
                fields.convert("database", DatabaseName::new),
                fields.text("neo4j_version", ""),
                fields.text("plugin_version", ""),
                fields.text("store_id", ""),
                fields.convert("snapshot_time", OffsetDateTime::parse),
                fields.number("tx_id"),
                fields.convert("tier", Tier::of),
                fields.optionalText("parent").map(name -> fields.convert("parent", BackupName::new)),
                fields.optionalCount("duration_ms"),
                fields.optionalText("trace_id"),
                fields.optionalText("created_by")));
    }
}
