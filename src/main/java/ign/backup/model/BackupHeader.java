package ign.backup.model;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The {@code metadata} of a backup file: what it holds and where it comes from.
 *
 * @param version format version, {@code 1.0.0} or {@code 1.1.0}
 * @param timestamp {@code yyyyMMdd_HHmmss}, local time of the server that wrote it
 * @param datetime the same instant in ISO form with microseconds and without zone; as it stands in the file
 * @param reason why the backup was made, in its maker's words
 * @param backupType {@code full}, {@code incremental} or {@code initial}; as it stands in the file
 * @param source who made it, by the setting {@code source_name}
 * @param origin what only files of format 1.1 say
 */
public record BackupHeader(
        String version,
        String timestamp,
        String datetime,
        String reason,
        long nodeCount,
        long relationshipCount,
        String backupType,
        String source,
        Optional<Origin> origin) {

    /**
     * Where a backup comes from.
     *
     * @param snapshotTime the instant whose state the backup holds, with the server's zone
     * @param txId id of the last transaction in the backup
     * @param parent the backup an incremental one builds on
     * @param durationMillis how long it took until the header was sealed, in milliseconds; empty while it is being written
     * @param traceId an id of the caller's own, for tracing
     * @param createdBy the user who asked for it, or the plugin itself
     */
    public record Origin(
            DatabaseName database,
            String neo4jVersion,
            String pluginVersion,
            String storeId,
            OffsetDateTime snapshotTime,
            long txId,
            Tier tier,
            Optional<BackupName> parent,
            OptionalLong durationMillis,
            Optional<String> traceId,
            Optional<String> createdBy) {

        private static final OffsetDateTime LONGEST_TIME =
                OffsetDateTime.of(2025, 12, 31, 23, 59, 59, 123_456_789, ZoneOffset.ofHours(12));

        private Origin initial() {
            return new Origin(
                    database,
                    neo4jVersion,
                    pluginVersion,
                    storeId,
                    snapshotTime,
                    txId,
                    Tier.INITIAL,
                    Optional.empty(),
                    durationMillis,
                    traceId,
                    createdBy);
        }

        private Origin sealed(OffsetDateTime time, long lastTxId, long millis) {
            return new Origin(
                    database,
                    neo4jVersion,
                    pluginVersion,
                    storeId,
                    time,
                    lastTxId,
                    tier,
                    parent,
                    OptionalLong.of(millis),
                    traceId,
                    createdBy);
        }
    }

    /** {@return nodes and relationships together} */
    public long elements() {
        return nodeCount + relationshipCount;
    }

    /** {@return the tier, or {@code manual} for a file that does not say} */
    public Tier tier() {
        return origin.map(Origin::tier).orElse(Tier.MANUAL);
    }

    /**
     * {@return the header of a copy that a distribution brings along for empty databases}
     *
     * @param newVersion the format of the copy
     * @param otherwise where the graph comes from, if this header does not say
     */
    public BackupHeader initial(String newVersion, String newReason, Origin otherwise) {
        return new BackupHeader(
                newVersion,
                timestamp,
                datetime,
                newReason,
                nodeCount,
                relationshipCount,
                BackupType.INITIAL.label(),
                source,
                Optional.of(origin.orElse(otherwise).initial()));
    }

    /** {@return this header with what is only known at the end} */
    public BackupHeader sealed(GraphCounts counts, long durationMillis) {
        return new BackupHeader(
                version,
                timestamp,
                datetime,
                reason,
                counts.nodes(),
                counts.relationships(),
                backupType,
                source,
                origin.map(o -> o.sealed(o.snapshotTime, o.txId, durationMillis)));
    }

    /** {@return this header as long as it can get until it is sealed, whatever the numbers and times will be} */
    public BackupHeader widest() {
        return new BackupHeader(
                version,
                timestamp,
                datetime,
                reason,
                Long.MAX_VALUE,
                Long.MAX_VALUE,
                backupType,
                source,
                origin.map(o -> o.sealed(Origin.LONGEST_TIME, Long.MAX_VALUE, Long.MAX_VALUE)));
    }
}
