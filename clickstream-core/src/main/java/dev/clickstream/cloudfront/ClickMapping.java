package dev.clickstream.cloudfront;

import dev.clickstream.event.ClickEvent;
import dev.clickstream.event.ClickEventBuilder;
import dev.clickstream.event.Item;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Makes the event of a request that a rule has found to be a click. */
final class ClickMapping {

    /** What the log itself says about every request. */
    static final Set<String> SET_BY_READER = Set.of(
            "event_id",
            "event_timestamp",
            "request_id",
            "request_method",
            "request_status",
            "request_host",
            "request_edge",
            "schema_version",
            "errors",
            "items",
            "properties",
            "unknown_columns",
            "identity",
            "sampling_rate",
            "producer_id",
            "producer_epoch",
            "producer_sequence");

    /** What comes from the log, unless the rule says where it comes from. */
    private static final List<String> OVERRIDES = List.of("page_referrer", "geo_country", "device_user_agent");

    static final String REQUEST_ID = "x-edge-request-id";
    static final String USER_AGENT = "cs-user-agent";
    static final String ADDRESS = "c-ip";

    private static final Pattern PRICE = Pattern.compile("-?[0-9]{1,18}(\\.[0-9]{1,18})?");
    private static final Pattern QUANTITY = Pattern.compile("[0-9]{1,9}");

    private final RealTimeLogReader line;
    private final SaltedHash hash;
    private final int samplingRate;
    private final int requestIdColumn;
    private final int hostColumn;
    private final int edgeColumn;
    private final int referrerColumn;
    private final int countryColumn;
    private final int userAgentColumn;
    private final int addressColumn;

    ClickMapping(RealTimeLogFormat format, RealTimeLogReader line, SaltedHash hash) {
        this.line = line;
        this.hash = hash;
        this.samplingRate = format.samplingRate();
        this.requestIdColumn = format.column(REQUEST_ID);
        this.hostColumn = format.column(Request.HOST);
        this.edgeColumn = format.column("x-edge-location");
        this.referrerColumn = format.column("cs-referer");
        this.countryColumn = format.column("c-country");
        this.userAgentColumn = format.column(USER_AGENT);
        this.addressColumn = format.column(ADDRESS);
    }

    /** The event, or null if the request does not name one: then the rule does not hold after all. */
    @Nullable
    ClickEvent event(Rule.Match match, Request request, long timeMillis) {
        Map<String, String> taken = taken(match, request);
        String name = taken.remove("event_name");
        if (name == null || name.isBlank()) {
            return null;
        }
        String requestId = line.text(requestIdColumn);
        ClickEventBuilder event = ClickEvent.builder(name.strip())
                .eventId(requestId == null ? hashOfLine() : requestId)
                .eventTimestamp(Instant.ofEpochMilli(timeMillis))
                .requestId(requestId)
                .requestMethod(request.method())
                .requestStatus(request.status() < 0 ? null : request.status())
                .samplingRate(samplingRate)
                .requestHost(line.text(hostColumn))
                .requestEdge(line.text(edgeColumn))
                .pageReferrer(line.text(referrerColumn))
                .geoCountry(line.text(countryColumn))
                .deviceUserAgent(line.text(userAgentColumn));
        item(event, taken);
        identify(event, taken);
        OVERRIDES.stream().filter(match.rule().take()::containsKey).forEach(of -> event.attribute(of, null));
        taken.forEach(event::attribute);
        request.faults().forEach(event::error);
        // Columns that the format does not know yet are kept, as CloudFront wrote them.
        return event.property("unknown_columns", line.unknown()).build();
    }

    private static Map<String, String> taken(Rule.Match match, Request request) {
        Map<String, String> taken = new LinkedHashMap<>();
        match.rule().take().forEach((name, source) -> {
            String value = source.value(request, match.template());
            if (value != null && !value.isEmpty()) {
                taken.put(name, value);
            }
        });
        return taken;
    }

    /** Without an id there is no item, and what was taken for it becomes properties. */
    private static void item(ClickEventBuilder event, Map<String, String> taken) {
        String id = taken.remove("item_id");
        if (id == null) {
            return;
        }
        event.item(new Item(
                id,
                taken.remove("item_name"),
                taken.remove("item_brand"),
                taken.remove("item_category"),
                price(event, taken.remove("price")),
                taken.remove("currency"),
                quantity(event, taken.remove("quantity"))));
    }

    private static @Nullable BigDecimal price(ClickEventBuilder event, @Nullable String text) {
        if (text == null || PRICE.matcher(text).matches()) {
            return text == null ? null : new BigDecimal(text);
        }
        event.error("items/0/price: not a decimal number");
        return null;
    }

    private static @Nullable Integer quantity(ClickEventBuilder event, @Nullable String text) {
        if (text == null || QUANTITY.matcher(text).matches()) {
            return text == null ? null : Integer.valueOf(text);
        }
        event.error("items/0/quantity: not a whole number");
        return null;
    }

    private void identify(ClickEventBuilder event, Map<String, String> taken) {
        taken.computeIfPresent("user_id", (name, value) -> value.isBlank() ? null : value.strip());
        taken.computeIfPresent("user_pseudo_id", (name, value) -> value.isBlank() ? null : value.strip());
        if (!taken.containsKey("user_id") && !taken.containsKey("user_pseudo_id")) {
            event.property("identity", "address_hash");
            taken.put("user_pseudo_id", hashOfViewer());
        }
    }

    private String hashOfViewer() {
        hash.start();
        addToHash(addressColumn);
        addToHash(userAgentColumn);
        return hash.hex();
    }

    private void addToHash(int column) {
        boolean has = line.has(column);
        hash.add(line.data(), has ? line.start(column) : 0, has ? line.end(column) : 0);
    }

    private String hashOfLine() {
        byte[] bytes = line.line();
        return hash.start().add(bytes, 0, bytes.length).hex();
    }
}
