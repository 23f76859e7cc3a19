package dev.clickstream.producer;

import dev.clickstream.event.ClickEvent;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;

final class ShortestProducer {

    static Receipt send(KinesisAsyncClient kinesis) {
        try (ClickstreamProducer producer =
                ClickstreamProducer.builder(kinesis, "clicks").build()) {
            CompletableFuture<Receipt> sent = producer.send(ClickEvent.builder("add_to_cart")
                    .userPseudoId("visitor-1")
                    .pageLocation("https://shop.example/product/7")
                    .build());
            return sent.join(); // shard and sequence number
        }
    }
}
