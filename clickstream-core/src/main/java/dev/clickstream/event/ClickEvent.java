package dev.clickstream.event;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
 * id only. Accessors give null for what the event does not have.
 */
public final class ClickEvent {

    /** The version that this library writes: {@value}. */
    public static final int SCHEMA_VERSION = 1;

    private final @Nullable String[] attributes;
    private final long eventTimeMillis;
    private final @Nullable Integer requestStatus;
    private final @Nullable Integer samplingRate;
    private final @Nullable Long producerEpoch;
    private final @Nullable Long producerSequence;
    private final List<Item> items;
    private final Map<String, String> properties;
    private final List<String> errors;
    private final int schemaVersion;
    private final UnknownMembers unknown;

    /** The builder's collections are already copies, checked and unmodifiable. */
    ClickEvent(ClickEventBuilder.Checked checked) {
        this.attributes = checked.attributes();
        this.eventTimeMillis = checked.eventTimeMillis();
        this.requestStatus = checked.requestStatus();
        this.samplingRate = checked.samplingRate();
        this.producerEpoch = checked.producerEpoch();
        this.producerSequence = checked.producerSequence();
        this.items = checked.items();
        this.properties = checked.properties();
        this.errors = checked.errors();
        this.schemaVersion = checked.schemaVersion();
        this.unknown = checked.unknown();
    }

    /**
     * A builder for an event of this name.
     *
     * @param eventName such as {@code view_item}
     * @return a new builder
     */
    public static ClickEventBuilder builder(String eventName) {
        return new ClickEventBuilder(SystemTime.CLOCK).attribute(Attribute.EVENT_NAME, eventName);
    }

    /**
     * A builder of the event {@code login}, which joins what a device did before to a user: it carries both ids.
     *
     * @param userId who it turned out to be
     * @param userPseudoId the device or cookie so far
     * @return a new builder
     */
    public static ClickEventBuilder login(String userId, String userPseudoId) {
        return joined("login", userId, userPseudoId);
    }

    /**
     * A builder of the event {@code sign_up}, which joins as {@link #login} does.
     *
     * @param userId who it is from now on
     * @param userPseudoId the device or cookie so far
     * @return a new builder
     */
    public static ClickEventBuilder signUp(String userId, String userPseudoId) {
        return joined("sign_up", userId, userPseudoId);
    }

    private static ClickEventBuilder joined(String eventName, String userId, String userPseudoId) {
        return builder(eventName)
                .userId(Objects.requireNonNull(userId, "userId"))
                .userPseudoId(Objects.requireNonNull(userPseudoId, "userPseudoId"));
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
        return EventJsonReader.read(json);
    }

    /**
     * This event as one line of JSON in UTF-8, without a final newline. The same event always gives the same bytes.
     *
     * @return a new array
     */
    public byte[] toJson() {
        return EventJsonWriter.write(this);
    }

    /**
     * A builder that starts with all of this event, its id included.
     *
     * @return a new builder
     */
    public ClickEventBuilder toBuilder() {
        return new ClickEventBuilder(this);
    }

    /** Unique: a UUIDv7 unless the maker gave another, such as CloudFront's request id. Never empty. */
    public String eventId() {
        return required(Attribute.EVENT_ID);
    }

    /** What happened. Never empty. */
    public String eventName() {
        return required(Attribute.EVENT_NAME);
    }

    /** When it happened, UTC, in whole milliseconds. */
    public Instant eventTimestamp() {
        return Instant.ofEpochMilli(eventTimeMillis);
    }

    /** Who it was, if logged in. */
    public @Nullable String userId() {
        return attribute(Attribute.USER_ID);
    }

    /** The device or cookie that it came from. */
    public @Nullable String userPseudoId() {
        return attribute(Attribute.USER_PSEUDO_ID);
    }

    /** The visit that it belongs to. */
    public @Nullable String sessionId() {
        return attribute(Attribute.SESSION_ID);
    }

    /** The page's URL. */
    public @Nullable String pageLocation() {
        return attribute(Attribute.PAGE_LOCATION);
    }

    /** The URL of the page before. */
    public @Nullable String pageReferrer() {
        return attribute(Attribute.PAGE_REFERRER);
    }

