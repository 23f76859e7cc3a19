package dev.clickstream.benchmarks.delivery;

import static java.util.Objects.requireNonNull;

import dev.clickstream.local.aws.LocalAws;
import dev.clickstream.local.kinesis.LocalKinesis;
import dev.clickstream.local.kinesis.ThroughputLimits;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;

/** Kinesis without limits of throughput, DynamoDB and S3, in this process, and names that are new. Not thread-safe. */
final class Services implements AutoCloseable {

    private final LocalAws aws = LocalAws.builder()
            .kinesis(LocalKinesis.builder().throughputLimits(ThroughputLimits.OFF))
            .start();
    private int names;

    LocalAws aws() {
        return aws;
    }

    KinesisAsyncClient kinesis() {
        return aws.clients().kinesis();
    }

    String newName(String what) {
        return what + "-" + ++names;
    }

    String newStream(int shards) {
        String stream = newName("clicks");
        kinesis().createStream(c -> c.streamName(stream).shardCount(shards)).join();
        kinesis().waiter().waitUntilStreamExists(d -> d.streamName(stream)).join();
        return stream;
    }

    void deleteStream(String stream) {
        kinesis().deleteStream(d -> d.streamName(stream)).join();
    }

    String newBucket() {
        String bucket = newName("bucket");
        aws.clients().s3().createBucket(b -> b.bucket(bucket));
        return bucket;
    }

    Delivered delivered(String bucket) {
        return new Delivered(aws.directory().resolve(bucket));
    }

    /** How many leases of an application each worker holds. */
    Map<String, Integer> leases(String application) {
        Map<String, Integer> held = new TreeMap<>();
        aws.clients()
                .dynamoDb()
                .scan(r -> r.tableName(application)
                        .consistentRead(true)
                        .filterExpression("entityType = :lease and attribute_exists(leaseOwner)")
                        .expressionAttributeValues(Map.of(":lease", AttributeValue.fromS("LEASE"))))
                .join()
                .items()
                .forEach(lease ->
                        held.merge(requireNonNull(lease.get("leaseOwner")).s(), 1, Integer::sum));
        return held;
    }

    @Override
    public void close() {
        aws.close();
    }
}
