package dev.clickstream.local.aws;

import java.net.URI;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.http.nio.netty.SdkEventLoopGroup;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudwatch.CloudWatchAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * AWS SDK clients for the endpoints of a {@link LocalAws}, in its process or in another.
 *
 * <p>Thread-safe, as the SDK's clients are. Region {@code us-east-1}, made-up credentials, S3 in path style; nothing is
 * read from the user's AWS profile. The Kinesis client is the SDK's default (Netty, cleartext HTTP/2); the S3 client
 * uses Apache's HTTP client, as s3proxy loses connections with the JDK's.
 */
public final class LocalClients implements AutoCloseable {
    /** Nothing listens there; a KCL application without metrics never calls it. */
    private static final URI NOWHERE = URI.create("http://127.0.0.1:9");

    private static final StaticCredentialsProvider MADE_UP =
            StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local"));

    /** Long enough for what closing a client leaves to its threads. */
    private static final long QUIET_MILLIS = 100;

    private static final long CLOSE_MILLIS = 2_000;

    private final SdkEventLoopGroup loops = SdkEventLoopGroup.builder().build();
    private final KinesisAsyncClient kinesis;
    private final DynamoDbAsyncClient dynamoDb;
    private final CloudWatchAsyncClient cloudWatch;
    private final S3Client s3;

    private LocalClients(URI kinesisEndpoint, URI dynamoDbEndpoint, URI s3Endpoint) {
        kinesis = local(KinesisAsyncClient.builder(), kinesisEndpoint)
                .httpClientBuilder(netty())
                .build();
        dynamoDb = local(DynamoDbAsyncClient.builder(), dynamoDbEndpoint)
                .httpClientBuilder(netty())
                .build();
        cloudWatch = local(CloudWatchAsyncClient.builder(), NOWHERE)
                .httpClientBuilder(netty())
                .build();
        s3 = local(S3Client.builder(), s3Endpoint)
                .forcePathStyle(true)
                .httpClientBuilder(ApacheHttpClient.builder())
                .build();
    }

    /**
     * Makes clients for these endpoints, as {@link LocalAws} or its program gives them. Connects to nothing yet.
     *
     * @param kinesisEndpoint such as {@code http://127.0.0.1:4567}
     * @param dynamoDbEndpoint the same for DynamoDB
     * @param s3Endpoint the same for S3
     * @return new clients, to be closed by the caller
     */
    public static LocalClients of(URI kinesisEndpoint, URI dynamoDbEndpoint, URI s3Endpoint) {
        return new LocalClients(kinesisEndpoint, dynamoDbEndpoint, s3Endpoint);
    }

    /** As the SDK makes it by default, but for threads of our own: giving up the SDK's shared ones takes two seconds. */
    private NettyNioAsyncHttpClient.Builder netty() {
        return NettyNioAsyncHttpClient.builder().eventLoopGroup(loops);
    }

    private static <B extends AwsClientBuilder<B, ?>> B local(B builder, URI endpoint) {
        return builder.endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .credentialsProvider(MADE_UP)
                .overrideConfiguration(
                        o -> o.defaultProfileFile(ProfileFile.aggregator().build()));
    }

    /**
     * The client for Kinesis.
     *
     * @return always the same one
     */
    public KinesisAsyncClient kinesis() {
        return kinesis;
    }

    /**
     * The client for DynamoDB.
     *
     * @return always the same one
     */
    public DynamoDbAsyncClient dynamoDb() {
        return dynamoDb;
    }

    /**
     * A client for CloudWatch, which KCL wants to be given; there is no CloudWatch behind it, so every call of it
     * fails. Use KCL's {@code NullMetricsFactory}.
     *
     * @return always the same one
     */
    public CloudWatchAsyncClient cloudWatch() {
        return cloudWatch;
    }

    /**
     * The client for S3, synchronous.
     *
     * @return always the same one
     */
    public S3Client s3() {
        return s3;
    }

    /** Closes all of them. Calls that run fail. Again is harmless. */
    @Override
    public void close() {
        kinesis.close();
        dynamoDb.close();
        cloudWatch.close();
        s3.close();
        loops.eventLoopGroup()
                .shutdownGracefully(QUIET_MILLIS, CLOSE_MILLIS, TimeUnit.MILLISECONDS)
                .awaitUninterruptibly(CLOSE_MILLIS, TimeUnit.MILLISECONDS);
    }
}