    /** The page's title. */
    public @Nullable String pageTitle() {
        return attribute(Attribute.PAGE_TITLE);
    }

    /** Where the visitor came from. */
    public @Nullable String trafficSourceSource() {
        return attribute(Attribute.TRAFFIC_SOURCE_SOURCE);
    }

    /** By which kind of link. */
    public @Nullable String trafficSourceMedium() {
        return attribute(Attribute.TRAFFIC_SOURCE_MEDIUM);
    }

    /** By which campaign. */
    public @Nullable String trafficSourceCampaign() {
        return attribute(Attribute.TRAFFIC_SOURCE_CAMPAIGN);
    }

    /** What the browser calls itself. */
    public @Nullable String deviceUserAgent() {
        return attribute(Attribute.DEVICE_USER_AGENT);
    }

    /** The viewer's country, two letters. */
    public @Nullable String geoCountry() {
        return attribute(Attribute.GEO_COUNTRY);
    }

    /** The HTTP request's id, such as CloudFront's {@code x-edge-request-id}. */
    public @Nullable String requestId() {
        return attribute(Attribute.REQUEST_ID);
    }

    /** The HTTP request's method. */
    public @Nullable String requestMethod() {
        return attribute(Attribute.REQUEST_METHOD);
    }

    /** The HTTP answer's status, 0 when the viewer closed before an answer. */
    public @Nullable Integer requestStatus() {
        return requestStatus;
    }

    /** The host that the viewer asked. */
    public @Nullable String requestHost() {
        return attribute(Attribute.REQUEST_HOST);
    }

    /** The edge location that answered, such as {@code FRA56-P4}. */
    public @Nullable String requestEdge() {
        return attribute(Attribute.REQUEST_EDGE);
    }

    /** How many of a hundred clicks its source tells of, 1 to 100; null means all. */
    public @Nullable Integer samplingRate() {
        return samplingRate;
    }

    /** How many clicks it stands for, 1 or more: what counts and sums are scaled up by. */
    public double samplingWeight() {
        return samplingRate == null ? 1 : 100.0 / samplingRate;
    }

    /** Which producer sent it; with epoch and sequence a reader can drop late copies. */
    public @Nullable String producerId() {
        return attribute(Attribute.PRODUCER_ID);
    }

    /** Which life of that producer, growing. */
    public @Nullable Long producerEpoch() {
        return producerEpoch;
    }

    /** The event's number in that life, growing within a visitor. */
    public @Nullable Long producerSequence() {
        return producerSequence;
    }

    /** The products that it is about. Unmodifiable, maybe empty. */
    public List<Item> items() {
        return items;
    }

    /** Anything else, by name. Unmodifiable, sorted by name, maybe empty. */
    public Map<String, String> properties() {
        return properties;
    }

    /** What was invalid about it: attribute and reason, never the value. Unmodifiable, maybe empty. */
    public List<String> errors() {
        return errors;
    }

    /** The version of the schema that it was made with, 1 or more. */
    public int schemaVersion() {
        return schemaVersion;
    }

    @Nullable
    String attribute(Attribute attribute) {
        return attributes[attribute.index()];
    }

    long eventTimeMillis() {
        return eventTimeMillis;
    }

    UnknownMembers unknown() {
        return unknown;
    }

    private String required(Attribute attribute) {
        return Objects.requireNonNull(attribute(attribute));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ClickEvent event
                && eventTimeMillis == event.eventTimeMillis
                && schemaVersion == event.schemaVersion
                && Arrays.equals(attributes, event.attributes)
                && Objects.equals(requestStatus, event.requestStatus)
                && Objects.equals(samplingRate, event.samplingRate)
                && Objects.equals(producerEpoch, event.producerEpoch)
                && Objects.equals(producerSequence, event.producerSequence)
                && items.equals(event.items)
                && properties.equals(event.properties)
                && errors.equals(event.errors)
                && unknown.equals(event.unknown);
    }

    @Override
    public int hashCode() {
        return eventId().hashCode();
    }

    @Override
    public String toString() {
        return "ClickEvent[" + eventId() + "]";
    }
}
