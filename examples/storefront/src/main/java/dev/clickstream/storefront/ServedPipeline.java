package dev.clickstream.storefront;

import dev.clickstream.storefront.dashboard.Pipeline;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.kinesis.model.Shard;

/** The running pipeline as the dashboard sees it. Thread-safe. */
final class ServedPipeline implements Pipeline {

    private final Path lake;
    private final EventCounts expected;
    private final FreezableWorkers workers;
    private final Resharding stream;
    private final WatchedProducer producer;
    private final Switchboard switchboard;
    private volatile @Nullable URI shop;

    ServedPipeline(
            Path lake,
            EventCounts expected,
            FreezableWorkers workers,
            Resharding stream,
            WatchedProducer producer,
            Switchboard switchboard) {
        this.lake = lake;
        this.expected = expected;
        this.workers = workers;
        this.stream = stream;
        this.producer = producer;
        this.switchboard = switchboard;
    }

    @Override
    public Path lake() {
        return lake;
    }

    /** From now on the shop is to be found there; its pages lead to the dashboard, so it opens after that. */
    void shopOpened(URI address) {
        shop = address;
    }

    @Override
    public Optional<URI> shop() {
        return Optional.ofNullable(shop);
    }

    @Override
    public Map<String, Long> expectedEvents() {
        return expected.byName();
    }

    @Override
    public Map<String, Long> workerResults() {
        Tally tally = workers.tally();
        Map<String, Long> results = new LinkedHashMap<>();
        results.put("ok", tally.ok());
        results.put("dropped", tally.droppedTotal());
        results.put("failed", tally.failedTotal());
        return results;
    }

    @Override
    public Map<String, Long> reasons() {
        Tally tally = workers.tally();
        Map<String, Long> reasons = new TreeMap<>(tally.dropped());
        tally.failed().forEach((code, count) -> reasons.merge(code, count, Long::sum));
        return reasons;
    }

    @Override
    public List<String> workerHealth() {
        return workers.complaints();
    }

    @Override
    public List<ShardView> shards() {
        List<BigInteger> waiting = producer.waitingHashKeys();
        return stream.shards().stream().map(shard -> view(shard, waiting)).toList();
    }

    private static ShardView view(Shard shard, List<BigInteger> waiting) {
        BigInteger first = new BigInteger(shard.hashKeyRange().startingHashKey());
        BigInteger last = new BigInteger(shard.hashKeyRange().endingHashKey());
        boolean open = shard.sequenceNumberRange().endingSequenceNumber() == null;
        long inLane = waiting.stream()
                .filter(key -> open && key.compareTo(first) >= 0 && key.compareTo(last) <= 0)
                .count();
        return new ShardView(shard.shardId(), first.toString(), last.toString(), open, inLane);
    }

    @Override
    public List<Switch> switches() {
        return switchboard.shown();
    }

    @Override
    public void set(String name, boolean on) {
        switchboard.set(name, on);
    }
}
