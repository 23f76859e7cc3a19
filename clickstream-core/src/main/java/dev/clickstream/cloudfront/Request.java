package dev.clickstream.cloudfront;

import dev.clickstream.cloudfront.RealTimeLogReader.Layers;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A line as rules see it: a request. It follows the reader's line; values are taken out when they are asked for. */
final class Request {

    static final String TIMESTAMP = "timestamp";
    static final String DATE = "date";
    static final String TIME = "time";
    static final String STATUS = "sc-status";
    static final String METHOD = "cs-method";
    static final String HOST = "cs-host";
    static final String STEM = "cs-uri-stem";
    static final String QUERY = "cs-uri-query";
    static final String PROTOCOL = "cs-protocol";
    static final String COOKIE = "cs-cookie";
    static final String HEADERS = "cs-headers";

    private static final int NONE = -1;
    private static final int MILLIS_DIGITS = 3;

    private final RealTimeLogReader line;
    private final int timestampColumn;
    private final int dateColumn;
    private final int timeColumn;
    private final int statusColumn;
    private final int methodColumn;
    private final int stemColumn;
    private final int queryColumn;
    private final RequestPath path;
    private final Layers queryLayers;
    private final NamedValues query;
    private final RequestValues values;
    private final List<String> faults = new ArrayList<>();
    private int status;
    private @Nullable String method;

    Request(RealTimeLogFormat format, RealTimeLogReader line, Layers queryLayers) {
        this.line = line;
        this.timestampColumn = format.column(TIMESTAMP);
        this.dateColumn = format.column(DATE);
        this.timeColumn = format.column(TIME);
        this.statusColumn = format.column(STATUS);
        this.methodColumn = format.column(METHOD);
        this.stemColumn = format.column(STEM);
        this.queryColumn = format.column(QUERY);
        this.path = new RequestPath(line, stemColumn);
        this.queryLayers = queryLayers;
        this.query = new NamedValues(line, NamedValues.Kind.QUERY);
        this.values = new RequestValues(line);
    }

    /** Goes to the reader's line, which fits its format. */
    void reset() {
        faults.clear();
        status = line.has(statusColumn) ? number(line.start(statusColumn), line.end(statusColumn)) : NONE;
        method = line.text(methodColumn);
        int stemStart = line.has(stemColumn) ? line.start(stemColumn) : 0;
        int stemEnd = line.has(stemColumn) ? line.end(stemColumn) : 0;
        int mark = questionMark(stemStart, stemEnd);
        path.reset(stemStart, mark);
        // Real-time logs carry the query in both; a field that was not chosen leaves the other.
        if (line.has(queryColumn)) {
            query.reset(queryColumn);
        } else {
            query.reset(stemColumn, Math.min(mark + 1, stemEnd), stemEnd);
        }
    }

    private int questionMark(int start, int end) {
        byte[] data = line.data();
        int i = start;
        while (i < end && data[i] != '?') {
            i++;
        }
        return i;
    }

    /** Milliseconds since 1970, or -1 if the line has no time. */
    long timestampMillis() {
        if (!line.has(timestampColumn)) {
            return line.has(dateColumn) && line.has(timeColumn) ? standardMillis() : NONE;
        }
        byte[] data = line.data();
        int end = line.end(timestampColumn);
        long value = 0;
        int i = line.start(timestampColumn);
        for (; i < end && data[i] != '.'; i++) {
            value = value * 10 + data[i] - '0';
        }
        for (int digit = 1; digit <= MILLIS_DIGITS; digit++) {
            value = value * 10 + (i + digit < end ? data[i + digit] - '0' : 0);
        }
        return value;
    }

    /** Standard logs write {@code 2026-01-31} and {@code 23:59:59}, UTC. */
    private long standardMillis() {
        try {
            return LocalDateTime.parse(line.raw(DATE) + "T" + line.raw(TIME))
                    .toInstant(ZoneOffset.UTC)
                    .toEpochMilli();
        } catch (DateTimeException e) {
            // The 31st of February has the right form.
            return NONE;
        }
    }

    private int number(int start, int end) {
        int value = 0;
        for (int i = start; i < end; i++) {
            value = value * 10 + line.data()[i] - '0';
        }
        return value;
    }

    /** The status, or -1 if the line has none. */
    int status() {
        return status;
    }

    @Nullable
    String method() {
        return method;
    }

    /** The viewer's host in lower case, without a port. */
    @Nullable
    String host() {
        String host = line.text(HOST);
        if (host == null) {
            return null;
        }
        int port = host.indexOf(':');
        return (port < 0 ? host : host.substring(0, port)).toLowerCase(Locale.ROOT);
    }

    RequestPath path() {
        return path;
    }

    boolean hasParameter(String name) {
        return query.holds(name, queryLayers);
    }

    /** A query parameter's first value, decoded as often as the rules say. */
    @Nullable
    String parameter(String name) {
        String value = query.first(name, queryLayers);
        if (value != null && line.innerBroken()) {
            String fault = "query parameter " + name + ": its encoding is broken, kept as the viewer sent it";
            if (!faults.contains(fault)) {
                faults.add(fault);
            }
        }
        return value;
    }

    /** A cookie's first value, as the viewer sent it. */
    @Nullable
    String cookie(String name) {
        return values.cookie(name);
    }

    /** A header's first value. */
    @Nullable
    String header(String name) {
        return values.header(name);
    }

    /** A field's value. */
    @Nullable
    String field(String name) {
        return line.text(name);
    }

    /** The URL that the viewer asked for, as far as the format tells: without a host, the path. */
    @Nullable
    String url() {
        String stem = line.text(stemColumn);
        String host = line.text(HOST);
        if (stem == null || host == null) {
            return stem == null ? null : stem + standardQuery(stem);
        }
        String protocol = line.text(PROTOCOL);
        return (protocol == null ? "https" : protocol) + "://" + host + stem + standardQuery(stem);
    }

    /** In standard logs the path has no query. */
    private String standardQuery(String stem) {
        String text = stem.indexOf('?') < 0 ? line.text(queryColumn) : null;
        return text == null ? "" : "?" + text;
    }

    /** What was odd about values that were taken, and not the log's fault. */
    List<String> faults() {
        return faults;
    }
}
