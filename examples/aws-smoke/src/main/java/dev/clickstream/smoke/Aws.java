package dev.clickstream.smoke;

import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudwatch.CloudWatchAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * The account: the SDK's clients, and the region that they are of.
 *
 * @param region as the AWS CLI wants it
 * @param cloudWatch only because KCL wants to be given one; nothing is sent
 */
record Aws(
        String region,
        KinesisAsyncClient kinesis,
        DynamoDbAsyncClient dynamoDb,
        CloudWatchAsyncClient cloudWatch,
        S3Client s3)
        implements AutoCloseable {

    /** With the credentials that the SDK finds. */
    static Aws in(String region) {
        Region where = Region.of(region);
        return new Aws(
                region,
                KinesisAsyncClient.builder().region(where).build(),
                DynamoDbAsyncClient.builder().region(where).build(),
                CloudWatchAsyncClient.builder().region(where).build(),
                S3Client.builder().region(where).build());
    }

    @Override
    public void close() {
        kinesis.close();
        dynamoDb.close();
        cloudWatch.close();
        s3.close();
    }
}
