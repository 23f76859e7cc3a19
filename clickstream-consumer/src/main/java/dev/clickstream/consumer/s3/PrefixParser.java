package dev.clickstream.consumer.s3;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Reads prefixes by the service's rules; what is not one is refused, with its place and what is allowed. */
enum PrefixParser {
    /** Of rows. */
    PREFIX("prefix") {
        @Override
        List<PrefixPart> behindLiteral(String text) {
            return List.of(HOUR);
        }

        @Override
        String allowed() {
            return "!{timestamp:PATTERN}, !{firehose:random-string}, !{partitionKeyFromLambda:NAME}";
        }
    },
    /** Of what could not be processed. */
    ERROR_OUTPUT_PREFIX("errorOutputPrefix") {
        @Override
        List<PrefixPart> behindLiteral(String text) {
            return List.of(PrefixPart.ErrorOutputType.INSTANCE, new PrefixPart.Literal("/"), HOUR);
        }

        @Override
        String allowed() {
            return "!{timestamp:PATTERN}, !{firehose:random-string}, !{firehose:error-output-type}";
        }
    };

    /** What every expression begins with. */
    static final String OPEN = "!{";

    private static final PrefixPart HOUR = timestamp("yyyy/MM/dd/HH/");
    private static final String TIMESTAMP = "timestamp:";
    private static final String PARTITION_KEY = "partitionKeyFromLambda:";

    private final String setting;

    PrefixParser(String setting) {
        this.setting = setting;
    }

    abstract List<PrefixPart> behindLiteral(String text);

    abstract String allowed();

    List<PrefixPart> parse(String text) {
        if (requireNonNull(text, setting).length() > PrefixExpression.MAX_CHARACTERS) {
            throw new IllegalArgumentException(
                    setting + " may have " + PrefixExpression.MAX_CHARACTERS + " characters, not " + text.length());
        }
        List<PrefixPart> parts = new ArrayList<>();
        int at = 0;
        for (int open = text.indexOf(OPEN); open >= 0; open = text.indexOf(OPEN, at)) {
            literal(parts, text.substring(at, open));
            int close = text.indexOf('}', open);
            if (close < 0) {
                throw refused(text, open, "the expression has no } at its end");
            }
            parts.add(expression(text, open, text.substring(open + OPEN.length(), close)));
            at = close + 1;
        }
        literal(parts, text.substring(at));
        if (at == 0) {
            parts.addAll(behindLiteral(text));
        }
        return whole(text, parts);
    }

    private static void literal(List<PrefixPart> parts, String text) {
        if (!text.isEmpty()) {
            parts.add(new PrefixPart.Literal(text));
        }
    }

    private List<PrefixPart> whole(String text, List<PrefixPart> parts) {
        if (this == ERROR_OUTPUT_PREFIX && !parts.contains(PrefixPart.ErrorOutputType.INSTANCE)) {
            throw new IllegalArgumentException(
                    setting + " '" + text + "' has expressions, and so must hold !{firehose:error-output-type}");
        }
        return parts;
    }

    private PrefixPart expression(String text, int at, String expression) {
        if (expression.contains(OPEN)) {
            throw refused(text, at, "the expression holds another one: !{ may stand only where an expression begins");
        }
        if (expression.startsWith(TIMESTAMP)) {
            return timestamp(text, at, expression.substring(TIMESTAMP.length()));
        }
        if (expression.equals("firehose:random-string")) {
            return PrefixPart.RandomString.INSTANCE;
        }
        if (this == ERROR_OUTPUT_PREFIX && expression.equals("firehose:error-output-type")) {
            return PrefixPart.ErrorOutputType.INSTANCE;
        }
        if (this == PREFIX && expression.startsWith(PARTITION_KEY) && expression.length() > PARTITION_KEY.length()) {
            return new PrefixPart.PartitionKey(expression.substring(PARTITION_KEY.length()));
        }
        throw refused(text, at, "!{" + expression + "} is not one of: " + allowed());
    }

    private PrefixPart timestamp(String text, int at, String pattern) {
        if (pattern.isEmpty()) {
            throw refused(text, at, "!{timestamp:} has no pattern, such as yyyy/MM/dd/HH");
        }
        try {
            return timestamp(pattern);
        } catch (RuntimeException e) {
            throw refused(text, at, "'" + pattern + "' is not a pattern of java.time.format.DateTimeFormatter", e);
        }
    }

    private static PrefixPart timestamp(String pattern) {
        DateTimeFormatter formatter = DateTimeFormatter.ofPattern(pattern, Locale.US);
        formatter.formatTo(Instant.EPOCH.atZone(ZoneOffset.UTC), new StringBuilder());
        return new PrefixPart.Timestamp(pattern, formatter);
    }

    private IllegalArgumentException refused(String text, int at, String why) {
        return new IllegalArgumentException(setting + " '" + text + "', at character " + (at + 1) + ": " + why);
    }

    private IllegalArgumentException refused(String text, int at, String why, RuntimeException cause) {
        return new IllegalArgumentException(refused(text, at, why).getMessage() + ": " + cause.getMessage(), cause);
    }
}
