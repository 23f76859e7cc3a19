package dev.clickstream.consumer.s3;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** A piece of a prefix. Immutable. */
sealed interface PrefixPart {
    /**
     * Appends what it is for an object.
     *
     * @param seed what tells the prefix from others of the batch: itself, evaluated without a seed
     */
    void appendTo(StringBuilder out, PrefixExpression.Values values, String seed);

    /** Appends a regular expression of what it may be for rows of a time. */
    void appendPattern(StringBuilder pattern, ZonedDateTime time);

    static SortedSet<String> partitionKeys(List<PrefixPart> parts) {
        SortedSet<String> names = new TreeSet<>();
        for (PrefixPart part : parts) {
            if (part instanceof PartitionKey key) {
                names.add(key.name());
            }
        }
        return names;
    }

    /** Text as it is. */
    record Literal(String text) implements PrefixPart {
        @Override
        public void appendTo(StringBuilder out, PrefixExpression.Values values, String seed) {
            out.append(text);
        }

        @Override
        public void appendPattern(StringBuilder pattern, ZonedDateTime time) {
            pattern.append(Pattern.quote(text));
        }
    }

    /** {@code !{timestamp:PATTERN}}. */
    record Timestamp(String pattern, DateTimeFormatter formatter) implements PrefixPart {
        /** Letters of fractions of a second: S, n, N, A. In quoted text they do no harm. */
        boolean isFinerThanSeconds() {
            return pattern.chars().anyMatch(letter -> "SnNA".indexOf(letter) >= 0);
        }

        @Override
        public void appendTo(StringBuilder out, PrefixExpression.Values values, String seed) {
            formatter.formatTo(values.time(), out);
        }

        @Override
        public void appendPattern(StringBuilder pattern, ZonedDateTime time) {
            pattern.append(Pattern.quote(formatter.format(time)));
        }
    }

    /** {@code !{partitionKeyFromLambda:NAME}}. */
    record PartitionKey(String name) implements PrefixPart {
        @Override
        public void appendTo(StringBuilder out, PrefixExpression.Values values, String seed) {
            out.append(values.partitionKeys().get(name));
        }

        @Override
        public void appendPattern(StringBuilder pattern, ZonedDateTime time) {
            pattern.append(".+");
        }
    }

    /** {@code !{firehose:error-output-type}}. */
    enum ErrorOutputType implements PrefixPart {
        INSTANCE;

        @Override
        public void appendTo(StringBuilder out, PrefixExpression.Values values, String seed) {
            out.append(values.errorOutputType());
        }

        @Override
        public void appendPattern(StringBuilder pattern, ZonedDateTime time) {
            pattern.append("[a-z-]+");
        }
    }

    /** {@code !{firehose:random-string}}: made of the batch, the rest of the prefix, and the place in it. */
    enum RandomString implements PrefixPart {
        INSTANCE;

        private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
        private static final BigInteger BASE = BigInteger.valueOf(LETTERS.length());
        private static final int CHARACTERS = 11;

        @Override
        public void appendTo(StringBuilder out, PrefixExpression.Values values, String seed) {
            String name = values.identity() + "\n" + seed + "\n" + out; // what stands before it tells the place
            byte[] digest = ObjectKey.sha256().digest(name.getBytes(StandardCharsets.UTF_8));
            BigInteger number = new BigInteger(1, digest);
            for (int i = 0; i < CHARACTERS; i++) {
                BigInteger[] rest = number.divideAndRemainder(BASE);
                out.append(LETTERS.charAt(rest[1].intValue()));
                number = rest[0];
            }
        }

        @Override
        public void appendPattern(StringBuilder pattern, ZonedDateTime time) {
            pattern.append("[A-Za-z0-9]{").append(CHARACTERS).append('}');
        }
    }
}
