package dev.clickstream.producer;

import dev.clickstream.producer.GuaranteesTest.Content;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A stream that does all that PutRecords may do, from a seed: late answers, throttled entries, entries taken in any
 * order, internal failures after writing or not, lost answers, requests that land long after they were given up, and
 * shards that are split and merged between requests and in the middle of one. Listing its shards may fail, be old, or
 * have gaps.
 */
final class HostileStream implements Transport, ShardSource {

    private record Step(long at, long number, Runnable what) {}

    final HostileShards shards;
    /** Records that may be written without a timely answer that says so. */
    final Set<Entry> unclear = new HashSet<>();

    private final Random random;
    private final Content content;
    private final double hostility;
    private final double resharding;
    private final PriorityQueue<Step> steps = new PriorityQueue<>(
            (a, b) -> a.at() == b.at() ? Long.compare(a.number(), b.number()) : Long.compare(a.at(), b.at()));
    private long now;
    private long stepNumber;
    long bytesOnTheirWay;
    long mostBytesOnTheirWay;

    HostileStream(Random random, Content content) {
        this.random = random;
        this.content = content;
        this.shards = new HostileShards(1 + random.nextInt(6), random);
        boolean nearlyGone = random.nextInt(4) == 0;
        this.hostility = nearlyGone ? 0.9 + random.nextDouble() / 10 : random.nextDouble() * 0.6;
        this.resharding = random.nextInt(4) == 0 ? 0 : random.nextDouble() * 0.1;
    }

    @Override
    public Limits limits() {
        return RecordingTransport.LIMITS;
    }

    @Override
    public @Nullable ShardSource shards() {
        return keepsOrder() ? this : null;
    }

    @Override
    public boolean keepsOrder() {
        return content != Content.LINES;
    }

    @Override
    public CompletableFuture<List<Shard>> list() {
        CompletableFuture<List<Shard>> answer = new CompletableFuture<>();
        List<Shard> picture = shards.list();
        if (random.nextDouble() < hostility / 4) {
            after(latency(), () -> answer.completeExceptionally(new IOException("reset")));
        } else if (random.nextDouble() < hostility / 4) {
            picture.remove(random.nextInt(picture.size()));
            after(latency(), () -> answer.complete(picture));
        } else {
            after(latency(), () -> answer.complete(picture));
        }
        return answer;
    }

    @Override
    public CompletableFuture<List<EntryResult>> send(List<Entry> entries) {
        if (content == Content.EVENT
                && entries.stream().map(Entry::partitionKey).distinct().count() < entries.size()) {
            throw new AssertionError("two records of a key in one request");
        }
        CompletableFuture<List<EntryResult>> answer = new CompletableFuture<>();
        int bytes = entries.stream().mapToInt(Entry::sizeBytes).sum();
        if (entries.size() > Workbench.MAX_RECORDS
                || (bytes > Workbench.MAX_BATCH_BYTES && entries.size() > 1)
                || bytes > limits().maxRecordBytes()) {
            throw new AssertionError(entries.size() + " entries of " + bytes + " bytes are more than fits");
        }
        bytesOnTheirWay += bytes;
        mostBytesOnTheirWay = Math.max(mostBytesOnTheirWay, bytesOnTheirWay);
        var unused = answer.whenComplete((results, error) -> bytesOnTheirWay -= bytes);
        plan(entries, answer);
        return answer;
    }

    private void plan(List<Entry> entries, CompletableFuture<List<EntryResult>> answer) {
        boolean whole = random.nextDouble() < hostility;
        int kind = whole ? random.nextInt(6) : -1;
        if (kind >= 2) {
            unclear.addAll(entries);
        }
        switch (kind) {
            case 0 -> after(latency(), () -> fail(answer, Failure.THROTTLED));
            case 1 -> after(latency(), () -> fail(answer, Failure.UNREACHABLE));
            case 2 -> after(latency(), () -> answer.completeExceptionally(new IOException("reset before it was read")));
            case 3 -> {
                after(latency(), () -> write(entries));
                after(latency() + millis(60), () -> answer.completeExceptionally(new IOException("reset after")));
            }
            case 4 -> after(millis(random.nextInt(12_000)), () -> write(entries)); // no answer, maybe very late
            case 5 -> {} // vanishes
            default -> {
                long latency = latency();
                if (latency >= Workbench.REQUEST_TIMEOUT.toNanos()) {
                    unclear.addAll(entries);
                }
                after(latency, () -> answer.complete(write(entries)));
            }
        }
    }

    private static void fail(CompletableFuture<List<EntryResult>> answer, Failure failure) {
        answer.completeExceptionally(new RequestFailedException(failure, failure.name(), new IOException()));
    }

    private List<EntryResult> write(List<Entry> entries) {
        List<Integer> order = new ArrayList<>();
        List<EntryResult> results = new ArrayList<>();
        for (int i = 0; i < entries.size(); i++) {
            order.add(i);
            results.add(null);
        }
        Collections.shuffle(order, random);
        order.forEach(i -> results.set(i, write(entries.get(i))));
        return results;
    }

    private EntryResult write(Entry entry) {
        if (random.nextDouble() < resharding) {
            shards.reshard();
        }
        double luck = random.nextDouble();
        if (luck < hostility / 2) {
            return new NotWritten(Failure.THROTTLED, "ProvisionedThroughputExceededException");
        }
        if (luck < hostility / 1.5) {
            unclear.add(entry);
            if (random.nextBoolean()) {
                shards.write(entry);
            }
            return new NotWritten(Failure.UNKNOWN, "InternalFailure");
        }
        return new Written(shards.write(entry));
    }

    private void after(long nanos, Runnable what) {
        steps.add(new Step(now + nanos, stepNumber++, what));
    }

    private long latency() {
        return millis(1 + random.nextInt(random.nextInt(10) == 0 ? 1_500 : 50));
    }

    private static long millis(int millis) {
        return Duration.ofMillis(millis).toNanos();
    }

    /** Lets time pass until this many nanoseconds since the start. */
    void advanceTo(long nanos) {
        while (!steps.isEmpty() && steps.element().at() <= nanos) {
            Step step = steps.remove();
            now = step.at();
            step.what().run();
        }
        now = nanos;
    }
}
