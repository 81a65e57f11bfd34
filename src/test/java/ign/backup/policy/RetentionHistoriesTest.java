package ign.backup.policy;

import static org.assertj.core.api.Assertions.assertThat;

import ign.backup.model.BackupHeader;
import ign.backup.model.BackupName;
import ign.backup.model.Catalog;
import ign.backup.model.CatalogEntry;
import ign.backup.model.CatalogEntry.State;
import ign.backup.model.Tier;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The retention over random histories, against a slow and simple reading of the rules, and over years of ordinary life. */
@Timeout(120)
class RetentionHistoriesTest {

    private static final int HISTORIES = 2000;
    private static final long TEN_YEARS = 3650;
    private static final RetentionPolicy PLAN = new RetentionPolicy(
            Map.of(Tier.DAILY, 7, Tier.WEEKLY, 5),
            Map.of(
                    Tier.DAILY, Duration.ofDays(14),
                    Tier.WEEKLY, Duration.ofDays(60),
                    Tier.MONTHLY, Duration.ofDays(365)));

    @Test
    @Tag("promise-G1")
    @Tag("promise-G2")
    @Tag("promise-G4")
    @Tag("promise-G5")
    @Tag("promise-G6")
    @Tag("promise-G8")
    void decidesAsTheRulesSayWhateverTheHistory() {
        var removals = 0;
        for (var seed = 0L; seed < HISTORIES; seed++) {
            removals += check(new Random(seed), "seed " + seed);
        }
        assertThat(removals).as("removals that were examined").isGreaterThan(HISTORIES / 2);
    }

    private static int check(Random random, String seed) {
        var entries = new ArrayList<CatalogEntry>();
        var history = new ArrayList<CatalogEntry>();
        var size = 1 + random.nextInt(30);
        for (var number = 0; number < size; number++) {
            var entry = Entries.parse(randomEntry(random, number, size));
            (random.nextInt(6) == 0 ? history : entries).add(entry);
        }
        var catalog = new Catalog(entries, history);
        var policy = randomPolicy(random);
        var asked = entries.isEmpty() ? Optional.<CatalogEntry>empty() : randomAnchor(catalog, random);

        var decisions = asked.map(verified -> new Retention(policy).afterBackup(catalog, verified))
                .orElseGet(() -> new Retention(policy)
                        .byHand(catalog, Entries.DATABASE, Entries.START.plus(Duration.ofDays(500))));

        assertThat(decisions).extracting(Decision::entry).as(seed).containsExactlyElementsOf(catalog.backups());
        assertThat(decisions).as(seed).noneMatch(decision -> decision.reason().isBlank());
        var anchor = asked.isPresent() ? asked.filter(CatalogEntry::isGood) : newestByHand(catalog);
        var removed = names(decisions, true);
        assertThat(removed).as(seed).isEqualTo(new Rules(catalog, policy).removed(anchor));
        checkPromises(decisions, anchor, seed);
        return removed.size();
    }

    /** What holds whatever the rules are; said once more, in case the rules above are misread in the same way twice. */
    private static void checkPromises(List<Decision> decisions, Optional<CatalogEntry> anchor, String seed) {
        var kept = names(decisions, false);
        for (var decision : decisions) {
            var entry = decision.entry();
            if (decision.remove()) {
                assertThat(anchor).as(seed).isPresent();
                assertThat(entry).as(seed).isNotEqualTo(anchor.orElseThrow());
                assertThat(entry.pinned()).as(seed).isFalse();
                assertThat(entry.state()).as(seed).isNotIn(State.UNPROVEN, State.UNRECORDED);
                assertThat(line(entry)).as(seed).isPresent().isEqualTo(line(anchor.orElseThrow()));
            } else {
                parent(entry).ifPresent(parent -> assertThat(decisions)
                        .as("%s: %s is the parent of %s", seed, parent, entry.name())
                        .noneMatch(
                                other -> other.remove() && other.entry().name().equals(parent)));
            }
        }
        if (decisions.stream().map(Decision::entry).anyMatch(CatalogEntry::isGood)) {
            assertThat(decisions)
                    .as(seed)
                    .anyMatch(decision -> decision.entry().isGood()
                            && kept.contains(decision.entry().name()));
        }
    }

