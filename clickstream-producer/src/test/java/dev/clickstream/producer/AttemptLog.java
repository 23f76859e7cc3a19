package dev.clickstream.producer;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequest;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResponse;

/** Sees every PutRecords of a client, beside the producer: what was left unclear, and how much was on its way. */
final class AttemptLog implements ExecutionInterceptor {

    private record Attempt(long began, List<Transport.Entry> entries) {

        static Attempt of(PutRecordsRequest request) {
            return new Attempt(
                    System.nanoTime(),
                    request.records().stream().map(AttemptLog::entry).toList());
        }
    }

    private static final ExecutionAttribute<Object> ID = new ExecutionAttribute<>("Id");

    private final long timeout;
    private final Set<Transport.Entry> unclear = new HashSet<>();
    private final Map<Object, Attempt> open = new HashMap<>();
    private long mostBytesOnTheirWay;

    AttemptLog(Duration requestTimeout) {
        this.timeout = requestTimeout.toNanos();
    }

    @Override
    public synchronized void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
        if (context.request() instanceof PutRecordsRequest request) {
            Object id = new Object();
            attributes.putAttribute(ID, id);
            Attempt attempt = Attempt.of(request);
            open.put(id, attempt);
            mostBytesOnTheirWay = Math.max(mostBytesOnTheirWay, bytesOnTheirWay(attempt.began()));
        }
    }

    /**
     * The SDK says nothing of those that it gives up at their timeout. On a busy machine it comes to a request long after
     * the producer has, so that what is half as old may have been given up already.
     */
    private long bytesOnTheirWay(long now) {
        return open.values().stream()
                .filter(attempt -> now - attempt.began() < timeout / 2)
                .flatMap(attempt -> attempt.entries().stream())
                .mapToLong(Transport.Entry::sizeBytes)
                .sum();
    }

    @Override
    public synchronized void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
        if (context.response() instanceof PutRecordsResponse response) {
            Attempt attempt = open.remove(attributes.getAttribute(ID));
            // An answer near the timeout may be too late for the producer.
            boolean late = System.nanoTime() - attempt.began() > timeout * 3 / 4;
            for (int i = 0; i < attempt.entries().size(); i++) {
                if (late || "InternalFailure".equals(response.records().get(i).errorCode())) {
                    unclear.add(attempt.entries().get(i));
                }
            }
        }
    }

    @Override
    public synchronized void onExecutionFailure(Context.FailedExecution context, ExecutionAttributes attributes) {
        if (context.request() instanceof PutRecordsRequest) {
            Attempt attempt = open.remove(attributes.getAttribute(ID));
            boolean clear = context.exception() instanceof AwsServiceException e && e.statusCode() < 500;
            if (!clear) {
                unclear.addAll(attempt.entries());
            }
        }
    }

    private static Transport.Entry entry(PutRecordsRequestEntry entry) {
        return new Transport.Entry(
                entry.partitionKey(), entry.explicitHashKey(), entry.data().asByteArrayUnsafe());
    }

    /** Events of which some record may have been written without a timely answer that says so. */
    synchronized Set<Long> unclear() {
        List<Transport.Entry> all = new ArrayList<>(unclear);
        open.values().forEach(attempt -> all.addAll(attempt.entries()));
        return HostileShards.sequences(all);
    }

    synchronized long mostBytesOnTheirWay() {
        return mostBytesOnTheirWay;
    }
}
