package dev.clickstream.consumer;

import static java.util.Objects.requireNonNull;

import dev.clickstream.event.ClickEvent;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResultEntry;

/**
 * Sends records to a stream again that could not be processed, such as an {@code ErrorReader} gives: each at least once.
 * A record that the stream has twice is told by its {@code event_id}, or its {@code x-edge-request-id}.
 *
 * <p>The partition key is the visitor's when the bytes are a click event's JSON, as the producer's own; and a random
 * UUID otherwise, as CloudFront's records have it. No order is kept: what failed comes after what did not. Not
 * thread-safe. The client is the caller's; its own retries stay on.
 */
public final class Redrive {
    private static final Logger LOG = LoggerFactory.getLogger(Redrive.class);

    /** Kinesis API reference, PutRecords. */
    private static final int MAX_ENTRIES = 500;

    /** Half of what PutRecords takes, which is the whole of what it took until 2025. */
    private static final int MAX_REQUEST_BYTES = 5 * 1024 * 1024;

    private static final int MAX_KEY_BYTES = 1024;
    private static final RetryPolicy PAUSES = new RetryPolicy(Duration.ofMillis(100), Duration.ofSeconds(5));
    private static final int SERVER_FAILURE = 500;

    /** What every stream takes, the key included. */
    private static final int USUAL_BYTES = 1024 * 1024;

    /** A record that is larger than its stream allows. */
    private static final Set<String> ILL_FORMED = Set.of("ValidationException", "InvalidArgumentException");

    private final KinesisAsyncClient kinesis;
    private final String streamName;
    private final TimeSource time;
    private final Duration timeout;
    private final long begunNanos;
    private List<PutRecordsRequestEntry> waiting = new ArrayList<>();
    private int waitingBytes;
    private long sent;
    private long refused;

    private Redrive(KinesisAsyncClient kinesis, String streamName, Duration timeout, TimeSource time) {
        this.kinesis = requireNonNull(kinesis, "kinesis");
        this.streamName = requireNonNull(streamName, "streamName");
        this.timeout = requireNonNull(timeout, "timeout");
        this.time = time;
        this.begunNanos = time.nanoTime();
    }

    /**
     * One that has sent nothing yet.
     *
     * @param kinesis the caller's
     * @param streamName where records go
     * @param timeout how long all of it may take, from now on
     * @return a new one
     */
    public static Redrive to(KinesisAsyncClient kinesis, String streamName, Duration timeout) {
        return new Redrive(kinesis, streamName, timeout, TimeSource.SYSTEM);
    }

    static Redrive to(KinesisAsyncClient kinesis, String streamName, Duration timeout, TimeSource time) {
        return new Redrive(kinesis, streamName, timeout, time);
    }

    /**
     * Takes a record, and sends those that wait when a request is full. One of more than 1 MiB goes in a request of its
     * own, as a stream that does not take it refuses the whole request.
     *
     * @param data the record's bytes, not to be changed
     * @throws TimeoutException when time is up; what was not sent is not
     * @throws InterruptedException when the thread is interrupted
     */
    public void add(byte[] data) throws TimeoutException, InterruptedException {
        int bytes = data.length + MAX_KEY_BYTES;
        if (waiting.size() == MAX_ENTRIES || waitingBytes + bytes > MAX_REQUEST_BYTES || bytes > USUAL_BYTES) {
            flush();
        }
        waiting.add(PutRecordsRequestEntry.builder()
                .partitionKey(partitionKey(data))
                .data(SdkBytes.fromByteArrayUnsafe(data))
                .build());
        waitingBytes += bytes;
        if (bytes > USUAL_BYTES) {
            flush();
        }
    }

    private static String partitionKey(byte[] data) {
        if (data.length > 0 && data[0] == '{') {
            try {
                ClickEvent event = ClickEvent.fromJson(data);
                String pseudoId = event.userPseudoId();
                String visitor = pseudoId == null || pseudoId.isEmpty() ? event.userId() : pseudoId;
                if (visitor != null && !visitor.isEmpty()) {
                    return visitor;
                }
            } catch (IllegalArgumentException e) {
                // Some other JSON.
            }
        }
        return UUID.randomUUID().toString();
    }

    /**
     * Sends what waits, and what of it failed again, until the stream has it.
     *
     * @throws TimeoutException when time is up; what was not sent is not
     * @throws InterruptedException when the thread is interrupted
     */
    public void flush() throws TimeoutException, InterruptedException {
        int failures = 0;
        while (!waiting.isEmpty()) {
            if (failures > 0) {
                pause(failures);
            }
            long sentBefore = sent;
            Duration left = left();
            try {
                keepWhatFailed(kinesis.putRecords(r -> r.streamName(streamName)
                                .records(waiting)
                                .overrideConfiguration(c -> c.apiCallTimeout(left)))
                        .join());
            } catch (CompletionException e) {
                settle(e);
            }
            failures = sent > sentBefore ? 1 : failures + 1; // a stream that takes some is only slow
        }
        waitingBytes = 0;
    }

    private void pause(int failures) throws TimeoutException, InterruptedException {
        Duration pause = PAUSES.backoff(failures);
        Duration left = left();
        var unused = time.await(new CountDownLatch(1), pause.compareTo(left) < 0 ? pause : left);
    }

    private Duration left() throws TimeoutException {
        Duration left = timeout.minusNanos(time.nanoTime() - begunNanos);
        if (left.isNegative() || left.isZero()) {
            throw new TimeoutException(
                    waiting.size() + " records were not sent, or not known to be, within " + timeout);
        }
        return left;
    }

    private void keepWhatFailed(PutRecordsResponse answer) {
        List<PutRecordsRequestEntry> failed = new ArrayList<>();
        List<PutRecordsResultEntry> results = answer.records();
        for (int i = 0; i < results.size(); i++) {
            if (results.get(i).errorCode() == null) {
                sent++;
            } else {
                failed.add(waiting.get(i));
            }
        }
        waiting = failed;
    }

    /** The whole request failed: it goes again if that may help. */
    private void settle(CompletionException e) {
        if (e.getCause() instanceof AwsServiceException service && isRefusal(service)) {
            if (waiting.size() > 1 || !isIllFormed(service)) {
                throw service;
            }
            refused++;
            waiting = new ArrayList<>();
        } else if (e.getCause() instanceof SdkClientException client && !isNetwork(client)) {
            throw client; // no credentials, say
        } else {
            LOG.warn(
                    "{} records are sent again after {}",
                    waiting.size(),
                    e.getCause() == null ? e : e.getCause().getClass().getName());
        }
    }

    private static boolean isRefusal(AwsServiceException e) {
        return e.statusCode() < SERVER_FAILURE && !e.isThrottlingException();
    }

    private static boolean isIllFormed(AwsServiceException e) {
        return e.awsErrorDetails() != null
                && ILL_FORMED.contains(e.awsErrorDetails().errorCode());
    }

    private static boolean isNetwork(SdkClientException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException
                    || cause instanceof ApiCallTimeoutException
                    || cause instanceof ApiCallAttemptTimeoutException) {
                return true;
            }
        }
        return false;
    }

    /**
     * How many records the stream has taken.
     *
     * @return since it was made
     */
    public long sent() {
        return sent;
    }

    /**
     * How many records the stream does not take, as they are larger than it allows: they were passed over.
     *
     * @return since it was made
     */
    public long refused() {
        return refused;
    }
}
