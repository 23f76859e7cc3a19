package dev.clickstream.storefront;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.openqa.selenium.By;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** Debian's Chromium without a screen, which finds no host but this machine. One thread at a time. */
final class HeadlessBrowser implements AutoCloseable {

    private static final File CHROMIUM = new File("/usr/bin/chromium");
    private static final File DRIVER = new File("/usr/bin/chromedriver");
    private static final JsonMapper JSON = new JsonMapper();

    /** It warns of browsers that are newer than itself; kept, as loggers that nobody holds are forgotten. */
    private static final Logger SELENIUM = Logger.getLogger("org.openqa.selenium");

    static {
        SELENIUM.setLevel(Level.SEVERE);
    }

    private final ChromeDriver chrome;
    private final List<URI> requests = new ArrayList<>();
    private final List<String> complaints = new ArrayList<>();

    HeadlessBrowser() {
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.WARNING);
        logs.enable(LogType.PERFORMANCE, Level.ALL);
        ChromeOptions options = new ChromeOptions();
        options.setBinary(CHROMIUM);
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--hide-scrollbars",
                "--disable-background-networking",
                "--disable-component-update",
                "--no-first-run",
                "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1");
        options.setCapability("goog:loggingPrefs", logs);
        chrome = new ChromeDriver(
                new ChromeDriverService.Builder().usingDriverExecutable(DRIVER).build(), options);
        look(Screen.DESKTOP, Scheme.LIGHT);
    }

    static boolean isInstalled() {
        return CHROMIUM.canExecute() && DRIVER.canExecute();
    }

    /** How large it is. */
    enum Screen {
        DESKTOP(1280, 800),
        PHONE(390, 844);

        private final int width;
        private final int height;

        Screen(int width, int height) {
            this.width = width;
            this.height = height;
        }
    }

    /** What its user prefers. */
    enum Scheme {
        LIGHT,
        DARK
    }

    void look(Screen screen, Scheme scheme) {
        chrome.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of(
                        "width",
                        screen.width,
                        "height",
                        screen.height,
                        "deviceScaleFactor",
                        1,
                        "mobile",
                        screen == Screen.PHONE));
        chrome.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of(
                        "features",
                        List.of(Map.of(
                                "name",
                                "prefers-color-scheme",
                                "value",
                                scheme.name().toLowerCase(Locale.ROOT)))));
    }

    void open(URI address) {
        chrome.get(address.toString());
        collect();
    }

    /** Clicks on the first that there is. */
    void click(String css) {
        chrome.findElement(By.cssSelector(css)).click();
        collect();
    }

    void type(String css, String text) {
        chrome.findElement(By.cssSelector(css)).sendKeys(text);
    }

    /** The text of the first, or empty if there is none. */
    String text(String css) {
        return chrome.findElements(By.cssSelector(css)).stream()
                .findFirst()
                .map(element -> element.getText())
                .orElse("");
    }

    /** Waits until there is one. */
    void awaitElement(String css) {
        await().atMost(20, SECONDS)
                .until(() -> !chrome.findElements(By.cssSelector(css)).isEmpty());
    }

    /** Whether the page is wider than the screen. */
    boolean isTooWide() {
        return Boolean.TRUE.equals(chrome.executeScript(
                "return document.documentElement.scrollWidth > document.documentElement.clientWidth"));
    }

    /** The whole page as a picture. */
    void screenshot(Path file) throws IOException {
        Map<String, Object> picture = chrome.executeCdpCommand(
                "Page.captureScreenshot", Map.of("format", "png", "captureBeyondViewport", true));
        Files.createDirectories(file.getParent());
        Files.write(file, Base64.getDecoder().decode(String.valueOf(picture.get("data"))));
    }

    /** All that pages have asked for. */
    List<URI> requests() {
        collect();
        return requests;
    }

    /** Errors and warnings of the console. */
    List<String> complaints() {
        collect();
        return complaints;
    }

    private void collect() {
        for (LogEntry entry : chrome.manage().logs().get(LogType.PERFORMANCE)) {
            JsonNode message = message(entry).path("message");
            if (message.path("method").asText().equals("Network.requestWillBeSent")) {
                requests.add(URI.create(
                        message.path("params").path("request").path("url").asText()));
            }
        }
        chrome.manage().logs().get(LogType.BROWSER).forEach(entry -> complaints.add(entry.getMessage()));
    }

    private static JsonNode message(LogEntry entry) {
        try {
            return JSON.readTree(entry.getMessage());
        } catch (IOException e) {
            throw new IllegalStateException("the driver's log is not JSON", e);
        }
    }

    @Override
    public void close() {
        chrome.quit();
    }
}
