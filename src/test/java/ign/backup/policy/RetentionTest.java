package ign.backup.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ign.backup.model.BackupException;
import ign.backup.model.BackupHeader;
import ign.backup.model.Catalog;
import ign.backup.model.CatalogEntry;
import ign.backup.model.CatalogEntry.State;
import ign.backup.model.DatabaseName;
import ign.backup.model.Quantity;
import ign.backup.model.Tier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60)
class RetentionTest {

    private static final Path GOLDEN = Path.of("src/test/resources/golden/retention");
    private static final RetentionPolicy ONE_EACH = new RetentionPolicy(Map.of(Tier.MANUAL, 1, Tier.AUTO, 1), Map.of());

    private static Catalog catalog(String... entries) {
        return new Catalog(Stream.of(entries).map(Entries::parse).toList(), List.of());
    }

    private static String words(List<Decision> decisions) {
        return decisions.stream()
                .map(decision -> (decision.remove() ? "remove " : "keep   ")
                        + decision.entry().name().value().replace(".json", "") + ": " + decision.reason() + "\n")
                .collect(Collectors.joining());
    }

    static List<Path> goldenHistories() throws IOException {
        try (var files = Files.list(GOLDEN)) {
            return files.sorted().toList();
        }
    }

    private static RetentionPolicy policy(String words) {
        var numbers = new HashMap<Tier, Integer>();
        var ages = new HashMap<Tier, Duration>();
        for (var limit : words.split(" ", -1)) {
            var tier = Tier.of(limit.substring(0, limit.indexOf('=')));
            var text = limit.substring(limit.indexOf('=') + 1);
            Quantity.duration(text)
                    .ifPresentOrElse(age -> ages.put(tier, age), () -> numbers.put(tier, Integer.valueOf(text)));
        }
        return new RetentionPolicy(numbers, ages);
    }

    /**
     * Each file: limits, the new backup, the entries, of which those that end in {@code retired} are history, an empty line, the
     * decisions. Print new ones with -Dupdate.golden.
     */
    @ParameterizedTest
    @MethodSource("goldenHistories")
    @Tag("promise-G6")
    void decidesAsWrittenDown(Path file) throws IOException {
        var text = Files.readString(file);
        var cut = text.indexOf("\n\n") + 2;
        var given = text.substring(0, cut).strip().lines().toList();
        var retired = given.stream()
                .skip(2)
                .collect(Collectors.partitioningBy(
                        line -> line.endsWith(" retired"), Collectors.mapping(Entries::parse, Collectors.toList())));
        var entries = retired.getOrDefault(false, List.of());
        var newest = given.get(1);
        var retention = new Retention(policy(given.get(0)));
        var catalog = new Catalog(entries, retired.getOrDefault(true, List.of()));

        var decisions = newest.equals("by hand")
                ? retention.byHand(catalog, Entries.DATABASE, Entries.START.plusSeconds(3600L * 100))
                : retention.afterBackup(
                        catalog,
                        entries.stream()
                                .filter(entry -> entry.name().value().equals(newest + ".json"))
                                .findFirst()
                                .orElseThrow());

        if (System.getProperty("update.golden") != null) {
            Files.writeString(file, text.substring(0, cut) + words(decisions));
        }
        assertThat(words(decisions)).isEqualTo(text.substring(cut));
    }

    @Test
    @Tag("promise-G1")
    @Tag("promise-G7")
    void aNewBackupThatIsNotGoodRemovesNothing() {
        for (var state : State.values()) {
            var catalog = catalog("new manual " + state.label() + " 3", "b manual good 2", "a manual good 1");
            var decisions = new Retention(ONE_EACH)
                    .afterBackup(catalog, catalog.backups().get(0));
            if (state != State.GOOD) {
                assertThat(decisions).as(state.label()).noneMatch(Decision::remove);
            }
        }
    }

    @Test
    void aNewBackupThatIsNotInTheCatalogRemovesNothing() {
        var catalog = catalog("b manual good 2", "a manual good 1");

        assertThat(new Retention(ONE_EACH).afterBackup(catalog, Entries.parse("new manual good 3")))
                .noneMatch(Decision::remove);
    }

    @Test
    void byHandWithoutAGoodBackupRemovesNothing() {
        var catalog =
                catalog("c manual damaged 3", "b manual unproven 2", "a manual damaged 1", "f manual good 1 foreign");

        assertThat(new Retention(ONE_EACH).byHand(catalog, Entries.DATABASE, Entries.START.plusSeconds(9999999)))
                .extracting(Decision::reason)
                .containsOnly("there is no newer good backup");
        assertThat(new Retention(ONE_EACH)
                        .byHand(catalog, new DatabaseName("nobody"), Entries.START.plusSeconds(9999999)))
                .noneMatch(Decision::remove);
    }

