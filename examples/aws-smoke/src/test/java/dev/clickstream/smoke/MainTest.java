package dev.clickstream.smoke;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MainTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--region us-east-1|--name is required",
                "--name a|--region is required",
                "--name a --region|--region wants a value",
                "--name A --region r|name must be 1 to 30 of a-z, 0-9 and - inside, not 'A'",
                "--name -a --region r|name must be 1 to 30 of a-z, 0-9 and - inside, not '-a'",
                "--name a --region r --events 0|--events is 1 to 1000000, not 0",
                "--name a --region r --events many|--events is 1 to 1000000, not many",
                "--name a --region r --action stop|--action is run or tear-down, not stop",
                "--force|there is no option --force"
            })
    void wrongCommandLine_isToldInOneLine_beforeAnythingIsCreated(String line, String message) {
        ByteArrayOutputStream err = new ByteArrayOutputStream();

        int code =
                Main.run(List.of(line.split(" ", -1)), System.out, new PrintStream(err, true, StandardCharsets.UTF_8));

        assertThat(code).isEqualTo(Main.WRONG_COMMAND);
        assertThat(err.toString(StandardCharsets.UTF_8).lines())
                .singleElement()
                .asString()
                .startsWith("aws-smoke: " + message)
                .contains("nothing was created");
    }
}
