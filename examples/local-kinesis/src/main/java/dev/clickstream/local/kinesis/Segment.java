package dev.clickstream.local.kinesis;

/**
 * A run of a shard's records packed into one array, so that a million records are a few hundred objects to the garbage
 * collector. Written under the shard's lock; what a reader was told under the lock never changes and may be read
 * without it.
 */
final class Segment {

    private static final int BYTES_PER_INDEX_ENTRY = 128;

    private final long firstPosition;
    private final byte[] bytes;
    private final int[] ends;
    private final short[] keyLengths;
    private final long[] arrivals;
    private int count;
    private long latestArrival = Long.MIN_VALUE;

    Segment(long firstPosition, int capacityBytes) {
        this.firstPosition = firstPosition;
        this.bytes = new byte[capacityBytes];
        int records = Math.max(1, capacityBytes / BYTES_PER_INDEX_ENTRY);
        this.ends = new int[records];
        this.keyLengths = new short[records];
        this.arrivals = new long[records];
    }

    boolean takes(int size) {
        return count < ends.length && size <= bytes.length - end(count - 1);
    }

    void append(byte[] key, byte[] data, long arrivalMillis) {
        int offset = end(count - 1);
        System.arraycopy(key, 0, bytes, offset, key.length);
        System.arraycopy(data, 0, bytes, offset + key.length, data.length);
        ends[count] = offset + key.length + data.length;
        keyLengths[count] = (short) key.length;
        arrivals[count] = arrivalMillis;
        latestArrival = Math.max(latestArrival, arrivalMillis);
        count++;
    }

    private int end(int index) {
        return index < 0 ? 0 : ends[index];
    }

    long firstPosition() {
        return firstPosition;
    }

    /** The position after the last record. */
    long endPosition() {
        return firstPosition + count;
    }

    /** The latest arrival of any record in here. */
    long latestArrival() {
        return latestArrival;
    }

    byte[] bytes() {
        return bytes;
    }

    int keyOffset(long position) {
        return end((int) (position - firstPosition) - 1);
    }

    int keyLength(long position) {
        return keyLengths[(int) (position - firstPosition)];
    }

    int dataOffset(long position) {
        return keyOffset(position) + keyLength(position);
    }

    int dataLength(long position) {
        return ends[(int) (position - firstPosition)] - dataOffset(position);
    }

    long arrival(long position) {
        return arrivals[(int) (position - firstPosition)];
    }
}
