package dev.clickstream.consumer.audit;

import dev.clickstream.consumer.s3.PrefixExpression;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/** Reads objects one after the other: order and prefix are judged at once, rows are kept. Not thread-safe. */
final class ObjectCheck {
    private final @Nullable PrefixExpression prefix;
    private final ZoneId zone;
    private final long maxRows;
    private final FailedLines failed;
    private final Findings findings;
    private final OriginReader origins = new OriginReader();
    private final List<String> keys = new ArrayList<>();
    private final Map<String, ShardRows> shards = new TreeMap<>();
    private long rows;
    private Pattern keysOfTime = Pattern.compile("");

    ObjectCheck(@Nullable PrefixExpression prefix, ZoneId zone, long maxRows, FailedLines failed, Findings findings) {
        this.prefix = prefix;
        this.zone = zone;
        this.maxRows = maxRows;
        this.failed = failed;
        this.findings = findings;
    }

    void read(String key, InputStream object) throws IOException {
        keys.add(key);
        Map<String, byte[]> last = new HashMap<>();
        long number = 0;
        try (BufferedReader lines = ObjectText.open(object)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                take(origins.read(line), key, number, last);
            }
        } catch (ZipException | EOFException e) {
            findings.add(Finding.Kind.UNREADABLE, key + ", behind line " + number + ": its compression is broken");
        }
    }

    private void take(AuditedLine line, String key, long number, Map<String, byte[]> last) {
        if (line instanceof AuditedLine.Delivered row) {
            take(row, key, number, last);
        } else if (line instanceof AuditedLine.Failed failure) {
            failed.add(failure.contents());
            requireRoom();
        } else if (line instanceof AuditedLine.Unreadable what) {
            findings.add(Finding.Kind.UNREADABLE, key + ", line " + number + ": " + what.why());
        }
    }

    private void take(AuditedLine.Delivered row, String key, long number, Map<String, byte[]> last) {
        rows++;
        requireRoom();
        RowPosition position = row.position();
        shards.computeIfAbsent(position.shardId(), ShardRows::new)
                .add(position, row.arrival().toEpochMilli(), keys.size() - 1);
        byte[] encoded = position.encoded(0);
        byte[] before = last.put(position.shardId(), encoded);
        if (before != null && Arrays.compareUnsigned(encoded, before) < 0) {
            findings.add(
                    Finding.Kind.OUT_OF_ORDER,
                    position + " behind " + RowPosition.decoded(position.shardId(), before) + " in " + key + ", line "
                            + number);
        }
        if (!isUnderPrefix(key, row.arrival())) {
            findings.add(Finding.Kind.WRONG_PREFIX, position + ", arrived " + row.arrival() + ", in " + key);
        }
    }

    private boolean isUnderPrefix(String key, Instant arrival) {
        if (prefix == null) {
            return true;
        }
        String pattern = prefix.keyPattern(arrival, zone);
        if (!pattern.equals(keysOfTime.pattern())) {
            keysOfTime = Pattern.compile(pattern);
        }
        return keysOfTime.matcher(key).matches();
    }

    private void requireRoom() {
        if (rows + failed.count() > maxRows) {
            throw new IllegalStateException(
                    "There are more than " + maxRows
                            + " rows and failures: audit a part of the bucket, or allow more and give the JVM 100 bytes for each");
        }
    }

    long rows() {
        return rows;
    }

    long objects() {
        return keys.size();
    }

    /** Of each shard that has any, sorted, with rows that are there twice found. */
    Map<String, ShardRows> sorted() {
        for (ShardRows shard : shards.values()) {
            shard.sort();
            for (int i = 1; i < shard.size(); i++) {
                if (shard.isSamePosition(i - 1, i)) {
                    findings.add(
                            Finding.Kind.DOUBLED,
                            shard.position(i) + " in " + keys.get(shard.object(i - 1)) + " and "
                                    + keys.get(shard.object(i)));
                }
            }
        }
        return shards;
    }
}
