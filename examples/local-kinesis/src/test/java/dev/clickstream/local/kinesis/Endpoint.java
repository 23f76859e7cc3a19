package dev.clickstream.local.kinesis;

import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import software.amazon.awssdk.services.kinesis.KinesisClient;

/** A fresh endpoint for each test, with one stream {@code clicks} and a client. */
final class Endpoint implements BeforeEachCallback, AfterEachCallback {

    private final int shards;
    private final ThroughputLimits limits;
    private final KinesisClock clock;
    private LocalKinesis kinesis;
    private KinesisClient client;

    /** Without write limits. */
    Endpoint(int shards) {
        this(shards, ThroughputLimits.OFF, new KinesisClock());
    }

    Endpoint(int shards, ThroughputLimits limits, KinesisClock clock) {
        this.shards = shards;
        this.limits = limits;
        this.clock = clock;
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        kinesis = LocalKinesis.builder().stream("clicks", shards)
                .throughputLimits(limits)
                .clock(clock)
                .start();
        client = Wire.with(KinesisClient.builder(), kinesis.endpoint()).build();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        client.close();
        kinesis.close();
    }

    LocalKinesis kinesis() {
        return kinesis;
    }

    KinesisClient client() {
        return client;
    }

    Calls clicks() {
        return new Calls(client, "clicks");
    }
}
