package dev.clickstream.event;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A click, or anything else that a visitor did. Immutable and thread-safe.
 *
 * <p>Names follow Google Analytics 4 and AWS's clickstream solution: {@code page_view}, {@code view_item}, {@code
 * add_to_cart}, {@code begin_checkout}, {@code purchase}, {@code search}, {@code login}, {@code sign_up}, or any other.
 * An event has a name and an identity, a {@link #userId} or a {@link #userPseudoId}; what else is invalid does not fail
 * it but is noted in {@link #errors}.
 *
 * <p>Members of its JSON that this version does not know are kept and written back. {@link #toString} shows the event's
 * id and name only.
 */
public final class ClickEvent {

    /** The version that this library writes. */
    public static final int SCHEMA_VERSION = 1;

    private final Map<Attribute, String> attributes;
    private final Instant eventTimestamp;
    private final @Nullable Integer requestStatus;
    private final @Nullable Long producerEpoch;
    private final @Nullable Long producerSequence;
    private final List<Item> items;
    private final Map<String, String> properties;
    private final List<String> errors;
    private final int schemaVersion;
    private final Map<String, Object> unknown;

    private ClickEvent(Builder builder, Instant eventTimestamp) {
        this.attributes = new EnumMap<>(builder.attributes);
        this.eventTimestamp = eventTimestamp;
        this.requestStatus = builder.requestStatus;
        this.producerEpoch = builder.producerEpoch;
        this.producerSequence = builder.producerSequence;
        this.items = List.copyOf(builder.items);
        this.properties = Collections.unmodifiableMap(new TreeMap<>(builder.properties));
        this.errors = List.copyOf(builder.errors);
        this.schemaVersion = builder.schemaVersion;
        this.unknown = Collections.unmodifiableMap(new LinkedHashMap<>(builder.unknown));
    }

    /**
     * A builder for an event of this name.
     *
     * @param eventName such as {@code view_item}
     * @return a new builder
     */
    public static Builder builder(String eventName) {
        return new Builder(InstantSource.system()).attribute(Attribute.EVENT_NAME, eventName);
    }

    /**
     * Reads what {@link #toJson} wrote, by this version or another.
     *
     * @param json one JSON object in UTF-8
     * @return the event
     * @throws IllegalArgumentException if it is not JSON, or lacks a name, an identity or a timestamp; the message says
     *     what and where, and shows nothing of the content
     */
    public static ClickEvent fromJson(byte[] json) {
        return EventJson.read(json);
    }

    /**
     * This event as one line of JSON in UTF-8, without a final newline. The same event always gives the same bytes.
     *
     * @return a new array
     */
    public byte[] toJson() {
        return EventJson.write(this);
    }

    /**
     * A builder that starts with all of this event, its id included.
     *
     * @return a new builder
     */
    public Builder toBuilder() {
        Builder builder = new Builder(InstantSource.system());
        builder.attributes.putAll(attributes);
        builder.eventTimestamp = eventTimestamp;
        builder.requestStatus = requestStatus;
        builder.producerEpoch = producerEpoch;
        builder.producerSequence = producerSequence;
        builder.items.addAll(items);
        builder.properties.putAll(properties);
        builder.errors.addAll(errors);
        builder.schemaVersion = schemaVersion;
        builder.unknown.putAll(unknown);
        return builder;
    }

    /**
     * Unique: a UUIDv7 unless the maker gave another, such as one from CloudFront's request id.
     *
     * @return never empty
     */
    public String eventId() {
        return required(Attribute.EVENT_ID);
    }

    /**
     * What happened.
     *
     * @return never empty
     */
    public String eventName() {
        return required(Attribute.EVENT_NAME);
    }

    /**
     * When it happened, UTC, in whole milliseconds.
     *
     * @return the instant
     */
    public Instant eventTimestamp() {
        return eventTimestamp;
    }

    /**
     * Who it was, if logged in.
     *
     * @return the text, or null if there is none
     */
    public @Nullable String userId() {
        return attributes.get(Attribute.USER_ID);
    }

    /**
     * The device or cookie that it came from.
     *
     * @return the text, or null if there is none
     */
    public @Nullable String userPseudoId() {
        return attributes.get(Attribute.USER_PSEUDO_ID);
    }

    /**
     * The visit that it belongs to.
     *
     * @return the text, or null if there is none
     */
    public @Nullable String sessionId() {
        return attributes.get(Attribute.SESSION_ID);
    }

    /**
     * The page's URL.
     *
     * @return the text, or null if there is none
     */
    public @Nullable String pageLocation() {
        return attributes.get(Attribute.PAGE_LOCATION);
    }

    /**
     * The URL of the page before.
     *
     * @return the text, or null if there is none
     */
    public @Nullable String pageReferrer() {
        return attributes.get(Attribute.PAGE_REFERRER);
    }

    /**
     * The page's title.
     *
     * @return the text, or null if there is none
     */
    public @Nullable String pageTitle() {
        return attributes.get(Attribute.PAGE_TITLE);
    }

    /**
     * The viewer's country, two letters.
     *
     * @return the text, or null if there is none
     */
    public @Nullable String geoCountry() {
        return attributes.get(Attribute.GEO_COUNTRY);
    }

    /**
     * The HTTP request's id, such as CloudFront's {@code x-edge-request-id}.
     *
     * @return the text, or null if there is none
     */
    public @Nullable String requestId() {
        return attributes.get(Attribute.REQUEST_ID);
    }

    /**
     * The HTTP request's method.
     *
     * @return the text, or null if there is none
     */
    public @Nullable String requestMethod() {
        return attributes.get(Attribute.REQUEST_METHOD);
    }

    /**
     * The host that the viewer asked.
     *
     * @return the text, or null if there is none
     */
    public @Nullable String requestHost() {
        return attributes.get(Attribute.REQUEST_HOST);
    }

    /**
     * The edge location that answered.
     *
     * @return the text, or null if there is none
     */
    public @Nullable String requestEdge() {
        return attributes.get(Attribute.REQUEST_EDGE);
    }

    /**
     * Which producer sent it; with epoch and sequence a reader can drop late copies.
     *
     * @return the text, or null if there is none
     */
    public @Nullable String producerId() {
        return attributes.get(Attribute.PRODUCER_ID);
    }

    /**
     * The HTTP answer's status.
     *
     * @return the number, or null if there is none
     */
    public @Nullable Integer requestStatus() {
        return requestStatus;
    }

    /**
     * Which life of that producer, growing.
     *
     * @return the number, or null if there is none
     */
    public @Nullable Long producerEpoch() {
        return producerEpoch;
    }

    /**
     * The event's number in that life, growing within a visitor.
     *
     * @return the number, or null if there is none
     */
    public @Nullable Long producerSequence() {
        return producerSequence;
    }

    /**
     * The products that it is about.
     *
     * @return unmodifiable, maybe empty
     */
    public List<Item> items() {
        return items;
    }

    /**
     * Anything else, by name.
     *
     * @return unmodifiable, sorted by name, maybe empty
     */
    public Map<String, String> properties() {
        return properties;
    }

    /**
     * What was invalid about it: attribute and reason, never the value.
     *
     * @return unmodifiable, maybe empty
     */
    public List<String> errors() {
        return errors;
    }

    /**
     * The version of the schema that it was made with.
     *
     * @return 1 or more
     */
    public int schemaVersion() {
        return schemaVersion;
    }

    Map<Attribute, String> attributes() {
        return attributes;
    }

    Map<String, Object> unknown() {
        return unknown;
    }

    private String required(Attribute attribute) {
        return Objects.requireNonNull(attributes.get(attribute));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ClickEvent event && List.of(parts()).equals(List.of(event.parts()));
    }

    @Override
    public int hashCode() {
        return eventId().hashCode();
    }

    private Object[] parts() {
        return new Object[] {
            attributes,
            eventTimestamp,
            String.valueOf(requestStatus),
            String.valueOf(producerEpoch),
            String.valueOf(producerSequence),
            items,
            properties,
            errors,
            schemaVersion,
            unknown
        };
    }

    @Override
    public String toString() {
        return "ClickEvent[" + eventId() + ", " + eventName() + "]";
    }

    /** Makes a {@link ClickEvent}. Not thread-safe. A null value takes an attribute away. */
    public static final class Builder {

        private final InstantSource clock;
        private final EnumMap<Attribute, String> attributes = new EnumMap<>(Attribute.class);
        private @Nullable Instant eventTimestamp;
        private @Nullable Integer requestStatus;
        private @Nullable Long producerEpoch;
        private @Nullable Long producerSequence;
        private final List<Item> items = new ArrayList<>();
        private final Map<String, String> properties = new LinkedHashMap<>();
        private final List<String> errors = new ArrayList<>();
        private int schemaVersion = SCHEMA_VERSION;
        private final Map<String, Object> unknown = new LinkedHashMap<>();

        Builder(InstantSource clock) {
            this.clock = clock;
        }

        /**
         * Default: a new UUIDv7.
         *
         * @param value the text, or null for none
         * @return this
         */
        public Builder eventId(@Nullable String value) {
            return attribute(Attribute.EVENT_ID, value);
        }

        /**
         * Who it was, if logged in.
         *
         * @param value the text, or null for none
         * @return this
         */
        public Builder userId(@Nullable String value) {
            return attribute(Attribute.USER_ID, value);
        }

        /**
         * The device or cookie that it came from.
         *
         * @param value the text, or null for none
         * @return this
         */
        public Builder userPseudoId(@Nullable String value) {
            return attribute(Attribute.USER_PSEUDO_ID, value);
        }

        /**
         * The visit that it belongs to.
         *
         * @param value the text, or null for none
         * @return this
         */
        public Builder sessionId(@Nullable String value) {
            return attribute(Attribute.SESSION_ID, value);
        }

        /**
         * The page's URL.
         *
         * @param value the text, or null for none
         * @return this
         */
        public Builder pageLocation(@Nullable String value) {
            return attribute(Attribute.PAGE_LOCATION, value);
        }

        /**
         * The URL of the page before.
         *
         * @param value the text, or null for none
         * @return this
         */
        public Builder pageReferrer(@Nullable String value) {
            return attribute(Attribute.PAGE_REFERRER, value);
        }

        /**
         * The page's title.
         *
         * @param value the text, or null for none
         * @return this
         */
        public Builder pageTitle(@Nullable String value) {
            return attribute(Attribute.PAGE_TITLE, value);
        }

        /**
         * Where the visitor came from.
         *
         * @param value the text, or null for none
         * @return this
         */
        public Builder trafficSourceSource(@Nullable String value) {
            return attribute(Attribute.TRAFFIC_SOURCE_SOURCE, value);
        }

        /**
         * By which kind of link.
         *
         * @param value the text, or null for none
         * @return this
         */
        public Builder trafficSourceMedium(@Nullable String value) {
            return attribute(Attribute.TRAFFIC_SOURCE_MEDIUM, value);
        }

        /**
         * By which campaign.
         *
         * @param value the text, or null for none
         * @return this
         */
        public Builder trafficSourceCampaign(@Nullable String value) {
            return attribute(Attribute.TRAFFIC_SOURCE_CAMPAIGN, value);
        }

        /**
         * The browser's own name.
         *
         * @param value the text, or null for none
         * @return this
         */
        public Builder deviceUserAgent(@Nullable String value) {
            return attribute(Attribute.DEVICE_USER_AGENT, value);
        }

        /**
         * The viewer's country, two letters.
         *
         * @param value the text, or null for none
         * @return this
         */
        public Builder geoCountry(@Nullable String value) {
            return attribute(Attribute.GEO_COUNTRY, value);
        }

        /**
         * The HTTP request's id.
         *
         * @param value the text, or null for none
         * @return this
         */
        public Builder requestId(@Nullable String value) {
            return attribute(Attribute.REQUEST_ID, value);
        }

        /**
         * The HTTP request's method.
         *
         * @param value the text, or null for none
         * @return this
         */
        public Builder requestMethod(@Nullable String value) {
            return attribute(Attribute.REQUEST_METHOD, value);
        }

        /**
         * The host that the viewer asked.
         *
         * @param value the text, or null for none
         * @return this
         */
        public Builder requestHost(@Nullable String value) {
            return attribute(Attribute.REQUEST_HOST, value);
        }

        /**
         * The edge location that answered.
         *
         * @param value the text, or null for none
         * @return this
         */
        public Builder requestEdge(@Nullable String value) {
            return attribute(Attribute.REQUEST_EDGE, value);
        }

        /**
         * When it happened; default: now. Cut to whole milliseconds.
         *
         * @param value the instant
         * @return this
         */
        public Builder eventTimestamp(Instant value) {
            this.eventTimestamp = Objects.requireNonNull(value, "eventTimestamp");
            return this;
        }

        /**
         * The HTTP answer's status.
         *
         * @param value such as 200, 0 when the viewer closed before an answer, or null for none
         * @return this
         */
        public Builder requestStatus(@Nullable Integer value) {
            this.requestStatus = value;
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
        public Builder producer(@Nullable String producerId, @Nullable Long epoch, @Nullable Long sequence) {
            this.producerEpoch = epoch;
            this.producerSequence = sequence;
            return attribute(Attribute.PRODUCER_ID, producerId);
        }

        /**
         * Adds a product.
         *
         * @param item the product
         * @return this
         */
        public Builder item(Item item) {
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
        public Builder property(String name, @Nullable String value) {
            if (value == null) {
                properties.remove(name);
            } else if (name.isEmpty() || name.length() > 64) {
                errors.add("properties: a name has " + name.length() + " characters, allowed are 1 to 64");
            } else {
                properties.put(name, value);
            }
            return this;
        }

        Builder producerEpoch(long value) {
            this.producerEpoch = value;
            return this;
        }

        Builder producerSequence(long value) {
            this.producerSequence = value;
            return this;
        }

        Builder error(String error) {
            errors.add(error);
            return this;
        }

        Builder schemaVersion(int value) {
            this.schemaVersion = value;
            return this;
        }

        Builder unknown(String name, Object value) {
            unknown.put(name, value);
            return this;
        }

        Builder attribute(Attribute attribute, @Nullable String value) {
            if (value == null || value.isEmpty()) {
                attributes.remove(attribute);
            } else if (value.length() > attribute.maxLength()) {
                errors.add(attribute.jsonName() + ": cut from " + value.length() + " to " + attribute.maxLength()
                        + " characters");
                attributes.put(attribute, cut(value, attribute.maxLength()));
            } else {
                attributes.put(attribute, value);
            }
            return this;
        }

        private static String cut(String value, int length) {
            boolean splitsPair = Character.isHighSurrogate(value.charAt(length - 1));
            return value.substring(0, splitsPair ? length - 1 : length);
        }

        /**
         * The event.
         *
         * @return a new event
         * @throws IllegalArgumentException if it has no name, or neither a user id nor a pseudo id
         */
        public ClickEvent build() {
            if (!attributes.containsKey(Attribute.EVENT_NAME)) {
                throw new IllegalArgumentException("an event needs an event_name");
            }
            if (!attributes.containsKey(Attribute.USER_ID) && !attributes.containsKey(Attribute.USER_PSEUDO_ID)) {
                throw new IllegalArgumentException("an event needs an identity: user_id or user_pseudo_id");
            }
            Instant time = eventTimestamp == null ? clock.instant() : eventTimestamp;
            long millis = time.toEpochMilli();
            attributes.computeIfAbsent(Attribute.EVENT_ID, key -> EventIds.uuidV7(millis));
            return new ClickEvent(this, Instant.ofEpochMilli(millis));
        }
    }
}
