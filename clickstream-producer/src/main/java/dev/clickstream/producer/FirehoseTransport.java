package dev.clickstream.producer;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.firehose.FirehoseAsyncClient;
import software.amazon.awssdk.services.firehose.model.PutRecordBatchRequest;
import software.amazon.awssdk.services.firehose.model.PutRecordBatchResponse;
import software.amazon.awssdk.services.firehose.model.PutRecordBatchResponseEntry;
import software.amazon.awssdk.services.firehose.model.Record;

/** PutRecordBatch of one Firehose stream, one attempt each. Thread-safe. */
final class FirehoseTransport implements Transport {

    /** Firehose API reference, PutRecordBatch: records, bytes in all, bytes of a record (the last for a newline). */
    private static final Limits LIMITS = new Limits(500, 4 << 20, (1_000 << 10) - 1);

    private final FirehoseAsyncClient client;
    private final String streamName;
    private final Duration timeout;

    FirehoseTransport(FirehoseAsyncClient client, String streamName, Duration timeout) {
        this.client = client;
        this.streamName = streamName;
        this.timeout = timeout;
    }

    @Override
    public Limits limits() {
        return LIMITS;
    }

    @Override
    public boolean keepsOrder() {
        return false;
    }

    @Override
    public CompletableFuture<List<EntryResult>> send(List<Entry> entries) {
        PutRecordBatchRequest request = PutRecordBatchRequest.builder()
                .deliveryStreamName(streamName)
                .records(entries.stream().map(FirehoseTransport::record).toList())
                .overrideConfiguration(o -> o.addPlugin(AwsAnswers.NO_RETRIES).apiCallTimeout(timeout))
                .build();
        return client.putRecordBatch(request).handle((response, error) -> {
            if (error != null) {
                throw AwsAnswers.failure(error);
            }
            return results(response);
        });
    }

    private static Record record(Entry entry) {
        return Record.builder().data(SdkBytes.fromByteArrayUnsafe(entry.data())).build();
    }

    private static List<EntryResult> results(PutRecordBatchResponse response) {
        return response.requestResponses().stream()
                .map(FirehoseTransport::result)
                .toList();
    }

    private static EntryResult result(PutRecordBatchResponseEntry entry) {
        return entry.errorCode() == null
                ? new Written(new Receipt("", entry.recordId()))
                : new NotWritten(AwsAnswers.failure(entry.errorCode()), entry.errorCode());
    }
}
