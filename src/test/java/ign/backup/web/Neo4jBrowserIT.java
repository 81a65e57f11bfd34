package ign.backup.web;

import static org.assertj.core.api.Assertions.assertThat;

import ign.backup.testkit.Await;
import ign.backup.testkit.BuildFolder;
import ign.backup.testkit.Chromium;
import ign.backup.testkit.InTurn;
import ign.backup.testkit.Neo4jServer;
import ign.backup.testkit.Neo4jVersion;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.openqa.selenium.By;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;

/** What the procedures answer, as Neo4j Browser shows it. */
@Timeout(600)
class Neo4jBrowserIT {

    private static final Duration LIMIT = Duration.ofMinutes(1);

    @ParameterizedTest
    @InTurn
    void showsWhatTheProceduresAnswer(Neo4jVersion version) throws IOException {
        try (var server = Neo4jServer.of(version)
                        .plugin(browser())
                        .password("only-for-these-tests")
                        .start();
                var chromium = Chromium.start()) {
            server.run("UNWIND range(1, 12) AS i CREATE (:Function {name: 'f' + i})");

            assertThat(answer(
                            chromium,
                            server,
                            "CALL ign.backup.create('reason') YIELD success, message, file",
                            "created: 12 nodes"))
                    .contains("ign_scripts_db_backup_");
            assertThat(answer(chromium, server, "CALL ign.backup.status() YIELD text", "Recommendation"))
                    .contains("Database Backup Status", "12", "Backup is up to date");
            assertThat(answer(chromium, server, "CALL ign.backup.list() YIELD file, state, reason, node_count", "good"))
                    .contains("ign_scripts_db_backup_", "reason", "12");
        }
    }

    private static Path browser() throws IOException {
        try (var jars = Files.newDirectoryStream(BuildFolder.library(BuildFolder.browser()), "neo4j-browser-*.jar")) {
            return jars.iterator().next();
        }
    }

    /** Runs a statement as one does who follows a link to Neo4j Browser; {@return what its newest frame shows} */
    private static String answer(Chromium chromium, Neo4jServer server, String statement, String awaited) {
        var driver = chromium.driver();
        var text = URLEncoder.encode(statement, StandardCharsets.UTF_8).replace("+", "%20");
        driver.get(server.httpUri().resolve("/browser/?cmd=edit&arg=" + text).toString());
        Await.until("a form or a connection", LIMIT, () -> isShown(driver, "password") || isConnected(driver));
        if (!isConnected(driver)) {
            signIn(driver, String.valueOf(server.password()));
        }
        driver.findElement(part("editor-Run")).click();
        return Await.untilPresent("'" + awaited + "' in a frame", LIMIT, () -> texts(driver, "frame-loaded-contents")
                .filter(shown -> shown.contains(awaited))
                .findFirst());
    }

    /** What it remembers of an earlier sign-in it uses by itself. */
    private static boolean isConnected(ChromeDriver driver) {
        return texts(driver, "activeEditor").anyMatch(shown -> shown.contains("neo4j$"));
    }

    private static void signIn(ChromeDriver driver, String password) {
        driver.findElement(part("username")).sendKeys("neo4j");
        driver.findElement(part("password")).sendKeys(password);
        driver.findElement(part("connect")).click();
        Await.until("the connection", LIMIT, () -> !isShown(driver, "password"));
    }

    private static boolean isShown(ChromeDriver driver, String name) {
        return !driver.findElements(part(name)).isEmpty();
    }

    private static Stream<String> texts(ChromeDriver driver, String name) {
        try {
            return driver.findElements(part(name)).stream().map(WebElement::getText).toList().stream();
        } catch (StaleElementReferenceException e) {
            return Stream.of(); // drawn anew: whoever waits asks again
        }
    }

    private static By part(String name) {
        return By.cssSelector("[data-testid='" + name + "']");
    }
}
