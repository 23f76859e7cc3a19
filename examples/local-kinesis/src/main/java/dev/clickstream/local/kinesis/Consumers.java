package dev.clickstream.local.kinesis;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A stream's registered consumers, and which of them is subscribed to which shard. Thread-safe. */
final class Consumers {

    static final int MAX = 20;

    /** Kinesis API reference, SubscribeToShard: sooner after a successful call another one is refused. */
    static final Duration TAKEN_OVER_AFTER = Duration.ofSeconds(5);

    /** Who is subscribed to a shard. */
    interface Subscriber {

        /** How long, on the elapsed clock. */
        Duration age();

        /** Ends it with an error that its reader is to see. Must not block. */
        void end(ApiException reason);
    }

    private final String streamName;
    private final String streamArn;
    private final KinesisClock clock;
    private final Object lock = new Object();
    private final TreeMap<String, StreamConsumer> byName = new TreeMap<>();
    private final Map<String, Subscriber> subscriptions = new HashMap<>();
    private long registered;

    Consumers(String streamName, String streamArn, KinesisClock clock) {
        this.streamName = streamName;
        this.streamArn = streamArn;
        this.clock = clock;
    }

    StreamConsumer register(String name) {
        synchronized (lock) {
            if (byName.containsKey(name)) {
                throw ApiException.resourceInUse("Consumer " + name + " under stream " + streamName
                        + " already exists for account " + Account.ID + ".");
            }
            if (byName.size() == MAX) {
                throw ApiException.of(
                        "LimitExceededException",
                        "This request would exceed the limit of " + MAX + " consumers for stream " + streamName
                                + " under account " + Account.ID + ".");
            }
            // The second of its creation as AWS has it, and a number, so that one registered again is another.
            String arn = streamArn + "/consumer/" + name + ":" + (clock.millis() / 1_000 + registered++);
            StreamConsumer consumer = new StreamConsumer(name, arn, streamArn, clock.millis());
            byName.put(name, consumer);
            return consumer;
        }
    }

    void deregister(StreamConsumer consumer) {
        synchronized (lock) {
            byName.remove(consumer.name(), consumer);
            subscriptions.entrySet().removeIf(entry -> {
                boolean ended = entry.getKey().startsWith(consumer.arn() + "/");
                if (ended) {
                    entry.getValue().end(notFound(consumer.arn()));
                }
                return ended;
            });
        }
    }

    StreamConsumer byName(String name) {
        synchronized (lock) {
            StreamConsumer consumer = byName.get(name);
            if (consumer == null) {
                throw notFound(name);
            }
            return consumer;
        }
    }

    @Nullable
    StreamConsumer byArn(String arn) {
        synchronized (lock) {
            return byName.values().stream()
                    .filter(consumer -> consumer.arn().equals(arn))
                    .findFirst()
                    .orElse(null);
        }
    }

    static ApiException notFound(String consumer) {
        return ApiException.resourceNotFound("Consumer " + consumer + " under account " + Account.ID + " not found.");
    }

    /** In the order of names. */
    List<StreamConsumer> all() {
        synchronized (lock) {
            return List.copyOf(byName.values());
        }
    }

    /** One subscription for a consumer and shard: a later one takes over, one that comes too soon is refused. */
    void subscribe(StreamConsumer consumer, Shard shard, Subscriber subscriber) {
        synchronized (lock) {
            if (!consumer.equals(byName.get(consumer.name()))) {
                throw notFound(consumer.arn());
            }
            String key = consumer.arn() + "/" + shard.id();
            Subscriber before = subscriptions.get(key);
            if (before != null) {
                if (before.age().compareTo(TAKEN_OVER_AFTER) < 0) {
                    throw inUse(consumer, shard);
                }
                before.end(inUse(consumer, shard));
            }
            subscriptions.put(key, subscriber);
        }
    }

    private static ApiException inUse(StreamConsumer consumer, Shard shard) {
        return ApiException.resourceInUse("Another active subscription exists for this consumer: " + Account.ID + ":"
                + consumer.name() + ", shard: " + shard.id());
    }

    /** When the stream is deleted. */
    void endAll() {
        synchronized (lock) {
            subscriptions
                    .values()
                    .forEach(subscriber -> subscriber.end(ApiException.resourceNotFound(
                            "Stream " + streamName + " under account " + Account.ID + " not found.")));
            subscriptions.clear();
            byName.clear();
        }
    }
}
