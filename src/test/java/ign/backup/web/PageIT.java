package ign.backup.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.selenium.AxeBuilder;
import ign.backup.server.Plugin;
import ign.backup.testkit.Await;
import ign.backup.testkit.Chromium;
import ign.backup.testkit.Distribution;
import ign.backup.testkit.InTurn;
import ign.backup.testkit.Neo4jServer;
import ign.backup.testkit.Neo4jVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.chrome.ChromeDriver;

/** Every function of the page, driven in a browser against a real server. */
@Timeout(600)
class PageIT {

    private static final String PASSWORD = "only-for-these-tests";
    private static final Map<Neo4jVersion, Neo4jServer> SERVERS = new EnumMap<>(Neo4jVersion.class);
    private static Chromium chromium;

    @BeforeAll
    static void openTheBrowser() {
        chromium = Chromium.start();
    }

    @AfterAll
    static void closeAll() {
        if (chromium != null) {
            chromium.close();
        }
        SERVERS.values().forEach(Neo4jServer::close);
        SERVERS.clear();
    }

    /** A server with a password and a small graph, the same for all tests of a version. */
    private static Neo4jServer server(Neo4jVersion version) {
        version.assumeAvailable();
        var server = SERVERS.computeIfAbsent(
                version, missing -> Neo4jServer.of(missing).password(PASSWORD).start());
        server.clear();
        server.run("UNWIND range(1, 120) AS i CREATE (:Function {name: 'f' + i})-[:USED_IN]->(:Pattern {i: i})");
        Plugin.withEmptyFolder(server);
        return server;
    }

    /** Nothing of a test may be an error in the page itself, or something that its content policy refuses. */
    private static void assertNoComplaints() {
        assertThat(chromium.complaints())
                .noneMatch(line -> line.contains("Uncaught") || line.contains("Content Security"));
    }

    private static long nodes(Neo4jServer server) {
        return server.run("MATCH (n) RETURN count(n) AS n").get(0).get("n").asLong();
    }

    @ParameterizedTest
    @EnumSource
    void signsInAndOut(Neo4jVersion version) {
        var server = server(version);
        var page = Page.open(chromium, server);

        page.signIn("neo4j", "wrong");
        assertThat(page.refusal()).isEqualTo("The server does not accept this user or password.");

        page.signIn("neo4j", PASSWORD);
        page.section("backups", "No backups");
        assertThat(page.section("status", "240 nodes")).contains("120 relationships");
        assertThat(page.section("actions", "Create backup")).contains("There is no backup yet.");
        assertThat(page.section("health", "Backups are not safe")).contains("No backups found");
        assertThat(page.text(By.id("where")))
                .hasValue("neo4j · neo4j at " + server.httpUri().getAuthority());

        chromium.driver().findElement(By.id("sign-out")).click();
        Await.until("the question who one is", Plugin.LIMIT, page::asksWhoOneIs);
        assertThat(chromium.driver().executeScript("return localStorage.length + sessionStorage.length"))
                .isEqualTo(0L);
        assertThat(chromium.driver().manage().getCookies()).isEmpty();
        assertNoComplaints();
    }

