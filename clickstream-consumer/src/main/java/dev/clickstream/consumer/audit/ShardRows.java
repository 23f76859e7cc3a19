package dev.clickstream.consumer.audit;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The rows of one shard. Each takes about 70 bytes of memory: its position, its arrival and the number of its object. Not
 * thread-safe.
 */
final class ShardRows {
    private static final int ARRIVAL_AND_OBJECT_BYTES = Long.BYTES + Integer.BYTES;

    private final String shardId;
    private final List<byte[]> rows = new ArrayList<>();

    ShardRows(String shardId) {
        this.shardId = shardId;
    }

    String shardId() {
        return shardId;
    }

    void add(RowPosition position, long arrivalMillis, int object) {
        byte[] row = position.encoded(ARRIVAL_AND_OBJECT_BYTES);
        ByteBuffer.wrap(row, row.length - ARRIVAL_AND_OBJECT_BYTES, ARRIVAL_AND_OBJECT_BYTES)
                .putLong(arrivalMillis)
                .putInt(object);
        rows.add(row);
    }

    /** By position, then by object. Objects are sorted in themselves, which makes it quick. */
    void sort() {
        rows.sort((a, b) -> {
            int byPosition = comparePositions(a, b);
            return byPosition != 0 ? byPosition : Integer.compare(object(a), object(b));
        });
    }

    int size() {
        return rows.size();
    }

    RowPosition position(int row) {
        return RowPosition.decoded(shardId, rows.get(row));
    }

    long arrivalMillis(int row) {
        byte[] bytes = rows.get(row);
        return ByteBuffer.wrap(bytes).getLong(bytes.length - ARRIVAL_AND_OBJECT_BYTES);
    }

    int object(int row) {
        return object(rows.get(row));
    }

    private static int object(byte[] row) {
        return ByteBuffer.wrap(row).getInt(row.length - Integer.BYTES);
    }

    boolean isSamePosition(int row, int other) {
        return comparePositions(rows.get(row), rows.get(other)) == 0;
    }

    /** How a row's record compares to another of the shard, whatever the number of the row. */
    int compareRecord(int row, RowPosition record) {
        byte[] a = rows.get(row);
        byte[] b = record.encoded(0);
        return Arrays.compareUnsigned(
                a, 0, a.length - ARRIVAL_AND_OBJECT_BYTES - Integer.BYTES, b, 0, b.length - Integer.BYTES);
    }

    private static int comparePositions(byte[] a, byte[] b) {
        return Arrays.compareUnsigned(
                a, 0, a.length - ARRIVAL_AND_OBJECT_BYTES, b, 0, b.length - ARRIVAL_AND_OBJECT_BYTES);
    }
}
