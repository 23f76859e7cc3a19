package dev.clickstream.cloudfront;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.clickstream.cloudfront.RealTimeLogReader.Layers;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RequestValuesTest {

    private static final List<String> FIELDS = List.of(
            "timestamp",
            "c-ip",
            "sc-bytes",
            "cs-uri-stem",
            "cs-cookie",
            "cs-uri-query",
            "cs-headers",
            "cmcd-object-duration",
            "cmcd-content-id",
            "x-edge-mqcs",
            "viewer-response-log-data");

    private final RealTimeLogReader reader = new RealTimeLogReader(RealTimeLogFormat.of(FIELDS));
    private final RequestValues values = new RequestValues(reader);

    private void on(String... columns) {
        String[] line = new String[FIELDS.size()];
        for (int i = 0; i < line.length; i++) {
            line[i] = i < columns.length ? columns[i] : "-";
        }
        reader.reset(String.join("\t", line).getBytes(UTF_8));
        assertThat(reader.next()).isTrue();
    }

    @Test
    void numbers_mayBeLargerThanAnInt() {
        on("1671005351.148", "2001:db8::1", "5000000000");
        assertThat(reader.problem()).isNull();
        assertThat(values.timestamp()).isEqualTo(Instant.ofEpochMilli(1_671_005_351_148L));
        assertThat(values.number("sc-bytes")).isEqualTo(5_000_000_000L);
        assertThat(values.address("c-ip")).hasToString("/2001:db8:0:0:0:0:0:1");
        assertThat(values.number("c-ip")).isNull();
        assertThat(values.decimal("cs-cookie")).isNull();
    }

    @Test
    void address_isNeverLookedUp() {
        for (String text : List.of("abc.de", "1.2.3", "256.1.1.1", "1.2.3.4.", "::g", "localhost", "1:2")) {
            on("1.0", text);
            assertThat(values.address("c-ip")).as(text).isNull();
        }
        on("1.0", "255.0.10.99");
        assertThat(values.address("c-ip")).hasToString("/255.0.10.99");
    }

    @Test
    void parameters_areFirstAllAbsentOrEmpty() {
        on("1.0", "-", "-", "/a?ignored=1", "-", "a=1&b&c=&a=%25C3%25A4&%2561=3");
        assertThat(values.parameter("a", Layers.TWO)).isEqualTo("1");
        assertThat(values.parameters("a", Layers.TWO)).containsExactly("1", "ä", "3");
        assertThat(values.parameters("a", Layers.ONE)).containsExactly("1", "%C3%A4");
        assertThat(values.parameter("b", Layers.TWO)).isEmpty();
        assertThat(values.parameters("c", Layers.TWO)).containsExactly("");
        assertThat(values.parameter("d", Layers.TWO)).isNull();
        assertThat(values.parameters("d", Layers.TWO)).isEmpty();

        on("1.0", "-", "-", "/a?x=%2525");
        assertThat(values.parameter("x", Layers.TWO)).isEqualTo("%");
        on("1.0", "-", "-", "/a");
        assertThat(values.parameter("x", Layers.TWO)).isNull();
        on("1.0");
        assertThat(values.parameter("x", Layers.TWO)).isNull();
    }

    @Test
    void cookies_areFoundByTheirWholeName() {
        on("1.0", "-", "-", "-", "sid=a%2520b;%20visitor=v=1;%20id=2;flag;%20sid=c");
        assertThat(values.cookie("sid")).isEqualTo("a%20b");
        assertThat(values.cookie("visitor")).isEqualTo("v=1");
        assertThat(values.cookie("id")).isEqualTo("2");
        assertThat(values.cookie("flag")).isEmpty();
        assertThat(values.cookie("SID")).isNull();
    }

    @Test
    void headers_areSplitBeforeTheyAreDecoded() {
        on("1.0", "-", "-", "-", "-", "-", "Host:a%0AX-Id:1%250AX-Forged:2%0Ax-id:3:4%0A");
        assertThat(values.headerNames()).containsExactly("Host", "X-Id", "x-id");
        assertThat(values.header("x-id")).isEqualTo("1%0AX-Forged:2");
        assertThat(values.headers("X-ID")).containsExactly("1%0AX-Forged:2", "3:4");
        assertThat(values.header("x-forged")).isNull();
    }

    @Test
    void cmcdAndTheNewestFields_areText() {
        on("1.0", "-", "-", "-", "-", "-", "-", "4004", "%22faec5fc2%22", "87.5", "%7B%22a%22:1%7D");
        assertThat(reader.problem()).isNull();
        assertThat(reader.text("cmcd-object-duration")).isEqualTo("4004");
        assertThat(reader.text("cmcd-content-id")).isEqualTo("\"faec5fc2\"");
        assertThat(values.decimal("x-edge-mqcs")).isEqualByComparingTo("87.5");
        assertThat(reader.text("viewer-response-log-data")).isEqualTo("{\"a\":1}");
    }

    @Test
    void text_whenCutAt800BytesAnywhere_isWholeUpToTheCut() {
        String[] parts = {"a", "%C3%A4", "%E2%82%AC", "%F0%9F%98%80"};
        for (String part : parts) {
            String decoded = URLDecoder.decode(part, UTF_8);
            StringBuilder cookie = new StringBuilder("id=1;%20").append("x=");
            while (cookie.length() < 2_450) {
                cookie.append(part);
            }
            for (int cut = 797; cut < cookie.length(); cut++) {
                on("1.0", "-", "-", "-", cookie.substring(0, cut));
                String text = reader.text("cs-cookie");
                assertThat(reader.problem()).as("%s cut at %s", part, cut).isNull();
                assertThat(text)
                        .as("%s cut at %s", part, cut)
                        .isEqualTo("id=1; x=" + decoded.repeat((cut - 10) / part.length()));
                assertThat(values.cookie("id")).isEqualTo("1");
                assertThat(values.cookie("x")).isEqualTo(text.substring(8));
            }
        }
    }

    @Test
    void text_whenBrokenButNotAtTheCut_isAProblem() {
        on("1.0", "-", "-", "-", "%82;" + "a".repeat(800));
        assertThat(reader.text("cs-cookie")).isNull();
        assertThat(reader.problem().code()).isEqualTo("broken_utf8");
        on("1.0", "-", "-", "-", "a%C3");
        assertThat(reader.text("cs-cookie")).isNull();
        on("1.0", "-", "-", "/" + "a".repeat(800) + "%C3");
        assertThat(reader.text("cs-uri-stem")).isNull();
    }

    @Test
    void reset_takesBuffersFromTheirPositionToTheirLimit() {
        byte[] bytes = "xx1.5\t::1\nyy".getBytes(US_ASCII);
        RealTimeLogReader two = new RealTimeLogReader(RealTimeLogFormat.of(List.of("timestamp", "c-ip")));
        ByteBuffer heap = ByteBuffer.wrap(bytes, 2, 8).slice();
        ByteBuffer direct = ByteBuffer.allocateDirect(8).put(bytes, 2, 8).flip();
        for (ByteBuffer buffer : List.of(heap, direct, heap.asReadOnlyBuffer())) {
            two.reset(buffer);
            assertThat(two.next()).isTrue();
            assertThat(two.problem()).isNull();
            assertThat(two.raw("timestamp") + two.raw("c-ip")).isEqualTo("1.5::1");
            assertThat(two.next()).isFalse();
            assertThat(buffer.remaining()).isEqualTo(8);
        }
    }
}
