package dev.clickstream.consumer.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ObjectBytesTest {
    private static byte[] numbers(int length) {
        byte[] numbers = new byte[length];
        for (int i = 0; i < length; i++) {
            numbers[i] = (byte) (i * 31 + i / 251);
        }
        return numbers;
    }

    private static ObjectBytes written(byte[] all, int step) {
        ObjectBytes bytes = new ObjectBytes();
        for (int at = 0; at < all.length; at += step) {
            bytes.write(all, at, Math.min(step, all.length - at));
        }
        return bytes;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 511, 512, 513, 1_000_000, 3_500_001})
    void bytes_areReadAsTheyWereWritten(int length) throws IOException {
        byte[] all = numbers(length);
        for (int step : new int[] {777, 100_000, 5_000_000}) {
            ObjectBytes bytes = written(all, step);
            assertThat(bytes.size()).isEqualTo(length);
            assertThat(bytes.stream().readAllBytes()).isEqualTo(all);
            assertThat(bytes.stream().readAllBytes()).isEqualTo(all); // again, as a retry does
            ByteArrayOutputStream copy = new ByteArrayOutputStream();
            bytes.writeTo(copy);
            assertThat(copy.toByteArray()).isEqualTo(all);
        }
    }

    @Test
    void parts_togetherAreTheWhole() throws IOException {
        byte[] all = numbers(2_500_000);
        ObjectBytes bytes = written(all, 10_000);
        ByteArrayOutputStream together = new ByteArrayOutputStream();
        for (int from = 0; from < all.length; from += 600_000) {
            byte[] part =
                    bytes.stream(from, Math.min(600_000, all.length - from)).readAllBytes();
            assertThat(part).isEqualTo(Arrays.copyOfRange(all, from, from + part.length));
            together.write(part);
        }
        assertThat(together.toByteArray()).isEqualTo(all);
    }

    @Test
    void capacity_isAtMostTwiceWhatItHolds() {
        ObjectBytes bytes = written(numbers(100_000), 100);
        assertThat(bytes.capacity()).isBetween(100_000L, 200_000L);
    }
}
