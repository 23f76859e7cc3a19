package dev.clickstream.storefront;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServeOptionsTest {

    @TempDir
    Path folder;

    @Test
    void defaults_areAllRequestsAndUsualPorts() {
        assertThat(ServeOptions.parse(List.of()))
                .isEqualTo(new ServeOptions(OptionalInt.empty(), OptionalInt.empty(), 100, false, null));
    }

    @Test
    void options_areTaken() {
        Path directory = folder.resolve("new");

        assertThat(ServeOptions.parse(List.of(
                        "--shop-port",
                        "0",
                        "--dashboard-port",
                        "9000",
                        "--sampling",
                        "25",
                        "--visitors",
                        "--directory",
                        directory.toString())))
                .isEqualTo(new ServeOptions(OptionalInt.of(0), OptionalInt.of(9000), 25, true, directory));
    }

    @Test
    void optionsThatAreWrong_areOneLineAndCodeTwo() throws IOException {
        Files.writeString(folder.resolve("mine"), "");

        refused("unknown option --port; --help names all", "--port", "1");
        refused("--shop-port must be 0 to 65535, was 70000", "--shop-port", "70000");
        refused("--dashboard-port wants a whole number, was many", "--dashboard-port", "many");
        refused("--sampling must be 1 to 100, was 0", "--sampling", "0");
        refused("--sampling wants a value", "--sampling");
        refused("--visitors stands twice", "--visitors", "--visitors");
        refused("must be new or an empty directory", "--directory", folder.toString());
    }

    private static void refused(String message, String... options) {
        List<String> args = new ArrayList<>(List.of("serve"));
        args.addAll(List.of(options));
        ByteArrayOutputStream err = new ByteArrayOutputStream();

        int code = Main.run(args, System.out, new PrintStream(err, true, StandardCharsets.UTF_8));

        assertThat(code).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8).lines())
                .singleElement()
                .satisfies(line -> assertThat(line).startsWith("storefront: ").endsWith(message));
    }
}
