package dev.clickstream.consumer.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clickstream.consumer.FailedRecord;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ErrorObjectTest {
    private static String line(String data, String message) {
        FailedRecord failed = new FailedRecord(
                "1",
                0,
                Instant.ofEpochMilli(1_789_014_240_448L),
                data.getBytes(StandardCharsets.UTF_8),
                "Transform.Exception",
                message);
        return new String(ErrorObject.line(failed), StandardCharsets.UTF_8);
    }

    @Test
    void line_hasFirehosesMembersInItsOrder() {
        assertThat(line("FAIL this one\n", "java.lang.IllegalStateException"))
                .isEqualTo("{\"rawData\":\"RkFJTCB0aGlzIG9uZQo=\",\"errorCode\":\"Transform.Exception\","
                        + "\"errorMessage\":\"java.lang.IllegalStateException\",\"attemptsMade\":1,"
                        + "\"arrivalTimestamp\":1789014240448,\"attemptEndingTimestamp\":1789014240448}");
    }

    @Test
    void message_isEscaped() {
        assertThat(line("", "a \"b\"\\\n\u0001é"))
                .contains("\"errorMessage\":\"a \\\"b\\\"\\\\\\u000a\\u0001é\"")
                .contains("\"rawData\":\"\"");
    }
}
