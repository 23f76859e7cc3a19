package dev.clickstream.consumer.s3;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A prefix in Firehose's expression language: literal text with expressions in it. Immutable.
 *
 * <ul>
 *   <li>{@code !{timestamp:PATTERN}}: a row's time, by a pattern of {@link DateTimeFormatter}; text in single quotes is
 *       literal; names of months and days are English.
 *   <li>{@code !{firehose:random-string}}: 11 letters and digits, others for each place in the prefix and each object;
 *       made of the batch, not drawn, so that the batch meets its objects when it is delivered again.
 *   <li>{@code !{partitionKeyFromLambda:NAME}}: what the transform gave as a partition key; in a prefix only.
 *   <li>{@code !{firehose:error-output-type}}: such as {@code processing-failed}; in an error prefix only.
 * </ul>
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

    private final String text;
    private final List<PrefixPart> parts;
    private final boolean isFinerThanSeconds;

    private PrefixExpression(String text, List<PrefixPart> parts) {
        this.text = text;
        this.parts = List.copyOf(parts);
        this.isFinerThanSeconds =
                parts.stream().anyMatch(part -> part instanceof PrefixPart.Timestamp time && time.isFinerThanSeconds());
    }

    /**
     * The prefix of delivered rows.
     *
     * @param text as Firehose's {@code Prefix}
     * @return an expression
     * @throws IllegalArgumentException when it is not one; the message says where, and what is allowed
     */
    public static PrefixExpression parse(String text) {
        return checked(new PrefixExpression(text, PrefixParser.PREFIX.parse(text)));
    }

    /**
     * The prefix of what could not be processed.
     *
     * @param text as Firehose's {@code ErrorOutputPrefix}; with expressions it must hold
     *     {@code !{firehose:error-output-type}}, without any the type and the hour are put behind it
     * @return an expression
     * @throws IllegalArgumentException when it is not one; the message says where, and what is allowed
     */
    public static PrefixExpression parseError(String text) {
        return checked(new PrefixExpression(text, PrefixParser.ERROR_OUTPUT_PREFIX.parse(text)));
    }

    /** Evaluates it once: what no values can make a key of is refused now. */
    private static PrefixExpression checked(PrefixExpression prefix) {
        Map<String, String> keys = prefix.partitionKeys().stream().collect(Collectors.toMap(name -> name, name -> "k"));
        Values values = new Values(Instant.EPOCH.atZone(ZoneOffset.UTC), keys, "processing-failed", "");
        String flaw = KeyText.flaw(prefix.evaluate(values));
        if (flaw != null) {
            throw new IllegalArgumentException("The prefix '" + prefix + "' cannot begin a key: " + flaw);
        }
        return prefix;
    }

    /**
     * Whether it holds any expression.
     *
     * @return false for literal text
     */
    public boolean hasExpressions() {
        return text.contains(PrefixParser.OPEN);
    }

    /**
     * The partition keys that a row must have.
     *
     * @return names, sorted; none if the prefix uses none
     */
    public SortedSet<String> partitionKeys() {
        return PrefixPart.partitionKeys(parts);
    }

    /** The first partition key that is missing or empty; null if all are there. */
    @Nullable
    String missing(Map<String, String> partitionKeys) {
        for (PrefixPart part : parts) {
            if (part instanceof PrefixPart.PartitionKey key
                    && partitionKeys.getOrDefault(key.name(), "").isEmpty()) {
                return key.name();
            }
        }
        return null;
    }

    /** Whether two times within a second may give two prefixes. */
    boolean isFinerThanSeconds() {
        return isFinerThanSeconds;
    }

    /** The prefix of an object; what it needs must be there. */
    String evaluate(Values values) {
        String seed = parts.contains(PrefixPart.RandomString.INSTANCE) ? join(values, "") : "";
        return join(values, seed);
    }

    /**
     * The keys that objects of a sink with this prefix have, for rows of a time; partition keys may be any.
     *
     * @param time a row's
     * @param zone of prefixes
     * @return a regular expression of whole keys
     */
    public String keyPattern(Instant time, ZoneId zone) {
        StringBuilder pattern = new StringBuilder(128);
        for (PrefixPart part : parts) {
            part.appendPattern(pattern, time.atZone(zone));
        }
        return pattern.append(ObjectKey.NAME_PATTERN).toString();
    }

    private String join(Values values, String seed) {
        StringBuilder out = new StringBuilder(64);
        for (PrefixPart part : parts) {
            part.appendTo(out, values, seed);
        }
        return out.toString();
    }

    /** As it was written. */
    @Override
    public String toString() {
        return text;
    }

    /**
     * What a prefix is made of.
     *
     * @param time a row's, in the time zone of prefixes
     * @param partitionKeys a row's
     * @param errorOutputType in an error prefix
     * @param identity the batch and sink, of which random strings are made
     */
    record Values(ZonedDateTime time, Map<String, String> partitionKeys, String errorOutputType, String identity) {}
}
