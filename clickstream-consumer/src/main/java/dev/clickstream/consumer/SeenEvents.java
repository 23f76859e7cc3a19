package dev.clickstream.consumer;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which events a batch holds, by the numbers of the producer that sent them: each number exactly, and not the largest, as
 * numbers of different keys need not come in order. Not thread-safe.
 */
final class SeenEvents {
    private static final JsonFactory JSON = new JsonFactory();

    /** By producer: of each 64 numbers, bits of those that were seen. */
    private final Map<Producer, Map<Long, Long>> seen = new HashMap<>();

    /** Whether it was here before; what carries no numbers never was. */
    boolean isCopy(byte[] event) {
        Numbers numbers = numbers(event);
        if (numbers == null) {
            return false;
        }
        Map<Long, Long> words = seen.computeIfAbsent(numbers.producer, producer -> new HashMap<>());
        long place = numbers.sequence >> 6;
        long bit = 1L << numbers.sequence;
        long before = words.getOrDefault(place, 0L);
        words.put(place, before | bit);
        return (before & bit) != 0;
    }

    private static @Nullable Numbers numbers(byte[] event) {
        String id = null;
        Long epoch = null;
        Long sequence = null;
        try (JsonParser parser = JSON.createParser(event)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return null;
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                JsonToken value = parser.nextToken();
                if (name.equals("producer_id") && value == JsonToken.VALUE_STRING) {
                    id = parser.getText();
                } else if (name.equals("producer_epoch") && value == JsonToken.VALUE_NUMBER_INT) {
                    epoch = parser.getLongValue();
                } else if (name.equals("producer_sequence") && value == JsonToken.VALUE_NUMBER_INT) {
                    sequence = parser.getLongValue();
                } else {
                    parser.skipChildren();
                }
            }
        } catch (IOException e) {
            return null; // no event: the transform says what it is
        }
        return id == null || epoch == null || sequence == null ? null : new Numbers(new Producer(id, epoch), sequence);
    }

    private record Producer(String id, long epoch) {}

    private record Numbers(Producer producer, long sequence) {}
}
