package ign.backup.policy;

import ign.backup.model.BackupHeader;
import ign.backup.model.BackupName;
import ign.backup.model.CatalogEntry;
import ign.backup.model.CatalogEntry.State;
import ign.backup.model.DatabaseName;
import ign.backup.model.GraphCounts;
import ign.backup.model.Tier;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * Catalog entries in few words: {@code name tier state hour}, or {@code 12d} for the hour, and then {@code pinned}, {@code foreign},
 * {@code plain}, {@code other-store}, {@code on=parent}.
 */
final class Entries {

    static final DatabaseName DATABASE = new DatabaseName("neo4j");
    static final Instant START = Instant.parse("2025-01-01T00:00:00Z");

    private Entries() {}

    static CatalogEntry parse(String words) {
        var parts = words.split("[ ]+", -1);
        var flags = " " + words + " ";
        var hour = hour(parts[3]);
        var time = START.plusSeconds(3600 * hour);
        var origin = new BackupHeader.Origin(
                flags.contains(" foreign ") ? new DatabaseName("orders") : DATABASE,
                "5.26.30",
                "0.1.0",
                flags.contains(" other-store ") ? "store-2" : "store-1",
                time.atOffset(ZoneOffset.ofHours(1)),
                hour,
                Tier.of(parts[1]),
                Stream.of(parts)
                        .filter(part -> part.startsWith("on="))
                        .map(part -> new BackupName(part.substring("on=".length()) + ".json"))
                        .findFirst(),
                OptionalLong.empty(),
                Optional.empty(),
                Optional.empty());
        var header = new BackupHeader(
                "1.1.0",
                "20250101_000000",
                "2025-01-01T00:00:00.000000",
                "test",
                1,
                1,
                "full",
                "test",
                flags.contains(" plain ") ? Optional.empty() : Optional.of(origin));
        return new CatalogEntry(
                new BackupName(parts[0] + ".json"),
                header,
                10,
                Optional.empty(),
                state(parts[2]),
                flags.contains(" pinned "),
                time,
                Optional.empty(),
                OptionalLong.empty(),
                List.of());
    }

    /** {@return that entry with so much in it} */
    static CatalogEntry holding(CatalogEntry entry, long nodes, long relationships, long sizeBytes) {
        return new CatalogEntry(
                entry.name(),
                entry.header().sealed(new GraphCounts(nodes, relationships, Map.of(), Map.of()), 0),
                sizeBytes,
                entry.sha256(),
                entry.state(),
                entry.pinned(),
                entry.entered(),
                entry.verification(),
                entry.episodes(),
                List.of());
    }

    private static long hour(String text) {
        return text.endsWith("d") ? 24 * Long.parseLong(text.substring(0, text.length() - 1)) : Long.parseLong(text);
    }

    private static State state(String label) {
        for (var state : State.values()) {
            if (state.label().equals(label)) {
                return state;
            }
        }
        throw new IllegalArgumentException(label);
    }
}
