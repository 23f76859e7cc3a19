package dev.clickstream.benchmarks.log;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.clickstream.event.ClickEvent;
import dev.clickstream.event.Item;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** An event to JSON's bytes, beside ObjectMapper on a record of the same members, which gives the same bytes. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(3)
public class JsonBenchmark {

    /** What the event holds: {@code ascii}, as most do, or {@code persian}, a title of two bytes a character. */
    @Param({"ascii", "persian"})
    public String text = "ascii";

    private ClickEvent event = ClickEvent.builder("none").userId("none").build();
    private Members members = new Members(event);
    private ObjectWriter writer = new JsonMapper().writer();

    /** The event as ObjectMapper sees it: times as text already, so that no module of Jackson's is needed. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record Members(
            String eventId,
            String eventName,
            String eventTimestamp,
            @Nullable String userPseudoId,
            @Nullable String sessionId,
            @Nullable String pageLocation,
            @Nullable String pageTitle,
            @Nullable String deviceUserAgent,
            @Nullable String requestMethod,
            @Nullable String requestHost,
            @Nullable Integer requestStatus,
            List<ItemMembers> items,
            Map<String, String> properties,
            int schemaVersion) {

        Members(ClickEvent event) {
            this(
                    event.eventId(),
                    event.eventName(),
                    event.eventTimestamp().toString(),
                    event.userPseudoId(),
                    event.sessionId(),
                    event.pageLocation(),
                    event.pageTitle(),
                    event.deviceUserAgent(),
                    event.requestMethod(),
                    event.requestHost(),
                    event.requestStatus(),
                    event.items().stream().map(ItemMembers::new).toList(),
                    event.properties(),
                    event.schemaVersion());
        }
    }

    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record ItemMembers(
            String itemId,
            @Nullable String itemName,
            @Nullable String price,
            @Nullable String currency,
            @Nullable Integer quantity) {

        ItemMembers(Item item) {
            this(
                    item.id(),
                    item.name(),
                    item.price() == null ? null : item.price().toPlainString(),
                    item.currency(),
                    item.quantity());
        }
    }

    /** Makes both, and makes sure that they say the same. */
    @Setup
    public void make() {
        boolean ascii = text.equals("ascii");
        event = ClickEvent.builder("add_to_cart")
                .eventId("0190163d-8694-739b-aea5-966c26f8ad91")
                .eventTimestamp(Instant.parse("2026-01-31T23:59:58.123Z"))
                .userPseudoId("acf83a9c276c62abb85014e987e54a31")
                .sessionId("s-20260131-000123")
                .pageLocation("https://shop.example.com/product/34026?utm_source=newsletter")
                .pageTitle(ascii ? "Electric kettle, 1.7 l" : "\u06A9\u062A\u0631\u06CC \u0628\u0631\u0642\u06CC")
                .deviceUserAgent("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/120.0.0.0")
                .requestMethod("GET")
                .requestHost("shop.example.com")
                .requestStatus(200)
                .item(Item.of("34026", ascii ? "Kettle" : "\u06A9\u062A\u0631\u06CC")
                        .withPrice(new BigDecimal("49.90"), "EUR")
                        .withQuantity(1))
                .property("language", "de-DE")
                .build();
        members = new Members(event);
        writer = new JsonMapper().writerFor(Members.class);
        if (!new String(ours(), java.nio.charset.StandardCharsets.UTF_8)
                .equals(new String(objectMapper(), java.nio.charset.StandardCharsets.UTF_8))) {
            throw new IllegalStateException("the two do not say the same");
        }
    }

    /** Ours. */
    @Benchmark
    public byte[] ours() {
        return event.toJson();
    }

    /** Jackson's, with a writer made once for the type: its fastest way by reflection. */
    @Benchmark
    public byte[] objectMapper() {
        try {
            return writer.writeValueAsBytes(members);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
