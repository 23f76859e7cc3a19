package dev.clickstream.local.kinesis;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** What a shard is responsible for; both ends belong to it. */
record HashKeyRange(HashKey start, HashKey end) {

    HashKeyRange {
        if (start.compareTo(end) > 0) {
            throw new IllegalArgumentException("range starts at " + start + " and ends before it at " + end);
        }
    }

    /** Ranges of a new stream: {@code count} equal ones, the rest of the division in the last. */
    static List<HashKeyRange> uniform(int count) {
        BigInteger width = BigInteger.ONE.shiftLeft(128).divide(BigInteger.valueOf(count));
        List<HashKeyRange> ranges = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            HashKey start = HashKey.of(width.multiply(BigInteger.valueOf(i)));
            HashKey end = i == count - 1
                    ? HashKey.LAST
                    : HashKey.of(width.multiply(BigInteger.valueOf(i + 1L))).previous();
            ranges.add(new HashKeyRange(start, end));
        }
        return ranges;
    }

    /** How many hash keys it holds. */
    BigInteger width() {
        return end.toBigInteger().subtract(start.toBigInteger()).add(BigInteger.ONE);
    }

    boolean isFollowedBy(HashKeyRange other) {
        return !end.equals(HashKey.LAST) && end.next().equals(other.start);
    }
}
