package dev.clickstream.consumer.audit;

import java.math.BigInteger;
import java.nio.ByteBuffer;

/**
 * Where a row came from.
 *
 * @param shardId of the record
 * @param sequenceNumber of the record, decimal
 * @param subSequenceNumber the place in an aggregated record
 * @param rowNumber the place among the rows that were made of the record
 */
record RowPosition(String shardId, String sequenceNumber, int subSequenceNumber, int rowNumber) {
    private static final int SUB_AND_ROW_BYTES = 2 * Integer.BYTES;

    /**
     * As bytes in the order of the shard, compared as unsigned ones: the sequence number's length, itself, the place in
     * the record, the row.
     *
     * @param room how many bytes to leave behind it
     */
    byte[] encoded(int room) {
        byte[] number = new BigInteger(sequenceNumber).toByteArray();
        return ByteBuffer.allocate(1 + number.length + SUB_AND_ROW_BYTES + room)
                .put((byte) number.length)
                .put(number)
                .putInt(subSequenceNumber)
                .putInt(rowNumber)
                .array();
    }

    static RowPosition decoded(String shardId, byte[] encoded) {
        ByteBuffer bytes = ByteBuffer.wrap(encoded);
        byte[] number = new byte[bytes.get()];
        bytes.get(number);
        return new RowPosition(shardId, new BigInteger(number).toString(), bytes.getInt(), bytes.getInt());
    }

    /** Another place or row of the same record of the stream. */
    RowPosition at(int otherPlace, int otherRow) {
        return new RowPosition(shardId, sequenceNumber, otherPlace, otherRow);
    }

    /** Its record, as text. */
    String record() {
        return shardId + " " + sequenceNumber + "." + subSequenceNumber;
    }

    @Override
    public String toString() {
        return record() + " row " + rowNumber;
    }
}
