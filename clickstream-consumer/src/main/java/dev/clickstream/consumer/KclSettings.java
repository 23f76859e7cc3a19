package dev.clickstream.consumer;

import java.time.Duration;
import java.util.Map;
import software.amazon.awssdk.services.cloudwatch.CloudWatchAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;

/**
 * What a scheduler is made of.
 *
 * @param application the application's name, and its lease table's
 * @param stream the stream's name
 * @param workerId who this worker is among others
 * @param kinesis where the stream is
 * @param dynamoDb where the leases are
 * @param cloudWatch where KCL's own metrics go
 * @param retrieval how KCL reads
 * @param leaseTable what the lease table is like
 * @param sharing how shards are spread over workers
 * @param initialPosition where a new application begins
 * @param customizer what else the user changes
 */
record KclSettings(
        String application,
        String stream,
        String workerId,
        KinesisAsyncClient kinesis,
        DynamoDbAsyncClient dynamoDb,
        CloudWatchAsyncClient cloudWatch,
        RetrievalMode retrieval,
        LeaseTable leaseTable,
        Sharing sharing,
        InitialPosition initialPosition,
        KclCustomizer customizer) {

    /**
     * The lease table, which KCL makes when it is not there.
     *
     * @param name usually the application's
     * @param billing what AWS bills
     * @param tags of a table that is made
     */
    record LeaseTable(String name, BillingMode billing, Map<String, String> tags) {}

    /**
     * How this worker takes part.
     *
     * @param maxLeases how many shards it takes at most
     * @param failoverTime after which others take the shards of one that is silent
     */
    record Sharing(int maxLeases, Duration failoverTime) {}
}
