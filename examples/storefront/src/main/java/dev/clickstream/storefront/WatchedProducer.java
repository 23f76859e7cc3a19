package dev.clickstream.storefront;

import dev.clickstream.event.ClickEvent;
import dev.clickstream.producer.ClickstreamProducer;
import dev.clickstream.producer.DeliveryReport;
import dev.clickstream.producer.PartitionKeys;
import dev.clickstream.producer.ProducerHealth;
import dev.clickstream.producer.Receipt;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A producer of which is known what it was told, and which hash keys of the stream its waiting events go to. */
final class WatchedProducer implements ClickstreamProducer {

    private final ClickstreamProducer producer;
    private final EventCounts told;
    private final Collection<BigInteger> waiting = new ConcurrentLinkedQueue<>();

    /**
     * Watches.
     *
     * @param producer keyed by visitor; closed with this
     * @param told counts each event that is sent
     */
    WatchedProducer(ClickstreamProducer producer, EventCounts told) {
        this.producer = producer;
        this.told = told;
    }

    /** Counted before it is sent: nothing arrives that was not told. */
    @Override
    public CompletableFuture<Receipt> send(ClickEvent event) {
        BigInteger hashKey = count(event);
        return producer.send(event).whenComplete((receipt, failure) -> waiting.remove(hashKey));
    }

    @Override
    public Optional<CompletableFuture<Receipt>> trySend(ClickEvent event) {
        return producer.trySend(event).map(sent -> {
            BigInteger hashKey = count(event);
            return sent.whenComplete((receipt, failure) -> waiting.remove(hashKey));
        });
    }

    private BigInteger count(ClickEvent event) {
        BigInteger hashKey = hashKey(PartitionKeys.BY_VISITOR.of(event));
        told.add(event.eventName());
        waiting.add(hashKey);
        return hashKey;
    }

    /** Of the events that have not ended yet, in no order. */
    List<BigInteger> waitingHashKeys() {
        return List.copyOf(waiting);
    }

    /** Kinesis API reference: the MD5 of the partition key. */
    static BigInteger hashKey(String partitionKey) {
        try {
            MessageDigest md5 = MessageDigest.getInstance("MD5");
            return new BigInteger(1, md5.digest(partitionKey.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has MD5", e);
        }
    }

    @Override
    public ProducerHealth health() {
        return producer.health();
    }

    @Override
    public DeliveryReport flush() throws InterruptedException {
        return producer.flush();
    }

    @Override
    public DeliveryReport close(Duration timeout) {
        return producer.close(timeout);
    }

    @Override
    public void close() {
        producer.close();
    }
}
