package dev.clickstream.event;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Makes a {@link ClickEvent}. Not thread-safe. Null takes an attribute away; empty text is none.
 *
 * <p>Setters never refuse a value: {@link #build} cuts what is too long, leaves out what is out of range, and notes it in
 * the event's errors. Limits are 4,096 characters for URLs, 1,024 for title and user agent, 64 for the event's name, 256
 * for most others; 200 items; 100 properties of 4,096 characters.
 */
public final class ClickEventBuilder {

    private final InstantSource clock;
    private final @Nullable String[] attributes;
    private @Nullable Instant eventTimestamp;
    private @Nullable Integer requestStatus;
    private @Nullable Integer samplingRate;
    private @Nullable Long producerEpoch;
    private @Nullable Long producerSequence;
    private final List<Item> items = new ArrayList<>(1);
    private final Map<String, String> properties = new LinkedHashMap<>();
    private final List<String> errors = new ArrayList<>(0);
    private int schemaVersion = ClickEvent.SCHEMA_VERSION;
    private UnknownMembers unknown = UnknownMembers.NONE;

    /** All parts of an event, checked and copied. */
    record Checked(
            @Nullable String[] attributes,
            long eventTimeMillis,
            @Nullable Integer requestStatus,
            @Nullable Integer samplingRate,
            @Nullable Long producerEpoch,
            @Nullable Long producerSequence,
            List<Item> items,
            Map<String, String> properties,
            List<String> errors,
            int schemaVersion,
            UnknownMembers unknown) {}

    ClickEventBuilder(InstantSource clock) {
        this.clock = clock;
        this.attributes = new @Nullable String[Attribute.count()];
    }

    ClickEventBuilder(ClickEvent event) {
        this(SystemTime.CLOCK);
        for (int i = 0; i < attributes.length; i++) {
            attributes[i] = event.attribute(Attribute.at(i));
        }
        this.eventTimestamp = event.eventTimestamp();
        this.requestStatus = event.requestStatus();
        this.samplingRate = event.samplingRate();
        this.producerEpoch = event.producerEpoch();
        this.producerSequence = event.producerSequence();
        this.items.addAll(event.items());
        this.properties.putAll(event.properties());
        this.errors.addAll(event.errors());
        this.schemaVersion = event.schemaVersion();
        this.unknown = event.unknown();
    }

    /** Default: a new UUIDv7. */
    public ClickEventBuilder eventId(@Nullable String value) {
        return attribute(Attribute.EVENT_ID, value);
    }

    /** Who it was, if logged in. */
    public ClickEventBuilder userId(@Nullable String value) {
        return attribute(Attribute.USER_ID, value);
    }

    /** The device or cookie that it came from. */
    public ClickEventBuilder userPseudoId(@Nullable String value) {
        return attribute(Attribute.USER_PSEUDO_ID, value);
    }

    /** The visit that it belongs to. */
    public ClickEventBuilder sessionId(@Nullable String value) {
        return attribute(Attribute.SESSION_ID, value);
    }

    /** The page's URL. */
    public ClickEventBuilder pageLocation(@Nullable String value) {
        return attribute(Attribute.PAGE_LOCATION, value);
    }

    /** The URL of the page before. */
    public ClickEventBuilder pageReferrer(@Nullable String value) {
        return attribute(Attribute.PAGE_REFERRER, value);
    }

    /** The page's title. */
    public ClickEventBuilder pageTitle(@Nullable String value) {
        return attribute(Attribute.PAGE_TITLE, value);
    }

    /** Where the visitor came from. */
    public ClickEventBuilder trafficSourceSource(@Nullable String value) {
        return attribute(Attribute.TRAFFIC_SOURCE_SOURCE, value);
    }

    /** By which kind of link. */
    public ClickEventBuilder trafficSourceMedium(@Nullable String value) {
        return attribute(Attribute.TRAFFIC_SOURCE_MEDIUM, value);
    }

    /** By which campaign. */
    public ClickEventBuilder trafficSourceCampaign(@Nullable String value) {
        return attribute(Attribute.TRAFFIC_SOURCE_CAMPAIGN, value);
    }

    /** What the browser calls itself. */
    public ClickEventBuilder deviceUserAgent(@Nullable String value) {
        return attribute(Attribute.DEVICE_USER_AGENT, value);
    }

    /** The viewer's country, two letters. */
    public ClickEventBuilder geoCountry(@Nullable String value) {
        return attribute(Attribute.GEO_COUNTRY, value);
    }

    /** The HTTP request's id, by which the click is found in other logs. */
    public ClickEventBuilder requestId(@Nullable String value) {
        return attribute(Attribute.REQUEST_ID, value);
    }

    /** The HTTP request's method. */
    public ClickEventBuilder requestMethod(@Nullable String value) {
        return attribute(Attribute.REQUEST_METHOD, value);
    }

    /** The HTTP answer's status, 0 to 999. */
    public ClickEventBuilder requestStatus(@Nullable Integer value) {
        this.requestStatus = value;
        return this;
    }

    /** How many of a hundred clicks its source tells of, 1 to 100; default, and what 100 becomes: null, all. */
    public ClickEventBuilder samplingRate(@Nullable Integer percent) {
        this.samplingRate = percent;
        return this;
    }

    /** The host that the viewer asked. */
    public ClickEventBuilder requestHost(@Nullable String value) {
        return attribute(Attribute.REQUEST_HOST, value);
    }

    /** The edge location that answered. */
    public ClickEventBuilder requestEdge(@Nullable String value) {
        return attribute(Attribute.REQUEST_EDGE, value);
    }

    /** When it happened; default, and what a time before 1970 or after 9999 becomes: now. Cut to whole milliseconds. */
    public ClickEventBuilder eventTimestamp(Instant value) {
        this.eventTimestamp = Objects.requireNonNull(value, "eventTimestamp");
        return this;
    }

    /**
     * The producer's numbers, by which a reader drops late copies.
     *
     * @param producerId which producer
     * @param epoch which life of it, growing
     * @param sequence the event's number in that life, growing
     * @return this
     */
    public ClickEventBuilder producer(@Nullable String producerId, @Nullable Long epoch, @Nullable Long sequence) {
        this.producerEpoch = epoch;
        this.producerSequence = sequence;
        return attribute(Attribute.PRODUCER_ID, producerId);
    }

    /** Adds a product. */
    public ClickEventBuilder item(Item item) {
        items.add(Objects.requireNonNull(item, "item"));
        return this;
    }

    /**
     * Anything else that is worth keeping.
     *
     * @param name its name, 1 to 64 characters
     * @param value the text, or null to take it away
     * @return this
     */
    public ClickEventBuilder property(String name, @Nullable String value) {
        if (value == null) {
            properties.remove(name);
        } else {
            properties.put(name, value);
        }
        return this;
    }

    /**
     * A text attribute by its name in JSON, such as {@code page_title}; any other name is a property's.
     *
     * @param name the name in JSON
     * @param value the text, or null to take it away
     * @return this
     */
    public ClickEventBuilder attribute(String name, @Nullable String value) {
        Attribute attribute = Attribute.byJsonName(name);
        return attribute == null ? property(name, value) : attribute(attribute, value);
    }

    /** What {@link #attribute(String, String)} set. */
    @Nullable
    String attribute(String name) {
        Attribute attribute = Attribute.byJsonName(name);
        return attribute == null ? properties.get(name) : attributes[attribute.index()];
    }

    /**
     * Notes that something about the click was invalid.
     *
     * @param error attribute and reason, such as {@code price: not a number}; never the value. At most 50 are kept
     * @return this
     */
    public ClickEventBuilder error(String error) {
        errors.add(error);
        return this;
    }

    ClickEventBuilder attribute(Attribute attribute, @Nullable String value) {
        attributes[attribute.index()] = value;
        return this;
    }

    ClickEventBuilder producerEpoch(@Nullable Long value) {
        this.producerEpoch = value;
        return this;
    }

    ClickEventBuilder producerSequence(@Nullable Long value) {
        this.producerSequence = value;
        return this;
    }

    ClickEventBuilder schemaVersion(int value) {
        this.schemaVersion = value;
        return this;
    }

    ClickEventBuilder unknown(String name, JsonNode value) {
        this.unknown = unknown.with(name, value);
        return this;
    }

    ClickEventBuilder unknownOfLastItem(String name, JsonNode value) {
        this.unknown = unknown.withOfItem(items.size() - 1, name, value);
        return this;
    }

    /**
     * The event. The builder stays as it is and can build again.
     *
     * @return a new event
     * @throws IllegalArgumentException if it has no name, or neither a user id nor a pseudo id
     */
    public ClickEvent build() {
        EventLimits limits = new EventLimits(errors);
        @Nullable String[] checked = new @Nullable String[attributes.length];
        for (int i = 0; i < checked.length; i++) {
            Attribute attribute = Attribute.at(i);
            checked[i] = limits.text(attribute.jsonName(), attributes[i], attribute.maxLength());
        }
        requireNameAndIdentity(checked);
        long millis = millis(limits);
        if (checked[Attribute.EVENT_ID.index()] == null) {
            checked[Attribute.EVENT_ID.index()] = EventIds.uuidV7(millis);
        }
        Integer status = limits.status(requestStatus);
        Integer rate = limits.samplingRate(samplingRate);
        List<Item> checkedItems = limits.items(items);
        Map<String, String> checkedProperties = limits.properties(properties);
        return new ClickEvent(new Checked(
                checked,
                millis,
                status,
                rate,
                producerEpoch,
                producerSequence,
                checkedItems,
                checkedProperties,
                limits.errors(),
                schemaVersion,
                unknown.upTo(checkedItems.size())));
    }

    private static void requireNameAndIdentity(@Nullable String[] checked) {
        if (isBlank(checked[Attribute.EVENT_NAME.index()])) {
            throw new IllegalArgumentException("an event needs an event_name");
        }
        if (isBlank(checked[Attribute.USER_ID.index()]) && isBlank(checked[Attribute.USER_PSEUDO_ID.index()])) {
            throw new IllegalArgumentException("an event needs an identity: user_id or user_pseudo_id");
        }
    }

    private static boolean isBlank(@Nullable String value) {
        return value == null || value.isBlank();
    }

    private long millis(EventLimits limits) {
        if (eventTimestamp != null) {
            Long millis = limits.millis(saturatedMillis(eventTimestamp));
            if (millis != null) {
                return millis;
            }
        }
        return clock.millis();
    }

    private static long saturatedMillis(Instant instant) {
        try {
            return instant.toEpochMilli();
        } catch (ArithmeticException e) {
            return -1;
        }
    }
}
