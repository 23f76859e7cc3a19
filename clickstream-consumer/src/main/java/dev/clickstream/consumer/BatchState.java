package dev.clickstream.consumer;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What a crash must find again of a batch: it travels as the state of a prepared checkpoint, at most 1 KB, as KCL writes
 * it with every heartbeat. Text of words {@code name=value}.
 *
 * @param first the sequence number of the first record
 * @param firstArrival when the first record arrived
 * @param cut the last record
 * @param count how many records, those taken out of aggregates each
 * @param digest of the positions of all of them
 * @param configuration a fingerprint of what decides where rows go and how
 * @param writeBound how long whoever wrote this may still write what the manifest names
 * @param givenUp which sinks do not get it any more, but the one for dead letters instead; mostly none
 * @param manifest the {@link Manifest} as text, or the URI of one that is too large; empty when there is nothing to name
 */
record BatchState(
        String first,
        Instant firstArrival,
        Position cut,
        long count,
        String digest,
        String configuration,
        Duration writeBound,
        NavigableSet<Integer> givenUp,
        String manifest) {
    private static final String VERSION = "1";
    private static final int MAX_BYTES = 1024;

    /** No sink is given up. */
    static final NavigableSet<Integer> NONE = Collections.emptyNavigableSet();

    /** Whether what was read again is what was cut. */
    boolean sameRecords(BatchState other) {
        return first.equals(other.first)
                && cut.equals(other.cut)
                && count == other.count
                && digest.equals(other.digest);
    }

    /** The same batch as far as it could be read again: whoever reads it again must find out again that it differs. */
    BatchState endingAt(BatchState now) {
        return new BatchState(
                first,
                firstArrival,
                now.cut,
                count,
                digest,
                now.configuration,
                now.writeBound,
                configuration.equals(now.configuration) ? givenUp : NONE,
                now.manifest);
    }

    BatchState withManifest(String other) {
        return new BatchState(first, firstArrival, cut, count, digest, configuration, writeBound, givenUp, other);
    }

    /** These sinks, too, do not get it any more. */
    BatchState givingUp(NavigableSet<Integer> sinks) {
        NavigableSet<Integer> all = new TreeSet<>(givenUp);
        all.addAll(sinks);
        return new BatchState(first, firstArrival, cut, count, digest, configuration, writeBound, all, manifest);
    }

    /** Whether it is small enough for a checkpoint. */
    boolean fits() {
        return text().getBytes(StandardCharsets.UTF_8).length <= MAX_BYTES;
    }

    byte[] toBytes() {
        byte[] bytes = text().getBytes(StandardCharsets.UTF_8);
        if (bytes.length > MAX_BYTES) {
            throw new IllegalStateException("A batch's state may have " + MAX_BYTES + " bytes, not " + bytes.length);
        }
        return bytes;
    }

    private String text() {
        return "v=" + VERSION + " first=" + first + " arrival=" + firstArrival.toEpochMilli() + " cut="
                + cut.sequenceNumber() + " sub="
                + cut.subSequenceNumber() + " count=" + count + " digest=" + digest + " config=" + configuration
                + " bound=" + writeBound.toMillis()
                + (givenUp.isEmpty()
                        ? ""
                        : " givenup=" + givenUp.stream().map(String::valueOf).collect(Collectors.joining("+")))
                + (manifest.isEmpty() ? "" : " manifest=" + manifest);
    }

    /**
     * Reads it.
     *
     * @throws IllegalArgumentException when it is not ours, or of a later version
     */
    static BatchState fromBytes(byte[] bytes) {
        Map<String, String> words = new HashMap<>();
        for (String word : new String(bytes, StandardCharsets.UTF_8).split(" ", -1)) {
            int equals = word.indexOf('=');
            if (equals > 0) {
                words.put(word.substring(0, equals), word.substring(equals + 1));
            }
        }
        if (!VERSION.equals(words.get("v"))) {
            throw new IllegalArgumentException("The pending checkpoint's state is not of version " + VERSION
                    + ": it was written by another program, or a later version of this one");
        }
        return new BatchState(
                word(words, "first"),
                Instant.ofEpochMilli(Long.parseLong(word(words, "arrival"))),
                new Position(word(words, "cut"), Long.parseLong(word(words, "sub"))),
                Long.parseLong(word(words, "count")),
                word(words, "digest"),
                word(words, "config"),
                Duration.ofMillis(Long.parseLong(word(words, "bound"))),
                sinks(words.getOrDefault("givenup", "")),
                words.getOrDefault("manifest", ""));
    }

    private static NavigableSet<Integer> sinks(String word) {
        NavigableSet<Integer> sinks = new TreeSet<>();
        for (String number : word.isEmpty() ? new String[0] : word.split("\\+", -1)) {
            sinks.add(Integer.parseInt(number));
        }
        return sinks;
    }

    private static String word(Map<String, String> words, String name) {
        String value = words.get(name);
        if (value == null) {
            throw new IllegalArgumentException("The pending checkpoint's state lacks " + name);
        }
        return value;
    }
}
