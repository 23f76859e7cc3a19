package dev.clickstream.cloudfront;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The fields of a real-time log as of 2026, in the order in which the service delivers them (Amazon CloudFront Developer
 * Guide, "Use real-time access logs").
 */
final class LogFields {

    private static final Map<String, FieldType> TYPES = Collections.unmodifiableMap(types());

    private LogFields() {}

    /** All names, in the service's order. */
    static List<String> inOrder() {
        return List.copyOf(TYPES.keySet());
    }

    static FieldType type(String field) {
        if (field.equals("date")) {
            return FieldType.DATE;
        }
        return field.equals("time") ? FieldType.TIME : TYPES.getOrDefault(field, FieldType.TEXT);
    }

    private static Map<String, FieldType> types() {
        Map<String, FieldType> types = new LinkedHashMap<>();
        add(types, FieldType.DECIMAL, "timestamp");
        add(types, FieldType.ADDRESS, "c-ip s-ip");
        add(types, FieldType.DECIMAL, "time-to-first-byte");
        add(types, FieldType.STATUS, "sc-status");
        add(types, FieldType.COUNT, "sc-bytes");
        add(types, FieldType.METHOD, "cs-method");
        add(types, FieldType.TEXT, "cs-protocol cs-host cs-uri-stem");
        add(types, FieldType.COUNT, "cs-bytes");
        add(types, FieldType.TEXT, "x-edge-location x-edge-request-id x-host-header");
        add(types, FieldType.DECIMAL, "time-taken");
        add(types, FieldType.TEXT, "cs-protocol-version c-ip-version cs-user-agent cs-referer");
        add(types, FieldType.CUT_TEXT, "cs-cookie");
        add(types, FieldType.TEXT, "cs-uri-query x-edge-response-result-type x-forwarded-for");
        add(types, FieldType.TEXT, "ssl-protocol ssl-cipher x-edge-result-type");
        add(types, FieldType.COUNT, "fle-encrypted-fields");
        add(types, FieldType.TEXT, "fle-status sc-content-type");
        add(types, FieldType.COUNT, "sc-content-len sc-range-start sc-range-end c-port");
        add(types, FieldType.TEXT, "x-edge-detailed-result-type c-country cs-accept-encoding cs-accept");
        add(types, FieldType.TEXT, "cache-behavior-path-pattern");
        add(types, FieldType.CUT_TEXT, "cs-headers cs-header-names");
        add(types, FieldType.COUNT, "cs-headers-count");
        add(types, FieldType.TEXT, "primary-distribution-id primary-distribution-dns-name");
        add(types, FieldType.DECIMAL, "origin-fbl origin-lbl");
        add(types, FieldType.COUNT, "asn");
        add(types, FieldType.TEXT, "cmcd-encoded-bitrate cmcd-buffer-length cmcd-buffer-starvation cmcd-content-id");
        add(types, FieldType.TEXT, "cmcd-object-duration cmcd-deadline cmcd-measured-throughput");
        add(types, FieldType.TEXT, "cmcd-next-object-request cmcd-next-range-request cmcd-object-type");
        add(types, FieldType.TEXT, "cmcd-playback-rate cmcd-requested-maximum-throughput cmcd-streaming-format");
        add(types, FieldType.TEXT, "cmcd-session-id cmcd-stream-type cmcd-startup cmcd-top-bitrate cmcd-version");
        add(types, FieldType.TEXT, "r-host sr-reason x-edge-mqcs distribution-tenant-id connection-id");
        add(types, FieldType.CUT_TEXT, "viewer-request-log-data viewer-response-log-data");
        return types;
    }

    private static void add(Map<String, FieldType> types, FieldType type, String names) {
        for (String name : List.of(names.split(" ", -1))) {
            types.put(name, type);
        }
    }
}
