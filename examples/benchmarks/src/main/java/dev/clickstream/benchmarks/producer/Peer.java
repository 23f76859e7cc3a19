package dev.clickstream.benchmarks.producer;

import com.google.common.util.concurrent.FutureCallback;
import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.MoreExecutors;
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
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.kinesis.producer.KinesisProducer;
import software.amazon.kinesis.producer.UserRecordResult;

/** What is compared; each over TLS, with its best settings. */
enum Peer {

    /** As it is built by default, without the pace of real shards. */
    OURS {
        @Override
        Connection connect(URI endpoint) {
            KinesisAsyncClient client = Clients.kinesis(endpoint);
            return (stream, expected) -> new Ours(client, stream, expected);
        }
    },

    /** Aggregation on, no limit of rate, 100 ms of buffering. */
    KPL {
        @Override
        Connection connect(URI endpoint) {
            KinesisProducer kpl = new KinesisProducer(Clients.kpl(endpoint.getPort()));
            return (stream, expected) -> new Kpl(kpl, stream, expected);
        }
    },

    /** One event per record, 500 records per request, four requests at a time; what fails goes again. */
    LOOP {
        @Override
        Connection connect(URI endpoint) {
            KinesisAsyncClient client = Clients.kinesis(endpoint);
            return (stream, expected) -> new Loop(client, stream);
        }
    };

    /** A warm client. */
    interface Connection {
        Session open(String stream, int expected);
    }

    /** What is sent to one stream. */
    interface Session {

        /** By one thread of several; returns when all is handed over. */
        void send(List<ClickEvent> events, Pacer pacer, Latencies latencies);

        /** Returns when all is acknowledged. */
        void finish();

        /** After that. */
        default void close() {}
    }

    abstract Connection connect(URI endpoint);

    private static final class Ours implements Session {
        private final ClickstreamProducer producer;
        private final int expected;

        Ours(KinesisAsyncClient client, String stream, int expected) {
            this.expected = expected;
            this.producer = ClickstreamProducer.builder(client, stream)
                    .shardBytesPerSecond(Integer.MAX_VALUE)
                    .maxBlock(Duration.ofMinutes(1))
                    .build();
        }

        @Override
        public void send(List<ClickEvent> events, Pacer pacer, Latencies latencies) {
            for (ClickEvent event : events) {
                pacer.await();
                int number = Latencies.number(event);
                latencies.begin(number);
                var unused = producer.send(event).thenRun(() -> latencies.end(number));
            }
        }

        @Override
        public void finish() {
            try {
                DeliveryReport report = producer.flush();
                check(report.delivered() == expected, report.toString());
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void close() {
            producer.close();
        }
    }

    private static final class Kpl implements Session {
        private static final int OUTSTANDING = 8_000;
        private final KinesisProducer kpl;
        private final String stream;
        private final int expected;
        private final AtomicInteger delivered = new AtomicInteger();

        Kpl(KinesisProducer kpl, String stream, int expected) {
            this.kpl = kpl;
            this.stream = stream;
            this.expected = expected;
        }

        @Override
        public void send(List<ClickEvent> events, Pacer pacer, Latencies latencies) {
            for (ClickEvent event : events) {
                pacer.await();
                while (kpl.getOutstandingRecordsCount() > OUTSTANDING) {
                    LockSupport.parkNanos(200_000);
                }
                int number = Latencies.number(event);
                latencies.begin(number);
                Futures.addCallback(
                        kpl.addUserRecord(stream, visitor(event), ByteBuffer.wrap(event.toJson())),
                        new FutureCallback<UserRecordResult>() {
                            @Override
                            public void onSuccess(@Nullable UserRecordResult result) {
                                latencies.end(number);
                                delivered.incrementAndGet();
                            }

                            @Override
                            public void onFailure(Throwable failure) {
                                // What is missing is counted in the end.
                            }
                        },
                        MoreExecutors.directExecutor());
            }
        }

        @Override
        public void finish() {
            kpl.flushSync();
            long until = System.nanoTime() + 10_000_000_000L; // its callbacks come a little later
            while (delivered.get() < expected && until - System.nanoTime() > 0) {
                LockSupport.parkNanos(1_000_000);
            }
            check(delivered.get() == expected, delivered + " delivered");
        }
    }

    private static final class Loop implements Session {
        private static final int BATCH = 500;
        private static final int REQUESTS = 4;
        private final KinesisAsyncClient client;
        private final String stream;
        private final Semaphore inFlight = new Semaphore(REQUESTS);

        Loop(KinesisAsyncClient client, String stream) {
            this.client = client;
            this.stream = stream;
        }

        @Override
        public void send(List<ClickEvent> events, Pacer pacer, Latencies latencies) {
            for (int from = 0; from < events.size(); from += BATCH) {
                List<ClickEvent> batch = events.subList(from, Math.min(events.size(), from + BATCH));
                List<PutRecordsRequestEntry> records = new ArrayList<>(batch.size());
                for (ClickEvent event : batch) {
                    pacer.await();
                    latencies.begin(Latencies.number(event));
                    records.add(record(event));
                }
                inFlight.acquireUninterruptibly();
                var unused = put(records).whenComplete((done, error) -> {
                    batch.forEach(event -> latencies.end(Latencies.number(event)));
                    inFlight.release();
                });
            }
        }

        private static PutRecordsRequestEntry record(ClickEvent event) {
            return PutRecordsRequestEntry.builder()
                    .partitionKey(visitor(event))
                    .data(SdkBytes.fromByteArrayUnsafe(event.toJson()))
                    .build();
        }

        private CompletableFuture<Void> put(List<PutRecordsRequestEntry> records) {
            return client.putRecords(r -> r.streamName(stream).records(records)).thenCompose(response -> {
                List<PutRecordsRequestEntry> again = new ArrayList<>();
                for (int i = 0; i < records.size(); i++) {
                    if (response.records().get(i).errorCode() != null) {
                        again.add(records.get(i));
                    }
                }
                return again.isEmpty() ? CompletableFuture.completedFuture(null) : put(again);
            });
        }

        @Override
        public void finish() {
            inFlight.acquireUninterruptibly(REQUESTS);
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
}
