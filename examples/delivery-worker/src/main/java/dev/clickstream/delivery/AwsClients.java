package dev.clickstream.delivery;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudwatch.CloudWatchAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.s3.S3Client;

/** The SDK's clients, with the credentials and the region that the SDK finds, unless the region is set. */
final class AwsClients implements AutoCloseable {
    private final KinesisAsyncClient kinesis;
    private final DynamoDbAsyncClient dynamoDb;
    private final CloudWatchAsyncClient cloudWatch;
    private final S3Client s3;

    /** Makes them; a missing region is told as the setting that it is. */
    static AwsClients of(Settings.Aws aws) {
        try {
            return new AwsClients(aws);
        } catch (SdkClientException e) {
            throw new ConfigurationException("region: it is not set, and the AWS SDK finds none");
        }
    }

    AwsClients(Settings.Aws aws) {
        kinesis = of(KinesisAsyncClient.builder(), aws.region(), aws.kinesis()).build();
        dynamoDb =
                of(DynamoDbAsyncClient.builder(), aws.region(), aws.dynamoDb()).build();
        cloudWatch = of(CloudWatchAsyncClient.builder(), aws.region(), null).build();
        s3 = of(S3Client.builder(), aws.region(), aws.s3())
                .forcePathStyle(aws.s3() != null)
                .build();
    }

    private static <B extends AwsClientBuilder<B, ?>> B of(B builder, @Nullable String region, @Nullable URI endpoint) {
        if (region != null) {
            builder.region(Region.of(region));
        }
        if (endpoint != null) {
            builder.endpointOverride(endpoint);
        }
        return builder;
    }

    KinesisAsyncClient kinesis() {
        return kinesis;
    }

    DynamoDbAsyncClient dynamoDb() {
        return dynamoDb;
    }

    CloudWatchAsyncClient cloudWatch() {
        return cloudWatch;
    }

    S3Client s3() {
        return s3;
    }

    @Override
    public void close() {
        kinesis.close();
        dynamoDb.close();
        cloudWatch.close();
        s3.close();
    }
}