    private static String randomEntry(Random random, int number, int size) {
        var tiers = Tier.values();
        var states = State.values();
        var state = random.nextInt(3) > 0 ? State.GOOD : states[random.nextInt(states.length)];
        var hour =
                switch (random.nextInt(20)) {
                    case 0 -> 24 * (TEN_YEARS + random.nextInt(100));
                    case 1 -> -482_136L;
                    default -> random.nextInt(24 * 450);
                };
        return "n" + number + " " + tiers[random.nextInt(tiers.length)].label() + " " + state.label() + " " + hour
                + (random.nextInt(8) == 0 ? " pinned" : "")
                + (random.nextInt(8) == 0 ? " foreign" : "")
                + (random.nextInt(8) == 0 ? " other-store" : "")
                + (random.nextInt(12) == 0 ? " plain" : "")
                + (random.nextInt(4) == 0 ? " on=n" + random.nextInt(size + 2) : "");
    }

    private static RetentionPolicy randomPolicy(Random random) {
        var numbers = new EnumMap<Tier, Integer>(Tier.class);
        var ages = new EnumMap<Tier, Duration>(Tier.class);
        for (var tier : Tier.values()) {
            if (random.nextInt(3) > 0) {
                numbers.put(tier, 1 + random.nextInt(4));
            }
            if (random.nextBoolean()) {
                ages.put(tier, Duration.ofHours(24 + random.nextInt(24 * 200)));
            }
        }
        return new RetentionPolicy(numbers, ages);
    }

    /** Mostly the newest, as after a backup; sometimes any, as after a clock was set back; empty for a call by hand. */
    private static Optional<CatalogEntry> randomAnchor(Catalog catalog, Random random) {
        var all = catalog.backups();
        return switch (random.nextInt(4)) {
            case 0 -> Optional.empty();
            case 1 -> Optional.of(all.get(random.nextInt(all.size())));
            default ->
                Optional.of(
                        all.stream().filter(CatalogEntry::isGood).findFirst().orElse(all.get(0)));
        };
    }

    private static Optional<CatalogEntry> newestByHand(Catalog catalog) {
        return catalog.backups().stream()
                .filter(entry -> entry.isGood()
                        && line(entry).filter(text -> text.startsWith("neo4j/")).isPresent()
                        && hour(entry) <= 24 * 500)
                .findFirst();
    }

    private static Set<BackupName> names(List<Decision> decisions, boolean removed) {
        return decisions.stream()
                .filter(decision -> decision.remove() == removed)
                .map(decision -> decision.entry().name())
                .collect(Collectors.toSet());
    }

    private static Optional<String> line(CatalogEntry entry) {
        return entry.header().origin().map(origin -> origin.database() + "/" + origin.storeId());
    }

    private static Optional<BackupName> parent(CatalogEntry entry) {
        return entry.header().origin().flatMap(BackupHeader.Origin::parent);
    }

    private static long hour(CatalogEntry entry) {
        return entry.header()
                .origin()
                .map(origin -> Duration.between(
                                Entries.START, origin.snapshotTime().toInstant())
                        .toHours())
                .orElseThrow();
    }

    /** The rules as they are written down, without any thought of speed. */
    private record Rules(Catalog catalog, RetentionPolicy policy) {

        Set<BackupName> removed(Optional<CatalogEntry> anchor) {
            var going = new HashSet<BackupName>();
            anchor.ifPresent(newest -> catalog.backups().stream()
                    .filter(entry -> goes(entry, newest))
                    .forEach(entry -> going.add(entry.name())));
            var before = -1;
            while (before != going.size()) {
                before = going.size();
                catalog.backups().stream()
                        .filter(entry -> !going.contains(entry.name()))
                        .forEach(entry -> parent(entry).ifPresent(going::remove));
            }
            return going;
        }