    @ParameterizedTest
    @EnumSource
    void createsListsAndRestores(Neo4jVersion version) {
        var server = server(version);
        var plugin = Plugin.of(server);
        var before = server.probe().digest();
        var page = Page.signedIn(chromium, server);

        page.press("create")
                .type("reason", "<img src=x onerror=alert(1)> & more")
                .choose("tier", "weekly")
                .choose("compression", "gzip")
                .tick("pin")
                .answer("Create");
        page.outcome("created: 240 nodes and 120 relationships");
        var made = plugin.list().get(0);
        var file = made.get("file").asString();
        assertThat(file).startsWith("neo4j-weekly-").endsWith(".json.gz");
        assertThat(page.row(file, "pinned"))
                .contains(
                        "<img src=x onerror=alert(1)> & more", "weekly", "just now", "good", "verified", "240", "120");

        page.press("pin " + file);
        page.outcome("is not pinned any more");
        assertThat(plugin.list().get(0).get("pinned").asBoolean()).isFalse();
        page.press("pin " + file);
        page.outcome("retention leaves it alone");

        page.press("info " + file);
        assertThat(page.question("SHA-256"))
                .contains("good: Backup validation successful", "Function 120, Pattern 120", "USED_IN 120", "by neo4j")
                .contains(made.get("sha256").asString());
        page.answer("Close");

        page.press("verify " + file).answer("Verify");
        assertThat(page.outcome("Backup validation successful")).isNotEmpty();
        page.press("verify " + file).choose("level", "restore").answer("Verify");
        page.outcome("Backup validation successful");

        server.run("MATCH (n:Function) DETACH DELETE n");
        assertThat(page.section("status", "-120 nodes")).contains("deleted: 120 nodes, 120 relationships");
        restoresWhatIsConfirmed(page, file);
        assertThat(server.probe().digest()).isEqualTo(before);

        rollsBack(page);
        assertThat(nodes(server)).isEqualTo(120);
        assertNoComplaints();
    }

    /** By the button of the latest; first a rehearsal, then in earnest, for which the name of the database has to be typed. */
    private static void restoresWhatIsConfirmed(Page page, String file) {
        page.press("restore-latest");
        assertThat(page.question("Restore " + file + "?"))
                .contains(
                        "This would replace 120 nodes and 0 relationships of database 'neo4j' by 240 nodes and 120 relationships")
                .contains("<img src=x onerror=alert(1)> & more");
        page.answer("Rehearse only");
        page.outcome("dry run; nothing was touched");

        page.press("restore " + file);
        page.question("To confirm, type neo4j");
        assertThat(page.canAnswer("Restore")).isFalse();
        page.type("typed", "neo4");
        assertThat(page.canAnswer("Restore")).isFalse();
        page.type("typed", "neo4j").tick("check").answer("Restore");
        page.outcome("Database 'neo4j' restored from '" + file + "'");
        page.section("status", "240 nodes");
    }

    private static void rollsBack(Page page) {
        page.press("rollback");
        page.question("Put the former graph back?");
        assertThat(page.canAnswer("Roll back")).isFalse();
        page.type("typed", "neo4j").answer("Roll back");
        page.outcome("'neo4j'");
        page.section("status", "120 nodes");
    }

    @ParameterizedTest
    @InTurn
    void mergesAndPrunes(Neo4jVersion version) {
        var server = server(version);
        var plugin = Plugin.of(server);
        server.run("CREATE CONSTRAINT f IF NOT EXISTS FOR (n:Function) REQUIRE n.name IS UNIQUE");
        server.run("CREATE CONSTRAINT p IF NOT EXISTS FOR (n:Pattern) REQUIRE n.i IS UNIQUE");
        var page = Page.signedIn(chromium, server);
        page.press("auto");
        page.outcome("created");
        var file = plugin.list().get(0).get("file").asString();
        assertThat(plugin.list().get(0).get("tier").asString()).isEqualTo("auto");
        page.press("auto");
        page.outcome("no threshold is reached");
        server.run("MATCH (n:Function {name: 'f1'}) DETACH DELETE n");

        page.press("restore " + file)
                .choose("mode", "merge")
                .type("keys", "Function=name, Pattern=i")
                .type("typed", "neo4j")
                .answer("Restore");
        page.outcome("safetyBackup");
        assertThat(nodes(server)).isEqualTo(239);

        page.press("restore " + file)
                .choose("mode", "merge")
                .type("keys", "Function=name, Pattern=i")
                .tick("safetyBackup")
                .type("typed", "neo4j")
                .answer("Restore");
        page.outcome("merged into database 'neo4j'");
        assertThat(nodes(server)).isEqualTo(240);

        prunes(page, plugin, file);
        assertNoComplaints();
    }

