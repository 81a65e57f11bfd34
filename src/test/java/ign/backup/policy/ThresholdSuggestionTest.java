package ign.backup.policy;

import static org.assertj.core.api.Assertions.assertThat;

import ign.backup.model.Catalog;
import ign.backup.model.CatalogEntry;
import ign.backup.model.ChangeCounts;
import ign.backup.model.GraphCounts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.function.LongUnaryOperator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ThresholdSuggestionTest {

    private static CatalogEntry backup(String name, long hour, long nodes, long relationships) {
        return Entries.holding(Entries.parse(name + " daily good " + hour), nodes, relationships, 10);
    }

    private static List<CatalogEntry> daily(int days, LongUnaryOperator nodesOnDay) {
        return new ArrayList<>(LongStream.range(0, days)
                .mapToObj(day ->
                        backup("b" + day, 24 * day + 2, nodesOnDay.applyAsLong(day), 2 * nodesOnDay.applyAsLong(day)))
                .toList());
    }

    private static Optional<ThresholdSuggestion> suggestion(List<CatalogEntry> backups) {
        return ThresholdSuggestion.from(new Catalog(backups, List.of()), Entries.DATABASE);
    }

    private static ThresholdSuggestion of(long nodes, long relationships, String reason) {
        return new ThresholdSuggestion(nodes, relationships, reason);
    }

    @Test
    void suggestsWhatADayUsuallyAdds() {
        assertThat(suggestion(daily(20, day -> 50_000 + 1234 * day)))
                .hasValue(of(
                        1200,
                        2400,
                        "the median of 19 days in 20 backups is +1234 nodes and +2468 relationships a day"));
    }

    @Test
    void anImportACleanUpAndAWrongDateDoNotMoveIt() {
        var backups = daily(20, day -> 50_000 + 100 * day + (day >= 5 ? 900_000 : 0) - (day >= 12 ? 700_000 : 0));
        backups.add(backup("future", 24 * 9999, 3, 4));

        assertThat(suggestion(backups))
                .hasValue(
                        of(100, 200, "the median of 20 days in 21 backups is +100 nodes and +200 relationships a day"));
    }

    @Test
    void removedBackupsCountAndThoseOfOtherDatabasesDoNot() {
        var all = daily(12, day -> 95 * day);
        var removed = all.subList(0, 9);
        var there = new ArrayList<>(all.subList(9, 12));
        there.add(Entries.parse("other daily good 5 foreign"));
        there.add(Entries.parse("nobody-knows daily good 6 plain"));

        assertThat(ThresholdSuggestion.from(new Catalog(there, removed), Entries.DATABASE))
                .hasValue(of(95, 190, "the median of 11 days in 12 backups is +95 nodes and +190 relationships a day"));
    }

    @Test
    void ofADayTheLastBackupCountsAndDaysWithoutOneAreSharedOut() {
        var backups = new ArrayList<CatalogEntry>();
        for (var day = 0L; day < 12; day += 3) {
            backups.add(backup("late" + day, 24 * day + 20, 300 * day, 30 * day));
            backups.add(backup("early" + day, 24 * day + 1, 7, 7));
        }

        assertThat(suggestion(backups))
                .hasValue(of(300, 30, "the median of 3 days in 8 backups is +300 nodes and +30 relationships a day"));
    }

    @Test
    void aGraphThatHardlyGrowsOrShrinksGetsTheLeast() {
        assertThat(suggestion(daily(10, day -> 1000 + day)))
                .hasValue(of(10, 10, "the median of 9 days in 10 backups is +1 nodes and +2 relationships a day"));
        assertThat(suggestion(daily(10, day -> 9000 - 50 * day)))
                .hasValue(of(10, 10, "the median of 9 days in 10 backups is -50 nodes and -100 relationships a day"));
    }

    @Test
    void tooFewBackupsOrDaysSuggestNothing() {
        assertThat(suggestion(List.of())).isEmpty();
        assertThat(suggestion(daily(4, day -> 100 * day))).isEmpty();
        assertThat(suggestion(daily(5, day -> 100 * day))).isPresent();
        assertThat(suggestion(LongStream.range(0, 70)
                        .mapToObj(hour -> backup("h" + hour, hour, hour, hour))
                        .toList()))
                .isEmpty();
    }

    /** A month of changing days, looked at every quarter of an hour. */
    @Test
    void withItAboutOneBackupADayWouldHaveBeenMade() {
        for (var seed = 0L; seed < 50; seed++) {
            var random = new Random(seed);
            var perQuarter = random.longs(96 * 30, 0, 100).toArray();
            var nodes = new long[perQuarter.length + 1];
            for (var quarter = 0; quarter < perQuarter.length; quarter++) {
                var busy = quarter / 96 % 7 < 5 ? 1 : 0.6;
                nodes[quarter + 1] = nodes[quarter] + (long) (busy * perQuarter[quarter]);
            }
            var found = suggestion(daily(30, day -> nodes[(int) (96 * day)])).orElseThrow();
            var thresholds = new ChangeThresholds(
                    found.nodes(), found.relationships(), 1e9, OptionalLong.empty(), OptionalLong.empty());
            var made = 0;
            var last = backup("first", 0, 0, 0);
            for (var quarter = 0; quarter < nodes.length; quarter++) {
                var now = new GraphCounts(nodes[quarter], 2 * nodes[quarter], Map.of(), Map.of());
                if (thresholds
                        .assess(now, Optional.of(last.header()), ChangeCounts.NONE)
                        .recommended()) {
                    last = backup("next", quarter, now.nodes(), now.relationships());
                    made++;
                }
            }
            assertThat(made).as("seed %s", seed).isBetween(24, 36);
        }
    }
}
