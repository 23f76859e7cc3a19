package dev.clickstream.local.kinesis;

import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Kinesis Data Streams on this machine: an endpoint over HTTP on loopback, with its streams in memory. Thread-safe.
 * Firehose's PutRecord, PutRecordBatch and DescribeDeliveryStream are answered on the same port.
 *
 * <p>Give {@link #endpoint()} to a client as its endpoint override, with any region and any credentials. HTTP/1.1 and
 * cleartext HTTP/2 are spoken on the same port, CBOR and JSON too, so every AWS SDK client works as it is built by
 * default. Other processes may use the endpoint as well. Operations that it does not offer answer {@code
 * UnknownOperationException}.
 *
 * <p>A shard takes 1,000 records and 1,048,576 bytes a second unless {@link ThroughputLimits#OFF} is chosen. Arrival times
 * come from {@link #clock()}.
 *
 * <pre>{@code
 * try (LocalKinesis kinesis = LocalKinesis.start()) {
 *     KinesisAsyncClient client = KinesisAsyncClient.builder()
 *             .endpointOverride(kinesis.endpoint())
 *             ...
 * }
 * }</pre>
 */
public final class LocalKinesis implements AutoCloseable {

    private final KinesisClock clock;
    private final Service service;
    private final @Nullable SelfSignedCertificate certificate;
    private final HttpServer server;

    private LocalKinesis(Builder builder) {
        this.clock = builder.clock == null ? new KinesisClock() : builder.clock;
        Account account = new Account(builder.throughputLimits, clock);
        builder.streams.forEach(account::create);
        this.service = new Service(
                account,
                builder.deliveryStreams.stream()
                        .map(name -> new DeliveryStream(name, builder.throughputLimits, clock))
                        .toList());
        this.certificate = builder.tls ? SelfSignedCertificate.create() : null;
        this.server = HttpServer.start(builder.port, service, certificate == null ? null : Tls.context(certificate));
    }

    /**
     * Starts an endpoint with all defaults, on a free port.
     *
     * @return the endpoint, ready for requests; the caller closes it
     */
    public static LocalKinesis start() {
        return builder().start();
    }

    /**
     * A builder with all defaults.
     *
     * @return a new builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Where the endpoint listens.
     *
     * @return such as {@code http://127.0.0.1:41234}
     */
    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.address().getPort());
    }

    /**
     * Where the endpoint listens for those who speak TLS only, such as the KPL.
     *
     * @return such as {@code https://127.0.0.1:41234}, the port of {@link #endpoint()}
     * @throws IllegalStateException if TLS was not asked for
     */
    public URI tlsEndpoint() {
        certificate("tlsEndpoint");
        return URI.create("https://127.0.0.1:" + server.address().getPort());
    }

    /**
     * The endpoint's certificate, self-signed, for {@code localhost} and {@code 127.0.0.1}: for a client's trust store.
     *
     * @return a file in PEM; it goes away when the endpoint is closed
     * @throws IllegalStateException if TLS was not asked for
     */
    public Path certificateFile() {
        return certificate("certificateFile").file();
    }

    private SelfSignedCertificate certificate(String asked) {
        if (certificate == null) {
            throw new IllegalStateException(asked + " needs an endpoint that was built with tls()");
        }
        return certificate;
    }

    /**
     * The clock that gives records their arrival time.
     *
     * @return the same one for the endpoint's whole life
     */
    public KinesisClock clock() {
        return clock;
    }

    /**
     * Misbehaves from now on as these faults say; replaces those that were set before. Without faults it behaves again.
     * Requests under way may meet the old or the new ones.
     *
     * @param seed decides which calls a fault with a probability or a share meets
     * @param faults all of them; of several that end a call, the first decides how
     */
    public void faults(long seed, Fault... faults) {
        service.faults().set(seed, List.of(faults));
    }

    /**
     * How many calls, or entries of calls, each fault has met since it was set: a test that wants a fault to happen can
     * see that it did.
     *
     * @return one number for each fault, in the order in which they were set
     */
    public List<Long> faultsMet() {
        return service.faults().met().stream().map(Faults.Met::times).toList();
    }

    /**
     * What was called since the endpoint started, by action and stream.
     *
     * @return sorted by action, then resource
     */
    public List<RecordedCalls> calls() {
        return service.recorder().calls();
    }

    /**
     * What a delivery stream was given, in the order of arrival.
     *
     * @param deliveryStream its name
     * @return a copy
     * @throws IllegalArgumentException if there is none of that name
     */
    public List<byte[]> deliveredRecords(String deliveryStream) {
        DeliveryStream stream = service.deliveryStreams().get(deliveryStream);
        if (stream == null) {
            throw new IllegalArgumentException("no delivery stream " + deliveryStream + "; there are "
                    + new TreeSet<>(service.deliveryStreams().keySet()));
        }
        return stream.records();
    }

    /** Closes the port and all connections and forgets all streams; a request under way may be cut off. Idempotent. */
    @Override
    public void close() {
        server.close();
        if (certificate != null) {
            certificate.close();
        }
    }

    @Override
    public String toString() {
        return "LocalKinesis[" + endpoint() + "]";
    }

    /** How the endpoint is to be. Not thread-safe. */
    public static final class Builder {

        private int port;
        private @Nullable KinesisClock clock;
        private ThroughputLimits throughputLimits = ThroughputLimits.ENFORCED;
        private final Map<String, Integer> streams = new LinkedHashMap<>();
        private final Set<String> deliveryStreams = new LinkedHashSet<>();

        private boolean tls;

        private Builder() {}

        /**
         * The port on loopback. Default 0: any free one.
         *
         * @param port 0 to 65535
         * @return this
         */
        public Builder port(int port) {
            if (port < 0 || port > 65_535) {
                throw new IllegalArgumentException("port must be 0 to 65535, was " + port);
            }
            this.port = port;
            return this;
        }

        /**
         * Speaks TLS too, on the same port, with a certificate of its own: see {@link LocalKinesis#certificateFile()}.
         * Making it takes about a second. Default: no TLS.
         *
         * @return this
         */
        public Builder tls() {
            this.tls = true;
            return this;
        }

        /**
         * A stream that is there from the start. Default: none.
         *
         * @param name 1 to 128 of letters, digits, {@code _ . -}
         * @param shards 1 or more
         * @return this
         */
        public Builder stream(String name, int shards) {
            if (!name.matches("[a-zA-Z0-9_.-]{1,128}")) {
                throw new IllegalArgumentException("a stream's name is 1 to 128 of letters, digits, _ . -");
            }
            if (shards < 1) {
                throw new IllegalArgumentException("stream " + name + " must have 1 shard or more, was " + shards);
            }
            streams.put(name, shards);
            return this;
        }

        /**
         * A Firehose stream that takes records by direct put and keeps them in memory. Default: none.
         *
         * @param name 1 to 64 of letters, digits, {@code _ . -}
         * @return this
         */
        public Builder deliveryStream(String name) {
            if (!name.matches("[a-zA-Z0-9_.-]{1,64}")) {
                throw new IllegalArgumentException("a delivery stream's name is 1 to 64 of letters, digits, _ . -");
            }
            deliveryStreams.add(name);
            return this;
        }

        /**
         * Whether shards take no more than real ones. Default {@link ThroughputLimits#ENFORCED}.
         *
         * @param limits the choice
         * @return this
         */
        public Builder throughputLimits(ThroughputLimits limits) {
            this.throughputLimits = Objects.requireNonNull(limits, "limits");
            return this;
        }

        /**
         * Starts an endpoint. Can be called again for another one.
         *
         * @return the endpoint, ready for requests; the caller closes it
         * @throws java.io.UncheckedIOException if the port is taken
         */
        public LocalKinesis start() {
            return new LocalKinesis(this);
        }

        /**
         * A clock to use, for instance one shared between endpoints. Default: one of its own that follows the system.
         *
         * @param clock the clock
         * @return this
         */
        public Builder clock(KinesisClock clock) {
            this.clock = Objects.requireNonNull(clock, "clock");
            return this;
        }
    }
}
