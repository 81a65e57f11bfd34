package ign.backup.plugin;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import ign.backup.config.Configuration;
import ign.backup.model.CatalogEntry;
import ign.backup.model.CatalogEntry.State;
import ign.backup.model.DatabaseName;
import ign.backup.model.ErrorCode;
import ign.backup.model.Tier;
import ign.backup.operation.Backups;
import ign.backup.operation.Events;
import ign.backup.operation.VerifyLevel;
import ign.backup.testkit.Await;
import ign.backup.testkit.MovableClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.neo4j.configuration.Config;
import org.neo4j.dbms.api.DatabaseManagementService;
import org.neo4j.dbms.database.DatabaseContextProvider;
import org.neo4j.harness.Neo4j;
import org.neo4j.harness.Neo4jBuilders;
import org.neo4j.io.fs.FileSystemAbstraction;
import org.neo4j.kernel.api.procedure.GlobalProcedures;
import org.neo4j.kernel.internal.GraphDatabaseAPI;
import org.neo4j.logging.internal.LogService;
import org.neo4j.monitoring.Monitors;
import org.neo4j.scheduler.JobScheduler;
import org.neo4j.server.web.WebServer;

/**
 * A server of which nobody takes care for a long time: a real database and real files, and the test says what time it is. Disks fail for days,
 * the server crashes and is down, clocks jump. Whatever happens, the backups that are promised are there and can be read.
 */
@Timeout(1200)
class SimulatedYearTest {

    /** As long as it takes to see each tier come and go; a year with {@code -Dsimulated.days=365}. */
    private static final int DAYS = Integer.getInteger("simulated.days", 70);

    private static final Instant BEGINNING = Instant.parse("2026-01-01T12:00:00Z");
    private static final long SEED = 20_260_101;
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");
    private static final Duration STEP = Duration.ofHours(2);
    private static final DatabaseName DATABASE = new DatabaseName("neo4j");

    @TempDir
    private Path home = Path.of("");

    private final Random random = new Random(SEED);
    private final MovableClock clock = new MovableClock(BEGINNING, ZONE);
    private final Map<String, Integer> counts = new HashMap<>();
    private final List<Events.Removed> removed = new ArrayList<>();
    private @Nullable Neo4j neo4j;
    private @Nullable Wiring wiring;

    @BeforeEach
    void start() {
        neo4j = Neo4jBuilders.newInProcessBuilder(home).withDisabledServer().build();
        begin();
    }

    @AfterEach
    void stop() {
        wiring().stop();
        requireNonNull(neo4j).close();
    }

    private Wiring wiring() {
        return requireNonNull(wiring);
    }

    private Backups backups() {
        return wiring().gate().enter("operator");
    }

    /** The server has started, for the first time or again. */
    private void begin() {
        wiring = new Wiring(new Parts(), configuration(), clock, this::note, List.of());
        wiring().upkeep().keepHouse();
    }

    private Configuration configuration() {
        var folder = folder().toString();
        return Configuration.load(
                Path.of("missing.conf"),
                Map.of("ign.backup.folder", folder, "ign.backup.auto.min_interval", "1h"),
                Map.of());
    }

    private Path folder() {
        return home.resolve("backups");
    }

    private void note(Events.Event event) {
        if (event instanceof Events.Removed gone) {
            synchronized (removed) {
                removed.add(gone);
            }
        }
    }

    private void count(String what) {
        counts.merge(what, 1, Integer::sum);
    }

