package dev.clickstream.producer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.kinesis.retrieval.AggregatorUtil;
import software.amazon.kinesis.retrieval.KinesisClientRecord;

class AggregateTest {

    private record Event(String partitionKey, String explicitHashKey, String data) {}

    private static Aggregate aggregate(List<Event> events) {
        Aggregate aggregate = new Aggregate();
        for (Event event : events) {
            add(aggregate, event, Integer.MAX_VALUE);
        }
        return aggregate;
    }

    private static boolean add(Aggregate aggregate, Event event, int maxBytes) {
        byte[] bytes = event.data().getBytes(UTF_8);
        Aggregate.Data data = new Aggregate.Data() {
            @Override
            public int sizeBytes() {
                return bytes.length;
            }

            @Override
            public void writeTo(byte[] record, int at) {
                System.arraycopy(bytes, 0, record, at, bytes.length);
            }
        };
        return aggregate.add(event.partitionKey(), event.explicitHashKey(), data, maxBytes);
    }

    private static List<Event> takenApartByKcl(byte[] aggregate) {
        KinesisClientRecord record = KinesisClientRecord.builder()
                .sequenceNumber("1")
                .partitionKey("a")
                .data(ByteBuffer.wrap(aggregate))
                .build();
        return new AggregatorUtil()
                .deaggregate(List.of(record)).stream()
                        .map(one -> new Event(
                                one.partitionKey(),
                                one.explicitHashKey(),
                                UTF_8.decode(one.data()).toString()))
                        .toList();
    }

    private static byte[] digest(String algorithm, byte[] bytes) throws Exception {
        return MessageDigest.getInstance(algorithm).digest(bytes);
    }

    /** The golden of awslabs/kinesis-aggregation's RecordAggregatorTest, made anew: 100 alphabets, forth and back. */
    @Test
    void hundredRecords_areByteForByteAsOfAwssAggregator() throws Exception {
        String forth = "abcdefghijklmnopqrstuvwxyz";
        String back = new StringBuilder(forth).reverse().toString();
        String hash = new BigInteger(1, digest("MD5", "abc".getBytes(UTF_8))).toString();
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            events.add(new Event("abc", hash, i % 2 == 0 ? forth : back));
        }
        byte[] bytes = aggregate(events).toBytes();

        assertThat(bytes).hasSize(3_466);
        assertThat(HexFormat.of().formatHex(digest("SHA-256", bytes)))
                .isEqualTo("ed3ce51ba006d3e47377e56f390b48c9ce581de0c77ba949184ee6aca42a4362");
        assertThat(takenApartByKcl(bytes)).isEqualTo(events);
    }

    /** Files of a source, an aggregate in Base64, and a line for each event in it. */
    private record Vector(String base64, List<Event> events) {

        static Vector of(String name) throws IOException {
            try (InputStream in = AggregateTest.class.getResourceAsStream("/kpl/" + name + ".txt")) {
                List<String> lines = new String(Objects.requireNonNull(in).readAllBytes(), UTF_8)
                        .lines()
                        .toList();
                return new Vector(
                        lines.get(1), lines.stream().skip(2).map(Vector::event).toList());
            }
        }

        byte[] aggregate() {
            return Base64.getDecoder().decode(base64);
        }

        private static Event event(String line) {
            String[] words = line.split(" ", 3);
            return new Event(
                    words[0],
                    words[1].equals("-") ? null : words[1],
                    new String(Base64.getDecoder().decode(words[2]), UTF_8));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"kpl-native-with-ehk", "fanout-2-records"})
    void vectorsOfOthers_areReproduced(String name) throws IOException {
        Vector vector = Vector.of(name);

        assertThat(takenApartByKcl(vector.aggregate())).isEqualTo(vector.events());
        assertThat(aggregate(vector.events()).toBytes()).isEqualTo(vector.aggregate());
    }

    /** KCL passes it on as it is; the producer never writes one. */
    @Test
    void vectorOfNoEvents_isReproduced_andKclDoesTheSameWithBoth() throws IOException {
        Vector vector = Vector.of("fanout-empty-0-records");
        byte[] ours = aggregate(vector.events()).toBytes();

        assertThat(vector.events()).isEmpty();
        assertThat(ours).isEqualTo(vector.aggregate());
        assertThat(takenApartByKcl(ours)).hasSize(1).isEqualTo(takenApartByKcl(vector.aggregate()));
    }

    /** Its hash keys are words, of which one is never used; the producer writes neither. */
    @Test
    void vectorWithHashKeysThatAreNoNumbers_isAsBadAsOurs() throws IOException {
        Vector vector = Vector.of("redshift-udf-kpl-1");
        byte[] ours = aggregate(vector.events()).toBytes();

        Throwable theirs = catchThrowable(() -> takenApartByKcl(vector.aggregate()));
        assertThat(theirs).isNotNull();
        assertThat(catchThrowable(() -> takenApartByKcl(ours))).hasSameClassAs(theirs);
    }

    @Test
    void anyEvents_areTakenApartToThemselves_andTheSizeWasRight() {
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            List<Event> events = new ArrayList<>();
            int count = 1 + random.nextInt(400);
            for (int i = 0; i < count; i++) {
                String key = "ключ-" + random.nextInt(1 + random.nextInt(300));
                String hash = random.nextInt(3) == 0 ? new BigInteger(128, random).toString() : null;
                events.add(new Event(key, hash, "x".repeat(random.nextInt(1 + random.nextInt(20_000)))));
            }
            Aggregate aggregate = aggregate(events);
            byte[] bytes = aggregate.toBytes();

            Aggregate oneLess = aggregate(events.subList(0, count - 1));
            int before = oneLess.sizeBytes();
            assertThat(add(oneLess, events.get(count - 1), bytes.length - 1)).isFalse();
            assertThat(oneLess.sizeBytes()).as("unchanged").isEqualTo(before);
            assertThat(add(oneLess, events.get(count - 1), bytes.length)).isTrue();
            assertThat(oneLess.toBytes()).isEqualTo(bytes);
            assertThat(bytes).as("seed " + seed).hasSize(aggregate.sizeBytes());
            assertThat(aggregate.events()).isEqualTo(count);
            assertThat(takenApartByKcl(bytes)).as("seed " + seed).isEqualTo(events);
        }
    }
}
