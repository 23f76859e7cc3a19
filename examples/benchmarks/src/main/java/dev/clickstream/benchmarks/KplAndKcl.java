package dev.clickstream.benchmarks;

import dev.clickstream.benchmarks.KclReader.Retrieval;
import dev.clickstream.local.aws.LocalAws;
import dev.clickstream.local.kinesis.LocalKinesis;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.services.kinesis.model.ScalingType;
import software.amazon.kinesis.producer.KinesisProducer;
import software.amazon.kinesis.producer.KinesisProducerConfiguration;
import software.amazon.kinesis.producer.UserRecordResult;

/**
 * The native KPL writes over TLS, KCL reads by polling and by enhanced fan-out, while the stream goes from 4 shards to 8
 * and back: every record must be seen by both readers, and only those twice that the KPL itself has sent twice.
 */
public final class KplAndKcl {

    private static final String STREAM = "peers";
    private static final int RECORDS = 100_000;
    private static final int RECORD_BYTES = 300;
    private static final int VISITORS = 5_000;
    private static final int OUTSTANDING = 10_000;
    private static final Duration GIVE_UP = Duration.ofMinutes(3);

    private KplAndKcl() {}

    /**
     * Runs it with the KPL's aggregation off, then on. Exit code 1 if a reader has not seen all.
     *
     * @param args none
     * @throws Exception if anything fails
     */
    public static void main(String[] args) throws Exception {
        boolean alone = run(false);
        boolean aggregated = run(true);
        System.exit(alone && aggregated ? 0 : 1);
    }

    private static boolean run(boolean aggregation) throws Exception {
        LocalKinesis.Builder kinesis = LocalKinesis.builder().stream(STREAM, 4).tls();
        try (LocalAws aws = LocalAws.builder().kinesis(kinesis).start();
                KclReader polling = new KclReader(aws.clients(), STREAM, Retrieval.POLLING, RECORDS);
                KclReader fanOut = new KclReader(aws.clients(), STREAM, Retrieval.FAN_OUT, RECORDS)) {
            long attempts = write(aws, aggregation);
            await(polling, fanOut);
            System.out.printf(
                    Locale.ROOT,
                    "aggregation %s: %,d records put, %,d attempts; polling saw %,d, %,d again; fan-out saw %,d, %,d again%n",
                    aggregation ? "on" : "off",
                    RECORDS,
                    attempts,
                    polling.distinct(),
                    polling.again(),
                    fanOut.distinct(),
                    fanOut.again());
            return polling.distinct() == RECORDS && fanOut.distinct() == RECORDS;
        }
    }

    /** How many attempts the KPL says it has made. */
    private static long write(LocalAws aws, boolean aggregation) throws Exception {
        KinesisProducer kpl = new KinesisProducer(configuration(aws, aggregation));
        ConcurrentLinkedQueue<Future<UserRecordResult>> results = new ConcurrentLinkedQueue<>();
        for (int i = 0; i < RECORDS; i++) {
            while (kpl.getOutstandingRecordsCount() > OUTSTANDING) {
                LockSupport.parkNanos(1_000_000);
            }
            if (i == RECORDS / 3) {
                scale(aws, 8);
            }
            if (i == RECORDS * 2 / 3) {
                scale(aws, 4);
            }
            results.add(kpl.addUserRecord(STREAM, "visitor-" + i % VISITORS, record(i)));
        }
        kpl.flushSync();
        long attempts = 0;
        for (Future<UserRecordResult> result : results) {
            attempts += result.get().getAttempts().size();
        }
        kpl.destroy();
        return attempts;
    }

    private static void scale(LocalAws aws, int shards) {
        aws.clients()
                .kinesis()
                .updateShardCount(
                        r -> r.streamName(STREAM).targetShardCount(shards).scalingType(ScalingType.UNIFORM_SCALING))
                .join();
    }

    private static ByteBuffer record(int number) {
        return ByteBuffer.wrap(new byte[RECORD_BYTES]).putInt(0, number);
    }

    private static KinesisProducerConfiguration configuration(LocalAws aws, boolean aggregation) {
        int port = aws.kinesis().tlsEndpoint().getPort();
        return new KinesisProducerConfiguration()
                .setRegion("us-east-1")
                .setCredentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "secret")))
                .setKinesisEndpoint("127.0.0.1")
                .setKinesisPort(port)
                .setCloudwatchEndpoint("127.0.0.1")
                .setCloudwatchPort(port)
                .setStsEndpoint("127.0.0.1")
                .setStsPort(port)
                .setVerifyCertificate(false)
                .setMetricsLevel("none")
                .setLogLevel("error")
                .setAggregationEnabled(aggregation)
                .setRecordTtl(120_000);
    }

    private static void await(KclReader... readers) {
        long begin = System.nanoTime();
        for (KclReader reader : readers) {
            while (reader.distinct() < RECORDS && System.nanoTime() - begin < GIVE_UP.toNanos() / 3) {
                LockSupport.parkNanos(50_000_000);
            }
        }
        // Anything that comes twice has come by now.
        LockSupport.parkNanos(2_000_000_000);
    }
}
