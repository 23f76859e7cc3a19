package dev.clickstream.event;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The event's text attributes, in the order in which JSON has them; a name in JSON is the constant's in lower case. */
enum Attribute {
    EVENT_ID(128),
    EVENT_NAME(64),
    USER_ID(256),
    USER_PSEUDO_ID(256),
    SESSION_ID(256),
    PAGE_LOCATION(4096),
    PAGE_REFERRER(4096),
    PAGE_TITLE(1024),
    TRAFFIC_SOURCE_SOURCE(256),
    TRAFFIC_SOURCE_MEDIUM(256),
    TRAFFIC_SOURCE_CAMPAIGN(256),
    DEVICE_USER_AGENT(1024),
    GEO_COUNTRY(16),
    REQUEST_ID(128),
    REQUEST_METHOD(16),
    REQUEST_HOST(256),
    REQUEST_EDGE(64),
    PRODUCER_ID(64);

    private static final Attribute[] ALL = values();
    private static final Map<String, Attribute> BY_JSON_NAME = new HashMap<>();

    static {
        for (Attribute attribute : ALL) {
            BY_JSON_NAME.put(attribute.jsonName, attribute);
        }
    }

    private final String jsonName;
    private final int maxLength;

    Attribute(int maxLength) {
        this.jsonName = name().toLowerCase(Locale.ROOT);
        this.maxLength = maxLength;
    }

    static int count() {
        return ALL.length;
    }

    static Attribute at(int index) {
        return ALL[index];
    }

    static @Nullable Attribute byJsonName(String name) {
        return BY_JSON_NAME.get(name);
    }

    /** Its place in an event's array of attributes. */
    @SuppressWarnings("EnumOrdinal") // Never stored, and the array lives no longer than the class.
    int index() {
        return ordinal();
    }

    String jsonName() {
        return jsonName;
    }

    /** In UTF-16 characters; what is longer is cut and noted in the event's errors. */
    int maxLength() {
        return maxLength;
    }
}
