package dev.clickstream.consumer.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.clickstream.consumer.BatchId;
import dev.clickstream.consumer.FailedRecord;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * What the real service was seen to do, entry by entry: {@code firehose-observed.json}. What it holds and we do not
 * offer is marked there, and must be refused.
 */
class ObservedFirehoseTest {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final JsonNode OBSERVED = observed();

    private static S3Client s3; // nothing is sent

    @BeforeAll
    static void client() {
        s3 = S3Client.builder()
                .region(Region.EU_WEST_1)
                .credentialsProvider(AnonymousCredentialsProvider.create())
                .build();
    }

    @AfterAll
    static void close() {
        s3.close();
    }

    private static JsonNode observed() {
        try (InputStream json = ObservedFirehoseTest.class.getResourceAsStream("firehose-observed.json")) {
            return MAPPER.readTree(Objects.requireNonNull(json));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<JsonNode> list(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).toList();
    }

    private static List<String> texts(JsonNode array) {
        return list(array).stream().map(JsonNode::asText).toList();
    }

    private static S3Sink.Builder sink() {
        return S3Sink.builder(s3, "b");
    }

    static List<JsonNode> prefixes() {
        return list(OBSERVED.get("prefixes"));
    }

    @ParameterizedTest
    @MethodSource("prefixes")
    void prefix_isEvaluatedAsTheServiceDoesIt(JsonNode seen) {
        // None at all is what a sink without a prefix has.
        String prefix = seen.get("prefix").isNull() ? "" : seen.get("prefix").asText();
        String evaluated = PrefixExpression.parse(prefix)
                .evaluate(new PrefixExpression.Values(time(seen).atZone(ZoneOffset.UTC), Map.of(), "", "batch"));

        if (seen.has("pattern")) {
            assertThat(evaluated).matches(seen.get("pattern").asText());
        } else {
            assertThat(evaluated).isEqualTo(seen.get("evaluated").asText());
        }
    }

    private static Instant time(JsonNode seen) {
        return Instant.parse(seen.get("at").asText());
    }

    static List<JsonNode> names() {
        return list(OBSERVED.get("names"));
    }

    @ParameterizedTest
    @MethodSource("names")
    void name_isMadeAsTheServiceDoesIt_inItsTimeZone(JsonNode seen) {
        ZoneId zone = ZoneId.of(seen.get("zone").asText());
        Map<String, String> keys = MAPPER.convertValue(
                seen.has("keys") ? seen.get("keys") : MAPPER.createObjectNode(),
                MAPPER.getTypeFactory().constructMapType(Map.class, String.class, String.class));
        String prefix = PrefixExpression.parse(seen.get("prefix").asText())
                .evaluate(new PrefixExpression.Values(time(seen).atZone(zone), keys, "", "batch"));
        BatchId batch = new BatchId("app", seen.get("stream").asText(), "shardId-000000000000", "1");

        assertThat(new ObjectKey(batch, "S3Sink rows", prefix)
                        .at(time(seen), zone, seen.get("extension").asText()))
                .matches(seen.get("pattern").asText());
    }

    static List<JsonNode> compressions() {
        return list(OBSERVED.get("compressions"));
    }

    @ParameterizedTest
    @MethodSource("compressions")
    void compression_hasTheServicesExtensionAndEncoding_orIsNotOffered(JsonNode seen) {
        String name = seen.get("format").asText().toUpperCase(Locale.ROOT);
        if (seen.has("offered")) {
            assertThat(Arrays.stream(Compression.values()).map(Enum::name)).doesNotContain(name);
            return;
        }
        Compression compression = Compression.valueOf(name);
        assertThat(compression.extension()).isEqualTo(seen.get("extension").asText());
        assertThat(compression.contentEncoding()).isEqualTo(seen.get("encoding").textValue());
    }

    @Test
    void contentType_isTheServices() {
        assertThat(ObjectStore.CONTENT_TYPE)
                .isEqualTo(OBSERVED.get("contentType").asText());
    }

    @Test
    void fileExtensions_areAcceptedAndRejectedAsByTheService() {
        JsonNode seen = OBSERVED.get("fileExtensions");
        for (String accepted : texts(seen.get("accepted"))) {
            assertThat(sink().fileExtension(accepted).build().configuration())
                    .contains("\nGZIP\n" + (accepted.isEmpty() ? ".gz" : accepted) + "\n");
        }
        for (String rejected : texts(seen.get("rejected"))) {
            assertThatThrownBy(() -> sink().fileExtension(rejected))
                    .hasMessage("fileExtension '" + rejected + "' must match "
                            + seen.get("pattern").asText() + " and have at most 128 characters");
        }
        assertThatThrownBy(() -> sink().fileExtension("." + "a".repeat(128)))
                .hasMessageEndingWith("have at most 128 characters");
        assertThat(sink().fileExtension("." + "a".repeat(127))).isNotNull();
    }

    @Test
    void timeZones_areAcceptedAndRejectedAsByTheService() {
        for (String accepted : texts(OBSERVED.get("timeZones").get("accepted"))) {
            assertThat(sink().customTimeZone(ZoneId.of(accepted)).build().configuration())
                    .contains("\n" + accepted + "\n");
        }
        for (String rejected : texts(OBSERVED.get("timeZones").get("rejected"))) {
            assertThatThrownBy(() -> sink().customTimeZone(ZoneId.of(rejected)))
                    .hasMessage("customTimeZone '" + rejected + "' must match [a-zA-Z/_]{1,50}");
        }
    }

    @Test
    void records_areJoinedWithoutADelimiter_ifNoneIsAskedFor() throws IOException {
        JsonNode seen = OBSERVED.get("withoutDelimiter");
        ObjectWriter writer = new ObjectWriter(Compression.UNCOMPRESSED, new byte[0]);
        texts(seen.get("records")).forEach(record -> writer.add(record.getBytes(StandardCharsets.UTF_8)));

        assertThat(writer.close().body().stream().readAllBytes())
                .asString(StandardCharsets.UTF_8)
                .isEqualTo(seen.get("object").asText());
    }

    @Test
    void errorLine_hasTheServicesMembersInItsOrder_withNumbersAndWithoutAnArn() throws IOException {
        JsonNode line = MAPPER.readTree(ErrorObject.line(
                new FailedRecord("1", 0, Instant.EPOCH, new byte[] {'a'}, "Transform.Exception", "wrong")));
        List<String> names = new ArrayList<>();
        line.fieldNames().forEachRemaining(names::add);
        List<String> seen = new ArrayList<>(texts(OBSERVED.get("errorMembers").get("now")));

        assertThat(seen.remove(seen.size() - 1)).isEqualTo("lambdaARN");
        assertThat(names).isEqualTo(seen);
        for (String number : texts(OBSERVED.get("errorMembers").get("numbers"))) {
            assertThat(line.get(number).isIntegralNumber()).as(number).isTrue();
        }
    }

    @Test
    void errorLine_ofEveryCode_isReadInBothOrders() throws IOException {
        for (String code : texts(OBSERVED.get("errorCodes"))) {
            for (String order : List.of("now", "before")) {
                byte[] line = errorLine(code, texts(OBSERVED.get("errorMembers").get(order)));
                try (ErrorReader reader = ErrorReader.of(new ByteArrayInputStream(line))) {
                    assertThat(reader.next())
                            .usingRecursiveComparison()
                            .isEqualTo(new ErrorLine.Failed(
                                    1, new byte[] {'a'}, code, "wrong", 4, Instant.ofEpochMilli(4)));
                }
            }
        }
    }

    private static byte[] errorLine(String code, List<String> members) throws IOException {
        List<String> numbers = texts(OBSERVED.get("errorMembers").get("numbers"));
        Map<String, String> texts = Map.of("rawData", "YQ==", "errorCode", code, "errorMessage", "wrong");
        var line = MAPPER.createObjectNode();
        for (String member : members) {
            if (numbers.contains(member)) {
                line.put(member, 4);
            } else {
                line.put(member, texts.getOrDefault(member, "arn"));
            }
        }
        return MAPPER.writeValueAsBytes(line);
    }
}
