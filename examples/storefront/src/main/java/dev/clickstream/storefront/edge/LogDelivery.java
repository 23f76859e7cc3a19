package dev.clickstream.storefront.edge;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResultEntry;

/**
 * Puts log lines into the stream, in batches, under random partition keys. Thread-safe; owns one thread.
 *
 * <p>What CloudFront does when a stream throttles is not documented. This one loses nothing: what the stream refuses goes
 * again until it is taken, and who offers a line waits while {@value #CAPACITY} others do.
 */
public final class LogDelivery implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LogDelivery.class);
    private static final int CAPACITY = 100_000;
    private static final int MAX_RECORDS = 500;
    private static final long LINGER_MILLIS = 50;
    private static final Duration FIRST_BACKOFF = Duration.ofMillis(25);
    private static final int MOST_DOUBLINGS = 4;

    private final KinesisAsyncClient kinesis;
    private final String streamName;
    private final BlockingQueue<byte[]> waiting = new ArrayBlockingQueue<>(CAPACITY);
    private final AtomicLong offered = new AtomicLong();
    private final AtomicLong taken = new AtomicLong();
    private final Thread thread = new Thread(this::run, "edge-log");
    private volatile boolean closed;

    /**
     * Starts to deliver.
     *
     * @param kinesis the caller's, not closed
     * @param streamName where the lines go
     */
    public LogDelivery(KinesisAsyncClient kinesis, String streamName) {
        this.kinesis = kinesis;
        this.streamName = streamName;
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Takes a line over; waits while too many do.
     *
     * @param line not to be changed
     */
    public void offer(byte[] line) {
        offered.incrementAndGet();
        try {
            waiting.put(line);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * How many lines the stream has taken.
     *
     * @return since the start
     */
    public long taken() {
        return taken.get();
    }

    private void run() {
        List<byte[]> batch = new ArrayList<>();
        while (!closed || !waiting.isEmpty()) {
            fill(batch);
            putAll(batch);
            batch.clear();
        }
    }

    private void fill(List<byte[]> batch) {
        try {
            byte[] first = waiting.poll(LINGER_MILLIS, TimeUnit.MILLISECONDS);
            if (first != null) {
                batch.add(first);
                LockSupport.parkNanos(Duration.ofMillis(LINGER_MILLIS).toNanos());
                waiting.drainTo(batch, MAX_RECORDS - 1);
            }
        } catch (InterruptedException e) {
            // Only close() interrupts, when its time is over.
            closed = true;
            waiting.clear();
        }
    }

    private void putAll(List<byte[]> batch) {
        List<byte[]> rest = batch;
        for (int attempt = 0; !rest.isEmpty() && !Thread.currentThread().isInterrupted(); attempt++) {
            if (attempt > 0) {
                LockSupport.parkNanos(FIRST_BACKOFF.toNanos() << Math.min(attempt - 1, MOST_DOUBLINGS));
            }
            rest = put(rest);
        }
    }

    /** What the stream did not take. */
    private List<byte[]> put(List<byte[]> lines) {
        List<PutRecordsRequestEntry> entries =
                lines.stream().map(LogDelivery::entry).toList();
        List<PutRecordsResultEntry> results;
        try {
            results = kinesis.putRecords(put -> put.streamName(streamName).records(entries))
                    .join()
                    .records();
        } catch (CompletionException e) {
            // Whether it was written is unknown, or it surely was not: a copy too many is better than none.
            LOG.warn("{} log records go again: {}", lines.size(), String.valueOf(e.getCause()));
            return lines;
        }
        List<byte[]> refused = new ArrayList<>();
        for (int i = 0; i < results.size(); i++) {
            if (results.get(i).errorCode() != null) {
                refused.add(lines.get(i));
            }
        }
        taken.addAndGet(lines.size() - refused.size());
        return refused;
    }

    private static PutRecordsRequestEntry entry(byte[] line) {
        return PutRecordsRequestEntry.builder()
                .partitionKey(UUID.randomUUID().toString())
                .data(SdkBytes.fromByteArrayUnsafe(line))
                .build();
    }

    /** Puts what waits, for ten seconds at most; what is left then is lost, and said. */
    @Override
    public void close() {
        closed = true;
        try {
            thread.join(Duration.ofSeconds(10).toMillis());
            thread.interrupt();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        long lost = offered.get() - taken.get();
        if (lost > 0) {
            LOG.warn("{} log records were not taken by the stream", lost);
        }
    }
}
