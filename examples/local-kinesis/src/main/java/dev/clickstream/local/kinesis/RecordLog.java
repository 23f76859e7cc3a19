package dev.clickstream.local.kinesis;

import java.util.ArrayList;
import java.util.List;

/**
 * A shard's records in memory, at positions 1, 2, 3 and so on. Appending is O(1); a position is found by binary search
 * over segments. Used under the shard's lock.
 */
final class RecordLog {

    private static final int FIRST_SEGMENT_BYTES = 8 * 1024;
    private static final int LARGEST_SEGMENT_BYTES = 1024 * 1024;

    private final List<Segment> segments = new ArrayList<>();
    private long first = SequenceNumbers.START + 1;
    private long next = SequenceNumbers.START + 1;
    private int segmentBytes = FIRST_SEGMENT_BYTES;

    /** Returns the record's position. */
    long append(byte[] key, byte[] data, long arrivalMillis) {
        int size = key.length + data.length;
        if (segments.isEmpty() || !last().takes(size)) {
            segments.add(new Segment(next, Math.max(segmentBytes, size)));
            segmentBytes = Math.min(LARGEST_SEGMENT_BYTES, segmentBytes * 2);
        }
        last().append(key, data, arrivalMillis);
        return next++;
    }

    /** Forgets what arrived before; memory goes back segment by segment. */
    void trim(long beforeMillis) {
        int gone = 0;
        for (Segment segment : segments) {
            while (first < segment.endPosition() && segment.arrival(first) < beforeMillis) {
                first++;
            }
            if (first < segment.endPosition()) {
                break;
            }
            gone++;
        }
        if (gone > 0) {
            segments.subList(0, gone).clear();
        }
    }

    private Segment last() {
        return segments.get(segments.size() - 1);
    }

    /** The position that the next record will have. */
    long next() {
        return next;
    }

    /** The first position whose record arrived then or later; {@link #next} if there is none. */
    long firstArrivedAtOrAfter(long millis) {
        for (Segment segment : segments) {
            if (segment.latestArrival() < millis) {
                continue;
            }
            for (long position = Math.max(first, segment.firstPosition());
                    position < segment.endPosition();
                    position++) {
                if (segment.arrival(position) >= millis) {
                    return position;
                }
            }
        }
        return next;
    }

    /** When the record at this position arrived; the position must exist. */
    long arrival(long position) {
        return segments.get(segmentOf(position)).arrival(position);
    }

    /**
     * Records from a position on: at most so many, and so many bytes of data and keys, but at least one if there is one.
     */
    RecordRun read(long from, int maxRecords, long maxBytes) {
        long start = Math.max(from, first);
        if (start >= next) {
            return new RecordRun(List.of(), start, start, 0);
        }
        List<Segment> touched = new ArrayList<>();
        long end = Math.min(next, start + maxRecords);
        long position = start;
        long size = 0;
        for (int i = segmentOf(start); position < end; i++) {
            Segment segment = segments.get(i);
            touched.add(segment);
            long segmentEnd = Math.min(end, segment.endPosition());
            for (; position < segmentEnd; position++) {
                long larger = size + segment.keyLength(position) + segment.dataLength(position);
                if (larger > maxBytes && position > start) {
                    return new RecordRun(touched, start, position, size);
                }
                size = larger;
            }
        }
        return new RecordRun(touched, start, end, size);
    }

    private int segmentOf(long position) {
        int low = 0;
        int high = segments.size() - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (segments.get(middle).firstPosition() <= position) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }
}
