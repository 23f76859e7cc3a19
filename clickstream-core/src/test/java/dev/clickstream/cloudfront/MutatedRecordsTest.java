package dev.clickstream.cloudfront;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.clickstream.Seed;
import dev.clickstream.cloudfront.ClickReader.BotPolicy;
import dev.clickstream.cloudfront.ClickReader.Result;
import dev.clickstream.event.ClickEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever happens to a record on its way, each of its lines has a result, and a click's event can be written and read. */
@ExtendWith(Seed.class)
class MutatedRecordsTest {

    private static final int ROUNDS = Integer.getInteger("clickstream.rounds", 20_000);
    private static final RealTimeLogFormat FORMAT = RealTimeLogFormat.of(List.of(
            "timestamp",
            "c-ip",
            "sc-status",
            "sc-bytes",
            "cs-method",
            "cs-host",
            "cs-uri-stem",
            "x-edge-location",
            "x-edge-request-id",
            "time-taken",
            "cs-user-agent",
            "cs-referer",
            "cs-uri-query",
            "c-country"));
    private static final String AGENT = "\tMozilla/5.0%20(X11;%20Linux%20x86_64)\thttps://s/%25D8%25A7\t";
    private static final List<byte[]> RECORDS = List.of(
            record("/product/5/%25D8%25A7%25D8%25AA?x=1", "x=1"),
            record(
                    "/?action=buy&product_id=7&product_name=Tee%2520%2526",
                    "action=buy&product_id=7&product_name=Tee%2520%2526"),
            record(
                    "/p.gif?t=tr&en=tab&u=http%253A%252F%252Fa&pr=%257B%257D",
                    "t=tr&en=tab&u=http%253A%252F%252Fa&pr=%257B%257D"),
            record("/static/a.css", "-"));

    /** Takes from wherever a rule can take. */
    private static final String EVERYTHING = "{'rules':[{'event_name':'visit','take':{'user_id':'query:duid',"
            + "'session_id':'cookie:sid','language':'header:accept-language','page_location':'query:url',"
            + "'agent':'field:cs-user-agent','where':'request:url','names':'field:cs-header-names'}}]}";

    private static byte[] record(String stem, String query) {
        return ("1671005351.148\t10.0.0.1\t200\t2212\tGET\tshop.example\t" + stem + "\tFRA56-P4\tcGX9Jx7K_-A==\t0.001"
                        + AGENT + query + "\tDE\n")
                .getBytes(UTF_8);
    }

    @Test
    void read_whenRecordsAreMutated_accountsForEveryLine(Random random) {
        List<ClickReader> readers =
                List.of(reader(ClickRules.paths()), reader(ClickRules.queryParameters()), reader(ClickRules.pixel()));
        for (int round = 0; round < ROUNDS; round++) {
            byte[] mutant = mutant(RECORDS, random);
            for (ClickReader reader : readers) {
                accountsForEveryLine(reader, mutant, round);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "aws-45-fields.tsv, aws-45-fields.expected.json",
        "kinesis-40-fields.txt, kinesis-40-fields.expected.json"
    })
    void read_whenRecordsOfRealStreamsAreMutated_accountsForEveryLine(String file, String fields, Random random)
            throws IOException {
        List<String> names = new ArrayList<>();
        new JsonMapper().readTree(RealRecordsTest.text(fields)).fieldNames().forEachRemaining(names::add);
        ClickRules rules = ClickRules.parse(EVERYTHING.replace('\'', '"'));
        ClickReader reader =
                ClickReader.builder(RealTimeLogFormat.of(names), rules).build();
        List<byte[]> records = List.of(RealRecordsTest.lastLine(file));
        for (int round = 0; round < ROUNDS; round++) {
            accountsForEveryLine(reader, mutant(records, random), round);
        }
    }

    private static void accountsForEveryLine(ClickReader reader, byte[] mutant, int round) {
        List<Result> results = reader.read(mutant);
        assertThat(results).as("round %s", round).hasSize(lines(mutant));
        results.forEach(MutatedRecordsTest::check);
    }

    @ParameterizedTest
    @ValueSource(strings = {"%", "%25", "&", "%25=&", "/", "/%2525", "?", "\t", "a", "a=b&", "+", "\u00e4"})
    void read_whenAValueIsAsLongAsALineMayBe_takesNoLongerThanItsLength(String part) {
        String value = "/" + part.repeat((RealTimeLogReader.MAX_LINE_BYTES - 500) / 2 / part.getBytes(UTF_8).length);
        byte[] record = record(value, value);
        for (ClickRules rules : List.of(ClickRules.paths(), ClickRules.queryParameters(), ClickRules.pixel())) {
            // A reader that is quadratic in anything would take minutes.
            assertTimeout(Duration.ofSeconds(20), () -> assertThat(reader(rules).read(record))
                    .hasSize(1));
        }
    }

    private static ClickReader reader(ClickRules rules) {
        return ClickReader.builder(FORMAT, rules).bots(BotPolicy.DROP).build();
    }

    private static void check(Result result) {
        if (result instanceof Result.Click click) {
            byte[] json = click.event().toJson();
            assertThat(ClickEvent.fromJson(json)).isEqualTo(click.event());
            assertThat(new String(json, UTF_8)).doesNotContain("\n");
        }
    }

    private static int lines(byte[] record) {
        int newlines = 0;
        for (byte b : record) {
            newlines += b == '\n' ? 1 : 0;
        }
        boolean open = record.length == 0 || record[record.length - 1] != '\n';
        return newlines + (open ? 1 : 0);
    }

    private static byte[] mutant(List<byte[]> records, Random random) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = random.nextInt(3); i >= 0; i--) {
            bytes.writeBytes(records.get(random.nextInt(records.size())));
        }
        byte[] mutant = bytes.toByteArray();
        for (int i = random.nextInt(4); i >= 0; i--) {
            mutant = mutate(mutant, random);
        }
        return mutant;
    }

    private static byte[] mutate(byte[] record, Random random) {
        if (record.length == 0) {
            return record;
        }
        int at = random.nextInt(record.length);
        return switch (random.nextInt(6)) {
            case 0 -> replaced(record, at, at + 1, new byte[] {(byte) random.nextInt(256)});
            case 1 -> replaced(record, at, at + 1, new byte[0]);
            case 2 -> replaced(record, at, record.length, new byte[0]);
            case 3 ->
                replaced(record, at, at, "\t".repeat(1 + random.nextInt(9)).getBytes(UTF_8));
            case 4 -> replaced(record, at, at, RECORDS.get(0));
            default ->
                replaced(record, at, at, new byte[] {
                    '%', (byte) random.nextInt(256), "\t\n%0".getBytes(UTF_8)[random.nextInt(4)]
                });
        };
    }

    private static byte[] replaced(byte[] record, int from, int to, byte[] with) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(record, 0, from);
        bytes.writeBytes(with);
        bytes.write(record, to, record.length - to);
        return bytes.toByteArray();
    }
}
