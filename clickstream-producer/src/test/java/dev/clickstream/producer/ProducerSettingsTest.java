package dev.clickstream.producer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;

class ProducerSettingsTest {

    private static final KinesisAsyncClient CLIENT = LocalStream.client(URI.create("http://127.0.0.1:9"));

    @AfterAll
    static void close() {
        CLIENT.close();
    }

    @Test
    void defaults_makeAProducer() {
        try (ClickstreamProducer producer = builder().build()) {
            assertThat(producer.close(Duration.ZERO)).isEqualTo(new DeliveryReport(0, 0, 0, 0, 0));
        }
    }

    @Test
    void defaults_areAsDocumented() {
        assertThat(builder().settings())
                .isEqualTo(new ProducerSettings(
                        Duration.ofMillis(100),
                        500,
                        1_048_576,
                        8,
                        67_108_864,
                        Overflow.BLOCK,
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(10),
                        Duration.ofMinutes(2),
                        Duration.ofSeconds(30),
                        true,
                        Order.BY_KEY,
                        1_048_576));
    }

    @Test
    void value_outOfItsRange_isRefusedWithTheValue() {
        refused(b -> b.linger(Duration.ofMillis(-1)), "linger must be PT0S to PT24H, was PT-0.001S");
        refused(b -> b.maxBlock(Duration.ofDays(2)), "maxBlock must be PT0S to PT24H, was PT48H");
        refused(b -> b.requestTimeout(Duration.ZERO), "requestTimeout must be PT0.001S to PT24H, was PT0S");
        refused(b -> b.deliveryTimeout(Duration.ZERO), "deliveryTimeout must be PT0.001S to PT24H, was PT0S");
        refused(b -> b.closeTimeout(Duration.ofDays(-1)), "closeTimeout must be PT0S to PT24H, was PT-24H");
        refused(b -> b.maxBatchRecords(0), "maxBatchRecords must be at least 1, was 0");
        refused(b -> b.maxBatchBytes(0), "maxBatchBytes must be at least 1, was 0");
        refused(b -> b.maxRequestsInFlight(0), "maxRequestsInFlight must be at least 1, was 0");
        refused(b -> b.bufferMaxBytes(0), "bufferMaxBytes must be at least 1, was 0");
        refused(b -> b.shardBytesPerSecond(0), "shardBytesPerSecond must be at least 1, was 0");
        refused(b -> b.producerId("a b"), "producerId must be 1 to 64 of letters, digits, _ . -");
    }

    @Test
    void values_thatContradict_areRefusedWithTheValues() {
        refused(b -> b.maxBatchRecords(501), "maxBatchRecords must be at most 500, was 501");
        refused(b -> b.maxBatchBytes(10_485_761), "maxBatchBytes must be at most 10485760, was 10485761");
        refused(
                b -> b.deliveryTimeout(Duration.ofSeconds(10)),
                "deliveryTimeout must be at least linger + requestTimeout, was PT10S with linger PT0.1S and"
                        + " requestTimeout PT10S");
        refused(
                b -> b.bufferMaxBytes(1_000),
                "bufferMaxBytes must be at least 27263232 with maxRequestsInFlight 8 and maxBatchBytes 1048576, was"
                        + " 1000");
    }

    @ParameterizedTest
    @CsvSource({"1, 50", "2, 100", "5, 800", "6, 1000", "1000000, 1000"})
    void backoff_doublesUpToItsMost(int failures, int ceilingMillis) {
        long most = 0;
        Backoff backoff = new Backoff(Duration.ofMillis(50), Duration.ofSeconds(1), new Random(1));
        for (int i = 0; i < 1_000; i++) {
            long nanos = backoff.nanos(failures);
            assertThat(nanos).isBetween(1L, ceilingMillis * 1_000_000L);
            most = Math.max(most, nanos);
        }
        assertThat(most).isGreaterThan(ceilingMillis * 900_000L);
    }

    private static void refused(UnaryOperator<ClickstreamProducer.Builder> setting, String message) {
        assertThatThrownBy(() -> setting.apply(builder()).build().close())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    private static ClickstreamProducer.Builder builder() {
        return ClickstreamProducer.builder(CLIENT, "clicks");
    }
}