        private boolean goes(CatalogEntry entry, CatalogEntry anchor) {
            if (entry.pinned()
                    || EnumSet.of(Tier.INITIAL, Tier.PRE_UPGRADE)
                            .contains(entry.header().tier())
                    || line(entry).isEmpty()
                    || !line(entry).equals(line(anchor))) {
                return false;
            }
            return switch (entry.state()) {
                case MISSING, REMOVING, REMOVED -> true;
                case UNPROVEN, UNRECORDED -> false;
                case DAMAGED ->
                    isNewer(anchor, entry) && (most(entry) < Integer.MAX_VALUE || age(entry, anchor) > oldest(entry));
                case GOOD ->
                    isNewer(anchor, entry)
                            && (newer(entry, anchor) >= most(entry) || age(entry, anchor) > oldest(entry));
            };
        }

        private static boolean isNewer(CatalogEntry one, CatalogEntry other) {
            return Catalog.NEWEST_FIRST.compare(one, other) < 0;
        }

        private int most(CatalogEntry entry) {
            return policy.maxBackups(entry.header().tier()).orElse(Integer.MAX_VALUE);
        }

        private long oldest(CatalogEntry entry) {
            return policy.maxAge(entry.header().tier()).map(Duration::toHours).orElse(Long.MAX_VALUE);
        }

        /** Those that count against the number: good, of its kind, between it and the anchor, and not pinned but for the anchor. */
        private long newer(CatalogEntry entry, CatalogEntry anchor) {
            return catalog.backups().stream()
                    .filter(other -> other.isGood()
                            && other.header().tier() == entry.header().tier()
                            && line(other).equals(line(anchor))
                            && isNewer(other, entry)
                            && (other.equals(anchor) || (isNewer(anchor, other) && !other.pinned())))
                    .count();
        }

        /** The whole time, less what each gap has too much. */
        private long age(CatalogEntry entry, CatalogEntry anchor) {
            var longest =
                    switch (entry.header().tier()) {
                        case WEEKLY -> 7 * 24;
                        case MONTHLY -> 31 * 24;
                        default -> 24;
                    };
            var hours = new TreeSet<Long>();
            catalog.backups().stream().filter(CatalogEntry::isGood).forEach(other -> addHour(other, anchor, hours));
            catalog.history().forEach(other -> addHour(other, anchor, hours));
            hours.add(hour(entry));
            var between = hours.subSet(hour(entry), true, hour(anchor), true);
            var age = hour(anchor) - hour(entry);
            for (var hour : between) {
                var next = between.higher(hour);
                age -= next == null ? 0 : Math.max(0, next - hour - longest);
            }
            return age;
        }

        private static void addHour(CatalogEntry other, CatalogEntry anchor, TreeSet<Long> hours) {
            if (line(other).isPresent() && line(other).equals(line(anchor))) {
                hours.add(hour(other));
            }
        }
    }

    /** A folder in ordinary life: daily backups, on every seventh day a weekly one, on every thirtieth a monthly one. */
    private static final class Life {

        private final Retention retention = new Retention(PLAN);
        private final List<CatalogEntry> removed = new ArrayList<>();
        private Catalog catalog;

        Life(Catalog catalog) {
            this.catalog = catalog;
        }

        void day(long day) {
            good("daily-" + day, "daily", day);
            if (day % 7 == 0) {
                good("weekly-" + day, "weekly", day);
            }
            if (day % 30 == 0) {
                good("monthly-" + day, "monthly", day);
            }
        }

        void good(String name, String tier, long day) {
            var entry = Entries.parse(name + " " + tier + " good " + day + "d");
            catalog = catalog.with(entry);
            removed.clear();
            for (var decision : retention.afterBackup(catalog, entry)) {
                if (decision.remove()) {
                    removed.add(decision.entry());
                    catalog = catalog.with(decision.entry().in(State.REMOVED))
                            .retired(decision.entry().name());
                }
            }
        }

        long count(Tier tier) {
            return catalog.backups().stream()
                    .filter(entry -> entry.isGood() && entry.header().tier() == tier)
                    .count();
        }

        List<BackupName> names() {
            return catalog.backups().stream().map(CatalogEntry::name).toList();
        }
    }

