package dev.clickstream.local.kinesis.conformance;

import dev.clickstream.local.kinesis.LocalKinesis;
import java.lang.reflect.Method;
import java.net.URI;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.kinesis.KinesisClient;

/**
 * Runs a class's cases on the subject: a LocalKinesis with all defaults, started for the whole run, or, if the system
 * property {@code conformance.endpoint} is set, the kinesis-local that listens there. What is listed in {@link
 * Differences} must fail as it is listed, everything else must pass.
 */
final class Conformance implements BeforeAllCallback, InvocationInterceptor {

    private static final Logger log = LoggerFactory.getLogger(Conformance.class);
    private static final String ENDPOINT = System.getProperty("conformance.endpoint", "");

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
            KinesisClient client = KinesisClient.builder()
                    .endpointOverride(endpoint)
                    .region(Region.US_EAST_1)
                    .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "secret")))
                    .overrideConfiguration(o -> o.retryStrategy(DefaultRetryStrategy.doNotRetry()))
                    .build();
            return new Connection(ours, endpoint, client, new Tally());
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

    static String freshName() {
        return "conformance-" + UUID.randomUUID().toString().substring(0, 8);
    }

    /** A new stream, active. */
    TestStream stream(int shards) {
        TestStream stream = new TestStream(client(), freshName());
        client().createStream(r -> r.streamName(stream.name()).shardCount(shards));
        stream.awaitActive();
        return stream;
    }
}