    @Test
    void thePromisedBackupsAreThereAtEveryTime() throws IOException {
        int failing = 0;
        for (int day = 0; day < DAYS; day++) {
            if (failing == 0 && random.nextInt(20) == 0) {
                breakDisk();
                failing = 1 + random.nextInt(3);
            }
            boolean broken = failing > 0;
            if (broken) {
                count("days with a broken disk");
            }
            for (var time = Duration.ZERO; time.compareTo(Duration.ofDays(1)) < 0; time = time.plus(STEP)) {
                write();
                lookAndWait();
                clock.move(STEP);
            }
            somethingHappens();
            if (broken) {
                failing--;
                if (failing == 0) {
                    mendDisk();
                }
            } else {
                assertPromises(day);
            }
            if (day % 30 == 29 && !broken) {
                assertAllCanBeRead();
            }
        }
        if (failing > 0) {
            mendDisk();
        }
        lookAndWait();
        assertAllCanBeRead();
        assertByTheCalendar();
        counts.put("removed by retention", removed.size());
        System.out.println("simulated " + DAYS + " days with seed " + SEED + ": " + new TreeMap<>(counts));
    }

    /** Some hours are busy, most are not. */
    private void write() {
        if (random.nextInt(12) == 0) {
            requireNonNull(neo4j)
                    .defaultDatabaseService()
                    .executeTransactionally(
                            "UNWIND range(1, $count) AS i CREATE (:Entry {number: i})",
                            Map.of("count", 30 + random.nextInt(60)));
        }
    }

    /** Two looks: what meets another operation at the first one is due at the second. */
    private void lookAndWait() {
        for (int look = 0; look < 3; look++) {
            wiring().upkeep().look();
            Await.until("the end of what was started", LIMIT, () -> wiring().operations()
                    .running(DATABASE)
                    .isEmpty());
            clock.move(Duration.ofSeconds(30));
        }
    }

    private void somethingHappens() throws IOException {
        switch (random.nextInt(25)) {
            case 0 -> {
                count("crashes");
                wiring().stop();
                plantTraces();
                begin();
            }
            case 1 -> {
                count("days down");
                wiring().stop();
                clock.move(Duration.ofDays(1 + random.nextInt(4)));
                begin();
            }
            case 2 -> {
                count("clock set back by an hour");
                clock.move(Duration.ofHours(-1));
            }
            case 3 -> {
                count("clock set forward by a day");
                clock.move(Duration.ofDays(1));
            }
            default -> {}
        }
    }

    /** What a server that was killed leaves: half a file under a temporary name, and a whole one that nobody has entered. */
    private void plantTraces() throws IOException {
        if (!Files.isDirectory(folder())) {
            return;
        }
        Files.writeString(folder().resolve(".ign-backup-1-1-00000000000000000000000000000000.part"), "{\"metadata\"");
        var some = backups().list(false).stream().filter(CatalogEntry::isGood).findFirst();
        if (some.isPresent()) {
            var name = some.get().name().value();
            Files.copy(folder().resolve(name), folder().resolve("found_" + counts.get("crashes") + "_" + name));
        }
    }

    /** As a disk that is not mounted: something else is in the place of the folder. */
    private void breakDisk() throws IOException {
        count("disk failures");
        if (Files.isDirectory(folder())) {
            Files.move(folder(), home.resolve("backups-away"));
        }
        Files.writeString(folder(), "not a folder");
    }

    private void mendDisk() throws IOException {
        Files.delete(folder());
        if (Files.isDirectory(home.resolve("backups-away"))) {
            Files.move(home.resolve("backups-away"), folder());
        }
    }