    private static Life lifeOf(int days) {
        var life = new Life(Catalog.EMPTY);
        for (var day = 0; day <= days; day++) {
            life.day(day);
        }
        return life;
    }

    @Test
    void inOrdinaryLifeAgesAreThoseOfTheCalendar() {
        var life = new Life(Catalog.EMPTY);
        for (var day = 0; day <= 1100; day++) {
            life.day(day);
            var today = day;
            assertThat(life.catalog.backups())
                    .filteredOn(entry -> entry.header().tier() == Tier.MONTHLY)
                    .as("day %s", day)
                    .extracting(entry -> hour(entry) / 24)
                    .containsExactlyElementsOf(LongStream.iterate(today / 30L * 30, made -> made - 30)
                            .takeWhile(made -> made >= 0 && made >= today - 365)
                            .boxed()
                            .toList());
        }
        assertThat(life.count(Tier.DAILY)).isEqualTo(7);
        assertThat(life.count(Tier.WEEKLY)).isEqualTo(5);
        assertThat(life.count(Tier.MONTHLY)).isEqualTo(12);
    }

    @Test
    @Tag("promise-G7")
    @Tag("promise-C4")
    void aHundredDaysOfFailuresRemoveNothingAndTheSuccessAfterThemNothingThatIsNotTooOld() {
        var life = lifeOf(800);
        var before = life.names();
        for (var day = 801L; day <= 900; day++) {
            var attempt =
                    Entries.parse("try-" + day + " daily " + (day % 2 == 0 ? "damaged " : "unproven ") + 24 * day);
            life.catalog = life.catalog.with(attempt);
            assertThat(new Retention(PLAN).afterBackup(life.catalog, attempt))
                    .as("day %s", day)
                    .noneMatch(Decision::remove);
            assertThat(new Retention(PLAN)
                            .byHand(life.catalog, Entries.DATABASE, Entries.START.plus(Duration.ofDays(day))))
                    .as("day %s by hand", day)
                    .noneMatch(Decision::remove);
        }

        life.good("daily-901", "daily", 901);

        assertThat(life.removed)
                .filteredOn(CatalogEntry::isGood)
                .extracting(CatalogEntry::name)
                .as("the eighth daily one, by number, and a month that is really more than 365 days old")
                .containsExactly(new BackupName("daily-794.json"), new BackupName("monthly-450.json"));
        assertThat(life.names())
                .containsAll(before.stream()
                        .filter(name -> !name.value().equals("daily-794.json")
                                && !name.value().equals("monthly-450.json"))
                        .toList());
    }

    @Test
    @Tag("promise-C4")
    @Tag("promise-G8")
    void aClockThatJumpedAheadCostsATierOneBackupAtMostAndNothingOnceItIsRight() {
        var life = lifeOf(800);

        life.good("from-the-future", "daily", 800 + TEN_YEARS);

        assertThat(life.removed.stream()
                        .collect(Collectors.groupingBy(entry -> entry.header().tier())))
                .allSatisfy((tier, gone) -> assertThat(gone).as(tier.label()).hasSize(1));
        assertThat(life.count(Tier.DAILY)).isEqualTo(7);
        assertThat(life.count(Tier.WEEKLY)).isEqualTo(5);
        assertThat(life.count(Tier.MONTHLY)).as("of twelve").isEqualTo(11);

        var straight = lifeOf(800);
        for (var day = 801; day <= 1200; day++) {
            life.day(day);
            straight.day(day);
        }
        assertThat(life.names())
                .as("as if the clock had always been right, and the strange one stays")
                .containsAll(straight.names())
                .hasSize(straight.names().size() + 1);
    }

    @Test
    @Tag("promise-C4")
    void aClockThatWasSetBackRemovesNothingOfWhatLooksNewer() {
        var start = lifeOf(800).catalog;
        for (var back : new long[] {1, 30, 365}) {
            var life = new Life(start);
            var later = life.catalog.backups().stream()
                    .filter(entry -> hour(entry) > 24 * (800 - back))
                    .toList();

            life.good("from-the-past", "daily", 800 - back);

            assertThat(life.catalog.backups()).as("%s days back", back).containsAll(later);
        }
    }
}
