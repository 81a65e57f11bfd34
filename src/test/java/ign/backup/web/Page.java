package ign.backup.web;

import ign.backup.testkit.Await;
import ign.backup.testkit.Chromium;
import ign.backup.testkit.Neo4jServer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.openqa.selenium.By;
import org.openqa.selenium.ElementClickInterceptedException;
import org.openqa.selenium.Keys;
import org.openqa.selenium.NoSuchElementException;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;

/** The page of a server in the browser's present tab, as a person sees and uses it. */
final class Page {

    private static final Duration LIMIT = Duration.ofSeconds(40);
    private static final By SIGN_IN = By.cssSelector("form.sign-in");
    private static final By DIALOG = By.cssSelector("dialog[open]");
    private static final By OUTCOME = By.cssSelector(".outcome");

    private final ChromeDriver driver;

    private Page(ChromeDriver driver) {
        this.driver = driver;
    }

    /** Opens the page of a server that asks who one is. */
    static Page open(Chromium chromium, Neo4jServer server) {
        var page = load(chromium, server);
        page.await("the question who one is", SIGN_IN);
        return page;
    }

    /** Opens the page of a server that lets everybody in. */
    static Page openWithoutPassword(Chromium chromium, Neo4jServer server) {
        var page = load(chromium, server);
        page.awaitContent();
        return page;
    }

    private static Page load(Chromium chromium, Neo4jServer server) {
        chromium.driver().get(server.httpUri().resolve("/ign/backup/").toString());
        return new Page(chromium.driver());
    }

    /** Opens the page and signs in. */
    static Page signedIn(Chromium chromium, Neo4jServer server) {
        var page = open(chromium, server);
        page.signIn("neo4j", String.valueOf(server.password()));
        page.awaitContent();
        return page;
    }

    void signIn(String user, String password) {
        var form = driver.findElement(SIGN_IN);
        fill(form, "user", user);
        fill(form, "password", password + Keys.ENTER);
    }

    /** {@return what the form says of a sign-in that was refused} */
    String refusal() {
        return await("a refusal", By.cssSelector("form.sign-in .bad")).getText();
    }

    boolean asksWhoOneIs() {
        return !driver.findElements(SIGN_IN).isEmpty();
    }

    private void awaitContent() {
        await("the list of backups", By.cssSelector("#backups h2"));
        await("the timetable", By.cssSelector("#schedule table"));
    }

    /** Presses the button with this key: its name, or its name and the backup that it is about. */
    Page press(String key) {
        click(By.cssSelector("[data-key='" + key + "']"));
        return this;
    }

    /** Presses a button of the question that is open. */
    Page answer(String button) {
        var dialog = await("a question", DIALOG);
        dialog.findElement(By.xpath(".//button[normalize-space()='" + button + "']"))
                .click();
        return this;
    }

    /** {@return what the open question says, once it is all there} */
    String question(String awaited) {
        return Await.untilPresent(
                "a question with '" + awaited + "'", LIMIT, () -> text(DIALOG).filter(text -> text.contains(awaited)));
    }

    /** Types into a field of the open question, in the place of what is there. */
    Page type(String field, String text) {
        fill(await("a question", DIALOG), field, text);
        return this;
    }

    /** Ticks or unticks a box of the open question. */
    Page tick(String field) {
        await("a question", DIALOG).findElement(By.name(field)).click();
        return this;
    }

    /** Chooses in a list of the open question, by the value that stands for the text. */
    Page choose(String field, String value) {
        var list = await("a question", DIALOG).findElement(By.name(field));
        list.findElement(By.cssSelector("option[value='" + value + "']")).click();
        return this;
    }

    /** {@return whether a button of the open question can be pressed} */
    boolean canAnswer(String button) {
        return driver.findElement(DIALOG)
                .findElement(By.xpath(".//button[normalize-space()='" + button + "']"))
                .isEnabled();
    }

    /** Waits for the outcome of what was done, puts it away and the others with it. {@return its text} */
    String outcome(String awaited) {
        var text = awaitOutcome(awaited);
        Await.until("the end of the outcomes that are put away", LIMIT, this::putAway);
        return text;
    }

    /** A click may miss what moves away at that moment. {@return whether all are gone} */
    private boolean putAway() {
        try {
            driver.findElements(By.cssSelector(".outcome button")).forEach(WebElement::click);
        } catch (StaleElementReferenceException | ElementClickInterceptedException e) {
            return false;
        }
        return outcomes().isEmpty();
    }

    private String awaitOutcome(String awaited) {
        try {
            return Await.untilPresent("an outcome with '" + awaited + "'", LIMIT, () -> outcomes().stream()
                    .filter(outcome -> outcome.contains(awaited))
                    .findFirst());
        } catch (AssertionError e) {
            throw new AssertionError(e.getMessage() + "; there is " + outcomes(), e);
        }
    }

    private List<String> outcomes() {
        return texts(OUTCOME);
    }

    /** {@return the text of a section, once it has what is awaited} */
    String section(String id, String awaited) {
        return Await.untilPresent("'" + awaited + "' in section " + id, LIMIT, () -> text(By.id(id))
                .filter(text -> text.contains(awaited)));
    }

    /** Waits until a section no longer says something. */
    void sectionWithout(String id, String unwanted) {
        Await.until("the end of '" + unwanted + "' in section " + id, LIMIT, () -> !text(By.id(id))
                .orElse(unwanted)
                .contains(unwanted));
    }

    /** {@return the text of the row of a backup, once it has what is awaited} */
    String row(String file, String awaited) {
        var row = By.xpath("//section[@id='backups']//tr[.//span[text()='" + file + "']]");
        return Await.untilPresent("'" + awaited + "' in the row of " + file, LIMIT, () -> text(row)
                .filter(text -> text.contains(awaited)));
    }

    /** Opens what is folded. */
    void unfold(String id) {
        click(By.cssSelector("#" + id + " > summary"));
    }

    /** {@return what stands there} */
    Optional<String> text(By place) {
        return texts(place).stream().findFirst();
    }

    private List<String> texts(By place) {
        try {
            return driver.findElements(place).stream().map(WebElement::getText).toList();
        } catch (StaleElementReferenceException e) {
            return List.of(); // it is being drawn anew: whoever waits asks again
        }
    }

    private void click(By place) {
        Await.until("a click on " + place, LIMIT, () -> {
            try {
                var button = driver.findElement(place);
                if (!button.isEnabled() || "true".equals(button.getDomAttribute("aria-busy"))) {
                    return false; // what it has begun goes on
                }
                driver.executeScript("arguments[0].scrollIntoView({block: 'center'})", button);
                button.click();
                return true;
            } catch (NoSuchElementException | StaleElementReferenceException | ElementClickInterceptedException e) {
                return false; // not yet, just drawn anew, or moving away
            }
        });
    }

    private WebElement await(String what, By place) {
        return Await.untilPresent(
                what, LIMIT, () -> driver.findElements(place).stream().findFirst());
    }

    private static void fill(WebElement form, String field, String text) {
        var input = form.findElement(By.name(field));
        input.clear();
        input.sendKeys(text);
    }
}