    @Test
    void aLimitBelowOneIsRefused() {
        assertThatThrownBy(() -> new RetentionPolicy(Map.of(Tier.MANUAL, 0), Map.of()))
                .isInstanceOf(BackupException.BadRequest.class)
                .hasMessage("'0' backups of tier 'manual' cannot be kept, at least 1 must");
    }

    @Test
    void anAgeBelowOneDayIsRefused() {
        assertThatThrownBy(() -> new RetentionPolicy(Map.of(), Map.of(Tier.MONTHLY, Duration.ofHours(23))))
                .isInstanceOf(BackupException.BadRequest.class)
                .hasMessage("backups of tier 'monthly' cannot be kept for 'PT23H', at least one day it must be");
        assertThat(new RetentionPolicy(Map.of(), Map.of(Tier.MONTHLY, Duration.ofDays(1))).maxAge(Tier.MONTHLY))
                .hasValue(Duration.ofDays(1));
    }

    @Test
    @Tag("promise-G1")
    @Tag("promise-G4")
    @Tag("promise-G6")
    void whateverTheHistoryAndThePolicyAGoodBackupIsLeft() {
        for (var seed = 0L; seed < 5000; seed++) {
            check(new Random(seed), "seed " + seed);
        }
    }

    private static void check(Random random, String seed) {
        var entries = new ArrayList<CatalogEntry>();
        for (var number = 0; number < 1 + random.nextInt(12); number++) {
            entries.add(Entries.parse(randomEntry(random, number)));
        }
        var catalog = new Catalog(entries, List.of());
        var limits = new HashMap<Tier, Integer>();
        for (var tier : Tier.values()) {
            if (random.nextBoolean()) {
                limits.put(tier, 1 + random.nextInt(3));
            }
        }
        var retention = new Retention(new RetentionPolicy(limits, Map.of()));
        var byHand = random.nextBoolean();
        var verified = entries.get(random.nextInt(entries.size()));
        var decisions = byHand
                ? retention.byHand(catalog, Entries.DATABASE, Entries.START.plusSeconds(3600L * random.nextInt(25)))
                : retention.afterBackup(catalog, verified);

        assertThat(decisions).extracting(Decision::entry).as(seed).containsExactlyElementsOf(catalog.backups());
        assertThat(decisions).as(seed).noneMatch(decision -> decision.reason().isBlank());
        var removed =
                decisions.stream().filter(Decision::remove).map(Decision::entry).toList();
        var kept =
                decisions.stream().filter(d -> !d.remove()).map(Decision::entry).toList();
        assertThat(removed)
                .as(seed)
                .noneMatch(CatalogEntry::pinned)
                .noneMatch(entry -> entry.state() == State.UNPROVEN || entry.state() == State.UNRECORDED)
                .noneMatch(entry ->
                        entry.header().tier() == Tier.INITIAL || entry.header().tier() == Tier.PRE_UPGRADE);
        removed.forEach(entry -> {
            if (entry.isGood() || entry.state() == State.DAMAGED) {
                assertThat(kept)
                        .as("%s: a good one newer than %s", seed, entry.name())
                        .anyMatch(other -> other.isGood()
                                && sameDatabase(other, entry)
                                && Catalog.NEWEST_FIRST.compare(other, entry) < 0);
                assertThat(limits).as(seed).containsKey(entry.header().tier());
            }
        });
        if (!byHand) {
            assertThat(removed.contains(verified) && verified.isGood()).as(seed).isFalse();
        }
    }

    private static boolean sameDatabase(CatalogEntry one, CatalogEntry other) {
        return databaseOf(one).equals(databaseOf(other));
    }

    private static Optional<DatabaseName> databaseOf(CatalogEntry entry) {
        return entry.header().origin().map(BackupHeader.Origin::database);
    }

    private static String randomEntry(Random random, int number) {
        var tiers = Tier.values();
        var states = State.values();
        var state = random.nextBoolean() ? State.GOOD : states[random.nextInt(states.length)];
        var tier = random.nextBoolean() ? Tier.MANUAL : tiers[random.nextInt(tiers.length)];
        return "n" + number + " " + tier.label() + " " + state.label() + " " + random.nextInt(20)
                + (random.nextInt(6) == 0 ? " pinned" : "")
                + (random.nextInt(6) == 0 ? " foreign" : "")
                + (random.nextInt(8) == 0 ? " other-store" : "")
                + (random.nextInt(8) == 0 ? " plain" : "");
    }
}