    private static void prunes(Page page, Plugin plugin, String automatic) {
        page.press("prune");
        assertThat(page.question("Retention keeps them all."))
                .contains(automatic, "it is good, and the others are judged by it");
        page.answer("Close");

        var older = plugin.create(Map.of("pin", true));
        plugin.create(Map.of());
        page.row(older, "pinned");
        page.press("pin " + older);
        page.outcome("is not pinned any more");
        page.press("prune");
        assertThat(page.question("1 backup would go")).contains(older, "remove", "tier 'manual' keeps 1");
        page.answer("Remove 1 backup");
        assertThat(page.outcome("1 backup removed.")).contains(older);
        assertThat(plugin.files()).doesNotContain(older).contains(automatic);
        page.unfold("removed");
        assertThat(page.section("backups", "1 backup that retention or somebody has removed"))
                .contains(older);
    }

    @ParameterizedTest
    @InTurn
    void changesThresholdsScheduleAndSettings(Neo4jVersion version) {
        var server = server(version);
        var page = Page.signedIn(chromium, server);

        page.press("thresholds").type("node_threshold", "77").type("deletion_threshold", "9");
        page.answer("Save").outcome("The thresholds are changed.");
        assertThat(Plugin.of(server).status().get("thresholds").asMap())
                .containsEntry("nodes", 77L)
                .containsEntry("deletions", 9L);

        assertThat(originOf(server, "rel_threshold")).isEqualTo("default: 100"); // which nobody touched

        page.press("thresholds").type("node_threshold", "many").answer("Save");
        assertThat(page.outcome("node_threshold")).contains("many", "a whole number from 1");

        page.press("schedule daily")
                .type("tiers.daily.schedule", "15 1 * * *")
                .tick("enabled")
                .answer("Save");
        page.outcome("The schedule of daily is changed.");
        assertThat(page.section("schedule", "15 1 * * *")).contains("weekly", "monthly", "in ");
        page.press("schedule health").type("health.schedule", "never").answer("Save");
        assertThat(page.outcome("health.schedule")).contains("cron expression");

        page.unfold("all-settings");
        page.press("setting auto.min_interval").type("auto.min_interval", "7m" + Keys.ENTER);
        page.outcome("auto.min_interval is changed.");
        assertThat(originOf(server, "auto.min_interval")).isEqualTo("call: 7m");
        page.section("settings", "7m");
        page.press("setting auto.min_interval").answer("As configured");
        page.outcome("auto.min_interval is as configured again.");
        assertThat(originOf(server, "auto.min_interval")).startsWith("default: ");

        page.unfold("procedures");
        assertThat(page.section("help", "ign.backup.create")).contains("ign.backup.rollback", "CALL ign.backup");
        server.run("CALL ign.backup.configure({node_threshold: null, deletion_threshold: null,"
                + " `tiers.daily.schedule`: null, `tiers.daily.enabled`: null})");
        assertNoComplaints();
    }

    private static String originOf(Neo4jServer server, String setting) {
        return server.run("system", "CALL ign.backup.configure({})", Map.of()).stream()
                .filter(row -> row.get("setting").asString().equals(setting))
                .map(row ->
                        row.get("origin").asString() + ": " + row.get("value").asString())
                .findFirst()
                .orElseThrow();
    }

    /** What others have done to the folder is seen by an open page, and nothing of it can break the page. */
    @ParameterizedTest
    @InTurn
    void showsWhatLiesInTheFolder(Neo4jVersion version) throws IOException {
        var server = server(version);
        var plugin = Plugin.of(server);
        var kept = plugin.create(Map.of("pin", true));
        var gone = plugin.create(Map.of("pin", true));
        var folder = plugin.folder();
        var text = Files.readString(folder.resolve(kept));
        Files.writeString(
                folder.resolve("ign_scripts_db_backup_20200101_000000.json"),
                text.replaceFirst("\"snapshot_time\": ?\"[^\"]*\"", "\"snapshot_time\": \"+20000-01-01T00:00:00Z\""));
        Files.writeString(
                folder.resolve("ign_scripts_db_backup_20200101_000001.json"),
                text.replace("\"version\":\"1.1.0\"", "\"version\":\"2.0.0\""));
        Files.delete(folder.resolve(gone));
        var page = Page.signedIn(chromium, server);

        page.row(gone, "its file is gone");
        page.row("ign_scripts_db_backup_20200101_000000.json", "Details");
        page.row(kept, "good");
        page.press("restore ign_scripts_db_backup_20200101_000001.json");
        assertThat(page.outcome("has format version '2.0.0'")).contains("reads 1.x");
        assertNoComplaints();
    }

