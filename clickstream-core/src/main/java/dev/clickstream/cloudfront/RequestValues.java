package dev.clickstream.cloudfront;

import dev.clickstream.cloudfront.NamedValues.Kind;
import dev.clickstream.cloudfront.RealTimeLogReader.Layers;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The values of a reader's present line by type: numbers, addresses, query parameters, cookies, headers. It follows its
 * reader and, like it, is not thread-safe.
 *
 * <p>Null is what is not there or is not of the type; nothing throws. Enumerations, such as {@code x-edge-result-type},
 * are open sets and therefore text, from {@link RealTimeLogReader#text}.
 */
public final class RequestValues {

    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");
    private static final Pattern DECIMAL = Pattern.compile("[0-9]{1,18}(\\.[0-9]{1,18})?");
    private static final Pattern IPV4 = Pattern.compile("((25[0-5]|2[0-4]\\d|1?\\d?\\d)(\\.(?!$)|$)){4}");
    private static final int MILLIS_DIGITS = 3;

    private final RealTimeLogReader line;
    private final NamedValues query;
    private final NamedValues cookies;
    private final NamedValues headers;
    private final int stemColumn;
    private final int queryColumn;
    private final int cookieColumn;
    private final int headersColumn;

    /**
     * The values of what the reader stands on, now and later.
     *
     * @param reader the cursor
     */
    public RequestValues(RealTimeLogReader reader) {
        this.line = Objects.requireNonNull(reader, "reader");
        this.query = new NamedValues(reader, Kind.QUERY);
        this.cookies = new NamedValues(reader, Kind.COOKIE);
        this.headers = new NamedValues(reader, Kind.HEADER);
        this.stemColumn = reader.format().column(Request.STEM);
        this.queryColumn = reader.format().column(Request.QUERY);
        this.cookieColumn = reader.format().column(Request.COOKIE);
        this.headersColumn = reader.format().column(Request.HEADERS);
    }

    /** When the edge finished the response, in milliseconds. */
    public @Nullable Instant timestamp() {
        BigDecimal seconds = decimal(Request.TIMESTAMP);
        BigDecimal millis = seconds == null ? null : seconds.movePointRight(MILLIS_DIGITS);
        return millis == null || millis.precision() - millis.scale() > 18
                ? null
                : Instant.ofEpochMilli(millis.longValue());
    }

    /**
     * A whole number, such as {@code sc-bytes}, {@code c-port} or {@code asn}.
     *
     * @param field the field's name
     * @return 0 or more, or null
     */
    public @Nullable Long number(String field) {
        String text = line.raw(field);
        return text != null && NUMBER.matcher(text).matches() ? Long.valueOf(text) : null;
    }

    /**
     * A decimal number, such as {@code time-taken} in seconds.
     *
     * @param field the field's name
     * @return 0 or more with the digits that the log has, or null
     */
    public @Nullable BigDecimal decimal(String field) {
        String text = line.raw(field);
        return text != null && DECIMAL.matcher(text).matches() ? new BigDecimal(text) : null;
    }

    /**
     * An address, such as {@code c-ip}; no name is ever looked up.
     *
     * @param field the field's name
     * @return IPv4 or IPv6, or null
     */
    public @Nullable InetAddress address(String field) {
        String text = line.raw(field);
        if (text == null || !(text.indexOf(':') >= 0 || IPV4.matcher(text).matches())) {
            return null;
        }
        try {
            // With a colon it is taken as a literal or refused.
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            return null;
        }
    }

    /**
     * A query parameter's first value, from {@code cs-uri-query}, or from {@code cs-uri-stem} where that is not chosen.
     *
     * @param name the name, decoded
     * @param layers how often names and values are decoded
     * @return empty if it stands there without a value, null if it does not stand there
     */
    public @Nullable String parameter(String name, Layers layers) {
        toQuery();
        return query.first(name, layers);
    }

    /**
     * All values of a query parameter.
     *
     * @param name the name, decoded
     * @param layers how often names and values are decoded
     * @return in order; empty texts for those without a value, an empty list if it does not stand there
     */
    public List<String> parameters(String name, Layers layers) {
        toQuery();
        return query.all(name, layers);
    }

    private void toQuery() {
        if (line.has(queryColumn) || !line.has(stemColumn)) {
            query.reset(queryColumn);
            return;
        }
        int end = line.end(stemColumn);
        int mark = line.start(stemColumn);
        while (mark < end && line.data()[mark] != '?') {
            mark++;
        }
        query.reset(stemColumn, Math.min(mark + 1, end), end);
    }

    /**
     * A cookie's first value as the viewer sent it. The log holds the first 800 bytes of all cookies together, so the
     * last may be cut.
     *
     * @param name the name
     * @return null if it is not among them
     */
    public @Nullable String cookie(String name) {
        cookies.reset(cookieColumn);
        return cookies.first(name, Layers.ONE);
    }

    /**
     * A header's first value. The log holds the first 800 bytes of all headers together.
     *
     * @param name the name, in any case
     * @return null if it is not among them
     */
    public @Nullable String header(String name) {
        headers.reset(headersColumn);
        return headers.first(name, Layers.ONE);
    }

    /**
     * All values of a header.
     *
     * @param name the name, in any case
     * @return in order, maybe empty
     */
    public List<String> headers(String name) {
        headers.reset(headersColumn);
        return headers.all(name, Layers.ONE);
    }

    /**
     * The names of the headers that {@code cs-headers} holds: a part of {@code cs-header-names}, which may itself be cut.
     *
     * @return in order and as sent, maybe empty
     */
    public List<String> headerNames() {
        headers.reset(headersColumn);
        return headers.names();
    }
}
