package dev.clickstream.consumer;

import com.google.protobuf.ByteString;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import software.amazon.kinesis.retrieval.AggregatorUtil;
import software.amazon.kinesis.retrieval.kpl.Messages;

/** Aggregated records as the KPL makes them, and broken ones. */
final class Aggregates {
    private Aggregates() {}

    /** One under a key of its own for each text. */
    static byte[] of(List<String> texts) {
        Messages.AggregatedRecord.Builder aggregate = Messages.AggregatedRecord.newBuilder();
        for (int i = 0; i < texts.size(); i++) {
            aggregate.addPartitionKeyTable("key-" + texts.get(i));
            aggregate.addRecords(Messages.Record.newBuilder()
                    .setPartitionKeyIndex(i)
                    .setData(ByteString.copyFromUtf8(texts.get(i))));
        }
        return bytes(aggregate.build());
    }

    /** The second record names a key that is not there. */
    static byte[] withoutKey(List<String> texts) {
        Messages.AggregatedRecord.Builder aggregate =
                Messages.AggregatedRecord.newBuilder().addPartitionKeyTable("only");
        for (int i = 0; i < texts.size(); i++) {
            aggregate.addRecords(Messages.Record.newBuilder()
                    .setPartitionKeyIndex(i)
                    .setData(ByteString.copyFromUtf8(texts.get(i))));
        }
        return bytes(aggregate.build());
    }

    /** With this explicit hash key, which KCL reads as a number. */
    static byte[] withHashKey(String text, String explicitHashKey) {
        return withHashKey(List.of(text), explicitHashKey);
    }

    /** All with this explicit hash key. */
    static byte[] withHashKey(List<String> texts, String explicitHashKey) {
        Messages.AggregatedRecord.Builder aggregate = Messages.AggregatedRecord.newBuilder()
                .addPartitionKeyTable("key")
                .addExplicitHashKeyTable(explicitHashKey);
        for (String text : texts) {
            aggregate.addRecords(Messages.Record.newBuilder()
                    .setPartitionKeyIndex(0)
                    .setExplicitHashKeyIndex(0)
                    .setData(ByteString.copyFrom(text, StandardCharsets.UTF_8)));
        }
        return bytes(aggregate.build());
    }

    static byte[] withoutRecords() {
        return bytes(Messages.AggregatedRecord.newBuilder()
                .addPartitionKeyTable("key")
                .build());
    }

    private static byte[] bytes(Messages.AggregatedRecord aggregate) {
        try {
            byte[] message = aggregate.toByteArray();
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            out.writeBytes(AggregatorUtil.AGGREGATED_RECORD_MAGIC);
            out.writeBytes(message);
            out.writeBytes(MessageDigest.getInstance("MD5").digest(message));
            return out.toByteArray();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
