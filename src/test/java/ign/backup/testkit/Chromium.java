package ign.backup.testkit;

import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** The Chromium of this machine, without a window, which reaches nothing but this machine. */
public final class Chromium implements AutoCloseable {

    private static final Dimension DESK = new Dimension(1280, 1000);
    private static final Map<String, Object> PHONE =
            Map.of("width", 390, "height", 844, "deviceScaleFactor", 1, "mobile", true);

    private final ChromeDriver driver;

    private Chromium(ChromeDriver driver) {
        this.driver = driver;
    }

    /** Starts it; the test is skipped where there is none. */
    public static Chromium start() {
        Program.assumeAnswers("chromium", "--version");
        Program.assumeAnswers("chromedriver", "--version");
        var folder = BuildFolder.fresh("chromium");
        var options = new ChromeOptions();
        options.setBinary(Program.find("chromium").toFile());
        options.addArguments(
                "--headless=new",
                "--no-sandbox", // which root cannot have
                "--disable-dev-shm-usage",
                "--disable-gpu",
                "--disable-background-networking",
                "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
                "--user-data-dir=" + folder.resolve("profile"));
        var logging = new LoggingPreferences();
        logging.enable(LogType.BROWSER, Level.ALL);
        options.setCapability("goog:loggingPrefs", logging);
        var service = new ChromeDriverService.Builder()
                .usingDriverExecutable(Program.find("chromedriver").toFile())
                .withLogFile(folder.resolve("driver.log").toFile())
                .build();
        var chromium = new Chromium(new ChromeDriver(service, options));
        chromium.asOnADesk();
        return chromium;
    }

    /** {@return what drives it} */
    public ChromeDriver driver() {
        return driver;
    }

    /** Makes the window as wide as that of a desk. */
    public void asOnADesk() {
        driver.executeCdpCommand("Emulation.clearDeviceMetricsOverride", Map.of());
        driver.manage().window().setSize(DESK);
    }

    /** Shows the page as on a phone, which is narrower than a window can be made. */
    public void asOnAPhone() {
        driver.executeCdpCommand("Emulation.setDeviceMetricsOverride", PHONE);
    }

    /** Has the page know whether somebody prefers light or dark. */
    public void prefer(String scheme) {
        var feature = Map.of("name", "prefers-color-scheme", "value", scheme);
        driver.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("features", List.of(feature)));
    }

    /** Opens a tab beside the others and goes there; {@return where one was before} */
    public String openTab() {
        var before = driver.getWindowHandle();
        driver.switchTo().newWindow(WindowType.TAB);
        return before;
    }

    /** {@return the complaints of the pages since this was asked last: errors in scripts, refused resources, failed requests} */
    public List<String> complaints() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
                .map(entry -> entry.getMessage())
                .toList();
    }

    @Override
    public void close() {
        driver.quit();
    }
}
