package dev.clickstream.consumer.s3;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A prefix in Firehose's expression language: literal text, {@code !{timestamp:PATTERN}} with a pattern of
 * {@link DateTimeFormatter} (text in single quotes is literal), and {@code !{firehose:error-output-type}} in an error
 * prefix. Immutable.
 *
 * <p>As the service was seen to do it: no prefix, or an empty one, is {@code yyyy/MM/dd/HH/}; one without any expression
 * has {@code yyyy/MM/dd/HH/} put behind it, with no slash between; one with an expression gets nothing added. (Source:
 * Data Firehose Developer Guide, "Custom prefixes for Amazon S3 objects", and what was measured of the service where it
 * differs.)
 */
public final class PrefixExpression {
    /** The longest prefix, as configured. */
    public static final int MAX_CHARACTERS = 1_024;

    /** The longest prefix, evaluated. */
    public static final int MAX_EVALUATED_CHARACTERS = 512;

    private static final String HOURLY = "yyyy/MM/dd/HH/";
    private static final String ERROR_OUTPUT_TYPE = "error-output-type";

    private final String text;
    private final List<Part> parts;
    private final boolean hasExpressions;

    private PrefixExpression(String text, List<Part> parts, boolean hasExpressions) {
        this.text = text;
        this.parts = List.copyOf(parts);
        this.hasExpressions = hasExpressions;
    }

    /** A piece of the prefix. */
    private interface Part {
        void appendTo(StringBuilder out, Instant time, ZoneId zone, String errorOutputType);
    }

    /**
     * The prefix of delivered rows.
     *
     * @param text as Firehose's {@code Prefix}
     * @return an expression
     * @throws IllegalArgumentException when it is not one; the message says where
     */
    public static PrefixExpression parse(String text) {
        return parse(text, "", Map.of());
    }

    /**
     * The prefix of what could not be processed.
     *
     * @param text as Firehose's {@code ErrorOutputPrefix}; with expressions it must hold
     *     {@code !{firehose:error-output-type}}, without any the type and the hour are put behind it
     * @return an expression
     * @throws IllegalArgumentException when it is not one; the message says where
     */
    public static PrefixExpression parseError(String text) {
        Part type = (out, time, zone, errorOutputType) -> out.append(errorOutputType);
        PrefixExpression parsed =
                parse(text, "!{firehose:" + ERROR_OUTPUT_TYPE + "}/", Map.of("firehose:" + ERROR_OUTPUT_TYPE, type));
        if (parsed.hasExpressions && !text.contains("!{firehose:" + ERROR_OUTPUT_TYPE + "}")) {
            throw new IllegalArgumentException("The error prefix '" + text
                    + "' has expressions, and so must hold !{firehose:" + ERROR_OUTPUT_TYPE + "}");
        }
        return parsed;
    }

    private static PrefixExpression parse(String text, String beforeHour, Map<String, Part> allowed) {
        if (requireNonNull(text, "prefix").length() > MAX_CHARACTERS) {
            throw new IllegalArgumentException(
                    "A prefix may have " + MAX_CHARACTERS + " characters, not " + text.length());
        }
        boolean hasExpressions = text.contains("!{");
        String whole = hasExpressions ? text : text + beforeHour + "!{timestamp:" + HOURLY + "}";
        return new PrefixExpression(text, parts(whole, allowed), hasExpressions);
    }

    private static List<Part> parts(String text, Map<String, Part> allowed) {
        List<Part> parts = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            int open = text.indexOf("!{", at);
            int end = open < 0 ? text.length() : open;
            if (end > at) {
                parts.add(literal(text.substring(at, end)));
            }
            if (open < 0) {
                break;
            }
            int close = text.indexOf('}', open);
            if (close < 0) {
                throw new IllegalArgumentException(
                        "In the prefix '" + text + "' the expression at character " + (open + 1) + " has no }");
            }
            parts.add(expression(text, open, text.substring(open + 2, close), allowed));
            at = close + 1;
        }
        return parts;
    }

    private static Part literal(String text) {
        return (out, time, zone, errorOutputType) -> out.append(text);
    }

    private static Part expression(String text, int at, String expression, Map<String, Part> allowed) {
        if (expression.startsWith("timestamp:")) {
            return timestamp(text, at, expression.substring("timestamp:".length()));
        }
        Part part = allowed.get(expression);
        if (part == null) {
            throw new IllegalArgumentException("In the prefix '" + text + "' the expression !{" + expression
                    + "} at character " + (at + 1) + " is not one of: !{timestamp:PATTERN}"
                    + String.join(
                            "",
                            allowed.keySet().stream()
                                    .map(name -> ", !{" + name + "}")
                                    .toList()));
        }
        return part;
    }

    private static Part timestamp(String text, int at, String pattern) {
        try {
            DateTimeFormatter formatter = DateTimeFormatter.ofPattern(pattern, Locale.ROOT);
            formatter.formatTo(Instant.EPOCH.atZone(ZoneOffset.UTC), new StringBuilder());
            return (out, time, zone, errorOutputType) -> formatter.formatTo(time.atZone(zone), out);
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(
                    "In the prefix '" + text + "' the time pattern '" + pattern + "' at character " + (at + 1)
                            + " is not one: " + e.getMessage(),
                    e);
        }
    }

    /**
     * Whether it holds any expression.
     *
     * @return false for literal text
     */
    public boolean hasExpressions() {
        return hasExpressions;
    }

    /**
     * The prefix at a time.
     *
     * @param time a record's
     * @param zone the time zone to show it in
     * @param errorOutputType such as {@code processing-failed}; used by an error prefix only
     * @return the beginning of a key
     * @throws IllegalArgumentException when it is longer than {@value #MAX_EVALUATED_CHARACTERS} characters
     */
    public String evaluate(Instant time, ZoneId zone, String errorOutputType) {
        StringBuilder out = new StringBuilder(64);
        for (Part part : parts) {
            part.appendTo(out, time, zone, errorOutputType);
        }
        if (out.length() > MAX_EVALUATED_CHARACTERS) {
            throw new IllegalArgumentException("The prefix '" + text + "' has " + out.length()
                    + " characters when evaluated; it may have " + MAX_EVALUATED_CHARACTERS);
        }
        return out.toString();
    }

    /** As it was written. */
    @Override
    public String toString() {
        return text;
    }
}
