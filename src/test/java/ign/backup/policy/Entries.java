package ign.backup.policy;

import ign.backup.model.BackupHeader;
import ign.backup.model.BackupName;
import ign.backup.model.CatalogEntry;
import ign.backup.model.CatalogEntry.State;
import ign.backup.model.DatabaseName;
import ign.backup.model.Tier;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.OptionalLong;

/** Catalog entries in few words: {@code name tier state hour}, and then {@code pinned}, {@code foreign}, {@code plain} or {@code other-store}. */
final class Entries {

    static final DatabaseName DATABASE = new DatabaseName("neo4j");
    static final Instant START = Instant.parse("2025-01-01T00:00:00Z");

    private Entries() {}

    static CatalogEntry parse(String words) {
        var parts = words.split("[ ]+", -1);
        var flags = " " + words + " ";
        var time = START.plusSeconds(3600 * Long.parseLong(parts[3]));
        var origin = new BackupHeader.Origin(
                flags.contains(" foreign ") ? new DatabaseName("orders") : DATABASE,
                "5.26.30",
                "0.1.0",
                flags.contains(" other-store ") ? "store-2" : "store-1",
                time.atOffset(ZoneOffset.ofHours(1)),
                Long.parseLong(parts[3]),
                Tier.of(parts[1]),
                Optional.empty(),
                OptionalLong.empty(),
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
                OptionalLong.empty());
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
