package dev.clickstream.consumer.s3;

import dev.clickstream.consumer.Row;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** JSON lines that say where they came from. Not thread-safe. */
final class OriginLines implements RowLines {
    static final String SHARD_ID = "kinesis_shard_id";
    static final String SEQUENCE_NUMBER = "kinesis_sequence_number";
    static final String SUB_SEQUENCE_NUMBER = "kinesis_sub_sequence_number";
    static final String ROW_NUMBER = "kinesis_row_number";
    static final String ARRIVAL_TIMESTAMP = "kinesis_arrival_timestamp";

    private final String shardId;
    private String sequenceNumber = "";
    private long subSequenceNumber;
    private int rowNumber;

    OriginLines(String shardId) {
        this.shardId = shardId;
    }

    @Override
    public byte @Nullable [] of(Row row) {
        boolean isSame = row.sequenceNumber().equals(sequenceNumber) && row.subSequenceNumber() == subSequenceNumber;
        rowNumber = isSame ? rowNumber + 1 : 0;
        sequenceNumber = row.sequenceNumber();
        subSequenceNumber = row.subSequenceNumber();
        byte[] line = JsonLine.of(row.data());
        return line == null ? null : JsonLine.with(line, members(row));
    }

    /** None of the values has anything that JSON would escape. */
    private byte[] members(Row row) {
        String members = "\"" + SHARD_ID + "\":\"" + shardId
                + "\",\"" + SEQUENCE_NUMBER + "\":\"" + sequenceNumber
                + "\",\"" + SUB_SEQUENCE_NUMBER + "\":" + subSequenceNumber
                + ",\"" + ROW_NUMBER + "\":" + rowNumber
                + ",\"" + ARRIVAL_TIMESTAMP + "\":\"" + row.arrival() + "\"";
        return members.getBytes(StandardCharsets.US_ASCII);
    }
}
