package dev.clickstream.consumer.s3;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.clickstream.consumer.Row;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds a time in a row. Immutable. */
sealed interface EventTimeReader {
    /** As text or number; null when there is none. */
    @Nullable
    String text(Row row);

    /** Null when there is none, or none that can be read. */
    default @Nullable Instant time(Row row, ChronoUnit unit) {
        String text = text(row);
        try {
            Instant time = text == null ? null : instant(text.strip(), unit);
            boolean known = time != null && !time.isBefore(Instant.EPOCH) && time.isBefore(Limits.END);
            return known ? time : null;
        } catch (DateTimeException | ArithmeticException | NumberFormatException e) {
            return null;
        }
    }

    private static Instant instant(String text, ChronoUnit unit) {
        if (text.indexOf('T') > 0) {
            return OffsetDateTime.parse(text).toInstant();
        }
        BigDecimal number = text.length() > Limits.DIGITS ? BigDecimal.ZERO : new BigDecimal(text);
        if (number.signum() <= 0 || Math.abs((long) number.scale()) > Limits.DIGITS) {
            return Limits.END; // 1E999999999 is short, and has a billion digits
        }
        BigDecimal seconds = number.multiply(Limits.secondsOf(unit));
        BigDecimal whole = seconds.setScale(0, RoundingMode.FLOOR);
        return Instant.ofEpochSecond(
                whole.longValueExact(),
                seconds.subtract(whole).movePointRight(9).longValue());
    }

    /** A field of the row's JSON. */
    record JsonField(List<String> path) implements EventTimeReader {
        private static final JsonFactory JSON = new JsonFactory();

        JsonField(String path) {
            this(List.of(requireNonNull(path, "path").split("\\.", -1)));
            if (this.path.contains("")) {
                throw new IllegalArgumentException("event time: '" + path + "' is not a path of fields, such as a.b");
            }
        }

        @Override
        public @Nullable String text(Row row) {
            try (JsonParser parser = JSON.createParser(row.data())) {
                return parser.nextToken() == JsonToken.START_OBJECT ? find(parser) : null;
            } catch (IOException e) {
                return null;
            }
        }

        private @Nullable String find(JsonParser parser) throws IOException {
            int depth = 0;
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean isOnPath = parser.currentName().equals(path.get(depth));
                JsonToken value = parser.nextToken();
                if (isOnPath && depth == path.size() - 1) {
                    return value.isScalarValue() ? parser.getText() : null;
                }
                if (isOnPath && value == JsonToken.START_OBJECT) {
                    depth++;
                } else {
                    parser.skipChildren();
                }
            }
            return null;
        }

        /** The path. */
        @Override
        public String toString() {
            return "field " + String.join(".", path);
        }
    }

    /** A partition key of the row. */
    record PartitionKey(String name) implements EventTimeReader {
        @Override
        public @Nullable String text(Row row) {
            return row.partitionKeys().get(name);
        }

        /** The key's name. */
        @Override
        public String toString() {
            return "partition key " + name;
        }
    }

    /** What a time may be: from 1970 on, and before this. */
    final class Limits {
        private static final Instant END = Instant.parse("+10000-01-01T00:00:00Z");
        private static final int DIGITS = 40;

        private Limits() {}

        private static BigDecimal secondsOf(ChronoUnit unit) {
            Duration one = unit.getDuration();
            return BigDecimal.valueOf(one.getSeconds()).add(BigDecimal.valueOf(one.getNano(), 9));
        }
    }
}