    @ParameterizedTest
    @EnumSource
    void refusesADamagedBackup(Neo4jVersion version) throws IOException {
        var server = server(version);
        var plugin = Plugin.of(server);
        var file = plugin.create(Map.of());
        var path = plugin.folder().resolve(file);
        Files.writeString(path, Files.readString(path).replace("\"f7\"", "\"f8\""));
        var before = server.probe().digest();
        var page = Page.signedIn(chromium, server);

        page.press("restore " + file).type("typed", "neo4j").answer("Restore");
        assertThat(page.outcome("sha256")).contains(file);
        page.press("verify " + file).answer("Verify");
        assertThat(page.outcome("Backup validation failed")).contains("sha256");
        assertThat(page.row(file, "damaged")).contains("Backup validation failed: ");
        page.section("health", "Backups are not safe");
        assertThat(server.probe().digest()).isEqualTo(before);
        assertNoComplaints();
    }

    @ParameterizedTest
    @InTurn
    void offersTheBundledBackup(Neo4jVersion version) {
        var server = server(version);
        var page = Page.signedIn(chromium, server);
        page.press("init").type("reason", "Release 1.5").answer("Make it");
        page.outcome("initial_backup.json");
        server.clear();

        page.section("actions", "This database is empty, and there is a bundled backup: initial_backup.json");
        page.press("bundled");
        page.outcome("Database 'neo4j' restored from 'initial_backup.json'");

        assertThat(nodes(server)).isEqualTo(240);
        page.sectionWithout("actions", "This database is empty");
        server.clear();
        page.press("declined");
        page.outcome("It is not offered any more.");
        page.sectionWithout("actions", "This database is empty");
        server.run("CALL ign.backup.configure({initial_restore: null})");
        assertNoComplaints();
    }

    /** A server that takes its time: one sees how far a backup is, in every tab, and can end it. */
    @ParameterizedTest
    @EnumSource
    void showsABackupInProgressInEveryTab(Neo4jVersion version) {
        try (var server = slow(version)) {
            var first = Page.signedIn(chromium, server);
            first.press("create").answer("Create");
            assertThat(first.section("operation", "create: ")).contains("Cancel");
            first.section("operation", " per second");
            var tab = chromium.openTab();
            var second = Page.signedIn(chromium, server);
            second.section("operation", "create: ");

            second.press("create").answer("Create");
            assertThat(second.outcome("is running")).contains("CALL ign.backup.cancel()");
            chromium.driver().findElement(By.cssSelector("#operation button")).click();
            second.outcome("was stopped");

            chromium.driver().close();
            chromium.driver().switchTo().window(tab);
            first.outcome("cancelled");
            assertThat(Plugin.of(server).files()).noneMatch(name -> name.startsWith("ign_scripts"));
            survivesARestart(first, server);
        }
    }

    private static Neo4jServer slow(Neo4jVersion version) {
        version.assumeAvailable();
        var server = Neo4jServer.of(version)
                .password(PASSWORD)
                .environment("IGN_BACKUP_MAX_BYTES_PER_SECOND", "65536")
                .start();
        server.run("UNWIND range(1, 40000) AS i CREATE (:Function {name: 'function number ' + i})");
        return server;
    }

