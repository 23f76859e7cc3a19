package dev.clickstream.local.kinesis.conformance;

import dev.clickstream.local.kinesis.LocalKinesis;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.lang.reflect.Method;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpConfigurationOption;
import software.amazon.awssdk.http.SdkHttpService;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.http.nio.netty.SdkEventLoopGroup;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.utils.AttributeMap;

/**
 * Runs a class's cases on the subject: a LocalKinesis with all defaults, started for the whole run, or, if the system
 * property {@code conformance.endpoint} is set, the kinesis-local that listens there. What is listed in {@link
 * Differences} must fail as it is listed, everything else must pass.
 */
final class Conformance implements BeforeAllCallback, InvocationInterceptor {

    private static final Logger log = LoggerFactory.getLogger(Conformance.class);
    private static final String ENDPOINT = System.getProperty("conformance.endpoint", "");

    private static final SdkEventLoopGroup THREADS =
            SdkEventLoopGroup.create(new NioEventLoopGroup(1, new DefaultThreadFactory("fan-out", true)));

    private Connection connection;

    /** The subject for a whole run. */
    private record Connection(Optional<LocalKinesis> ours, URI endpoint, KinesisClient client, Tally tally)
            implements AutoCloseable {

        static Connection open() {
            if (!ENDPOINT.isEmpty()) {
                return open(Optional.empty(), URI.create(ENDPOINT));
            }
            LocalKinesis kinesis = LocalKinesis.start();
            return open(Optional.of(kinesis), kinesis.endpoint());
        }

        private static Connection open(Optional<LocalKinesis> ours, URI endpoint) {
            KinesisClient client = with(KinesisClient.builder(), endpoint)
                    .httpClient(patientHttp())
                    .build();
            return new Connection(ours, endpoint, client, new Tally());
        }

        /** Ten megabytes can take kinesis-local longer than the ten seconds that a Kinesis client waits by default. */
        private static SdkHttpClient patientHttp() {
            return ServiceLoader.load(SdkHttpService.class)
                    .findFirst()
                    .orElseThrow()
                    .createHttpClientBuilder()
                    .buildWithDefaults(AttributeMap.builder()
                            .put(SdkHttpConfigurationOption.READ_TIMEOUT, Duration.ofMinutes(1))
                            .build());
        }

        @Override
        public void close() {
            client.close();
            ours.ifPresent(LocalKinesis::close);
            log.info("{}: {}", subject(), tally);
        }
    }

    /** How a run went. */
    private static final class Tally {
        private final AtomicInteger asAws = new AtomicInteger();
        private final AtomicInteger asListed = new AtomicInteger();

        @Override
        public String toString() {
            return asAws + " cases answered as AWS does, " + asListed + " otherwise, as listed";
        }
    }

    private static <B extends AwsClientBuilder<B, ?>> B with(B builder, URI endpoint) {
        return builder.endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "secret")))
                .overrideConfiguration(o -> o.retryStrategy(DefaultRetryStrategy.doNotRetry()));
    }

    static Subject subject() {
        return ENDPOINT.isEmpty() ? Subject.LOCAL_KINESIS : Subject.KINESIS_LOCAL;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        connection = context.getRoot()
                .getStore(Namespace.create(Conformance.class))
                .getOrComputeIfAbsent("connection", key -> Connection.open(), Connection.class);
    }

    @Override
    public void interceptTestMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        judge(invocation, method.getExecutable());
    }

    @Override
    public void interceptTestTemplateMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        judge(invocation, method.getExecutable());
    }

    private void judge(Invocation<Void> invocation, Method method) throws Throwable {
        String testCase = method.getDeclaringClass().getSimpleName() + "." + method.getName();
        Optional<Difference> known = Differences.of(subject(), testCase);
        if (known.isEmpty()) {
            invocation.proceed();
            connection.tally().asAws.incrementAndGet();
        } else {
            known.get().confirm(testCase, invocation::proceed);
            connection.tally().asListed.incrementAndGet();
        }
    }

    URI endpoint() {
        return connection.endpoint();
    }

    KinesisClient client() {
        return connection.client();
    }

    /** A new client as it is by default, but with threads that need not be waited for; the caller closes it. */
    KinesisAsyncClient asyncClient() {
        return with(KinesisAsyncClient.builder(), endpoint())
                .httpClientBuilder(NettyNioAsyncHttpClient.builder().eventLoopGroup(THREADS))
                .build();
    }

    static String freshName() {
        return "conformance-" + UUID.randomUUID().toString().substring(0, 8);
    }

    /** A new stream, active. */
    TestStream stream(int shards) {
        return stream(freshName(), shards);
    }

    private TestStream stream(String name, int shards) {
        TestStream stream = new TestStream(client(), name);
        client().createStream(r -> r.streamName(name).shardCount(shards));
        stream.awaitActive();
        return stream;
    }

    /** New streams of one shard, active, in the order of their names. */
    List<TestStream> streams(int count) {
        String prefix = freshName();
        return IntStream.range(0, count)
                .mapToObj(i -> stream(prefix + "-" + i, 1))
                .toList();
    }
}
