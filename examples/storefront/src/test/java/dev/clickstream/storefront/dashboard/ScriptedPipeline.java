package dev.clickstream.storefront.dashboard;

import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** A pipeline that says what it is told to say, and remembers which switches are on. Thread-safe. */
final class ScriptedPipeline implements Pipeline {
    private static final BigInteger KEYS = BigInteger.TWO.pow(128);

    final Map<String, Long> expected = new ConcurrentHashMap<>();
    final Map<String, Long> results = new ConcurrentHashMap<>();
    final Map<String, Long> reasons = new ConcurrentHashMap<>();
    final Map<String, Boolean> on = new ConcurrentHashMap<>();
    volatile List<String> health = List.of();
    volatile List<ShardView> shards = List.of(shard(0, 0, 0.5, true, 0), shard(1, 0.5, 1, true, 3));

    private final Path lake;

    ScriptedPipeline(Path lake) {
        this.lake = lake;
    }

    static ShardView shard(int number, double from, double to, boolean open, long waiting) {
        return new ShardView(
                String.format("shardId-%012d", number),
                key(from).toString(),
                key(to).subtract(BigInteger.ONE).toString(),
                open,
                waiting);
    }

    private static BigInteger key(double share) {
        return KEYS.multiply(BigInteger.valueOf((long) (share * 1024))).divide(BigInteger.valueOf(1024));
    }

    @Override
    public Path lake() {
        return lake;
    }

    @Override
    public Optional<URI> shop() {
        return Optional.of(URI.create("http://127.0.0.1:8080/"));
    }

    @Override
    public Map<String, Long> expectedEvents() {
        return Map.copyOf(expected);
    }

    @Override
    public Map<String, Long> workerResults() {
        return Map.copyOf(results);
    }

    @Override
    public Map<String, Long> reasons() {
        return Map.copyOf(reasons);
    }

    @Override
    public List<String> workerHealth() {
        return health;
    }

    @Override
    public List<ShardView> shards() {
        return shards;
    }

    @Override
    public List<Switch> switches() {
        List<Switch> switches = new ArrayList<>();
        switches.add(one("visitors", "Visitors", "Ten made-up visitors look around and buy.", false));
        switches.add(
                one("throttle", "Throttle the stream", "Every third put is refused; the senders try again.", false));
        switches.add(one("split", "Split a shard", "The widest shard becomes two.", true));
        switches.add(one("freeze", "Freeze the worker", "Records wait in the stream.", false));
        switches.add(one("s3", "S3 down", "Nothing can be written; the worker tries again.", false));
        return switches;
    }

    private Switch one(String name, String label, String help, boolean once) {
        return new Switch(name, label, help, once, on.getOrDefault(name, false));
    }

    @Override
    public void set(String name, boolean isOn) {
        if (switches().stream().noneMatch(one -> one.name().equals(name))) {
            throw new IllegalArgumentException("there is no switch " + name);
        }
        on.put(name, isOn);
    }
}
