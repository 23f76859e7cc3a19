package dev.clickstream.local.kinesis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecordLogTest {

    private static final long PLENTY = Long.MAX_VALUE;

    private final RecordLog log = new RecordLog();

    private long append(String key, String data, long arrival) {
        return log.append(utf8(key), utf8(data), arrival);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static List<String> texts(RecordRun run) throws IOException {
        List<String> texts = new ArrayList<>();
        run.forEach((segment, position) -> texts.add(new String(
                        segment.bytes(),
                        segment.keyOffset(position),
                        segment.keyLength(position),
                        StandardCharsets.UTF_8)
                + "="
                + new String(
                        segment.bytes(),
                        segment.dataOffset(position),
                        segment.dataLength(position),
                        StandardCharsets.UTF_8)));
        return texts;
    }

    @Test
    void emptyLog_readsNothing() throws IOException {
        RecordRun run = log.read(0, 10, PLENTY);
        assertThat(texts(run)).isEmpty();
        assertThat(run.to()).isEqualTo(1).isEqualTo(log.next());
        assertThat(log.firstArrivedAtOrAfter(0)).isEqualTo(1);
    }

    @Test
    void records_overManySegments_areReadFromAnyPosition() throws IOException {
        String padding = "x".repeat(900);
        int count = 5_000;
        for (int i = 1; i <= count; i++) {
            assertThat(append("k" + i, padding + i, i)).isEqualTo(i);
        }
        for (int from : new int[] {1, 2, 9, 10, 1_234, 4_999, 5_000}) {
            List<String> texts = texts(log.read(from, 3, PLENTY));
            assertThat(texts).hasSize(Math.min(3, count - from + 1));
            assertThat(texts.get(0)).isEqualTo("k" + from + "=" + padding + from);
            assertThat(log.arrival(from)).isEqualTo(from);
        }
        assertThat(texts(log.read(1, count + 1, PLENTY))).hasSize(count);
        assertThat(log.firstArrivedAtOrAfter(3_210)).isEqualTo(3_210);
        assertThat(log.firstArrivedAtOrAfter(count + 1L)).isEqualTo(count + 1L);
    }

    @Test
    void run_keepsItsEnd_whateverIsAppendedAfterwards() throws IOException {
        append("a", "1", 1);
        RecordRun run = log.read(1, 10, PLENTY);
        append("b", "2", 2);
        assertThat(texts(run)).containsExactly("a=1");
        assertThat(run.count()).isEqualTo(1);
        assertThat(run.sizeBytes()).isEqualTo(2);
    }

    @Test
    void bytes_boundARun_butOneRecordAlwaysFits() throws IOException {
        append("a", "12345", 1);
        append("b", "12345", 2);
        append("c", "12345", 3);
        assertThat(texts(log.read(1, 10, 12))).containsExactly("a=12345", "b=12345");
        assertThat(texts(log.read(1, 10, 11))).containsExactly("a=12345");
        assertThat(texts(log.read(1, 10, 1))).containsExactly("a=12345");
    }

    @Test
    void emptyRecords_areRecords() throws IOException {
        append("a", "", 1);
        append("b", "", 1);
        assertThat(texts(log.read(1, 10, PLENTY))).containsExactly("a=", "b=");
    }

    @Test
    void arrivals_thatWentBack_areFoundFromTheFirstThatIsLateEnough() {
        append("a", "1", 100);
        append("b", "2", 50);
        append("c", "3", 70);
        assertThat(log.firstArrivedAtOrAfter(60)).isEqualTo(1);
        assertThat(log.firstArrivedAtOrAfter(101)).isEqualTo(4);
    }
}
