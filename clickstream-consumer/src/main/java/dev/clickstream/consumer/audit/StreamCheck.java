package dev.clickstream.consumer.audit;

import dev.clickstream.consumer.StreamRecord;
import dev.clickstream.consumer.StreamScan;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Walks along a stream and along the rows at once: both are in the order of the shard. Not thread-safe. */
final class StreamCheck {
    private final FailedLines failed;
    private final AbsentRows absent;
    private final Findings findings;
    private final Map<String, Walk> walks = new HashMap<>();
    private long records;

    StreamCheck(FailedLines failed, AbsentRows absent, Findings findings) {
        this.failed = failed;
        this.absent = absent;
        this.findings = findings;
    }

    /** Reads all shards, each as far as it goes, of what arrived in a time; null for no bound. */
    void read(StreamScan stream, @Nullable Instant from, @Nullable Instant before, Map<String, ShardRows> rowsByShard) {
        for (String shardId : stream.shards()) {
            Walk walk = new Walk(rowsByShard.getOrDefault(shardId, new ShardRows(shardId)));
            walks.put(shardId, walk);
            stream.read(shardId, from, record -> {
                if (before == null || record.arrival().isBefore(before)) {
                    walk.meet(record);
                }
            });
            if (before == null) {
                walk.end();
            }
        }
    }

    long records() {
        return records;
    }

    /** Whether the stream still told which records there were, up to this one. */
    boolean hasRead(RowPosition position) {
        Walk walk = walks.get(position.shardId());
        return walk != null && walk.hasRead(position);
    }

    /** Along one shard. */
    private final class Walk {
        private final ShardRows rows;
        private int next;
        private @Nullable RowPosition first;
        private @Nullable RowPosition last;

        Walk(ShardRows rows) {
            this.rows = rows;
        }

        void meet(StreamRecord record) {
            RowPosition position = new RowPosition(
                    record.shardId(), record.sequenceNumber(), Math.toIntExact(record.subSequenceNumber()), 0);
            if (last != null && compare(position, last) <= 0) {
                return; // read again
            }
            records++;
            if (first == null) {
                first = position;
                next = firstNotBefore(position);
            }
            last = position;
            skipUnknown(position);
            boolean isThere = next < rows.size() && rows.compareRecord(next, position) == 0;
            while (next < rows.size() && rows.compareRecord(next, position) == 0) {
                next++;
            }
            judge(record, position, isThere);
        }

        private void judge(StreamRecord record, RowPosition position, boolean isThere) {
            long arrival = record.arrival().toEpochMilli();
            boolean hasFailed = failed.isPossible(arrival) && failed.isKnown(Contents.of(arrival, record.data()));
            if (isThere) {
                return;
            }
            if (hasFailed) {
                absent.addFailed();
            } else {
                absent.add(position.record(), arrival);
            }
        }

        private int firstNotBefore(RowPosition position) {
            int low = 0;
            int high = rows.size();
            while (low < high) {
                int middle = (low + high) >>> 1;
                if (rows.compareRecord(middle, position) < 0) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            return low;
        }

        private void skipUnknown(RowPosition upTo) {
            while (next < rows.size() && rows.compareRecord(next, upTo) < 0) {
                findings.add(Finding.Kind.UNKNOWN, rows.position(next).toString());
                next++;
            }
        }

        /** Objects were read before the stream, so rows behind its end are of no record. */
        void end() {
            while (first != null && next < rows.size()) {
                findings.add(Finding.Kind.UNKNOWN, rows.position(next).toString());
                next++;
            }
        }

        boolean hasRead(RowPosition position) {
            return first != null && last != null && compare(position, first) >= 0 && compare(position, last) <= 0;
        }
    }

    private static int compare(RowPosition a, RowPosition b) {
        return Arrays.compareUnsigned(a.encoded(0), b.encoded(0));
    }
}
