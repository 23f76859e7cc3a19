package dev.clickstream.storefront;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program as a user starts and ends it. */
class ServeProcessIT {

    @TempDir
    Path folder;

    @Test
    void termination_whenSomebodyHasJustClicked_leavesTheClickInTheLake()
            throws IOException, InterruptedException, SQLException {
        Path directory = folder.toRealPath().resolve("run");
        Path errors = folder.resolve("errors.txt");
        Process process = new ProcessBuilder(command(directory))
                .redirectError(errors.toFile())
                .start();
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            URI shop = address("Shop", out.readLine());
            address("Dashboard", out.readLine());
            assertThat(out.readLine()).startsWith("Objects and log are in " + directory);

            HttpResponse<Void> home = HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(shop).build(), HttpResponse.BodyHandlers.discarding());
            // SIGTERM; on Ctrl-C the same hooks run. Process.destroy() would close what is read below.
            process.toHandle().destroy();

            assertThat(home.statusCode()).isEqualTo(200);
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(out.readLine()).isEqualTo("Stopped.");
            assertThat(Files.readString(errors)).isEmpty();
            assertThat(Lakes.rowsByName(directory.resolve("storefront"))).isEqualTo(Map.of("page_view", 1L));
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private static List<String> command(Path directory) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "serve",
                "--shop-port",
                "0",
                "--dashboard-port",
                "0",
                "--directory",
                directory.toString());
    }

    private static URI address(String what, String line) {
        assertThat(line).matches(what + " +http://127\\.0\\.0\\.1:\\d+/");
        return URI.create(line.substring(line.indexOf("http")));
    }
}