    /** The connection of a call goes, and comes back with another server. */
    private static void survivesARestart(Page page, Neo4jServer server) {
        page.press("create").answer("Create");
        page.section("operation", "create: ");
        server.kill();
        page.outcome("The connection was lost");
        Await.until(
                "the banner",
                Plugin.LIMIT,
                () -> chromium.driver().findElements(By.cssSelector(".page > .bad")).stream()
                        .anyMatch(banner ->
                                banner.isDisplayed() && banner.getText().contains("The server does not answer.")));
        server.start();
        page.outcome("The server knows of no end");
        assertThat(page.asksWhoOneIs()).isFalse();
        assertThat(Plugin.of(server).files()).noneMatch(name -> name.startsWith("ign_scripts"));
    }

    @ParameterizedTest
    @InTurn
    void everybodyCanUseIt(Neo4jVersion version) {
        var server = server(version);
        var plugin = Plugin.of(server);
        plugin.create(Map.of());
        plugin.create(Map.of("tier", "daily"));
        Page.open(chromium, server);
        assertAccessible();
        var page = Page.signedIn(chromium, server);
        page.section("chart", "Duration");
        assertAccessible();
        page.press("create");
        page.question("Create backup");
        assertAccessible();
        chromium.driver().switchTo().activeElement().sendKeys(Keys.ESCAPE);
        assertThat(chromium.driver().switchTo().activeElement().getText()).isEqualTo("Create backup");
        chromium.driver().switchTo().activeElement().sendKeys(Keys.ENTER);
        page.question("Create backup");
        chromium.driver().switchTo().activeElement().sendKeys("By the keyboard", Keys.ENTER);
        page.outcome("created");
        assertThat(plugin.list().get(0).get("reason").asString()).isEqualTo("By the keyboard");
        chromium.driver()
                .executeScript("document.querySelectorAll('details').forEach(details => { details.open = true })");
        assertAccessible();
        chromium.prefer("dark");
        assertAccessible();
        try {
            chromium.asOnAPhone();
            assertThat(chromium.driver().executeScript("return innerWidth")).isEqualTo(390L);
            assertThat(fitsItsWidth(chromium.driver())).isTrue();
            assertAccessible();
            page.press("restore-latest");
            page.question("This would replace");
            assertThat(fitsItsWidth(chromium.driver())).isTrue();
            assertAccessible();
        } finally {
            chromium.asOnADesk();
            chromium.prefer("light");
        }
        assertNoComplaints();
    }

    private static void assertAccessible() {
        var violations = new AxeBuilder().analyze(chromium.driver()).getViolations();
        assertThat(violations).as("%s", violations).isEmpty();
    }

    private static boolean fitsItsWidth(ChromeDriver driver) {
        return Boolean.TRUE.equals(driver.executeScript(
                "return document.documentElement.scrollWidth <= document.documentElement.clientWidth"));
    }

    @ParameterizedTest
    @EnumSource
    void needsNoSignInWhereTheServerNeedsNone(Neo4jVersion version) {
        var server = Neo4jServer.shared(version);
        Plugin.withEmptyFolder(server);
        var page = Page.openWithoutPassword(chromium, server);
        assertThat(page.asksWhoOneIs()).isFalse();
        page.press("create").answer("Create");
        page.outcome("created");
        assertNoComplaints();
    }

    @ParameterizedTest
    @InTurn
    void tellsWhyThePluginIsDisabledAsTheCommandLineDoes(Neo4jVersion version) {
        try (var server = Neo4jServer.of(version)
                .environment("IGN_BACKUP_MAX_BACKUPS", "none at all")
                .start()) {
            chromium.driver().get(server.httpUri().resolve("/ign/backup/").toString());
            Await.until("the reason", Plugin.LIMIT, () -> chromium.driver()
                    .findElement(By.tagName("main"))
                    .getText()
                    .contains("max_backups"));
            var status = Distribution.run(server, "backup", "status");
            assertThat(status.exitCode()).isEqualTo(13);
            assertThat(status.err()).contains("ERROR: ign.backup is disabled", "max_backups");
        }
    }
}