    private void assertPromises(int day) {
        var entries = backups().list(false);
        var good = new EnumMap<Tier, Integer>(Tier.class);
        entries.stream()
                .filter(CatalogEntry::isGood)
                .filter(entry -> !entry.name().value().startsWith("found_"))
                .forEach(entry -> good.merge(entry.header().tier(), 1, Integer::sum));
        var shown = "day " + day + ", " + clock.instant() + ": " + good;

        assertThat(entries)
                .as(shown)
                .noneMatch(entry -> entry.state() == State.DAMAGED || entry.state() == State.MISSING);
        assertThat(good.getOrDefault(Tier.AUTO, 0)).as(shown).isLessThanOrEqualTo(1);
        assertThat(good.getOrDefault(Tier.DAILY, 0)).as(shown).isBetween(Math.min(7, made(Tier.DAILY)), 7);
        assertThat(good.getOrDefault(Tier.WEEKLY, 0)).as(shown).isBetween(Math.min(5, made(Tier.WEEKLY)), 5);
        assertThat(good.getOrDefault(Tier.MONTHLY, 0))
                .as(shown)
                .isBetween(madeWithinAYear(Tier.MONTHLY), made(Tier.MONTHLY));
        assertThat(entries.stream().filter(CatalogEntry::isGood).findFirst())
                .as(shown)
                .isPresent();
        var newest = entries.stream()
                .filter(CatalogEntry::isGood)
                .filter(entry -> !entry.orderInstant().isAfter(clock.instant()))
                .findFirst();
        assertThat(newest).as(shown).isPresent();
        assertThat(Duration.between(newest.get().orderInstant(), clock.instant()))
                .as(shown)
                .isLessThan(Duration.ofDays(6));
    }

    /** One for each night, week and month that has passed on the clock, but for those that could not be, or were made up for by one. */
    private void assertByTheCalendar() {
        long days = Duration.between(BEGINNING, clock.instant()).toDays();
        int lost = counts.getOrDefault("days with a broken disk", 0);
        assertThat((long) made(Tier.DAILY)).isBetween(DAYS - lost - 2L, days + 1);
        assertThat((long) made(Tier.WEEKLY)).isBetween(DAYS / 7 - lost - 2L, days / 7 + 1);
        assertThat((long) made(Tier.MONTHLY)).isBetween(Math.max(1L, DAYS / 31 - 1L), days / 28 + 1);
    }

    /** {@return how many backups of that tier were made since the beginning} */
    private int made(Tier tier) {
        return (int) madeOf(tier).count();
    }

    private int madeWithinAYear(Tier tier) {
        var aYearAgo = clock.instant().minus(Duration.ofDays(365));
        return (int) madeOf(tier)
                .filter(entry -> entry.orderInstant().isAfter(aYearAgo))
                .count();
    }

    private Stream<CatalogEntry> madeOf(Tier tier) {
        return backups().list(true).stream()
                .filter(entry -> entry.header().tier() == tier)
                .filter(entry -> !entry.name().value().startsWith("found_"));
    }

    private void assertAllCanBeRead() {
        for (var entry : backups().list(false)) {
            var running = backups().verify(Optional.of(entry.name()), DATABASE, VerifyLevel.FULL, "operator");
            var verdict = requireNonNull(running.awaitAnswer(LIMIT));
            assertThat(verdict.code()).as("%s", entry.name()).isEqualTo(ErrorCode.OK);
            count("verified again");
        }
        for (var tier : Tier.values()) {
            counts.put("made " + tier.label(), made(tier));
        }
    }

    /** What the extension takes from the server. */
    private final class Parts implements BackupExtensionFactory.Dependencies {

        private <T> T part(Class<T> type) {
            return ((GraphDatabaseAPI) requireNonNull(neo4j).defaultDatabaseService())
                    .getDependencyResolver()
                    .resolveDependency(type);
        }

        @Override
        public DatabaseManagementService databaseManagement() {
            return requireNonNull(neo4j).databaseManagementService();
        }

        @Override
        public DatabaseContextProvider<?> databaseContexts() {
            return part(DatabaseContextProvider.class);
        }

        @Override
        public Config config() {
            return part(Config.class);
        }

        @Override
        public FileSystemAbstraction fileSystem() {
            return part(FileSystemAbstraction.class);
        }

        @Override
        public JobScheduler scheduler() {
            return part(JobScheduler.class);
        }

        @Override
        public Monitors monitors() {
            return part(Monitors.class);
        }

        @Override
        public LogService logs() {
            return part(LogService.class);
        }

        @Override
        public GlobalProcedures procedures() {
            return part(GlobalProcedures.class);
        }

        @Override
        public Supplier<WebServer> webServer() {
            throw new IllegalStateException("nothing is shown on a port here");
        }
    }
}
