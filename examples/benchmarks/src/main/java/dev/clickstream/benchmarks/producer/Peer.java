package dev.clickstream.benchmarks.producer;

import dev.clickstream.event.ClickEvent;
import dev.clickstream.producer.ClickstreamProducer;
import dev.clickstream.producer.DeliveryReport;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.SdkHttpConfigurationOption;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.utils.AttributeMap;
import software.amazon.kinesis.producer.KinesisProducer;
import software.amazon.kinesis.producer.KinesisProducerConfiguration;
import software.amazon.kinesis.producer.UserRecordResult;

/** What is compared; each over TLS, with its best settings. */
enum Peer {

    /** As it is built by default, without the pace of real shards. */
    OURS {
        @Override
        Sender open(URI endpoint) {
            KinesisAsyncClient client = client(endpoint);
            return (stream, events) -> {
                ClickstreamProducer producer = ClickstreamProducer.builder(client, stream)
                        .shardBytesPerSecond(Integer.MAX_VALUE)
                        .maxBlock(Duration.ofMinutes(1))
                        .build();
                for (ClickEvent event : events) {
                    var unused = producer.send(event);
                }
                DeliveryReport report = producer.close(Duration.ofMinutes(2));
                check(report.delivered() == events.size(), report.toString());
            };
        }
    },

    /** Aggregation on, no limit of rate, 100 ms of buffering. */
    KPL {
        @Override
        Sender open(URI endpoint) {
            KinesisProducer kpl = new KinesisProducer(configuration(endpoint.getPort()));
            return (stream, events) -> {
                List<Future<UserRecordResult>> results = new ArrayList<>(events.size());
                for (ClickEvent event : events) {
                    while (kpl.getOutstandingRecordsCount() > OUTSTANDING) {
                        LockSupport.parkNanos(200_000);
                    }
                    results.add(kpl.addUserRecord(stream, visitor(event), ByteBuffer.wrap(event.toJson())));
                }
                kpl.flushSync();
                long delivered = results.stream().filter(Peer::isSuccessful).count();
                check(delivered == events.size(), delivered + " delivered");
            };
        }
    },

    /** One event per record, 500 records per request, four requests at a time; what fails goes again. */
    LOOP {
        @Override
        Sender open(URI endpoint) {
            KinesisAsyncClient client = client(endpoint);
            return (stream, events) -> {
                Semaphore inFlight = new Semaphore(REQUESTS);
                for (int from = 0; from < events.size(); from += BATCH) {
                    put(client, stream, records(events.subList(from, Math.min(events.size(), from + BATCH))), inFlight);
                }
                inFlight.acquireUninterruptibly(REQUESTS);
            };
        }
    };

    /** Sends to a stream, and returns when all events are acknowledged. */
    interface Sender {
        void send(String stream, List<ClickEvent> events);
    }

    private static final int OUTSTANDING = 20_000;
    private static final int BATCH = 500;
    private static final int REQUESTS = 4;

    abstract Sender open(URI endpoint);

    private static List<PutRecordsRequestEntry> records(List<ClickEvent> events) {
        return events.stream()
                .map(event -> PutRecordsRequestEntry.builder()
                        .partitionKey(visitor(event))
                        .data(SdkBytes.fromByteArrayUnsafe(event.toJson()))
                        .build())
                .toList();
    }

    /** The permit is given back when nothing of the request is left to be sent. */
    private static void put(
            KinesisAsyncClient client, String stream, List<PutRecordsRequestEntry> records, Semaphore inFlight) {
        inFlight.acquireUninterruptibly();
        var unused = putAll(client, stream, records).whenComplete((done, error) -> inFlight.release());
    }

    private static CompletableFuture<Void> putAll(
            KinesisAsyncClient client, String stream, List<PutRecordsRequestEntry> records) {
        return client.putRecords(r -> r.streamName(stream).records(records)).thenCompose(response -> {
            List<PutRecordsRequestEntry> again = new ArrayList<>();
            for (int i = 0; i < records.size(); i++) {
                if (response.records().get(i).errorCode() != null) {
                    again.add(records.get(i));
                }
            }
            return again.isEmpty() ? CompletableFuture.completedFuture(null) : putAll(client, stream, again);
        });
    }

    private static boolean isSuccessful(Future<UserRecordResult> result) {
        try {
            return result.get().isSuccessful();
        } catch (InterruptedException | ExecutionException e) {
            return false;
        }
    }

    private static void check(boolean holds, String message) {
        if (!holds) {
            throw new IllegalStateException(message);
        }
    }

    private static String visitor(ClickEvent event) {
        return Objects.requireNonNull(event.userPseudoId());
    }

    private static KinesisAsyncClient client(URI endpoint) {
        AttributeMap trusting = AttributeMap.builder()
                .put(SdkHttpConfigurationOption.TRUST_ALL_CERTIFICATES, true)
                .build();
        return KinesisAsyncClient.builder()
                .endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .credentialsProvider(credentials())
                .httpClient(NettyNioAsyncHttpClient.builder().buildWithDefaults(trusting))
                .build();
    }

    private static StaticCredentialsProvider credentials() {
        return StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "secret"));
    }

    private static KinesisProducerConfiguration configuration(int port) {
        return new KinesisProducerConfiguration()
                .setRegion("us-east-1")
                .setCredentialsProvider(credentials())
                .setKinesisEndpoint("127.0.0.1")
                .setKinesisPort(port)
                .setCloudwatchEndpoint("127.0.0.1")
                .setCloudwatchPort(port)
                .setStsEndpoint("127.0.0.1")
                .setStsPort(port)
                .setVerifyCertificate(false)
                .setMetricsLevel("none")
                .setLogLevel("error")
                .setRateLimit(Long.MAX_VALUE)
                .setRecordTtl(120_000);
    }
}
