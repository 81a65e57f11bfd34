package ign.backup.operation;

import static org.assertj.core.api.Assertions.assertThat;

import ign.backup.model.BackupHeader;
import ign.backup.model.BackupName;
import ign.backup.model.Catalog;
import ign.backup.model.CatalogEntry;
import ign.backup.model.CatalogEntry.State;
import ign.backup.model.DatabaseName;
import ign.backup.model.Tier;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class SizeTrendTest {

    private static final Instant START = Instant.parse("2025-01-01T00:00:00Z");

    private static CatalogEntry entry(String name, String database, Tier tier, int day, long bytes, State state) {
        var time = START.plusSeconds(86_400L * day);
        var origin = new BackupHeader.Origin(
                new DatabaseName(database),
                "5.26.30",
                "0.1.0",
                "store",
                time.atOffset(ZoneOffset.UTC),
                day,
                tier,
                Optional.empty(),
                OptionalLong.empty(),
                Optional.empty(),
                Optional.empty());
        var header = new BackupHeader("1.1.0", "", "", "test", 1, 1, "full", "test", Optional.of(origin));
        return new CatalogEntry(
                new BackupName(name),
                header,
                bytes,
                Optional.empty(),
                state,
                false,
                time,
                Optional.empty(),
                OptionalLong.empty(),
                List.of());
    }

    private static CatalogEntry daily(String name, int day, long bytes, State state) {
        return entry(name, "neo4j", Tier.DAILY, day, bytes, state);
    }

    private static List<String> lines(List<CatalogEntry> backups, List<CatalogEntry> history) {
        return SizeTrend.of(new Catalog(backups, history)).stream()
                .map(point ->
                        point.backup().name() + " " + point.backup().state().label()
                                + point.growth()
                                        .map(more -> " " + more.bytes() + " " + more.percent() + " " + more.since())
                                        .orElse(""))
                .toList();
    }

    @Test
    void goesFromTheOldestToTheNewestAlsoOverThoseThatWereRemoved() {
        assertThat(lines(
                        List.of(daily("d3.json", 3, 150, State.GOOD), daily("d4.json", 4, 120, State.MISSING)),
                        List.of(daily("d2.json", 2, 200, State.REMOVED), daily("d1.json", 1, 100, State.REMOVED))))
                .containsExactly(
                        "d1.json removed",
                        "d2.json removed 100 OptionalDouble[100.0] d1.json",
                        "d3.json good -50 OptionalDouble[-25.0] d2.json",
                        "d4.json missing -30 OptionalDouble[-20.0] d3.json");
    }

    @Test
    void comparesOnlyWhatCanBeCompared() {
        assertThat(lines(
                        List.of(
                                daily("d1.json", 1, 100, State.GOOD),
                                entry("w1.json", "neo4j", Tier.WEEKLY, 2, 300, State.GOOD),
                                entry("other.json", "orders", Tier.DAILY, 3, 400, State.GOOD),
                                daily("d2.json.zst", 4, 20, State.GOOD),
                                daily("cut.json", 5, 7, State.DAMAGED),
                                daily("d3.json", 6, 110, State.UNPROVEN)),
                        List.of()))
                .containsExactly(
                        "d1.json good",
                        "w1.json good",
                        "other.json good",
                        "d2.json.zst good",
                        "cut.json damaged",
                        "d3.json unproven 10 OptionalDouble[10.0] d1.json");
    }

    @Test
    void whatWasNothingHasNoShare() {
        assertThat(lines(
                        List.of(daily("d1.json", 1, 0, State.UNRECORDED), daily("d2.json", 2, 5, State.GOOD)),
                        List.of()))
                .containsExactly("d1.json unrecorded", "d2.json good 5 OptionalDouble.empty d1.json");
    }
}
