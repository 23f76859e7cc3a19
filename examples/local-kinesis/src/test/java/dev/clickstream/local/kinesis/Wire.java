package dev.clickstream.local.kinesis;

import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.SdkSystemSetting;
import software.amazon.awssdk.http.Protocol;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.http.nio.netty.SdkEventLoopGroup;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/** The ways in which SDK clients speak: a connection's protocol times a body's form. */
enum Wire {
    HTTP2_CBOR(Codec.CBOR, Connection.HTTP2),
    HTTP2_JSON(Codec.JSON, Connection.HTTP2),
    HTTP1_CBOR(Codec.CBOR, Connection.HTTP1_SYNC),
    HTTP1_JSON(Codec.JSON, Connection.HTTP1_SYNC),
    HTTP1_NETTY(Codec.CBOR, Connection.HTTP1_ASYNC);

    private enum Connection {
        /** As a KinesisAsyncClient is built by default. */
        HTTP2,
        HTTP1_ASYNC,
        /** As a KinesisClient is built by default: Apache's client. */
        HTTP1_SYNC
    }

    /** A client's own threads take two seconds to stop. */
    private static final SdkEventLoopGroup THREADS =
            SdkEventLoopGroup.create(new NioEventLoopGroup(2, new DefaultThreadFactory("sdk-client", true)));

    private final Codec codec;
    private final Connection connection;

    Wire(Codec codec, Connection connection) {
        this.codec = codec;
        this.connection = connection;
    }

    Api connect(URI endpoint) {
        // Read once, when a client is built.
        System.setProperty(SdkSystemSetting.CBOR_ENABLED.property(), Boolean.toString(codec == Codec.CBOR));
        try {
            return switch (connection) {
                case HTTP1_SYNC ->
                    new Api(with(KinesisClient.builder(), endpoint).build());
                case HTTP2 ->
                    new Api(with(KinesisAsyncClient.builder(), endpoint)
                            .httpClientBuilder(netty())
                            .build());
                case HTTP1_ASYNC ->
                    new Api(with(KinesisAsyncClient.builder(), endpoint)
                            .httpClientBuilder(netty().protocol(Protocol.HTTP1_1))
                            .build());
            };
        } finally {
            System.clearProperty(SdkSystemSetting.CBOR_ENABLED.property());
        }
    }

    static NettyNioAsyncHttpClient.Builder netty() {
        return NettyNioAsyncHttpClient.builder().eventLoopGroup(THREADS);
    }

    static <B extends AwsClientBuilder<B, ?>> B with(B builder, URI endpoint) {
        return builder.endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "secret")))
                .overrideConfiguration(o -> o.retryStrategy(DefaultRetryStrategy.doNotRetry()));
    }

    /** One face for the sync and the async client. */
    static final class Api implements AutoCloseable {

        private final SdkAutoCloseable client;

        private Api(SdkAutoCloseable client) {
            this.client = client;
        }

        <R> R call(
                Function<KinesisClient, R> sync, Function<KinesisAsyncClient, ? extends CompletableFuture<R>> async) {
            if (client instanceof KinesisClient blocking) {
                return sync.apply(blocking);
            }
            try {
                return async.apply((KinesisAsyncClient) client).join();
            } catch (CompletionException e) {
                throw e.getCause() instanceof RuntimeException cause ? cause : e;
            }
        }

        @Override
        public void close() {
            client.close();
        }
    }
}
