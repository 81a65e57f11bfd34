package ign.backup.procedure;

import ign.backup.model.CatalogEntry;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.TreeMap;

/** The column {@code details} of a backup: who made it, of what, with which versions, and how its verifications ended. */
final class Details {

    private Details() {}

    static Map<String, Object> of(CatalogEntry entry) {
        var details = new TreeMap<String, Object>();
        entry.header().origin().ifPresent(origin -> {
            details.put("database", origin.database().value());
            details.put("neo4j_version", origin.neo4jVersion());
            details.put("plugin_version", origin.pluginVersion());
            details.put("store_id", origin.storeId());
            details.put("snapshot_time", origin.snapshotTime().toZonedDateTime());
            details.put("tx_id", origin.txId());
            origin.durationMillis().ifPresent(millis -> details.put("duration_ms", millis));
            origin.traceId().ifPresent(trace -> details.put("trace_id", trace));
            origin.parent().ifPresent(parent -> details.put("parent", parent.value()));
            origin.createdBy().ifPresent(user -> details.put("created_by", user));
        });
        details.put("format_version", entry.header().version());
        details.put("source", entry.header().source());
        details.put("entered", entry.entered().atZone(ZoneOffset.UTC));
        entry.verification().ifPresent(last -> {
            details.put("verified_at", last.time().atZone(ZoneOffset.UTC));
            details.put("verification", last.message());
        });
        details.put(
                "verifications",
                entry.verifications().stream().map(Details::outcome).toList());
        return details;
    }

    private static Map<String, Object> outcome(CatalogEntry.Verification verification) {
        return Map.of(
                "time", verification.time().atZone(ZoneOffset.UTC),
                "valid", verification.valid(),
                "message", verification.message());
    }
}
