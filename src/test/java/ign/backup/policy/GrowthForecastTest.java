package ign.backup.policy;

import static org.assertj.core.api.Assertions.assertThat;

import ign.backup.model.Catalog;
import ign.backup.model.CatalogEntry;
import ign.backup.model.CatalogEntry.State;
import ign.backup.model.Tier;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class GrowthForecastTest {

    private static final RetentionPolicy UNLIMITED = new RetentionPolicy(Map.of(), Map.of());
    private static final RetentionPolicy SEVEN = new RetentionPolicy(Map.of(Tier.DAILY, 7), Map.of());

    private static CatalogEntry sized(String words, long sizeBytes) {
        return Entries.holding(Entries.parse(words), 1, 1, sizeBytes);
    }

    /** One on each day; of these the last ones are there, the others were removed. */
    private static Catalog daily(int days, int there, long sizeBytes, long growthBytes) {
        var backups = new ArrayList<CatalogEntry>();
        var history = new ArrayList<CatalogEntry>();
        for (var day = 0; day < days; day++) {
            var entry = sized("d" + day + " daily good " + day + "d", sizeBytes + growthBytes * day);
            (day < days - there ? history : backups).add(entry);
        }
        return new Catalog(backups, history);
    }

    private static GrowthForecast forecast(Catalog catalog, RetentionPolicy policy) {
        return GrowthForecast.of(catalog, Entries.DATABASE, policy).orElseThrow();
    }

    @Test
    void theNewestOnesAreKeptAndGrowAsTheyDid() {
        var forecast = forecast(daily(30, 7, 1000, 10), SEVEN);

        assertThat(forecast.bytesNow()).isEqualTo(7 * 1000 + 10 * (23 + 24 + 25 + 26 + 27 + 28 + 29));
        assertThat(forecast.bytesIn(0)).isEqualTo(forecast.bytesNow());
        assertThat(forecast.bytesIn(3)).isEqualTo(7 * 1000 + 10 * (26 + 27 + 28 + 29 + 30 + 31 + 32));
        assertThat(forecast.bytesIn(30)).isEqualTo(7 * 1000 + 10 * (53 + 54 + 55 + 56 + 57 + 58 + 59));
    }

    @Test
    void withoutALimitTheyPileUp() {
        var forecast = forecast(daily(10, 10, 100, 0), UNLIMITED);

        assertThat(forecast.bytesNow()).isEqualTo(1000);
        assertThat(forecast.bytesIn(30)).isEqualTo(4000);
        assertThat(forecast.daysUntilFull(1000))
                .as("ten more fit, the eleventh does not")
                .hasValue(10);
        assertThat(forecast.daysUntilFull(100)).as("room for one").hasValue(1);
        assertThat(forecast.daysUntilFull(99)).as("no room for the next").hasValue(0);
        assertThat(forecast.daysUntilFull(Long.MAX_VALUE / 2)).isEmpty();
    }

    @Test
    void withALimitAndWithoutGrowthRoomForOneMoreIsEnoughForEver() {
        var forecast = forecast(daily(30, 7, 100, 0), SEVEN);

        assertThat(forecast.daysUntilFull(100)).isEmpty();
        assertThat(forecast.daysUntilFull(99)).hasValue(0);
    }

    @Test
    void anAgeLimitsTheNumber() {
        var policy = new RetentionPolicy(Map.of(), Map.of(Tier.MONTHLY, Duration.ofDays(60)));
        var catalog = new Catalog(
                List.of(
                        sized("m0 monthly good 0d", 100),
                        sized("m1 monthly good 30d", 100),
                        sized("m2 monthly good 60d", 100)),
                List.of());

        assertThat(forecast(catalog, policy).bytesIn(300)).isEqualTo(300);
        assertThat(forecast(catalog, UNLIMITED).bytesIn(300)).isEqualTo(1300);
    }

    @Test
    void whatRetentionNeverLetsGoStays() {
        var catalog = daily(30, 7, 100, 0)
                .with(sized("p daily good 5d pinned", 1))
                .with(sized("o daily good 6d other-store", 2))
                .with(sized("f daily good 7d foreign", 4))
                .with(sized("u daily unproven 8d", 8))
                .with(sized("n manual good 9d plain", 16))
                .with(sized("e manual missing 10d", 32))
                .with(sized("k pre-upgrade good 11d", 64));

        var forecast = forecast(catalog, SEVEN);

        assertThat(forecast.bytesNow()).isEqualTo(700 + 1 + 2 + 4 + 8 + 16 + 64);
        assertThat(forecast.bytesIn(365)).isEqualTo(forecast.bytesNow());
    }

    @Test
    void aTierThatIsNoLongerInUseDoesNotGoOn() {
        var catalog = daily(60, 7, 100, 0).with(sized("w0 weekly good 0d", 50)).with(sized("w1 weekly good 7d", 50));
        assertThat(forecast(catalog, SEVEN).bytesIn(70)).isEqualTo(800);

        var inUse = catalog.with(sized("w2 weekly good 52d", 50)).with(sized("w3 weekly good 59d", 50));
        assertThat(forecast(inUse, SEVEN).bytesIn(70)).isEqualTo(900 + 10 * 50);
    }

    @Test
    void smallerOnesAreNotExpectedToShrinkFurther() {
        assertThat(forecast(daily(30, 7, 10_000, -100), SEVEN).bytesIn(100)).isEqualTo(7 * 7100);
    }

    @Test
    void withoutAGoodBackupNothingIsForetold() {
        assertThat(GrowthForecast.of(Catalog.EMPTY, Entries.DATABASE, SEVEN)).isEmpty();
        assertThat(GrowthForecast.of(
                        new Catalog(
                                List.of(Entries.parse("d daily damaged 1"), Entries.parse("f daily good 1 foreign")),
                                List.of()),
                        Entries.DATABASE,
                        SEVEN))
                .isEmpty();
    }

    @Test
    void aSingleBackupStaysAsItIs() {
        var forecast = forecast(new Catalog(List.of(sized("a manual good 1d", 500)), List.of()), UNLIMITED);

        assertThat(forecast.bytesIn(30)).isEqualTo(500);
        assertThat(forecast.daysUntilFull(499)).hasValue(0);
        assertThat(forecast.daysUntilFull(500)).isEmpty();
    }

    @Test
    void foretellsWhatRetentionThenReallyLeaves() {
        var policy =
                new RetentionPolicy(Map.of(Tier.DAILY, 7, Tier.WEEKLY, 5), Map.of(Tier.MONTHLY, Duration.ofDays(365)));
        var catalog = Catalog.EMPTY;
        var foretold = 0L;
        for (var day = 0; day <= 530; day++) {
            for (var tier : List.of("daily", "weekly", "monthly")) {
                var every = Map.of("daily", 1, "weekly", 7, "monthly", 30).get(tier);
                if (every != null && day % every == 0) {
                    catalog = after(
                            catalog,
                            sized(tier + day + " " + tier + " good " + day + "d", 1_000_000 + 10_000L * day),
                            policy);
                }
            }
            if (day == 500) {
                foretold = forecast(catalog, policy).bytesIn(30);
            }
        }
        var real = catalog.backups().stream().mapToLong(CatalogEntry::sizeBytes).sum();
        assertThat(foretold).isCloseTo(real, Percentage.withPercentage(5));
    }

    private static Catalog after(Catalog before, CatalogEntry made, RetentionPolicy policy) {
        var catalog = before.with(made);
        for (var decision : new Retention(policy).afterBackup(catalog, made)) {
            if (decision.remove()) {
                catalog = catalog.with(decision.entry().in(State.REMOVED))
                        .retired(decision.entry().name());
            }
        }
        return catalog;
    }

    @Test
    void moreFreeSpaceLastsLongerWhateverTheHistory() {
        var tiers = Tier.values();
        for (var seed = 0L; seed < 30; seed++) {
            var random = new Random(seed);
            var catalog = Catalog.EMPTY.with(sized("first daily good 0", 100));
            for (var number = 0; number < random.nextInt(20); number++) {
                var tier = tiers[random.nextInt(tiers.length)].label();
                catalog = catalog.with(
                        sized("n" + number + " " + tier + " good " + random.nextInt(2000), random.nextInt(1_000_000)));
            }
            var forecast = forecast(catalog, seed % 2 == 0 ? SEVEN : UNLIMITED);

            assertThat(forecast.bytesIn(30)).as("seed %s", seed).isNotNegative();
            var before = 0L;
            for (var free = 0L; free < 20_000_000; free += 2_000_000) {
                var days = forecast.daysUntilFull(free).orElse(Long.MAX_VALUE);
                assertThat(days).as("seed %s, %s bytes free", seed, free).isGreaterThanOrEqualTo(before);
                before = days;
            }
        }
    }
}
